/**
 * What follows from a detection: the dialect in words, the names of the columns, and whether DuckDB's reader can be trusted
 * with the file as it lies there.
 */
import type { Detected } from './detect';
import type { Candidate, Dialect, Warning } from './receipt';
import { Scanner } from './scan';

/** Why a file has to be written anew before DuckDB reads it; null if it need not. */
export function obstacle(detected: Detected): string | null {
  const { grammar, layout, survey, newline } = detected;
  const { delimiter, quote } = grammar;
  if (newline === 'mixed' || grammar.newline !== 'any') return 'line ends of several kinds';
  if (
    delimiter.length > 4 || delimiter.trim() === ''
      ? delimiter !== '\t' && delimiter !== ''
      : delimiter.length > 1 && delimiter.endsWith(' ')
  )
    return 'a delimiter of blanks';
  if (delimiter === '' && survey.text.includes(',')) return 'no delimiter';
  if (grammar.comment !== '' && survey.comments.length > 0) return 'comments';
  if (layout.headerRows > 1) return 'a header of several rows';
  if (layout.spare > 0 || layout.shifted || layout.width !== layout.model.width)
    return 'a header of another width';
  if (layout.repeats.size > 0) return 'repeated headers';
  if (layout.to < survey.starts.length) return 'lines below the table';
  if (layout.head > 0 && survey.spans.slice(0, layout.head).some((n) => n > 1))
    return 'lines above the table';
  if (quote !== '' && grammar.escape === '' && survey.text.includes(quote))
    return 'quotes that are not escaped';
  for (let i = layout.head; i < layout.to; i++) {
    if (survey.widths[i] !== layout.width) return 'records of another width';
  }
  return null;
}

/** The dialect of a detection, for the receipt. */
export function dialectOf(detected: Detected, encoding: string, given: Partial<Dialect>): Dialect {
  const { grammar, layout, survey, newline } = detected;
  const last = layout.to < survey.starts.length ? (survey.lines[layout.to] as number) - 1 : survey.total;
  const headLine = survey.lines[layout.head] ?? 1;
  return {
    delimiter: grammar.delimiter === '' && !survey.text.includes(',') ? ',' : grammar.delimiter,
    quote: grammar.quote,
    escape: grammar.escape,
    header: layout.headerRows > 0,
    headerRows: layout.headerRows,
    skip: given.skip ?? headLine - 1,
    footer: given.footer ?? survey.total - last,
    comment: grammar.comment,
    newline,
    encoding,
    dateFormat: given.dateFormat ?? null,
    timestampFormat: given.timestampFormat ?? null,
    nulls: given.nulls ?? [''],
    decimal: given.decimal ?? '.',
    ...(given.columns ? { columns: given.columns } : {}),
  };
}

/** Column names made from a header: filled in where empty, made unique where they repeat; case does not tell them apart. */
export function columnNames(heading: readonly string[], width: number): string[] {
  const digits = String(Math.max(0, width - 1)).length;
  const taken = new Set<string>();
  const names: string[] = [];
  const wanted = Array.from(
    { length: Math.max(width, 1) },
    (_, i) =>
      (heading[i] ?? '').replaceAll('\u0000', '').trim() || `column${String(i).padStart(digits, '0')}`,
  );
  const own = new Set(wanted.map((name) => name.toLowerCase()));
  for (const first of wanted) {
    let name = first;
    // A name that is made up must not take one that another column has by itself.
    for (let n = 1; taken.has(name.toLowerCase()) || (name !== first && own.has(name.toLowerCase())); n++)
      name = `${first}_${n}`;
    taken.add(name.toLowerCase());
    names.push(name);
  }
  return names;
}

/** What a user is to be asked about a reading. */
export function doubtsOf(detected: Detected): { warnings: Warning[]; candidates: Candidate[] } {
  const { layout, survey, others, score } = detected;
  const warnings: Warning[] = layout.doubts.map((d) => ({
    code: d.code,
    message: d.words,
    remedy: 'Look at the lines, and choose the other reading if it is the right one.',
  }));
  const candidates: Candidate[] = layout.doubts.map((d) => ({
    dialect: d.dialect,
    words: wordsOf(d.dialect),
    score: 0.9,
    columns: [],
    rows: [],
  }));
  for (const other of others) {
    const { delimiter, quote } = other.grammar;
    const scanner = new Scanner(survey.text.slice(0, 20_000), other.grammar);
    const rows: string[][] = [];
    for (let at = 0; rows.length < 8 && scanner.read(at); at = scanner.next) {
      if (scanner.shape === 'record') rows.push(scanner.cells());
    }
    candidates.push({
      dialect: { delimiter, quote, escape: other.grammar.escape },
      words: `${seen(delimiter)}, ${quote === '' ? 'no quotes' : `quote ${quote}`}`,
      score: Math.min(1, other.score / score),
      columns: rows[0] ?? [],
      rows: rows.slice(1),
    });
  }
  if (detected.grammar.quote === '' && survey.text.includes('"')) {
    warnings.push({
      code: 'quotes-unclosed',
      message: 'The file holds quotes that do not enclose values; they were read as parts of the values',
      remedy: 'Set the quote if they should enclose values, or correct the line where one is missing.',
    });
  }
  if (others.length > 0) {
    warnings.push({
      code: 'dialect-guess',
      message: `The file can also be read with ${others.map((o) => `${seen(o.grammar.delimiter)}${o.grammar.quote === '' ? ' and no quotes' : ` and the quote ${o.grammar.quote}`}`).join(', or with ')}`,
      remedy: 'Compare both readings, and choose the right one.',
    });
  }
  return { warnings, candidates };
}

function seen(delimiter: string): string {
  const names: Readonly<Record<string, string>> = {
    '': 'no delimiter',
    ',': 'commas',
    ';': 'semicolons',
    '\t': 'tabs',
    '|': 'bars',
    ' ': 'blanks',
    ' +': 'runs of blanks',
    ', ': 'commas and blanks',
    ':': 'colons',
  };
  return names[delimiter] ?? `the delimiter ${delimiter}`;
}

function wordsOf(dialect: Partial<Dialect>): string {
  if (dialect.header === false) return 'without a header';
  if (dialect.header === true) return 'the first row is the header';
  if (dialect.skip !== undefined) return `the table from line ${dialect.skip + 1}`;
  if (dialect.footer === 0) return 'all rows to the end of the file';
  return 'only the rows before';
}
