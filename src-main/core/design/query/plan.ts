/**
 * The query that answers a question, as DuckDB SQL that counts nothing twice.
 *
 * Where every measure stands on the table from which all others are reached, one SELECT answers: its rows meet at most one row
 * of each other table. Else each table's measures are aggregated by themselves and put together by the dimensions: a table of
 * which a row may stand in several rows of the join is reduced to its own rows first, by its key, once in each group.
 *
 * What rows there are is what Cube has: those of the table the tree begins with (tree.ts), to which the others are joined from
 * the left. Where nothing joins all the tables, each measure has its own tree, and groups of any of them are in the answer.
 */
import { ProblemError, problem } from '../../problem';
import { freeOf, identifier } from '../../sql';
import type { Design, DesignTable, Dimension, Measure } from '../design';
import { aggregateCalls, columnsUsed, expand, references } from '../expression';
import { tableOf } from '../member';
import { freeName } from '../names';
import { type AskedDimension, askedDimension, type DesignQuery, found, type ModelQuery } from './ask';
import { isComposite, measureAt, partsOf, type TableMeasure } from './composite';
import { type Condition, type Conditions, columnsOf, readConditions, whereLines } from './condition';
import { filled } from './fill';
import { memberFilterSql } from './filter';
import { From, foreignTables } from './from';
import { type Item, remark, selected, truncated } from './item';
import { checked, measureSql, measureText, notJoined } from './text';
import { isMultiplied, pruned, stepsOf, type Tree, treeFor, treeFrom } from './tree';

/** A measure that is aggregated over the rows of one table. */
interface Leaf {
  readonly table: DesignTable;
  readonly measure: Measure;
  /** `table.measure`. */
  readonly name: string;
}

/**
 * The query that answers a question: dimensions first, then measures, one row per group; without dimensions the totals.
 * Ordered by the dimensions if one of them is a time, else by the first measure, largest first.
 * @throws ProblemError for a member that is missing, a text that may not be used, tables that are not joined, or a table that
 *  has no key where one is needed.
 */
export function queryFor(design: Design, query: ModelQuery): DesignQuery {
  return new Plan(design, query).answer();
}

class Plan {
  private readonly dimensions: readonly AskedDimension[];
  private readonly measures: readonly TableMeasure[];
  private readonly conditions: readonly Condition[];
  private readonly asked: Conditions;
  private readonly leaves = new Map<string, Leaf>();
  private readonly composites = new Set<string>();
  private readonly items: { readonly name: string; readonly member: string; readonly note: string }[] = [];
  private readonly notes: string[] = [];
  /** Tables of everything that is asked for, in the order in which Cube takes them. */
  private readonly tables: readonly string[];
  /** The name a dimension has between the parts of the query. */
  private readonly groups: readonly string[];

  constructor(
    private readonly design: Design,
    private readonly query: ModelQuery,
  ) {
    this.dimensions = query.dimensions.map((asked) => askedDimension(design, asked, query.grain ?? null));
    this.measures = query.measures.map((asked) => found(design, asked, (t) => t.measures));
    if (this.dimensions.length + this.measures.length === 0) {
      const reason = 'it asks for no measure and no dimension';
      throw new ProblemError(problem('query-failed', { reason, sql: '' }));
    }
    for (const { table, member, grain, own } of this.dimensions) {
      const full = `${table.name}.${member.name}`;
      this.add(member.name, own ? `${full}.${grain}` : full, grain === null ? full : `${full} by ${grain}`);
    }
    for (const { table, member } of this.measures) {
      const full = `${table.name}.${member.name}`;
      this.add(member.name, full, full);
      this.leaf(table, member, []);
    }
    this.asked = readConditions(
      design,
      query,
      [...this.measures, ...this.dimensions].map((m) => m.table),
    );
    for (const { table, member } of this.asked.measures) this.leaf(table, member, []);
    this.conditions = this.asked.rows;
    this.tables = [
      ...new Set([
        ...[...this.leaves.values()].map((leaf) => leaf.table.name),
        ...this.dimensions.flatMap(({ table, member }) => [
          table.name,
          ...foreignTables(design, table, member.column === '' ? member.expression : ''),
        ]),
        ...this.conditions.flatMap((c) => c.tables),
      ]),
    ];
    const taken = design.sources.flatMap((s) => s.columns.map((c) => c.name));
    this.groups = this.dimensions.map(({ table, member, grain }) => {
      const name = freeOf(taken, `${table.name}.${member.name}${grain === null ? '' : ` by ${grain}`}`);
      taken.push(name);
      return name;
    });
  }

