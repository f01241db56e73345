/**
 * Judges a reading: what looks wrong although no error was raised.
 */
import { identifier, literal } from '../sql';
import type { Cell, Column } from '../table';
import { valuesLost } from './entries';
import type { Receipt, Warning } from './receipt';

const count = (n: number) => n.toLocaleString('en-US');
const plural = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** Warnings about the balance of a reading. */
export function judgeReceipt(receipt: Receipt, columns: number, header: string): Warning[] {
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
  if (receipt.mended > 0) {
    warnings.push({
      code: 'rows-mended',
      message: `${plural(receipt.mended, 'record')} of ${count(receipt.records)} did not fit the columns and ${receipt.mended === 1 ? 'was' : 'were'} put right, the first in line ${receipt.mends[0]?.line}: ${receipt.mends[0]?.reason}`,
      remedy: 'Look at them in the receipt; each shows its text and the cells it was read as.',
    });
  }
  if (receipt.skipped > 0) {
    const places = receipt.skips
      .slice(0, 3)
      .map((s) => `line ${s.line}${s.lines > 1 ? `–${s.line + s.lines - 1}` : ''} (${s.reason})`);
    warnings.push({
      code: 'lines-skipped',
      message: `${plural(receipt.skipped, 'line')} that hold${receipt.skipped === 1 ? 's' : ''} no record of the table ${receipt.skipped === 1 ? 'was' : 'were'} not read${places.length > 0 ? `: ${places.join(', ')}` : ''}`,
      remedy: 'Check that they hold no data.',
    });
  }
  const lost = valuesLost(receipt);
  if (lost > 0) {
    warnings.push({
      code: 'values-lost',
      message: `${plural(lost, 'value')} did not fit the reading of their columns and ${lost === 1 ? 'is' : 'are'} missing in the table, such as “${receipt.misfits[0]?.value}” in ${receipt.misfits[0]?.column}`,
      remedy: 'Look at them in the receipt, and change how the column is read if they should count.',
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

/** How the dates of a column are spelt: rows of (digits of the year, count, an example), over `spelling`, a SELECT with the column. */
export function spellingsSql(spelling: string, column: string): string {
  return `SELECT CASE WHEN regexp_matches(v, '[0-9]{4}') THEN 4 ELSE 2 END AS digits, count(*) AS n, min(v) AS example
FROM (SELECT ${identifier(column)} AS v FROM (${spelling})) WHERE trim(v) <> '' GROUP BY 1 ORDER BY 1`;
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
