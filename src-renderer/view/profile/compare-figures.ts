/**
 * A compared column as it reads: which figures, with how many decimals, in which order. Pure.
 */
import {
  byDrift,
  type ColumnComparison,
  differs,
  nullsApart,
  type SideFigures,
} from '#core/compare/comparison';
import type { Matching } from '#core/compare/match';
import type { ColumnProfile } from '#core/profile/profile';
import { type Cell, type Column, isFractional } from '#core/table';
import { count, decimalsOfMean, namesThings, none, number, numberOf, share, time } from '../ui/figure';

const profiles = new WeakMap<ColumnComparison, ColumnProfile>();

/** How values of the column read: as those of one column that holds both sides. */
export function readingOf(c: ColumnComparison): ColumnProfile {
  const known = profiles.get(c);
  if (known !== undefined) return known;
  const [a, b] = c.figures ?? [];
  const wide = !isFractional(c.a.type) && isFractional(c.b.type) ? c.b : c.a;
  const made: ColumnProfile = {
    name: c.a.name,
    type: wide.type,
    kind: c.a.kind,
    rows: (a?.rows ?? 0) + (b?.rows ?? 0),
    nulls: (a?.nulls ?? 0) + (b?.nulls ?? 0),
    distinct: Math.max(a?.distinct ?? 0, b?.distinct ?? 0),
    unique: 0,
    min: a?.min ?? b?.min ?? null,
    max: a?.max ?? b?.max ?? null,
    ...(a?.stddev === undefined ? {} : { stddev: a.stddev }),
    top: c.top.map((t) => ({ value: t.value, count: t.a + t.b })),
    evidence: c.evidence,
  };
  profiles.set(c, made);
  return made;
}

/** Name, A, B, and B less A; the last is '' where a difference means nothing. */
export type FigureRow = readonly [string, string, string, string];

const quantileNames: Readonly<Record<string, string>> = {
  '0.05': 'P5',
  '0.25': 'Q1',
  '0.5': 'Median',
  '0.75': 'Q3',
  '0.95': 'P95',
};

export function figureRows(c: ColumnComparison): readonly FigureRow[] {
  const reading = readingOf(c);
  const [a, b] = c.figures ?? [];
  if (a === undefined || b === undefined) return [];
  const rows: FigureRow[] = [];
  const counts = (name: string, of: (s: SideFigures) => number | undefined) => {
    const [x, y] = [of(a), of(b)];
    if (x === undefined || y === undefined) return;
    rows.push([name, count(x), count(y), signed(y - x, count)]);
  };
  counts('Rows', (s) => s.rows);
  counts('Nulls', (s) => s.nulls);
  rows.push([
    'Null %',
    share(a.nulls, a.rows),
    share(b.nulls, b.rows),
    a.rows === 0 || b.rows === 0 ? '' : signed(100 * nullsApart(c), (n) => n.toFixed(1)),
  ]);
  counts('Distinct', (s) => s.distinct);
  if ((a.nan ?? 0) + (b.nan ?? 0) > 0) counts('NaN', (s) => s.nan);
  if ((a.infinite ?? 0) + (b.infinite ?? 0) > 0) counts('Infinite', (s) => s.infinite);
  const say = (cell: Cell | undefined) =>
    cell === undefined || cell === null ? none : c.form === 'time' ? time(cell) : numberOf(cell, reading);
  const cells = (name: string, x: Cell | undefined, y: Cell | undefined) => {
    if ((x ?? null) === null && (y ?? null) === null) return;
    const apart =
      c.form === 'number' && typeof x === 'number' && typeof y === 'number' && !namesThings(reading)
        ? signed(y - x, (n) => numberOf(n, reading))
        : '';
    rows.push([name, say(x), say(y), apart]);
  };
  cells('Min', a.min, b.min);
  for (const [p, name] of Object.entries(quantileNames)) cells(name, a.quantiles?.[p], b.quantiles?.[p]);
  cells('Max', a.max, b.max);
  const decimals = decimalsOfMean(reading);
  for (const [name, key] of [
    ['Mean', 'mean'],
    ['Std dev', 'stddev'],
  ] as const) {
    const [x, y] = [a[key], b[key]];
    if (x === undefined && y === undefined) continue;
    const apart = x === undefined || y === undefined ? '' : signed(y - x, (n) => number(n, decimals));
    rows.push([name, number(x, decimals), number(y, decimals), apart]);
  }
  return rows;
}