  answer(): DesignQuery {
    const owners = [...new Set([...this.leaves.values()].map((leaf) => leaf.table))];
    const joint = treeFor(this.design, this.tables);
    const [owner = null] = owners;
    const direct =
      owners.length <= 1 &&
      this.composites.size === 0 &&
      joint !== null &&
      (owner === null || joint.root === owner.name);
    const answer = direct ? this.direct(joint, owner) : this.composed(owners, joint);
    const lines = [...this.withoutGaps(answer), ...this.orderLines()];
    return {
      sql: lines.join('\n'),
      columns: this.items.map(({ name, member }) => ({ name, member })),
      notes: this.notes,
    };
  }

  /** The answer with the times put in that have no rows, if that is asked and can be. */
  private withoutGaps(lines: string[]): string[] {
    if (this.query.fill !== true) return lines;
    const timed = this.dimensions.flatMap(({ grain }, i) => (grain === null ? [] : [{ i, grain }]));
    const [time] = timed;
    if (time === undefined || timed.length > 1) return lines;
    const names = this.items.map((item) => item.name);
    const count = this.dimensions.length;
    const { range } = this.query;
    const asked = range === undefined ? null : found(this.design, range.dimension, (t) => t.dimensions);
    const bounded = asked?.member === this.dimensions[time.i]!.member ? range : undefined;
    const taken = this.design.sources.map((s) => s.name);
    return filled(lines, {
      time: names[time.i]!,
      grain: time.grain,
      groups: names.slice(0, count),
      measures: names.slice(count),
      from: bounded?.from ?? null,
      to: bounded?.to ?? null,
      name: (wished) => freeOf(taken, wished),
    });
  }

  private add(wished: string, member: string, note: string): void {
    const name = freeName(
      wished,
      this.items.map((i) => i.name),
    );
    this.items.push({ name, member, note });
  }

  // ---- what is asked -------------------------------------------------------------------------------------------

