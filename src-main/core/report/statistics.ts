/**
 * The statistics of columns as a table: raw for CSV and the clipboard, as they read for Markdown.
 */
import { type Described, inexactness, isNumeric, type Statistic } from '../profile/statistic';
import { statisticNamed } from '../profile/statistics';
import type { Cell } from '../table';
import { markdownText } from './escape';
import { cellText, count, none, number } from './figure';
import { csvLines } from './text';

/** Rows of values under their names. */
export interface Figures {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const name = statisticNamed('name')!;

/** The name of the column first, whatever is chosen, so that a line says what it is about. */
export function withName(chosen: readonly Statistic[]): readonly Statistic[] {
  return [name, ...chosen.filter((s) => s !== name)];
}

/**
 * A line for each column. Values are raw: no grouping, a point before the decimals, times as ISO 8601, percentages from 0 to
 * 100, nothing where there is no figure.
 *
 * What they rest on stands beside them. A statistic that is not exact in one of the lines has a second column `<name>_basis`
 * (exact, estimate or sample) and, where it is known, a third `<name>_error`: the truth lies within so much of the figure, at
 * three standard errors. At the end of every line: `basis` of the profile as a whole, `basis_rows` and `basis_of` for the rows
 * that were read and those they stand for, `computed_at`, and `filter`, the condition the rows met.
 *
 * @param names Of the columns: `key` as in files, `title` as in the window.
 * @param where The condition on the rows; '' for all of them.
 */
export function statisticsTable(
  items: readonly Described[],
  chosen: readonly Statistic[],
  names: 'key' | 'title',
  where: string,
): Figures {
  const say = (key: string) => (names === 'key' ? key : key.replaceAll('_', ' '));
  const made = withName(chosen).map((statistic) => {
    const off = items.map((of) => inexactness(of, statistic));
    return {
      statistic,
      off,
      marked: off.some((how) => how !== null),
      measured: off.some((how) => how?.error !== undefined),
    };
  });
  const columns = made.flatMap(({ statistic, marked, measured }) => {
    const title = statistic[names];
    const join = names === 'key' ? '_' : ' ';
    return [
      title,
      ...(marked ? [`${title}${join}basis`] : []),
      ...(measured ? [`${title}${join}error`] : []),
    ];
  });
  const rows = items.map((of, i) => [
    ...made.flatMap(({ statistic, off, marked, measured }) => {
      const value = statistic.read(of) ?? null;
      const how = off[i] ?? null;
      return [
        value,
        ...(marked ? [value === null ? null : (how?.basis ?? 'exact')] : []),
        ...(measured ? [value === null ? null : (how?.error ?? null)] : []),
      ];
    }),
    ...basisOf(of),
    where === '' ? null : where,
  ]);
  return {
    columns: [...columns, ...['basis', 'basis_rows', 'basis_of', 'computed_at', 'filter'].map(say)],
    rows,
  };
}

function basisOf({ profile }: Described): readonly Cell[] {
  if (profile === undefined) return [null, null, null, null];
  const { basis, rows, of, at } = profile.evidence;
  return [basis, rows, of ?? profile.rows, at];
}

/** Such a table as CSV under the names of files. */
export function statisticsCsv(
  items: readonly Described[],
  chosen: readonly Statistic[],
  where: string,
): string {
  const { columns, rows } = statisticsTable(items, chosen, 'key', where);
  return csvLines([columns, ...rows]);
}

/** A table to paste into a note, its figures as they read, those that are not exact with ≈ and ±. */
export function statisticsMarkdown(
  items: readonly Described[],
  chosen: readonly Statistic[],
  where: string,
): string {
  const shown = withName(chosen);
  const lines = items.map((of) => shown.map((statistic) => written(of, statistic)));
  const table = [
    shown.map((s) => markdownText(s.title)),
    shown.map((s) => (isNumeric(s) ? '--:' : '---')),
    ...lines,
  ].map((cells) => `| ${cells.join(' | ')} |`);
  const note = where === '' ? [] : ['', `Rows under the condition: ${markdownText(where, 1000)}`];
  return `${[...table, ...note].join('\n')}\n`;
}

function written(of: Described, statistic: Statistic): string {
  const { profile } = of;
  const value = statistic.read(of);
  if (value === undefined || value === null) return '';
  const how = inexactness(of, statistic);
  const text = markdownText(plain(of, statistic, value), 80);
  if (how === null || profile === undefined) return text;
  return `≈ ${text}${how.error === undefined ? '' : ` ± ${number(Number(how.error.toPrecision(2)))}`}`;
}

function plain({ profile }: Described, { form, decimals }: Statistic, value: Exclude<Cell, null>): string {
  if (form === 'count') return count(Number(value));
  if (form === 'percent') return short(Number(value));
  if (form === 'number') return Number(value).toFixed(decimals).replace('-', '−');
  if (form === 'amount') return number(value);
  return form === 'value' && profile !== undefined ? cellText(value, profile) : String(value);
}

/** What is there never reads 0.0, and what is not all never 100.0. */
function short(percent: number): string {
  if (!Number.isFinite(percent)) return none;
  if (percent > 0 && percent < 0.05) return '<0.1';
  return percent < 100 && percent >= 99.95 ? '>99.9' : percent.toFixed(1);
}