function signed(n: number, say: (n: number) => string): string {
  if (n === 0 || !Number.isFinite(n)) return n === 0 ? '0' : '';
  return `${n > 0 ? '+' : '−'}${say(Math.abs(n))}`;
}

/** A measure from 0 to about 1: three decimals, never rounded to 0; a large PSI needs fewer. */
export function measure(value: number | undefined): string {
  if (value === undefined) return none;
  if (value > 0 && value < 0.0005) return '<0.001';
  return value.toFixed(value >= 10 ? 1 : 3);
}

/** A chance: three decimals, never rounded to 0. */
export function chance(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** A difference of null shares in points: `+1.2`; a dash for none. */
export function points(c: ColumnComparison): string {
  const apart = 100 * nullsApart(c);
  if (apart === 0) return '0';
  const size = Math.abs(apart);
  return `${apart > 0 ? '+' : '−'}${size < 0.05 ? '<0.1' : size.toFixed(1)}`;
}

/** A line of the list: a compared column, one that still waits, one that only a side has, or many such as one line. */
export type CompareLine =
  | { readonly kind: 'lone'; readonly side: 'A' | 'B'; readonly column: Column }
  | {
      readonly kind: 'lones';
      readonly side: 'A' | 'B';
      readonly columns: readonly Column[];
      readonly open: boolean;
    }
  | { readonly kind: 'waiting'; readonly a: Column; readonly b: Column }
  | { readonly kind: 'compared'; readonly comparison: ColumnComparison };

/** What a line is called in the list; a lone column of B may have the name of one of A. */
export function keyOf(line: CompareLine): string {
  if (line.kind === 'lones') return line.side;
  if (line.kind === 'lone') return `${line.side} ${line.column.name}`;
  return `A ${line.kind === 'compared' ? line.comparison.a.name : line.a.name}`;
}

export interface CompareWish {
  readonly text: string;
  /** `drift` puts changes of type first, then the farthest drifted. */
  readonly sort: 'drift' | 'file';
  readonly differing: boolean;
  /** Sides whose lone columns stand in a line each, though they are many. */
  readonly opened: readonly ('A' | 'B')[];
}

/** So many columns of one side alone stand in a line each; more stand in one line until it is opened. */
const FEW_LONE = 3;

/**
 * What only one side has, then the compared columns. While columns still come, those that came stand in the order of A, so
 * that none moves under the pointer.
 */
export function linesOf(
  matching: Matching,
  pairs: number,
  columns: readonly ColumnComparison[],
  wish: CompareWish,
): readonly CompareLine[] {
  const text = wish.text.trim().toLowerCase();
  const named = (...names: string[]) =>
    text === '' || names.some((name) => name.toLowerCase().includes(text));
  const lone = (side: 'A' | 'B', of: readonly Column[]): readonly CompareLine[] => {
    const found = of.filter((c) => named(c.name));
    const each = found.map((column): CompareLine => ({ kind: 'lone', side, column }));
    if (found.length <= FEW_LONE) return each;
    const open = wish.opened.includes(side);
    return [{ kind: 'lones', side, columns: found, open }, ...(open ? each : [])];
  };
  const found = new Map(columns.map((c) => [c.a.name, c]));
  const wanted = matching.pairs.slice(0, pairs).filter((pair) => named(pair.a.name, pair.b.name));
  const lines = wanted.flatMap((pair): readonly CompareLine[] => {
    const comparison = found.get(pair.a.name);
    if (comparison === undefined) return wish.differing ? [] : [{ kind: 'waiting', a: pair.a, b: pair.b }];
    return wish.differing && !differs(comparison) ? [] : [{ kind: 'compared', comparison }];
  });
  const sorted = wish.sort === 'drift' && columns.length >= pairs ? lines.toSorted(byChange) : lines;
  return [...lone('A', matching.onlyA), ...lone('B', matching.onlyB), ...sorted];
}

function byChange(x: CompareLine, y: CompareLine): number {
  if (x.kind !== 'compared' || y.kind !== 'compared') return 0;
  const changed = ({ comparison: { a, b } }: typeof x) => (a.type === b.type ? 0 : 1);
  return changed(y) - changed(x) || byDrift(x.comparison, y.comparison);
}
