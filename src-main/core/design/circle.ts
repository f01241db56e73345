/**
 * Circles: members that are defined by themselves.
 */
import type { DesignTable } from './design';
import { references } from './expression';

/**
 * For the members of a table: the way from a member back to itself, starting and ending with its name; null if there is
 * none. Only members that stand on a circle have one, not those that merely use one.
 */
export function circleOf(table: DesignTable): (name: string) => readonly string[] | null {
  const uses = new Map<string, readonly string[]>();
  const note = (name: string, texts: readonly string[], names: readonly string[] = []) => {
    const named = texts
      .flatMap(references)
      .filter((r) => r.table === null || r.table === table.name)
      .map((r) => r.member ?? '');
    if (!uses.has(name)) uses.set(name, [...named, ...names.filter((n) => n !== '')]);
  };
  for (const d of table.dimensions) note(d.name, d.column === '' ? [d.expression] : []);
  for (const m of table.measures) {
    if (m.aggregation === 'ratio') note(m.name, [], [m.numerator, m.denominator]);
    else if (m.aggregation === 'expression') note(m.name, [m.expression]);
    else note(m.name, m.column === '' ? [m.expression, m.filter] : [m.filter]);
  }
  return (start) => {
    if ((uses.get(start)?.length ?? 0) === 0) return null;
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (const at of queue) {
      for (const next of uses.get(at) ?? []) {
        if (next === start) return way(cameFrom, at, start);
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        queue.push(next);
      }
    }
    return null;
  };
}

function way(cameFrom: ReadonlyMap<string, string>, last: string, start: string): readonly string[] {
  const back = [start];
  for (let at: string | undefined = last; at !== undefined && at !== start; at = cameFrom.get(at))
    back.push(at);
  return [...back, start].reverse();
}
