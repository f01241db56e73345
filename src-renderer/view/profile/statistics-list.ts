/**
 * The table of all statistics as it is shown: searched, filtered, grouped, sorted, and which part of it is on screen. Pure.
 */
import { alertTitle } from '#core/profile/alerts';
import type { Alert } from '#core/profile/profile';
import { type Described, isNumeric, type Statistic } from '#core/profile/statistic';
import type { Kind } from '#core/table';
import { statisticTold } from '../ui/statistic-text';
import { alertGroups, inOrder, kindCounts, type Sort } from './column-list';

/** Height of a line, in pixels. */
export const statisticsRow = 28;

export type GroupBy = 'none' | 'alert' | 'kind';

/** A column with its place in the file. */
export interface StatisticsRow extends Described {
  readonly index: number;
}

/** A line: a heading with how many columns follow under it, or a column. */
export type StatisticsLine =
  | {
      readonly kind: 'heading';
      readonly title: string;
      readonly severity: Alert['severity'] | null;
      readonly count: number;
    }
  | { readonly kind: 'column'; readonly key: string; readonly row: StatisticsRow };

export interface StatisticsWish {
  readonly text: string;
  readonly kind: Kind | 'all';
  readonly sort: Sort;
  readonly group: GroupBy;
}

/** Under a heading of an alert stands every column that has it, so that a column may stand under several. */
export function linesOf(rows: readonly StatisticsRow[], wish: StatisticsWish): readonly StatisticsLine[] {
  const text = wish.text.trim().toLowerCase();
  const kept = rows.filter(
    ({ column }) =>
      (wish.kind === 'all' || column.kind === wish.kind) &&
      (text === '' || column.name.toLowerCase().includes(text)),
  );
  const sorted = inOrder(kept, wish.sort);
  const under = (title: string, severity: Alert['severity'] | null, of: readonly StatisticsRow[]) =>
    of.length === 0
      ? []
      : [{ kind: 'heading', title, severity, count: of.length } as const, ...lines(of, `${title} `)];
  if (wish.group === 'kind') {
    return kindCounts(kept.map(({ column }) => column)).flatMap(({ kind }) =>
      under(
        kindHeading[kind],
        null,
        sorted.filter(({ column }) => column.kind === kind),
      ),
    );
  }
  if (wish.group === 'alert') {
    const groups = alertGroups(kept.flatMap(({ alerts }) => alerts));
    return [
      ...groups.flatMap(({ code, severity }) =>
        under(
          alertTitle[code],
          severity,
          sorted.filter(({ alerts }) => alerts.some((alert) => alert.code === code)),
        ),
      ),
      ...under(
        'No alerts',
        null,
        sorted.filter(({ alerts }) => alerts.length === 0),
      ),
    ];
  }
  return lines(sorted, '');
}

const lines = (rows: readonly StatisticsRow[], prefix: string): readonly StatisticsLine[] =>
  rows.map((row) => ({ kind: 'column', key: `${prefix}${row.index}`, row }));

const kindHeading: Readonly<Record<Kind, string>> = {
  number: 'Numbers',
  text: 'Texts',
  time: 'Times',
  boolean: 'Booleans',
  nested: 'Nested values',
};

/** The columns of the lines in order, each once. */
export function columnsIn(lines: readonly StatisticsLine[]): readonly StatisticsRow[] {
  return [...new Set(lines.flatMap((line) => (line.kind === 'column' ? [line.row] : [])))];
}

/** What a click on the head of a statistic makes of the sort: largest first, least first, the order of the file. */
export function nextSort(sort: Sort, first: Sort): Sort {
  if (sort.by !== first.by) return first;
  return sort.descending === first.descending
    ? { ...first, descending: !first.descending }
    : { by: null, descending: false };
}

/** A statistic with its place in the table, in pixels from the left edge of the first. */
export interface Laid {
  readonly statistic: Statistic;
  readonly left: number;
  readonly width: number;
  /** Whether a group of statistics begins with it. */
  readonly begins: boolean;
  /** Whether it stands at the right edge. */
  readonly right: boolean;
}

/** Width of a character of a figure, and what is left free beside it. */
const character = 7.3;
const beside = 20;
/** Widths are steps, so that the table does not stir with every figure that comes. */
const step = 24;

/** Figures are never cut; words are, beyond `widest`. */
const widest = 200;

/** @param rows All columns of the table, whether they are shown or not. */
export function laidOut(statistics: readonly Statistic[], rows: readonly StatisticsRow[]): readonly Laid[] {
  let left = 0;
  let group = '';
  return statistics.map((statistic, i) => {
    // The head has room for its name and for an arrow.
    const head = statistic.title.length * 6.6 + beside + 14;
    const words = statistic.form === 'word';
    let most = 0;
    for (const row of rows) {
      if (statistic.key === 'alerts') {
        most = Math.max(most, Math.min(2 * widest, badgesWidth(row.alerts)));
        continue;
      }
      const long = statisticTold(row, statistic).text.length * character + beside;
      most = Math.max(most, words || row.column.kind === 'text' ? Math.min(widest, long) : long);
    }
    const width = Math.ceil(Math.max(head, most) / step) * step;
    const laid = {
      statistic,
      left,
      width,
      begins: i > 0 && statistic.group !== group,
      right: isNumeric(statistic),
    };
    left += width;
    group = statistic.group;
    return laid;
  });
}

function badgesWidth(alerts: readonly Alert[]): number {
  return alerts.reduce((sum, { code }) => sum + alertTitle[code].length * 6.2 + 36, beside);
}

/** The part of a row that is on screen: the first of them, and the one after the last. */
export function onScreen(
  laid: readonly Laid[],
  left: number,
  width: number,
): { readonly first: number; readonly last: number } {
  const over = 200;
  const first = laid.findIndex((one) => one.left + one.width > left - over);
  const after = laid.findIndex((one) => one.left > left + width + over);
  return { first: Math.max(0, first), last: after === -1 ? laid.length : after };
}
