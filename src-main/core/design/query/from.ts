/**
 * What stands behind FROM in a question: the tables of a tree, joined.
 *
 * At most one of them stands there whole, under the name of its source, so that the texts of its members find their columns by
 * their bare names. Of every other only what is asked stands there, under names that no table has a column of.
 */
import { ProblemError, problem } from '../../problem';
import { freeOf, identifier } from '../../sql';
import type { Design, DesignTable, Dimension } from '../design';
import { columnsUsed, expand, references } from '../expression';
import { tableOf } from '../member';
import { keySql } from './key';
import { checked, dimensionSql, notJoined, writtenOut } from './text';
import type { Tree } from './tree';

/** What of a table that does not stand there whole is asked, by a key that tells it from the rest. */
interface Field {
  readonly sql: string;
  readonly name: string;
}

export class From {
  private readonly fields = new Map<string, Map<string, Field>>();
  private readonly taken: string[];
  private readonly aliases = new Map<string, string>();

  /** @param whole The table that stands there whole; null if none does. */
  constructor(
    private readonly design: Design,
    private readonly tree: Tree,
    private readonly whole: DesignTable | null,
  ) {
    this.taken = design.sources.flatMap((s) => s.columns.map((c) => c.name));
    const names = [whole?.source ?? ''];
    for (const table of [tree.root, ...tree.steps.map((s) => s.to)]) {
      const alias = table === whole?.name ? whole.source : freeOf(names, table);
      this.aliases.set(table, alias);
      names.push(alias);
    }
  }

  /** Whether a table stands there. */
  holds(table: string): boolean {
    return this.aliases.has(table);
  }

  /** The value of a dimension in a row. @throws ProblemError `tables-not-joined` if its table does not stand there. */
  dimension(table: DesignTable, dimension: Dimension): string {
    this.mustHold(table);
    if (table === this.whole) return dimensionSql(this.design, table, dimension, this.elsewhere);
    const key = `dimension ${dimension.name}`;
    if (!this.isProxy(table, dimension)) {
      const value = () => dimensionSql(this.design, table, dimension);
      return identifier(this.field(table, key, `${table.name}.${dimension.name}`, value));
    }
    return this.between(table, dimension.expression, dimension.name, 'expression');
  }

  /** As `dimension`, for texts of the table that stands there whole. */
  readonly elsewhere = (table: DesignTable, dimension: Dimension): string => this.dimension(table, dimension);

  /** A condition on rows of a table. @param used The name of what it is of. */
  condition(table: DesignTable, text: string, used: string): string {
    this.mustHold(table);
    const written = checked(text, used, 'filter');
    if (table === this.whole) return writtenOut(this.design, table, '', written, 'filter', this.elsewhere);
    const foreign = references(written).some((r) => r.table !== null && r.table !== table.name);
    if (!foreign && !this.namesProxy(table, written)) {
      const sql = () => writtenOut(this.design, table, '', written, 'filter');
      return identifier(this.field(table, `condition ${written}`, `${table.name}: ${used}`, sql));
    }
    return this.between(table, written, used, 'filter');
  }

  /** The column of a table by a name that is its alone; for keys. */
  column(table: DesignTable, column: string): string {
    this.mustHold(table);
    if (table === this.whole) return `${identifier(table.source)}.${identifier(column)}`;
    return identifier(
      this.field(table, `column ${column}`, `${table.name}[${column}]`, () => identifier(column)),
    );
  }

  /** FROM with its joins, a line each. Ask for all values first: only what was asked is there. */
  lines(): readonly string[] {
    const on = this.tree.steps.map((step) => {
      const [from, to] = [this.tableAt(step.from), this.tableAt(step.to)];
      return step.on
        .map(([a, b]) => keySql(step.join, this.column(from, a), this.column(to, b)))
        .join(' AND ');
    });
    return [
      `FROM ${this.relation(this.tableAt(this.tree.root))}`,
      ...this.tree.steps.map((step, i) => `LEFT JOIN ${this.relation(this.tableAt(step.to))} ON ${on[i]}`),
    ];
  }

  private relation(table: DesignTable): string {
    if (table === this.whole) return identifier(table.source);
    const fields = [...(this.fields.get(table.name)?.values() ?? [])];
    const list = fields.map(({ sql, name }) => `${sql} AS ${identifier(name)}`);
    const alias = identifier(this.aliases.get(table.name) ?? table.name);
    return `(SELECT ${list.length === 0 ? '1' : list.join(', ')} FROM ${identifier(table.source)}) AS ${alias}`;
  }

  private field(table: DesignTable, key: string, wished: string, sql: () => string): string {
    const own = this.fields.get(table.name) ?? new Map<string, Field>();
    this.fields.set(table.name, own);
    const known = own.get(key);
    if (known !== undefined) return known.name;
    const name = freeOf(this.taken, wished);
    this.taken.push(name);
    own.set(key, { sql: sql(), name });
    return name;
  }

  private mustHold(table: DesignTable): void {
    if (!this.holds(table.name)) throw notJoined([this.tree.root, table.name]);
  }

  private tableAt(name: string): DesignTable {
    const table = tableOf(this.design, name);
    if (table === undefined) throw new ProblemError(problem('table-missing', { table: name }));
    return table;
  }

  /** Whether a dimension names dimensions of other tables, itself or by others of its own. */
  private isProxy(table: DesignTable, dimension: Dimension): boolean {
    return dimension.column === '' && foreignTables(this.design, table, dimension.expression).length > 0;
  }

  private namesProxy(table: DesignTable, text: string): boolean {
    return foreignTables(this.design, table, text).length > 0;
  }

  /** A text that stands between tables: of every table, its own too, it can only name dimensions. */
  private between(table: DesignTable, text: string, used: string, part: 'expression' | 'filter'): string {
    const columns =
      this.design.sources.find((s) => s.name === table.source)?.columns.map((c) => c.name) ?? [];
    const [bare] = columnsUsed(checked(text, used, part), columns, table.source);
    if (bare !== undefined) {
      const reason = `it names the column ${bare} beside members of other tables; make ${bare} a dimension and name that in braces`;
      throw new ProblemError(problem('expression-invalid', { name: used, reason, at: null }));
    }
    return expand(text, (r) => {
      const owner = r.table === null ? table : this.tableAt(r.table);
      const dimension = owner.dimensions.find((d) => d.name === r.member);
      if (dimension !== undefined) return this.dimension(owner, dimension);
      throw new ProblemError(problem('member-missing', { table: owner.name, member: r.member ?? '', used }));
    });
  }
}

/** The other tables that a text names, itself or by dimensions of its own table; nearest first. */
export function foreignTables(design: Design, table: DesignTable, text: string): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = (at: DesignTable, words: string) => {
    for (const r of references(words)) {
      const other = r.table === null || r.table === at.name ? at : tableOf(design, r.table);
      if (other === undefined) continue;
      if (other !== table) found.add(other.name);
      const key = `${other.name}.${r.member}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const dimension = other.dimensions.find((d) => d.name === r.member);
      if (dimension !== undefined && dimension.column === '') look(other, dimension.expression);
    }
  };
  look(table, text);
  return [...found];
}
