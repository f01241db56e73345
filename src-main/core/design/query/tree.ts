/**
 * How the tables of a question are reached: the joins of a design as steps, and the tree of steps from one table to others.
 *
 * A step leads from the table that has many rows of a key to the one that has one, or between two that have one each. So a
 * row of the table a tree begins with meets at most one row of every other, and nothing is counted twice that is counted there.
 * The root is chosen as Cube chooses it: among the tables that are asked for, the one from which the fewest steps lead to all
 * the others; the first in the order of asking if several do.
 */
import type { Design, Join } from '../design';

export interface Step {
  readonly from: string;
  readonly to: string;
  /** Pairs of columns: [column of from, column of to]. */
  readonly on: readonly (readonly [string, string])[];
  /** Whether several rows of `from` may have the key of one row of `to`. */
  readonly many: boolean;
  readonly join: Join;
}

export interface Tree {
  readonly root: string;
  /** In an order in which each begins at the root or where another ends. */
  readonly steps: readonly Step[];
}

/** The joins as steps. @param both Whether one-to-one joins may be gone in the direction in which they were not declared. */
export function stepsOf(design: Design, both: boolean): readonly Step[] {
  return design.joins.flatMap((join): readonly Step[] => {
    const there = { from: join.from, to: join.to, on: join.on, join };
    const back = {
      from: join.to,
      to: join.from,
      on: join.on.map(([a, b]) => [b, a] as const),
      join,
    };
    if (join.relationship === 'many_to_one') return [{ ...there, many: true }];
    if (join.relationship === 'one_to_many') return [{ ...back, many: true }];
    return both
      ? [
          { ...there, many: false },
          { ...back, many: false },
        ]
      : [{ ...there, many: false }];
  });
}

/** The shortest ways from a table to others; null if one cannot be reached. Of ways as short, that of the joins declared first. */
export function treeFrom(root: string, targets: readonly string[], steps: readonly Step[]): Tree | null {
  const came = new Map<string, Step>();
  const queue = [root];
  for (const at of queue) {
    for (const step of steps) {
      if (step.from !== at || step.to === root || came.has(step.to)) continue;
      came.set(step.to, step);
      queue.push(step.to);
    }
  }
  const needed = new Set<Step>();
  for (const target of targets) {
    for (let at = target; at !== root; ) {
      const step = came.get(at);
      if (step === undefined) return null;
      needed.add(step);
      at = step.from;
    }
  }
  // In the order in which they were reached, each begins where an earlier one ended.
  return { root, steps: [...came.values()].filter((step) => needed.has(step)) };
}

/** The best tree over tables whose root is one of `roots`; null if there is none. */
export function bestTree(
  roots: readonly string[],
  tables: readonly string[],
  steps: readonly Step[],
): Tree | null {
  let best: Tree | null = null;
  for (const root of roots) {
    const tree = treeFrom(
      root,
      tables.filter((t) => t !== root),
      steps,
    );
    if (tree !== null && (best === null || tree.steps.length < best.steps.length)) best = tree;
  }
  return best;
}

/** The tree without what is not on a way to one of the tables. Rows stay the same: the last steps of a tree take none away. */
export function pruned(tree: Tree, tables: readonly string[]): Tree {
  const needed = new Set(tables);
  const kept: Step[] = [];
  for (const step of [...tree.steps].reverse()) {
    if (!needed.has(step.to)) continue;
    kept.unshift(step);
    needed.add(step.from);
  }
  return { root: tree.root, steps: kept };
}

/** Whether one row of a table may stand in several rows of the tree. */
export function isMultiplied(tree: Tree, table: string): boolean {
  for (let at = table; at !== tree.root; ) {
    const step = tree.steps.find((s) => s.to === at);
    if (step === undefined) return false;
    if (step.many) return true;
    at = step.from;
  }
  return false;
}

/**
 * The tree for a question over tables: among them as Cube finds it; else with one-to-one joins gone in both directions; else
 * from a table that was not asked for. null if nothing joins them all.
 */
export function treeFor(design: Design, tables: readonly string[]): Tree | null {
  const declared = stepsOf(design, false);
  const both = stepsOf(design, true);
  return (
    bestTree(tables, tables, declared) ??
    bestTree(tables, tables, both) ??
    bestTree(
      design.tables.map((t) => t.name),
      tables,
      both,
    )
  );
}
