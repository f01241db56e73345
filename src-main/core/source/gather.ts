/**
 * Several tables read as one: united by the names of their columns, with every difference said.
 */
import { identifier, literal } from '../sql';
import { isFractional, isWhole } from '../table';
import type { SchemaDifference } from './receipt';

/** One file as it was read. */
export interface Gathered {
  readonly path: string;
  /** What stands behind `FROM`. */
  readonly from: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Keys and values of `key=value` folders above the file, outermost first. */
  readonly hive?: readonly (readonly [string, string])[];
}

export interface Gathering {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly differences: readonly SchemaDifference[];
  /** Names that are spelt differently but are one column, in sentences. */
  readonly notes: readonly string[];
  /** Name of the column that says from which file a row comes. */
  readonly fileColumn: string;
  /** The union, in the order of the files. */
  readonly sql: string;
}

interface Wanted {
  readonly name: string;
  type: string;
}

/**
 * Unites tables by name. A column has the type that all files share; the wider number where they are numbers; text
 * otherwise. A column that a file lacks is null there. Names that only differ by case or by blanks around them are one,
 * spelt as in the first file. Hive keys follow as columns, text unless all are whole numbers, unless a file has the column itself.
 * @param files At least one.
 * @param fileColumn Wished name of the column for the file; made unique.
 * @throws RangeError without files.
 */
export function gather(files: readonly Gathered[], fileColumn = 'source_file'): Gathering {
  if (files.length === 0) throw new RangeError('nothing to gather');
  const wanted = new Map<string, Wanted>();
  const spellings = new Map<string, Set<string>>();
  const keysOf = files.map((file) => columnKeys(file));
  for (const [i, file] of files.entries()) {
    for (const [k, column] of file.columns.entries()) {
      const key = keysOf[i]![k]!;
      const known = wanted.get(key);
      if (known === undefined) wanted.set(key, { name: column.name, type: column.type });
      else known.type = unified(known.type, column.type);
      spellings.set(key, (spellings.get(key) ?? new Set()).add(column.name));
    }
  }
  const hive = hiveColumns(files, new Set(wanted.keys()));
  const taken = new Set([...wanted.keys(), ...hive.map((column) => folded(column.name))]);
  let name = fileColumn;
  for (let n = 1; taken.has(folded(name)); n++) name = `${fileColumn}_${n}`;

  const differences = files.flatMap((file, i) => differencesOf(file, keysOf[i]!, wanted, files));
  const notes = [...spellings]
    .filter(([, found]) => found.size > 1)
    .map(([key, found]) => {
      const others = [...found].filter((s) => s !== wanted.get(key)!.name).map((s) => `“${s}”`);
      return `${others.join(', ')} was taken for “${wanted.get(key)!.name}”`;
    });
  const parts = files.map((file, i) => {
    const own = new Map(keysOf[i]!.map((key, k) => [key, file.columns[k]!]));
    const cells = [...wanted].map(([key, { name, type }]) => {
      const column = own.get(key);
      if (column === undefined) return `CAST(NULL AS ${type}) AS ${identifier(name)}`;
      if (column.type === type && column.name === name) return identifier(name);
      const cell =
        column.type === type ? identifier(column.name) : `CAST(${identifier(column.name)} AS ${type})`;
      return `${cell} AS ${identifier(name)}`;
    });
    const folders = hive.map((column) => {
      const value = hiveValue(file, column.name);
      const cell = value === null ? 'NULL' : literal(value);
      return `CAST(${cell} AS ${column.type}) AS ${identifier(column.name)}`;
    });
    const all = [...cells, ...folders, `${literal(file.path)} AS ${identifier(name)}`];
    return `SELECT ${all.join(', ')} FROM ${file.from}`;
  });
  return {
    columns: [...[...wanted.values()].map((w) => ({ ...w })), ...hive, { name, type: 'VARCHAR' }],
    differences,
    notes,
    fileColumn: name,
    sql: parts.join('\nUNION ALL\n'),
  };
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

/** Under what name each column of a file is united; a second one that folds to the same keeps its own spelling. */
function columnKeys(file: Gathered): readonly string[] {
  const taken = new Set<string>();
  return file.columns.map(({ name }) => {
    const key = taken.has(folded(name)) ? `${folded(name)}\0${name}` : folded(name);
    taken.add(key);
    return key;
  });
}

/** The type in which both are kept without loss of sense. */
function unified(one: string, other: string): string {
  if (one === other) return one;
  const numbers = [one, other].every((type) => isWhole(type) || isFractional(type));
  if (!numbers) {
    const stamps = [one, other].every((type) => type === 'DATE' || type === 'TIMESTAMP');
    return stamps ? 'TIMESTAMP' : 'VARCHAR';
  }
  const decimal = [one, other].map(digitsOf);
  if (decimal[0] && decimal[1]) {
    const scale = Math.max(decimal[0].scale, decimal[1].scale);
    const whole = Math.max(decimal[0].whole, decimal[1].whole);
    if (scale === 0 && whole <= 19) return 'BIGINT';
    if (scale === 0 && whole <= 38) return 'HUGEINT';
    if (whole + scale <= 38) return `DECIMAL(${whole + scale},${scale})`;
    return 'VARCHAR';
  }
  // A double tells whole numbers apart up to 2^53 only; beyond, text is the only one that holds both.
  const whole = [one, other].find(isWhole);
  return whole === 'HUGEINT' || whole === 'UHUGEINT' || whole === 'BIGNUM' ? 'VARCHAR' : 'DOUBLE';
}

const wholeDigits: Readonly<Record<string, number>> = {
  TINYINT: 3,
  UTINYINT: 3,
  SMALLINT: 5,
  USMALLINT: 5,
  INTEGER: 10,
  UINTEGER: 10,
  BIGINT: 19,
  UBIGINT: 20,
  HUGEINT: 38,
};

/** Digits before and after the point that a type may hold; null if it floats or has no bound. */
function digitsOf(type: string): { whole: number; scale: number } | null {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal) return { whole: Number(decimal[1]) - Number(decimal[2]), scale: Number(decimal[2]) };
  const whole = wholeDigits[type];
  return whole === undefined ? null : { whole, scale: 0 };
}

