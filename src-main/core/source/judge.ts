/**
 * Judges a reading: what looks wrong although no error was raised.
 */
import { identifier, literal } from '../sql';
import type { Cell, Column } from '../table';
import type { Receipt, Warning } from './receipt';

/** Words that usually stand for a missing value. */
export const nullWords = [
  'NA',
  'N/A',
  'n/a',
  'NULL',
  'null',
  'None',
  'NaN',
  'nan',
  '-',
  '?',
  '#N/A',
  '(null)',
  '\\N',
] as const;

const count = (n: number) => n.toLocaleString('en-US');
const plural = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** Warnings about the balance of a reading. */
export function judgeReceipt(
  receipt: Receipt,
  columns: number,
  header: string,
  skippedLines: number,
): Warning[] {
  const warnings: Warning[] = [];
  const accounted = receipt.loaded + receipt.rejected + receipt.skipped;
  if (accounted !== receipt.records) {
    const lost = receipt.records - accounted;
    warnings.push({
      code: 'records-lost',
      message:
        lost > 0
          ? `${plural(lost, 'record')} of ${count(receipt.records)} in the file ${lost === 1 ? 'was' : 'were'} neither loaded nor rejected`
          : `${plural(-lost, 'row')} more than the ${count(receipt.records)} records in the file ${lost === -1 ? 'was' : 'were'} loaded`,
      remedy:
        'Check the delimiter, the quote and the header in the receipt; do not trust figures until the balance holds.',
    });
  }
  if (receipt.rejected > 0) {
    warnings.push({
      code: 'rows-rejected',
      message: `${plural(receipt.rejected, 'record')} of ${count(receipt.records)} could not be loaded`,
      remedy: 'Open the receipt to see each with its line and reason, then correct the file.',
    });
  }
  if (skippedLines > 0) {
    warnings.push({
      code: 'lines-skipped',
      message: `${plural(skippedLines, 'line')} above the header ${skippedLines === 1 ? 'was' : 'were'} not read`,
      remedy: 'Check that they hold no data.',
    });
  }
  if (columns === 1 && /[,;\t|]/.test(header)) {
    warnings.push({
      code: 'single-column',
      message: 'The file was read as one column although its header holds delimiters',
      remedy: 'Check for stray quotes or rows of unequal length.',
    });
  }
  if (receipt.loaded === 0) {
    warnings.push({
      code: 'no-rows',
      message: 'The file has a header but no rows',
      remedy: 'Check that the export was complete.',
    });
  }
  return warnings;
}

/** Warnings about header names, from the header as it stands in the file. */
export function judgeNames(raw: readonly string[], columns: readonly Column[]): Warning[] {
  const warnings: Warning[] = [];
  const seen = new Set<string>();
  columns.forEach((column, i) => {
    const written = raw[i];
    if (written === undefined) return;
    if (written.trim() === '') {
      warnings.push({
        code: 'column-name-empty',
        column: column.name,
        message: `Column ${i + 1} has no name in the file and is called ${column.name}`,
        remedy: 'Give it a title where you use it.',
      });
      return;
    }
    const key = written.trim().toLowerCase();
    if (seen.has(key)) {
      warnings.push({
        code: 'column-name-duplicate',
        column: column.name,
        message: `“${written.trim()}” names more than one column; this one is called ${column.name}`,
        remedy: 'Check which of them you mean.',
      });
    } else if (written !== written.trim()) {
      warnings.push({
        code: 'column-name-blanks',
        column: column.name,
        message: `The name “${written}” has blanks around it in the file`,
        remedy: 'They were taken off; refer to the column without them.',
      });
    }
    seen.add(key);
  });
  return warnings;
}

const money =
  '^[(-]?\\s*([$€£¥₹]|USD|EUR|GBP)\\s*-?[0-9][0-9., ]*\\)?$|^-?[0-9][0-9., ]*\\s*([$€£¥₹]|USD|EUR|GBP|kr|zł)$';
const numeric = '^[+-]?([0-9]{1,3}([,.\\x{00a0}’ ][0-9]{3})+([.,][0-9]+)?|[0-9]+[.,][0-9]+|[0-9]+)\\s*%?$';
const dated = '^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( .*|T.*)?$';

/**
 * Counts, for text columns, what looks like something else. One row per column: name, filled, money, numeric, dated, null words.
 * @param table The quoted table.
 * @param rows Rows to look at, from the top.
 */
