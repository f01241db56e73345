/**
 * Alerts that the profile cannot show: what is asked of the table for them, and what the answers mean.
 *
 * Statements read `from`, which is the table or a selection of it in parentheses.
 */
import { identifier } from '../../sql';
import type { Cell } from '../../table';
import type { Alert, ColumnProfile, Evidence, MeaningName } from '../profile';
import { suggest } from '../suggest';
import { count, counted, isExact, percent } from './say';
import { thresholds } from './thresholds';

/** What must be known of a column to know what to ask of it. */
export interface AlertHint {
  readonly column: string;
  readonly type: string;
  readonly kind: ColumnProfile['kind'];
  readonly rows: number;
  readonly filled: number;
  readonly distinct: number;
  /** Whether it is proposed as the key: then rows are compared without it. */
  readonly key: boolean;
  /** Whether it is known that every row has a value of its own. */
  readonly unique: boolean;
  /** Whether it is an amount, and no name, code or year. */
  readonly amount: boolean;
  readonly length?: ColumnProfile['length'];
  readonly meaning?: MeaningName;
  readonly grain?: string;
}

export function hintOf(profile: ColumnProfile): AlertHint {
  const { name, type, kind, rows, nulls, distinct, unique, length, meaning, range } = profile;
  const { role } = suggest('', profile);
  return {
    column: name,
    type,
    kind,
    rows,
    filled: rows - nulls,
    distinct,
    key: role === 'key',
    unique: nulls === 0 && rows > 0 && unique === rows && isExact(profile, 'unique'),
    amount: kind === 'number' && role === 'measure' && distinct > 2,
    ...(length === undefined ? {} : { length }),
    ...(meaning === undefined ? {} : { meaning: meaning.name }),
    ...(range === undefined ? {} : { grain: range.grain }),
  };
}

/** What came of the questions. */
export interface AskedAlerts {
  readonly alerts: readonly Alert[];
  /** Rows equal to an earlier one in every column; null if that was not looked for. */
  readonly duplicates: number | null;
  /** What was not looked for, and why, in words. */
  readonly unlooked: readonly string[];
}

/** The columns that name a row, without which rows are compared; empty if there is none, or hardly anything but it. */
export function keysOf(hints: readonly AlertHint[]): readonly string[] {
  const keys = hints.filter((hint) => hint.key).map((hint) => hint.column);
  return keys.length + 1 >= hints.length ? [] : keys;
}

/** Which of the two counts of `equalRowsSql` are worth asking; of the others it is known that they are 0. */
export function worthAsking(
  hints: readonly AlertHint[],
  keys: readonly string[],
): { readonly equal: boolean; readonly apart: boolean } {
  return {
    equal: !hints.some((hint) => hint.unique),
    apart: keys.length > 0 && !hints.some((hint) => hint.unique && !keys.includes(hint.column)),
  };
}

/**
 * One row: all rows, those equal to an earlier one, and those equal to an earlier one apart from the keys. Rows are
 * compared by a hash of 64 bits, under which two that differ are alike once in 2^64 pairs.
 * @param asked Which are counted; the others are NULL.
 */
export function equalRowsSql(
  from: string,
  columns: readonly string[],
  keys: readonly string[],
  asked: { readonly equal: boolean; readonly apart: boolean },
): string {
  const rest = columns.filter((column) => !keys.includes(column));
  const repeated = (names: readonly string[]) =>
    `count(*) - count(DISTINCT hash(${names.map(identifier).join(', ')}))`;
  return `SELECT count(*), ${asked.equal ? repeated(columns) : 'NULL'}, ${asked.apart ? repeated(rest) : 'NULL'}\nFROM ${from}`;
}

/** The rows that repeat, for who wants to see them. */
export function repeatedSql(from: string, keys: readonly string[]): string {
  const all = keys.length === 0 ? '*' : `* EXCLUDE (${keys.map(identifier).join(', ')})`;
  return `SELECT ${all}, count(*)\nFROM ${from}\nGROUP BY ALL HAVING count(*) > 1`;
}

export function readEqualRows(
  row: readonly Cell[],
  keys: readonly string[],
  evidence: (keys: readonly string[]) => Evidence,
): readonly Alert[] {
  const [rows, equal, apart] = [Number(row[0] ?? 0), Number(row[1] ?? 0), Number(row[2] ?? 0)];
  return [
    ...(equal > 0
      ? [
          {
            code: 'duplicates',
            severity: 'warning',
            message: `${counted(equal, 'row')} of ${count(rows)} ${equal === 1 ? 'equals' : 'equal'} an earlier one in every column (${percent(equal, rows)})`,
            evidence: evidence([]),
          } as const,
        ]
      : []),
    ...(apart > equal
      ? [
          {
            code: 'equal-but-key',
            severity: apart / rows < thresholds.alike ? 'warning' : 'info',
            message: `${counted(apart, 'row')} of ${count(rows)} ${apart === 1 ? 'equals' : 'equal'} an earlier one in every column but ${keys.join(', ')} (${percent(apart, rows)})`,
            evidence: evidence(keys),
          } as const,
        ]
      : []),
  ];
}