  /** Notes a measure and, of one that is made of measures of several tables, those. */
  private leaf(table: DesignTable, measure: Measure, path: readonly string[]): void {
    const name = `${table.name}.${measure.name}`;
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name];
      throw new ProblemError(
        problem('expression-circular', { name: measure.name, path: circle.join(' → ') }),
      );
    }
    const parts = this.componentsOf(table, measure);
    if (parts === null) {
      this.leaves.set(name, { table, measure, name });
      return;
    }
    this.composites.add(name);
    for (const part of parts) this.leaf(part.table, part.member, [...path, name]);
  }

  /** The measures that a measure over several tables is made of; null for any other measure. */
  private componentsOf(table: DesignTable, measure: Measure): readonly TableMeasure[] | null {
    if (!isComposite(this.design, { table, member: measure })) return null;
    const parts = partsOf(this.design, { table, member: measure });
    if (measure.aggregation === 'ratio') return parts;
    const [call] = aggregateCalls(measure.expression);
    const [column] = columnsUsed(measure.expression, columnsOf(this.design, table), table.source);
    const dimension = references(measure.expression).find((r) =>
      tableOf(this.design, r.table ?? table.name)?.dimensions.some((d) => d.name === r.member),
    );
    if (call !== undefined || column !== undefined || dimension !== undefined) {
      const other =
        call !== undefined
          ? `${call.name}()`
          : column !== undefined
            ? `the column ${column}`
            : `the dimension ${dimension?.member}`;
      const reason = `beside a measure of another table it may name measures only, not ${other}; make that a measure and name it in braces`;
      const at = call?.at ?? (column === undefined ? (dimension?.at ?? null) : null);
      throw new ProblemError(problem('expression-invalid', { name: measure.name, reason, at }));
    }
    checked(measure.expression, measure.name, 'expression');
    return parts;
  }

  // ---- one SELECT ----------------------------------------------------------------------------------------------

  private direct(joint: Tree, owner: DesignTable | null): string[] {
    const whole = owner ?? tableOf(this.design, joint.root) ?? null;
    const tree = owner === null ? joint : this.widened(joint, owner);
    const from = new From(this.design, tree, whole);
    const dimensions = this.dimensions.map((d) => this.value(from, d));
    const measures = this.measures.map(({ table, member }) =>
      measureSql(this.design, table, member, from.dimension),
    );
    const where = this.conditions.map((c) => ({ sql: c.sql(from), note: c.note }));
    const having = this.havings((leaf) => measureSql(this.design, leaf.table, leaf.measure, from.dimension));
    const lines = [
      'SELECT',
      selected([...dimensions, ...measures].map((sql, i) => ({ sql, ...this.items[i]! }))),
      ...from.lines(),
      ...whereLines(where),
    ];
    if (this.dimensions.length > 0) lines.push(this.groupBy());
    if (having.length > 0) lines.push(`HAVING ${having.join(' AND ')}`);
    return lines;
  }

  private value(from: From, { table, member, grain }: AskedDimension): string {
    return truncated(member.type, from.dimension(table, member), grain);
  }

  private groupBy(): string {
    return `GROUP BY ${this.dimensions.map((_, i) => i + 1).join(', ')}`;
  }

  /**
   * A tree with the ways from one of its tables to all that the texts of its measures name. The ways that it has stay, so that a
   * dimension is the same one in every part of a query.
   */
  private widened(tree: Tree, owner: DesignTable): Tree {
    const there = new Set([tree.root, ...tree.steps.map((s) => s.to)]);
    const named = this.ownLeaves(owner)
      .flatMap((leaf) => foreignOfMeasure(this.design, owner, leaf.measure))
      .filter((name) => !there.has(name));
    const ways =
      treeFrom(owner.name, named, stepsOf(this.design, false)) ??
      treeFrom(owner.name, named, stepsOf(this.design, true));
    if (ways === null) throw notJoined([owner.name, ...named]);
    return { root: tree.root, steps: [...tree.steps, ...ways.steps.filter((s) => !there.has(s.to))] };
  }

  /** Conditions on measures, with the SQL that a measure has where they stand. */
  private havings(sqlOf: (leaf: Leaf) => string): readonly string[] {
    const whole = (name: string) => `(${this.outer(name, sqlOf)})`;
    const { figures, having } = this.asked;
    return [
      ...figures.map(({ filter, name }) => memberFilterSql(filter, whole(name), 'number')),
      ...(having === null ? [] : [`(${expand(having.text, (r) => this.outer(having.nameOf(r), sqlOf))})`]),
    ];
  }

  /** A measure by the SQL of what it is made of. */
  private outer(name: string, sqlOf: (leaf: Leaf) => string): string {
    const leaf = this.leaves.get(name);
    if (leaf !== undefined) return sqlOf(leaf);
    const { table, member } = found(this.design, name, (t) => t.measures);
    return expand(measureText(table, member), (r) => {
      const part = measureAt(this.design, table, r);
      if (part === null) {
        const about = { table: r.table ?? table.name, member: r.member ?? '', used: member.name };
        throw new ProblemError(problem('member-missing', about));
      }
      return this.outer(`${part.table.name}.${part.member.name}`, sqlOf);
    });
  }

  // ---- several aggregates, put together ------------------------------------------------------------------------

  private composed(owners: readonly DesignTable[], joint: Tree | null): string[] {
    const ctes: { readonly name: string; readonly note: string; readonly lines: readonly string[] }[] = [];
    const taken = this.design.sources.map((s) => s.name);
    const name = (wished: string) => {
      const free = freeOf(taken, wished);
      taken.push(free);
      return free;
    };
    const parts = owners.map((owner) => {
      const tree = joint ?? this.ownTree(owner);
      const kept = pruned(tree, [owner.name, ...this.rowTables()]);
      const cte = name(`${owner.name} figures`);
      if (kept.root === owner.name) {
        ctes.push({
          name: cte,
          note: `${owner.name}: its rows once each`,
          lines: this.rootPart(owner, kept),
        });
        return { owner, tree, cte, whole: true, keys: null };
      }
      this.notes.push(
        `Of ${owner.name} only rows count that a row of ${kept.root} leads to, because the question begins there.`,
      );
      if (!isMultiplied(kept, owner.name)) {
        const note = `${owner.name}: one row at most for each row of ${kept.root}`;
        ctes.push({ name: cte, note, lines: this.singlePart(owner, kept) });
        return { owner, tree, cte, whole: false, keys: null };
      }
      const keys = name(`${owner.name} keys`);
      const { keyLines, lines } = this.keyedPart(owner, kept, keys);
      const note = `each row of ${owner.name} once in each group: the join has it once for every row of ${kept.root}`;
      ctes.push(
        { name: keys, note, lines: keyLines },
        { name: cte, note: `${owner.name}: its figures`, lines },
      );
      return { owner, tree, cte, whole: false, keys };
    });
    const base = this.dimensions.length === 0 ? null : this.base(parts, joint, name, ctes);
    const value = (leaf: Leaf): string => {
      const part = parts.find((p) => p.owner === leaf.table)!;
      const cell = `${identifier(part.cte)}.${identifier(leaf.name)}`;
      if (base === null || part.cte === base) return cell;
      if (leaf.measure.aggregation.startsWith('count')) return `coalesce(${cell}, 0)`;
      if (!this.isOfExpressions(leaf)) return cell;
      // A group in which the table has no row has the figure of no rows, which need not be null.
      return `CASE WHEN ${identifier(part.cte)}."found" THEN ${cell} ELSE ${this.overNothing(leaf)} END`;
    };
    const select = [
      ...this.groups.map((group) => `${identifier(base ?? '')}.${identifier(group)}`),
      ...this.measures.map(({ table, member }) => this.outer(`${table.name}.${member.name}`, value)),
    ];
    const others = parts.filter((p) => p.cte !== base).map((p) => p.cte);
    const [first = '', ...more] = base === null ? others : [base, ...others];
    const on = (cte: string) =>
      this.groups
        .map(
          (g) =>
            `${identifier(cte)}.${identifier(g)} IS NOT DISTINCT FROM ${identifier(first)}.${identifier(g)}`,
        )
        .join(' AND ');
    const having = this.havings(value);
    return [
      `WITH ${ctes.map((c) => `${identifier(c.name)} AS ( ${remark(c.note)}\n${indented(c.lines)}\n)`).join(',\n')}`,
      'SELECT',
      selected(select.map((sql, i) => ({ sql, ...this.items[i]! }))),
      `FROM ${identifier(first)}`,
      ...more.map((cte) =>
        base === null ? `CROSS JOIN ${identifier(cte)}` : `LEFT JOIN ${identifier(cte)} ON ${on(cte)}`,
      ),
      ...(having.length > 0 ? [`WHERE ${having.join(' AND ')}`] : []),
    ];
  }

  /** Whether a measure is an expression or a ratio of such. Any other is null over no rows, or 0 if it counts. */
  private isOfExpressions({ table, measure }: Pick<Leaf, 'table' | 'measure'>): boolean {
    if (measure.aggregation === 'expression') return true;
    return partsOf(this.design, { table, member: measure }).some((part) =>
      this.isOfExpressions({ table: part.table, measure: part.member }),
    );
  }

  /** The tables whose rows decide which groups and rows there are. */
  private rowTables(): readonly string[] {
    return [
      ...this.dimensions.flatMap(({ table, member }) => [
        table.name,
        ...foreignTables(this.design, table, member.column === '' ? member.expression : ''),
      ]),
      ...this.conditions.flatMap((c) => c.tables),
    ];
  }

  private ownTree(owner: DesignTable): Tree {
    const tables = [...new Set([owner.name, ...this.rowTables()])];
    const tree = treeFor(this.design, tables);
    if (tree === null) throw notJoined(tables);
    return tree;
  }

  private ownLeaves(owner: DesignTable): readonly Leaf[] {
    return [...this.leaves.values()].filter((leaf) => leaf.table === owner);
  }

  private measureItems(owner: DesignTable, from: From): readonly Item[] {
    return this.ownLeaves(owner).map((leaf) => ({
      sql: measureSql(this.design, owner, leaf.measure, from.dimension),
      name: leaf.name,
      note: '',
    }));
  }

  private groupItems(from: From): readonly Item[] {
    return this.dimensions.map((d, i) => ({ sql: this.value(from, d), name: this.groups[i]!, note: '' }));
  }

  private found(): readonly Item[] {
    return this.dimensions.length === 0 ? [] : [{ sql: 'TRUE', name: 'found', note: '' }];
  }

  private rootPart(owner: DesignTable, tree: Tree): readonly string[] {
    return this.part(owner, new From(this.design, this.widened(tree, owner), owner), []);
  }

  private part(owner: DesignTable, from: From, more: readonly Condition[]): readonly string[] {
    const items = [...this.groupItems(from), ...this.measureItems(owner, from), ...this.found()];
    const where = [...this.conditions, ...more].map((c) => ({ sql: c.sql(from), note: c.note }));
    return [
      'SELECT',
      selected(items),
      ...from.lines(),
      ...whereLines(where),
      ...(this.dimensions.length > 0 ? [this.groupBy()] : []),
    ];
  }

  private singlePart(owner: DesignTable, tree: Tree): readonly string[] {
    const last = tree.steps.find((s) => s.to === owner.name)!;
    const there: Condition = {
      note: `a row of ${owner.name} is there`,
      tables: [],
      sql: (from) => `${from.column(owner, last.on[0]?.[1] ?? '')} IS NOT NULL`,
    };
    return this.part(owner, new From(this.design, this.widened(tree, owner), owner), [there]);
  }

  private keyedPart(
    owner: DesignTable,
    tree: Tree,
    cte: string,
  ): { readonly keyLines: readonly string[]; readonly lines: readonly string[] } {
    const keys = keyOf(owner);
    if (keys.length === 0) throw new ProblemError(problem('key-missing', { table: owner.name }));
    const plain = this.dimensions.flatMap(({ table, member, grain }) =>
      table.name === tree.root && grain === null && member.column !== '' ? [member.column] : [],
    );
    const from = new From(this.design, tree, null, [], plain);
    const groups = this.groupItems(from);
    const taken = [...this.groups, ...this.design.sources.flatMap((s) => s.columns.map((c) => c.name))];
    const key = keys.map((k, i) => ({
      sql: typeof k === 'string' ? from.column(owner, k) : from.dimension(owner, k),
      name: freeOf(taken, `${owner.name} key${keys.length > 1 ? ` ${i + 1}` : ''}`),
      note: '',
    }));
    const where = this.conditions.map((c) => ({ sql: c.sql(from), note: c.note }));
    const keyLines = [
      'SELECT DISTINCT',
      selected([...groups, ...key]),
      ...from.lines(),
      ...whereLines(where),
    ];
    const alone = this.widened({ root: owner.name, steps: [] }, owner);
    const own = new From(this.design, alone, owner, [...this.groups, ...key.map((k) => k.name)]);
    const items = [
      ...this.groups.map((g) => ({ sql: `${identifier(cte)}.${identifier(g)}`, name: g, note: '' })),
      ...this.measureItems(owner, own),
      ...this.found(),
    ];
    const on = keys.map((k, i) => {
      const value = typeof k === 'string' ? own.column(owner, k) : own.dimension(owner, k);
      return `${identifier(cte)}.${identifier(key[i]!.name)} = ${value}`;
    });
    const [first, ...rest] = own.lines();
    const lines = [
      'SELECT',
      selected(items),
      first!,
      `JOIN ${identifier(cte)} ON ${on.join(' AND ')}`,
      ...rest,
      ...(this.dimensions.length > 0 ? [this.groupBy()] : []),
    ];
    return { keyLines, lines };
  }

  /** The part that has every group; made where none of them does. */
  private base(
    parts: readonly {
      readonly cte: string;
      readonly whole: boolean;
      readonly tree: Tree;
      readonly keys: string | null;
    }[],
    joint: Tree | null,
    name: (wished: string) => string,
    ctes: { readonly name: string; readonly note: string; readonly lines: readonly string[] }[],
  ): string {
    const complete = parts.find((p) => p.whole && (joint !== null || parts.length === 1));
    if (complete !== undefined) return complete.cte;
    const cte = name('groups');
    const list = this.groups.map(identifier).join(', ');
    if (joint === null && parts.length > 1) {
      const lines = parts.flatMap((p, i) => [
        ...(i === 0 ? [] : ['UNION']),
        `SELECT ${list} FROM ${identifier(p.cte)}`,
      ]);
      ctes.push({ name: cte, note: 'every group that one of them has', lines });
      return cte;
    }
    // Keys were read from the same rows under the same conditions, and are fewer.
    const keys = parts.find((p) => p.keys !== null)?.keys ?? null;
    if (keys !== null) {
      const lines = [`SELECT DISTINCT ${list} FROM ${identifier(keys)}`];
      ctes.push({ name: cte, note: 'every group there is', lines });
      return cte;
    }
    const tree = pruned(joint ?? parts[0]!.tree, this.rowTables());
    const from = new From(this.design, tree, tableOf(this.design, tree.root) ?? null);
    const items = this.groupItems(from);
    const where = this.conditions.map((c) => ({ sql: c.sql(from), note: c.note }));
    ctes.push({
      name: cte,
      note: 'every group there is',
      lines: ['SELECT DISTINCT', selected(items), ...from.lines(), ...whereLines(where)],
    });
    return cte;
  }

  private overNothing({ table, measure }: Leaf): string {
    const from = new From(this.design, this.widened({ root: table.name, steps: [] }, table), table);
    const sql = measureSql(this.design, table, measure, from.dimension);
    return `(SELECT ${sql} ${from.lines().join(' ')} WHERE FALSE)`;
  }

  // ---- order ---------------------------------------------------------------------------------------------------

  private orderLines(): readonly string[] {
    const { order, limit, offset } = this.query;
    const lines: string[] = [];
    const asked = (order ?? []).map(({ member, descending }) => {
      const at = this.items.findIndex((i) => i.member === member || i.name === member);
      if (at < 0)
        throw new ProblemError(
          problem('member-missing', { table: this.design.name, member, used: 'The order' }),
        );
      return `${at + 1}${descending ? ' DESC' : ''} NULLS LAST`;
    });
    if (asked.length > 0) lines.push(`ORDER BY ${asked.join(', ')}`);
    else if (this.dimensions.length > 0) {
      const byTime =
        this.dimensions.some(({ member }) => member.type === 'time') || this.measures.length === 0;
      const first = `${this.dimensions.length + 1} DESC NULLS LAST`;
      const rest = this.dimensions.map((_, i) => `${i + 1} NULLS LAST`);
      lines.push(`ORDER BY ${[...(byTime ? [] : [first]), ...rest].join(', ')}`);
    }
    if (limit !== undefined) lines.push(`LIMIT ${Math.max(0, Math.trunc(limit) || 0)}`);
    if (offset) lines.push(`OFFSET ${Math.max(0, Math.trunc(offset) || 0)}`);
    return lines;
  }
}

function indented(lines: readonly string[]): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `  ${line}`)
    .join('\n');
}

/** What tells the rows of a table apart: its primary key, else its grain; dimensions, or columns by name. */
function keyOf(table: DesignTable): readonly (Dimension | string)[] {
  const keys = table.dimensions.filter((d) => d.primaryKey);
  return keys.length > 0 ? keys : table.grain;
}

/** The other tables that the texts of a measure, and of the measures it is made of, name dimensions of. */
export function foreignOfMeasure(design: Design, table: DesignTable, measure: Measure): readonly string[] {
  const seen = new Set<string>();
  const found = new Set<string>();
  const look = (m: Measure) => {
    if (seen.has(m.name)) return;
    seen.add(m.name);
    for (const text of [m.filter, m.column === '' ? m.expression : '']) {
      for (const t of foreignTables(design, table, text)) found.add(t);
      for (const r of references(text)) {
        const other = r.table === null ? table.measures.find((o) => o.name === r.member) : undefined;
        if (other !== undefined) look(other);
      }
    }
    for (const name of [m.numerator, m.denominator]) {
      const other = table.measures.find((o) => o.name === name);
      if (other !== undefined) look(other);
    }
  };
  look(measure);
  return [...found];
}
