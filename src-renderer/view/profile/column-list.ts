/**
 * The list of columns as it is shown: searched, filtered, sorted. Pure.
 */
import { sortedBy } from '#core/profile/order';
import type { Alert, AlertCode, ColumnProfile } from '#core/profile/profile';
import type { Described } from '#core/profile/statistic';
import { statisticNamed } from '#core/profile/statistics';
import type { Column, Kind } from '#core/table';

/** By which the columns are sorted: the key of a statistic; null is the order of the file. */
export interface Sort {
  readonly by: string | null;
  readonly descending: boolean;
}

/** The order of the file. */
export const unsorted: Sort = { by: null, descending: false };

/** Words from A to Z, figures from the largest. */
export function sortedFirst(by: string | null): Sort {
  const statistic = by === null ? undefined : statisticNamed(by);
  return statistic === undefined
    ? unsorted
    : { by, descending: statistic.form !== 'word' || statistic.key === 'alerts' };
}

/** A column with what is known about it. */
export interface Entry extends Described {
  /** Place in the file. */
  readonly index: number;
  /** Over all rows, while `profile` is under a filter. */
  readonly total: ColumnProfile | undefined;
  /** Whether the design has a use for it. */
  readonly hasRole: boolean;
}

/** The same entries, with those that say what they said before as the same objects, so that their rows are not drawn anew. */
export function keptEntries(before: readonly Entry[], now: readonly Entry[]): readonly Entry[] {
  return now.map((entry, i) => {
    const held = before[i];
    return held !== undefined && isSameEntry(held, entry) ? held : entry;
  });
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return (
    a.column === b.column &&
    a.index === b.index &&
    a.profile === b.profile &&
    a.total === b.total &&
    a.hasRole === b.hasRole &&
    a.alerts.length === b.alerts.length &&
    a.alerts.every((alert, i) => alert === b.alerts[i])
  );
}

export interface Wish {
  readonly text: string;
  readonly kind: Kind | 'all';
  readonly withAlerts: boolean;
  readonly noRole: boolean;
  readonly alert: AlertCode | null;
  readonly sort: Sort;
}

export function shownEntries(entries: readonly Entry[], wish: Wish): readonly Entry[] {
  const text = wish.text.trim().toLowerCase();
  const kept = entries.filter(
    (e) =>
      (wish.kind === 'all' || e.column.kind === wish.kind) &&
      (text === '' || e.column.name.toLowerCase().includes(text)) &&
      (!wish.withAlerts || e.alerts.length > 0) &&
      (!wish.noRole || !e.hasRole) &&
      (wish.alert === null || e.alerts.some((a) => a.code === wish.alert)),
  );
  return inOrder(kept, wish.sort);
}

/** Stable; columns without the statistic come last in both directions. */
export function inOrder<T extends Described>(items: readonly T[], { by, descending }: Sort): readonly T[] {
  const statistic = by === null ? undefined : statisticNamed(by);
  return statistic === undefined ? items : sortedBy(items, statistic, descending);
}

/** How many columns there are of each kind, the kinds that occur only. */
export function kindCounts(columns: readonly Column[]): readonly { kind: Kind; count: number }[] {
  const order: readonly Kind[] = ['number', 'text', 'time', 'boolean', 'nested'];
  return order
    .map((kind) => ({ kind, count: columns.filter((c) => c.kind === kind).length }))
    .filter((k) => k.count > 0);
}

/** Alerts of one kind; a warning if one of them is. */
export interface AlertGroup {
  readonly code: AlertCode;
  readonly severity: Alert['severity'];
  readonly alerts: readonly Alert[];
}

/** Alerts by code, warnings before remarks, then the most frequent first. */
export function alertGroups(alerts: readonly Alert[]): readonly AlertGroup[] {
  const groups = new Map<AlertCode, Alert[]>();
  for (const alert of alerts) {
    const group = groups.get(alert.code);
    if (group === undefined) groups.set(alert.code, [alert]);
    else group.push(alert);
  }
  const rank = ({ severity }: Alert | AlertGroup) => (severity === 'warning' ? 0 : 1);
  return [...groups]
    .map(([code, all]): AlertGroup => {
      const severity = all.some((alert) => rank(alert) === 0) ? 'warning' : 'info';
      return { code, severity, alerts: all };
    })
    .sort((a, b) => rank(a) - rank(b) || b.alerts.length - a.alerts.length);
}

/** The rows of a list that are on screen, when one of them is taller than the others. */
export interface Slice {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  /** Height of everything, in pixels. */
  readonly height: number;
}

/**
 * @param count Rows in the list.
 * @param row Height of a row, in pixels.
 * @param open Index of the row with a sheet below it; −1 if none is open.
 * @param sheet Height of the sheet.
 * @param top Scroll position; `view` is the height that can be seen.
 */
export function sliceOf(
  count: number,
  row: number,
  open: number,
  sheet: number,
  top: number,
  view: number,
): Slice {
  const over = 6;
  const at = (y: number) => {
    const below = open === -1 ? Number.POSITIVE_INFINITY : (open + 1) * row;
    if (y <= below) return Math.floor(y / row);
    return y <= below + sheet ? open : Math.floor((y - sheet) / row);
  };
  return {
    first: Math.max(0, at(top) - over),
    last: Math.min(count, at(top + view) + over + 1),
    height: count * row + (open === -1 ? 0 : sheet),
  };
}

/** Where a row begins, in pixels. */
export function topOf(index: number, row: number, open: number, sheet: number): number {
  return index * row + (open !== -1 && index > open ? sheet : 0);
}