export function textJudgementSql(table: string, columns: readonly string[], rows: number): string {
  return columns
    .map((name) => {
      const v = 'trim(v)';
      return `SELECT ${literal(name)} AS name, count_if(${v} <> '') AS filled,
  count_if(regexp_full_match(${v}, ${literal(money)})) AS money,
  count_if(regexp_full_match(${v}, ${literal(numeric)})) AS numeric,
  count_if(regexp_full_match(${v}, ${literal(dated)})) AS dated,
  count_if(${v} IN (${nullWords.map(literal).join(', ')})) AS words,
  any_value(${v}) FILTER (WHERE regexp_full_match(${v}, ${literal(`${money}|${numeric}|${dated}`)})) AS example
FROM (SELECT ${identifier(name)} AS v FROM ${table} LIMIT ${rows})`;
    })
    .join('\nUNION ALL ');
}

/** Reads the answer of `textJudgementSql`. Null words are left out of account where the rest agrees. */
export function judgeText(rows: readonly (readonly Cell[])[]): Warning[] {
  const warnings: Warning[] = [];
  for (const row of rows) {
    const column = String(row[0]);
    const [filled, asMoney, asNumber, asDate, words] = row.slice(1, 6).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const example = row[6] === null || row[6] === undefined ? '' : ` (as in ${String(row[6])})`;
    const values = filled - words;
    const most = (n: number) => values > 0 && n / values >= 0.95;
    if (asMoney > 0 && most(asMoney + asNumber)) {
      warnings.push({
        code: 'money-as-text',
        column,
        message: `${column} holds money written as text: ${count(asMoney)} of ${plural(filled, 'value')}${example}; it was kept as text`,
        remedy: 'Parse it as money to measure it.',
      });
    } else if (most(asNumber)) {
      warnings.push({
        code: 'number-as-text',
        column,
        message: `${column} looks like a number but was kept as text: ${count(asNumber)} of ${plural(filled, 'value')}${example}`,
        remedy: 'Check thousands marks, decimal commas, leading zeros and words for missing values.',
      });
    } else if (most(asDate)) {
      warnings.push({
        code: 'date-as-text',
        column,
        message: `${column} looks like a date but was kept as text: ${count(asDate)} of ${plural(filled, 'value')}${example}`,
        remedy: 'Say in which order day and month stand to use it as a time.',
      });
    }
    if (words > 0) {
      warnings.push({
        code: 'null-words',
        column,
        message: `${column} holds ${plural(words, 'value')} that usually ${words === 1 ? 'means' : 'mean'} “missing”, such as NA or -`,
        remedy: 'Count them as missing if that is what they mean.',
      });
    }
  }
  return warnings;
}

/** Years before this are taken for a two-digit year that was read as it stood. */
export const earliestYear = 1000;

/** One row per time column: name, values in years before `earliestYear`, least year, greatest of those years. */
export function dateJudgementSql(from: string, columns: readonly string[]): string {
  return columns
    .map((name) => {
      const v = identifier(name);
      const early = `isfinite(${v}) AND year(${v}) < ${earliestYear}`;
      return `SELECT ${literal(name)} AS name, count_if(${early}) AS early, min(year(${v})) FILTER (WHERE ${early}) AS low, max(year(${v})) FILTER (WHERE ${early}) AS high FROM ${from}`;
    })
    .join('\nUNION ALL ');
}

/** How the dates of a column are spelt: rows of (digits of the year, count, an example), over `spelling`, a SELECT of `v`. */
export function spellingsSql(spelling: string): string {
  return `SELECT CASE WHEN regexp_matches(v, '[0-9]{4}') THEN 4 ELSE 2 END AS digits, count(*) AS n, min(v) AS example
FROM (${spelling}) WHERE trim(v) <> '' GROUP BY 1 ORDER BY 1`;
}

/** The warning about a column whose two-digit years would have been read as years of antiquity. */
export function judgeSpellings(
  column: string,
  rows: readonly (readonly Cell[])[],
  early: number,
  low: number,
  high: number,
): Warning {
  const spelt = rows.map(
    (row) =>
      `${plural(Number(row[1]), 'date')} with ${row[0] === 4 ? 'four' : 'two'} digits for the year (as in ${String(row[2])})`,
  );
  const years = low === high ? `year ${low}` : `years ${low}–${high}`;
  return {
    code: rows.length > 1 ? 'date-mixed' : 'date-suspicious',
    column,
    message: `${column} spells its dates ${rows.length > 1 ? 'in two ways' : 'with short years'}: ${spelt.join(', ')}; ${count(early)} would have been read as ${years}, so it was kept as text`,
    remedy: 'Say how the two-digit years are meant to use it as a time.',
  };
}
