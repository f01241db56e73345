/**
 * What stands behind FROM in a question: the tables of a tree, joined.
 *
 * At most one of them stands there whole, under the name of its source, so that the texts of its members find their columns by
 * their bare names. Of every other only what is asked stands there, under names that no table has a column of.
 */
import { ProblemError, problem } from '../../problem';
import { freeOf, identifier } from '../../sql';
import type { Design, DesignTable, Dimension } from '../design';
import { columnPlaces, folded, references } from '../expression';
import { tableOf } from '../member';
import { joinSql } from './meet';
import { checked, dimensionSql, type Elsewhere, notJoined, writtenOut } from './text';
import { stepsOf, type Tree, treeFrom } from './tree';

export class From {
  /** Of a table that does not stand there whole: the columns that are asked, and their names here. */
  private readonly fields = new Map<string, Map<string, string>>();
  private readonly taken: string[];
  private readonly aliases = new Map<string, string>();
  /** The dimensions that are being written out. */
  private readonly path: string[] = [];

  /**
   * @param whole The table that stands there whole; null if none does.
   * @param beside Names of columns of whatever else stands there.
   * @param once Columns by which equal rows of the table it begins with may stand there once, because they are made different
   *  afterwards; null if every row must stand there.
   */
  constructor(
    private readonly design: Design,
    private readonly tree: Tree,
    private readonly whole: DesignTable | null,
    beside: readonly string[] = [],
    private readonly once: readonly string[] | null = null,
  ) {
    this.taken = [...beside, ...design.sources.flatMap((s) => s.columns.map((c) => c.name))];
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

  /**
   * The value of a dimension in a row.
   * @throws ProblemError `tables-not-joined` if its table does not stand there, `expression-circular` if tables name each other.
   */
  readonly dimension = (table: DesignTable, dimension: Dimension): string => {
    this.mustHold(table);
    // A column by itself is named for what it is.
    if (dimension.column !== '' && table !== this.whole) {
      const sql = dimensionSql(this.design, table, dimension);
      if (sql === identifier(dimension.column)) return this.column(table, dimension.column);
    }
    const name = `${table.name}.${dimension.name}`;
    if (this.path.includes(name)) {
      const path = [...this.path.slice(this.path.indexOf(name)), name].join(' → ');
      throw new ProblemError(problem('expression-circular', { name: dimension.name, path }));
    }
    this.path.push(name);
    const sql = this.inPlace(table, (elsewhere) => dimensionSql(this.design, table, dimension, elsewhere));
    this.path.pop();
    return sql;
  };

  /** A condition on rows of a table. @param used The name of what it is of. */
  condition(table: DesignTable, text: string, used: string): string {
    this.mustHold(table);
    const condition = checked(text, used, 'filter');
    return this.inPlace(table, (elsewhere) =>
      writtenOut(this.design, table, '', condition, 'filter', elsewhere),
    );
  }

  /** The column of a table by a name that is its alone; for keys. */
  column(table: DesignTable, column: string): string {
    this.mustHold(table);
    if (table === this.whole) return `${identifier(table.source)}.${identifier(column)}`;
    return identifier(this.field(table, column));
  }

  /** FROM with its joins, a line each. Ask for all values first: only what was asked is there. */
  lines(): readonly string[] {
    const on = this.tree.steps.map((step) => {
      const [from, to] = [this.tableAt(step.from), this.tableAt(step.to)];
      return joinSql(
        this.design,
        step,
        (c) => this.column(from, c),
        (c) => this.column(to, c),
      );
    });
    return [
      `FROM ${this.relation(this.tableAt(this.tree.root))}`,
      ...this.tree.steps.map((step, i) => `LEFT JOIN ${this.relation(this.tableAt(step.to))} ON ${on[i]}`),
    ];
  }

  private relation(table: DesignTable): string {
    if (table === this.whole) return identifier(table.source);
    const fields = [...(this.fields.get(table.name) ?? [])];
    const list = fields.map(([column, name]) => `${identifier(column)} AS ${identifier(name)}`);
    const alias = identifier(this.aliases.get(table.name) ?? table.name);
    const once = this.isOnce(
      table,
      fields.map(([column]) => column),
    );
    return `(SELECT ${once ? 'DISTINCT ' : ''}${list.length === 0 ? '1' : list.join(', ')} FROM ${identifier(table.source)}) AS ${alias}`;
  }

  /**
   * Whether of the table it begins with nothing is asked but keys and what rows are made different by. These are as many as the rows
   * that are wanted in the end, so it pays to have each once before the join; of any other column that cannot be told.
   */
  private isOnce(table: DesignTable, columns: readonly string[]): boolean {
    if (this.once === null || table.name !== this.tree.root || columns.length === 0) return false;
    const steps = this.tree.steps.filter((s) => s.from === this.tree.root && s.many);
    const few = [...this.once, ...steps.flatMap((s) => s.on.map(([a]) => a))].map(folded);
    return columns.every((column) => few.includes(folded(column)));
  }

  private field(table: DesignTable, column: string): string {
    const own = this.fields.get(table.name) ?? new Map<string, string>();
    this.fields.set(table.name, own);
    const known = own.get(column);
    if (known !== undefined) return known;
    const name = freeOf(this.taken, `${table.name}.${column}`);
    this.taken.push(name);
    own.set(column, name);
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

  /**
   * SQL over the columns of a table, with these by the names that they have here. It is computed behind the join, as a reader of
   * the joined tables would: where no row of the table is met, its columns are null and the rest follows.
   */
  private inPlace(table: DesignTable, write: (elsewhere: Elsewhere) => string): string {
    if (table === this.whole) return write(this.dimension);
    // What stands for another table must not be read as columns of this one, which may have the same names.
    const others = new Map<string, string>();
    const sql = write((other, dimension) => {
      const mark = freeOf(this.taken, `${others.size} elsewhere`);
      others.set(mark, this.dimension(other, dimension));
      return identifier(mark);
    });
    const columns =
      this.design.sources.find((s) => s.name === table.source)?.columns.map((c) => c.name) ?? [];
    const known = new Map(columns.map((c) => [folded(c), c]));
    let written = '';
    let end = 0;
    for (const { token, name, qualifier } of columnPlaces(sql, columns, table.source)) {
      const column = known.get(folded(name));
      const there = others.get(name) ?? (column === undefined ? undefined : this.column(table, column));
      if (there === undefined) continue;
      written += sql.slice(end, qualifier?.at ?? token.at) + there;
      end = token.at + token.text.length;
    }
    return written + sql.slice(end);
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

/** The table whole, with the others that its texts name. @throws ProblemError `tables-not-joined`. */
export function fromFor(design: Design, table: DesignTable, named: readonly string[]): From {
  const others = named.filter((name) => name !== table.name);
  const tree =
    treeFrom(table.name, others, stepsOf(design, false)) ??
    treeFrom(table.name, others, stepsOf(design, true));
  if (tree === null) throw notJoined([table.name, ...others]);
  return new From(design, tree, table);
}