/** What a file has otherwise than the union: a missing column, another type, a column that not all files have. */
function differencesOf(
  file: Gathered,
  keys: readonly string[],
  wanted: ReadonlyMap<string, Wanted>,
  files: readonly Gathered[],
): readonly SchemaDifference[] {
  const own = new Map(keys.map((key, k) => [key, file.columns[k]!]));
  const first = new Set(columnKeys(files[0]!));
  const found: SchemaDifference[] = [];
  for (const [key, { name, type }] of wanted) {
    const column = own.get(key);
    if (column === undefined) {
      if (first.has(key)) found.push({ path: file.path, column: name, type: null, expected: type });
    } else if (!first.has(key)) {
      found.push({
        path: file.path,
        column: name,
        type: column.type,
        expected: 'no such column in the first file',
      });
    } else if (column.type !== type) {
      found.push({ path: file.path, column: name, type: column.type, expected: type });
    }
  }
  return found;
}

function hiveValue(file: Gathered, name: string): string | null {
  const pair = file.hive?.find(([key]) => folded(key) === folded(name));
  return pair === undefined || pair[1] === '__HIVE_DEFAULT_PARTITION__' ? null : pair[1];
}

function hiveColumns(
  files: readonly Gathered[],
  taken: ReadonlySet<string>,
): { name: string; type: string }[] {
  const names = new Map<string, string>();
  for (const file of files) {
    for (const [key] of file.hive ?? []) {
      if (!taken.has(folded(key)) && !names.has(folded(key))) names.set(folded(key), key);
    }
  }
  return [...names.values()].map((name) => {
    const values = files.map((file) => hiveValue(file, name)).filter((v) => v !== null);
    // A leading zero is part of a name: `month=07` stays so.
    const whole = values.length > 0 && values.every((v) => /^(0|-?[1-9]\d{0,17})$/.test(v));
    return { name, type: whole ? 'BIGINT' : 'VARCHAR' };
  });
}

/**
 * Keys and values that the folders of a path give, outermost first: `year=2024/m=7/a.csv` → year 2024, m 7. Of a key that
 * comes twice the innermost counts.
 * @param path Relative to the folder that was opened, with `/`.
 */
export function hiveOf(path: string): readonly (readonly [string, string])[] {
  const pairs = new Map<string, readonly [string, string]>();
  for (const name of path.split('/').slice(0, -1)) {
    const found = /^([^=]+)=(.*)$/s.exec(name);
    if (found) pairs.set(folded(found[1]!), [decoded(found[1]!), decoded(found[2]!)]);
  }
  return [...pairs.values()];
}

/** Hive writes what a folder's name cannot hold as a percent sign and two digits. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
