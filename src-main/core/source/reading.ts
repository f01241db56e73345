/**
 * Reading a text file: the statements that find its dialect and load it, and what the sniffer's answer means.
 */
import { identifier, literal } from '../sql';
import type { Cell } from '../table';
import type { Dialect } from './receipt';

/** A dialect for DuckDB's reader, with the length of its longest line where that is beyond DuckDB's own bound. */
export type ReaderDialect = Dialect & { readonly lineBytes?: number };

/** What DuckDB's sniffer found. */
export interface Sniffed {
  readonly dialect: ReaderDialect;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const named = { delimiter: 'delim', quote: 'quote', escape: 'escape' } as const;

/** Options of `sniff_csv` and `read_csv` for what the user fixed by hand. */
function fixed(dialect: Partial<ReaderDialect>): string[] {
  const options: string[] = [];
  for (const key of ['delimiter', 'quote', 'escape'] as const) {
    if (dialect[key] !== undefined) options.push(`${named[key]} = ${literal(dialect[key])}`);
  }
  if (dialect.header !== undefined) options.push(`header = ${dialect.header}`);
  if (dialect.skip !== undefined) options.push(`skip = ${Math.trunc(dialect.skip)}`);
  if (dialect.nulls !== undefined) options.push(`nullstr = [${dialect.nulls.map(literal).join(', ')}]`);
  if (dialect.dateFormat) options.push(`dateformat = ${literal(dialect.dateFormat)}`);
  if (dialect.timestampFormat) options.push(`timestampformat = ${literal(dialect.timestampFormat)}`);
  if (dialect.decimal !== undefined) options.push(`decimal_separator = ${literal(dialect.decimal)}`);
  if (dialect.lineBytes)
    options.push(`max_line_size = ${dialect.lineBytes}`, `buffer_size = ${dialect.lineBytes * 2}`);
  return options;
}

/**
 * Asks DuckDB's sniffer about a file.
 * @param sample Rows to look at; −1 means all.
 */
export function sniffSql(path: string, given: Partial<ReaderDialect>, sample: number): string {
  const options = [`sample_size = ${sample}`, ...fixed(given)];
  return `SELECT Delimiter, Quote, Escape, NewLineDelimiter, SkipRows, HasHeader, DateFormat, TimestampFormat, c.name, c.type
FROM (SELECT *, UNNEST(Columns) AS c FROM sniff_csv(${literal(path)}, ${options.join(', ')}))`;
}

/** One row of the answer per column. */
export function readSniff(
  rows: readonly (readonly Cell[])[],
  given: Partial<Dialect>,
  encoding: string,
): Sniffed {
  const first = rows[0];
  if (first === undefined) throw new RangeError('the sniffer found no column');
  const text = (cell: Cell | undefined) =>
    cell === null || cell === undefined || cell === '(empty)' ? '' : String(cell);
  const format = (cell: Cell | undefined) => text(cell) || null;
  return {
    dialect: {
      delimiter: given.delimiter ?? text(first[0]),
      // Where the sample held no quote, a later row may; the standard one does no harm to rows without it.
      quote: given.quote ?? (text(first[1]) || '"'),
      escape: given.escape ?? (text(first[2]) || text(first[1]) || '"'),
      header: given.header ?? first[5] === true,
      headerRows: given.headerRows ?? ((given.header ?? first[5] === true) ? 1 : 0),
      footer: given.footer ?? 0,
      comment: given.comment ?? '',
      skip: given.skip ?? Number(first[4] ?? 0),
      newline: text(first[3]),
      encoding,
      dateFormat: given.dateFormat ?? format(first[6]),
      timestampFormat: given.timestampFormat ?? format(first[7]),
      nulls: given.nulls ?? [''],
      decimal: given.decimal ?? '.',
    },
    columns: rows.map((row) => ({ name: String(row[8]), type: String(row[9]) })),
  };
}

/** The reader's options, all of them said, so that nothing is guessed a second time. */
function readCsv(path: string, sniffed: Sniffed, extra: readonly string[]): string {
  const { dialect, columns } = sniffed;
  const types = columns.map((c) => `${literal(c.name)}: ${literal(c.type)}`).join(', ');
  const options = [
    'auto_detect = false',
    ...fixed({
      ...dialect,
      dateFormat: dialect.dateFormat ?? '',
      timestampFormat: dialect.timestampFormat ?? '',
    }),
    `columns = {${types}}`,
    ...extra,
  ];
  return `read_csv(${literal(path)}, ${options.join(', ')})`;
}

/** Loads the file into the table `data`; what does not fit goes to `reject_errors`. */
export function loadSql(path: string, sniffed: Sniffed): string {
  return `CREATE TABLE data AS FROM ${readCsv(path, sniffed, ['store_rejects = true', 'rejects_limit = 0'])}`;
}

/** The same file with values as they are spelt, for a second look at columns whose types look wrong. */
export function spellingSql(path: string, sniffed: Sniffed, columns: readonly string[]): string {
  const spelt: Sniffed = {
    ...sniffed,
    columns: sniffed.columns.map((c) => ({ name: c.name, type: 'VARCHAR' })),
  };
  return `SELECT ${columns.map(identifier).join(', ')} FROM ${readCsv(path, spelt, ['ignore_errors = true'])}`;
}

/** Records that could not be loaded. */
export const rejectCountSql = 'SELECT count(DISTINCT line) FROM reject_errors';

/** Columns whose values could not be converted: reading them as text loses nothing. */
export const castFailuresSql =
  "SELECT column_name, count(*) FROM reject_errors WHERE error_type::VARCHAR = 'CAST' AND column_name IS NOT NULL GROUP BY 1";
