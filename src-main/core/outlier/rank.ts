/**
 * Values by their rank, exactly and without sorting all: the rows are counted into the buckets that a sample suggests, and
 * only the buckets in which a wanted rank falls are looked into. A quantile of many rows costs a few scans this way, where
 * a list of quantiles costs one selection each.
 */
import { double } from '../sql';
import type { Cell } from '../table';

type Row = readonly Cell[];

/** Buckets the rows are counted into at most. */
const BUCKETS = 1_000;

/** Rows of x: values of a sample at equal distances of rank, ascending. `from` has a column x. */
export function edgesFrom(sample: string, rows: number): string {
  const every = Math.max(1, Math.floor(rows / BUCKETS));
  return `SELECT DISTINCT x FROM (SELECT x, row_number() OVER (ORDER BY x) AS i FROM ${sample}) WHERE i % ${every} = 0 ORDER BY x`;
}

/** Rows of (edge, values): how many values lie above the edge before and not above this one. */
export function bucketsSql(from: string, edges: readonly number[]): string {
  return `SELECT unnest(map_keys(h)), unnest(map_values(h)) FROM (SELECT histogram(x, [${edges.map(double).join(', ')}]::DOUBLE[]) AS h FROM ${from})`;
}

/** A bucket that must be looked into: above `low` and up to `high`, null is open. */
export interface Bucket {
  readonly low: number | null;
  readonly high: number | null;
  /** Wanted ranks in it, counted from its own first value. */
  readonly ranks: readonly { readonly rank: number; readonly within: number }[];
}

/**
 * Where ranks fall.
 * @param ranks From 0, in any order.
 * @param edges As asked for in `bucketsSql`, whose answer is `rows`.
 */
export function bucketsOf(
  ranks: readonly number[],
  edges: readonly number[],
  rows: readonly Row[],
): readonly Bucket[] {
  const counts = new Map(rows.map((row) => [Number(row[0]), Number(row[1])]));
  const found = new Map<number, { low: number | null; high: number | null; before: number }>();
  const ends: number[] = [];
  let before = 0;
  for (let i = 0; i <= edges.length; i++) {
    const high = edges[i] ?? null;
    found.set(i, { low: edges[i - 1] ?? null, high, before });
    before += high === null ? Number.POSITIVE_INFINITY : (counts.get(high) ?? 0);
    ends.push(before);
  }
  const wanted = new Map<number, { rank: number; within: number }[]>();
  for (const rank of new Set(ranks)) {
    const at = ends.findIndex((end) => rank < end);
    const list = wanted.get(at) ?? [];
    list.push({ rank, within: rank - (found.get(at)?.before ?? 0) });
    wanted.set(at, list);
  }
  return [...wanted]
    .sort(([a], [b]) => a - b)
    .map(([at, list]) => ({ low: found.get(at)!.low, high: found.get(at)!.high, ranks: list }));
}

/** Rows of (rank, x). */
export function ranksSql(from: string, buckets: readonly Bucket[]): string {
  const wanted = buckets.flatMap(({ ranks }, b) =>
    ranks.map(({ rank, within }) => `(${rank}, ${b}, ${within})`),
  );
  return `WITH s AS (SELECT b, x, count(*) AS n FROM (SELECT x, ${bucketSql(regionsOf(buckets))} AS b FROM ${from}) WHERE b IS NOT NULL GROUP BY ALL),
  c AS (SELECT b, x, sum(n) OVER (PARTITION BY b ORDER BY x) AS upto FROM s)
SELECT r.rank, min(c.x) FROM (VALUES ${wanted.join(', ')}) r(rank, b, within) JOIN c ON c.b = r.b AND c.upto > r.within GROUP BY 1`;
}

/** Stretches one after the other, each up to an edge, with the bucket it belongs to; null is none, or the end. */
type Region = { readonly upto: number | null; readonly bucket: number | null };

function regionsOf(buckets: readonly Bucket[]): readonly Region[] {
  const regions: Region[] = [];
  buckets.forEach(({ low, high }, bucket) => {
    if (low !== null && regions.at(-1)?.upto !== low) regions.push({ upto: low, bucket: null });
    regions.push({ upto: high, bucket });
  });
  return regions.at(-1)?.upto === null ? regions : [...regions, { upto: null, bucket: null }];
}

/** The bucket of x by halving the regions: every row is compared a few times and not with every bucket. */
function bucketSql(regions: readonly Region[]): string {
  const [first] = regions;
  if (regions.length <= 1)
    return first === undefined || first.bucket === null ? 'NULL' : String(first.bucket);
  const half = Math.ceil(regions.length / 2);
  const edge = regions[half - 1]?.upto ?? 0;
  return `CASE WHEN x <= ${double(edge)} THEN ${bucketSql(regions.slice(0, half))} ELSE ${bucketSql(regions.slice(half))} END`;
}

/** The two ranks a quantile of n values lies between, and how far from the first (type 7). */
export function ranksOf(
  p: number,
  n: number,
): { readonly low: number; readonly high: number; readonly share: number } {
  const h = (n - 1) * p;
  const low = Math.floor(h);
  return { low, high: Math.min(n - 1, low + 1), share: h - low };
}

/** Between two values; exact where they are the same. */
export function between(low: number, high: number, share: number): number {
  return low === high ? low : low + share * (high - low);
}
