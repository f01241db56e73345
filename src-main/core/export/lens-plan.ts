/**
 * The plan of a Lens model: which tables it has, what everything is called there, and which columns each table's SQL must
 * deliver under which names.
 */
import type { Design, DesignSource, DesignTable, Dimension } from '../design/design';
import { columnPlaces, folded } from '../design/expression';
import { reserved } from '../design/keywords';
import type { Member } from '../design/member';
import { freeName, legalName } from '../design/names';
import { identifier } from '../sql';
import { kindOf } from '../table';

/** A column that the SQL of a table delivers. */
export interface Delivered {
  /** Its name in the file. */
  readonly column: string;
  /** Its name in Lens. */
  readonly alias: string;
  readonly sql: string;
}

export interface LensTable {
  readonly table: DesignTable;
  readonly source: DesignSource | undefined;
  /** Its name in Lens, also the stem of its files. */
  readonly name: string;
  /** Names of the members in Lens. */
  readonly names: ReadonlyMap<Member, string>;
  readonly columns: readonly Delivered[];
  /** Columns of the file by folded name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The delivered column of a dimension that needs one of its own, because the SQL casts it. */
  readonly castTo: ReadonlyMap<Dimension, string>;
}

export interface LensPlan {
  readonly tables: readonly LensTable[];
  /** Tables that are left out because nothing is drafted in them. */
  readonly empty: readonly DesignTable[];
}

/** What Lens needs of a dimension's column that the file does not have: a timestamp for a date, text for what is nested. */
function castOf(dimension: Dimension, type: string | undefined): 'TIMESTAMP' | 'VARCHAR' | null {
  if (type === undefined) return null;
  if (dimension.type === 'time' && type === 'DATE') return 'TIMESTAMP';
  return dimension.type === 'string' && kindOf(type) === 'nested' ? 'VARCHAR' : null;
}

/**
 * Whether a column cannot be named in the SQL of a table and so must be renamed where it stands: Lens reads braces as
 * references even inside a quoted name, and no engine takes line breaks and control characters in one.
 */
export function mustBeRenamed(column: string): boolean {
  return /[{}\p{Cc}\u2028\u2029]/u.test(column) || column === '';
}

/** The texts of a table in which columns may stand. */
function textsOf(table: DesignTable): readonly string[] {
  return [
    ...table.dimensions.flatMap((d) => (d.column === '' ? [d.expression] : [])),
    ...table.measures.flatMap((m) =>
      m.aggregation === 'ratio' ? [] : m.column === '' ? [m.expression, m.filter] : [m.filter],
    ),
    ...table.segments.map((s) => s.condition),
  ].filter((text) => text !== '');
}

function planTable(design: Design, table: DesignTable, name: string): LensTable {
  const source = design.sources.find((s) => s.name === table.source);
  const known = source?.columns.map((c) => c.name) ?? [];
  const types = new Map(source?.columns.map((c) => [folded(c.name), c.type]));
  const spelled = new Map(known.map((c) => [folded(c), c]));

  const inText = textsOf(table)
    .flatMap((text) => columnPlaces(text, known, table.source))
    .map((place) => place.name)
    .filter((column) => known.length === 0 || spelled.has(folded(column)));
  const aggregated = table.measures
    .filter((m) => m.aggregation !== 'ratio' && m.aggregation !== 'expression' && m.column !== '')
    .flatMap((m) => [m.column, ...(m.aggregation === 'weighted_avg' && m.weight ? [m.weight] : [])]);
  const joined = design.joins.flatMap((j) => [
    ...(j.from === table.name ? j.on.map((pair) => pair[0]) : []),
    ...(j.to === table.name ? j.on.map((pair) => pair[1]) : []),
  ]);
  const grouped = table.dimensions.filter((d) => d.column !== '');
  const casts = grouped.filter((d) => castOf(d, types.get(folded(d.column))) !== null);
  const plain = grouped.filter((d) => !casts.includes(d)).map((d) => d.column);
  const asItIs = new Set([...inText, ...aggregated, ...joined, ...plain].map(folded));
  const firstSpelling = new Map(
    [...known, ...inText, ...aggregated, ...joined, ...plain].reverse().map((c) => [folded(c), c]),
  );
  const order = [...new Set([...known, ...firstSpelling.values()].map(folded))];
  const used = order.filter((c) => asItIs.has(c) || casts.some((d) => folded(d.column) === c));

  const columns: Delivered[] = [];
  const aliases = new Map<string, string>();
  const castTo = new Map<Dimension, string>();
  const deliver = (column: string, base: string, cast: string | null): string => {
    const legal = legalName(base);
    const alias = freeName(
      reserved.has(legal.toLowerCase()) ? `${legal}_column` : legal,
      columns.map((c) => c.alias),
    );
    const physical = mustBeRenamed(column) ? alias : identifier(column);
    columns.push({ column, alias, sql: cast ? `CAST(${physical} AS ${cast})` : physical });
    return alias;
  };
  for (const key of used) {
    const column = spelled.get(key) ?? firstSpelling.get(key) ?? key;
    if (asItIs.has(key)) aliases.set(key, deliver(column, column, null));
    for (const cast of ['TIMESTAMP', 'VARCHAR'] as const) {
      const needing = casts.filter((d) => folded(d.column) === key && castOf(d, types.get(key)) === cast);
      if (needing.length === 0) continue;
      const suffix = cast === 'TIMESTAMP' ? '_time' : '_text';
      const alias = deliver(column, aliases.has(key) ? `${legalName(column)}${suffix}` : column, cast);
      for (const dimension of needing) castTo.set(dimension, alias);
    }
  }

  const names = new Map<Member, string>();
  for (const member of [...table.dimensions, ...table.measures, ...table.segments]) {
    names.set(member, freeName(legalName(member.name), names.values()));
  }
  return { table, source, name, names, columns, aliases, castTo };
}

/** Plan the model of a design. */
export function planOf(design: Design): LensPlan {
  const taken: string[] = [];
  const tables: LensTable[] = [];
  const empty: DesignTable[] = [];
  for (const table of design.tables) {
    const members = table.dimensions.length + table.measures.length + table.segments.length;
    const joined = design.joins.some((j) => j.from === table.name || j.to === table.name);
    if (members === 0 && !joined) {
      empty.push(table);
      continue;
    }
    const name = freeName(legalName(table.name), taken);
    taken.push(name);
    tables.push(planTable(design, table, name));
  }
  return { tables, empty };
}
