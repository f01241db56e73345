/**
 * The wide road beside the values themselves: what it calls exact is, and what it estimates lies within the error it tells.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scaled } from '../../src-main/core/profile/scale';
import { type Column, kindOf } from '../../src-main/core/table';
import { Book, profileColumn } from '../../src-main/engine/profile';
import { profileWide } from '../../src-main/engine/profile-wide';
import { wholeResult } from '../../src-main/engine/session';

const clock = { now: () => 0 };
let db: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  db = await DuckDBInstance.create(':memory:');
  connection = await db.connect();
  await connection.run("SET TimeZone = 'UTC'");
}, 240_000);
afterAll(() => {
  connection.closeSync();
  db.closeSync();
});

const query = (sql: string) => wholeResult(connection, sql);

/** Columns with many different values; `u(k)` is random from 0 to 1. */
const kinds: readonly string[] = [
  '(u(1) * 1e9)::BIGINT',
  'exp(u(2) * 12)',
  'u(3) - 0.5',
  'round(u(4) * u(5) * 1000, 2)',
  'CASE WHEN u(6) < 0.05 THEN -1 ELSE sqrt(-2 * ln(u(7) + 1e-9)) * cos(6.283 * u(8)) * 30 + 100 END',
  "CASE WHEN u(9) < 0.01 THEN 'nan'::DOUBLE WHEN u(9) < 0.02 THEN 'inf'::DOUBLE ELSE u(10) * 7 END",
  '(u(11) * 100000)::DECIMAL(12, 3)',
  '1e9 + u(12)',
  "TIMESTAMP '2021-03-04' + to_seconds((u(13) * 9e7)::BIGINT)",
  "TIMESTAMP '1901-03-04' + to_microseconds((u(14) * 9e9)::BIGINT)",
  'md5((u(15) * 1e9)::BIGINT::VARCHAR)',
  "CASE WHEN u(16) < 0.1 THEN '' WHEN u(16) < 0.2 THEN ' x' WHEN u(16) < 0.21 THEN 'n/a' ELSE 'k' || (u(17) * 3000)::INTEGER END",
  "CASE WHEN u(18) < 0.1 THEN chr(160) || ' ' WHEN u(18) < 0.2 THEN 'x' || chr(8195) WHEN u(18) < 0.3 THEN 'é ' ELSE chr(10) || (u(19) * 3000)::INTEGER END",
];

async function drawTable(rows: number, seed: number): Promise<readonly Column[]> {
  const drawn = (sql: string) =>
    sql.replaceAll(
      /\bu\((\d+)\)/g,
      `((hash(range * 131 + $1, ${seed}) % 4294967296) / 4294967296.0)::DOUBLE`,
    );
  const list = kinds.map(
    (sql, i) => `CASE WHEN hash(range, ${seed + i}) % 11 = 0 THEN NULL ELSE ${drawn(sql)} END AS c${i}`,
  );
  await connection.run(`CREATE OR REPLACE TABLE t AS SELECT ${list.join(', ')} FROM range(${rows})`);
  const { columns } = await query('FROM t LIMIT 0');
  return columns.map(({ name, type }) => ({ name, type, kind: kindOf(type) }));
}

async function wide(columns: readonly Column[], rows: number) {
  const origin = { read: 't', shown: 't' };
  const sample = { read: '(FROM t WHERE rowid % 8 = 0)', shown: 't' };
  const batch = [];
  for (const column of columns) {
    const { evidence: _, ...looked } = await profileColumn(query, sample, column, clock, 'sample');
    batch.push({
      column,
      sample: looked,
      scaled: scaled(looked, rows, false),
      book: new Book(query, origin, clock),
    });
  }
  return profileWide(query, 't', batch);
}

/** Whether the truth lies within the error that a figure tells; it must be right if it tells none. */
class Tally {
  inside = 0;
  outside: string[] = [];
  hold(what: string, told: number, error: number | undefined, truth: number) {
    const slack = 1e-9 * Math.max(1, Math.abs(truth));
    if (Math.abs(told - truth) <= (error ?? 0) + slack) this.inside++;
    else this.outside.push(`${what}: ${told} ± ${error ?? 0} is not ${truth}`);
  }
}

it('what the wide road calls exact is exact, and estimates lie within their errors in 99 of 100 cases', async () => {
  const estimates = new Tally();
  let cases = 0;
  for (let seed = 1; cases < 1000; seed++) {
    const rows = 1200 + seed * 7;
    const columns = await drawTable(rows, seed * 7919);
    const byKind = (kind: string) => columns.filter((c) => c.kind === kind);
    for (const kind of ['number', 'time', 'text']) {
      const found = await wide(byKind(kind), rows);
      for (const [i, profile] of found.entries()) {
        const { name } = byKind(kind)[i]!;
        if (profile === null) throw new Error(`${name} was not profiled`);
        cases++;
        const exactly = new Tally();
        const one = async (sql: string) => (await query(`SELECT ${sql} FROM t`)).rows[0] ?? [];
        const marks = profile.inexact ?? {};
        const [n, filled, distinct] = (await one(`count(*), count(${name}), count(DISTINCT ${name})`)).map(
          Number,
        );
        exactly.hold('rows', profile.rows, undefined, n!);
        exactly.hold('nulls', profile.nulls, undefined, n! - filled!);
        estimates.hold(`${name} distinct`, profile.distinct, marks.distinct?.error, distinct!);
        const once = await query(
          `SELECT count(*) FROM (SELECT ${name} FROM t WHERE ${name} IS NOT NULL GROUP BY 1 HAVING count(*) = 1)`,
        );
        estimates.hold(`${name} unique`, profile.unique, marks.unique?.error, Number(once.rows[0]?.[0]));
        for (const { value, count } of profile.top) {
          const counted = await query(`SELECT count(*) FROM t WHERE ${name} = '${String(value)}'`);
          exactly.hold(`top ${String(value)}`, count, undefined, Number(counted.rows[0]?.[0]));
        }
        if (kind === 'number') {
          const x = `${name}::DOUBLE`;
          const all = (await query(`SELECT ${x} FROM t WHERE ${name} IS NOT NULL`)).rows.map(([v]) =>
            Number(v),
          );
          const finite = all.filter(Number.isFinite).sort((a, b) => a - b);
          const mean = finite.reduce((s, v) => s + v / finite.length, 0);
          const m = (k: number) => finite.reduce((s, v) => s + (v - mean) ** k, 0) / finite.length;
          const size = finite.length;
          exactly.hold('nan', profile.nan ?? 0, undefined, all.filter(Number.isNaN).length);
          exactly.hold('min', Number(profile.min), undefined, finite[0]!);
          exactly.hold('max', Number(profile.max), undefined, finite[size - 1]!);
          exactly.hold('zeros', profile.zeros ?? 0, undefined, finite.filter((v) => v === 0).length);
          exactly.hold('negatives', profile.negatives ?? 0, undefined, finite.filter((v) => v < 0).length);
          exactly.hold('mean', profile.mean ?? 0, undefined, mean);
          exactly.hold('stddev', profile.stddev ?? 0, 1e-6, Math.sqrt((m(2) * size) / (size - 1)));
          exactly.hold(
            'skewness',
            profile.skewness ?? 0,
            1e-4,
            ((m(3) / m(2) ** 1.5) * Math.sqrt(size * (size - 1))) / (size - 2),
          );
          for (const [p, value] of Object.entries(profile.quantiles ?? {})) {
            const at = (size - 1) * Number(p);
            const [low, high] = [finite[Math.floor(at)]!, finite[Math.ceil(at)]!];
            const truth = low + (at - Math.floor(at)) * (high - low);
            estimates.hold(`${name} quantile ${p}`, Number(value), marks[`quantiles.${p}`]?.error, truth);
          }
          const median = (finite[Math.floor((size - 1) / 2)]! + finite[Math.ceil((size - 1) / 2)]!) / 2;
          const apart = finite.map((v) => Math.abs(v - median)).sort((a, b) => a - b);
          const mad = (apart[Math.floor((size - 1) / 2)]! + apart[Math.ceil((size - 1) / 2)]!) / 2;
          if (profile.mad !== undefined) estimates.hold(`${name} mad`, profile.mad, marks.mad?.error, mad);
          const bins = profile.histogram ?? [];
          exactly.hold(
            'histogram',
            bins.reduce((s, b) => s + b.count, 0),
            undefined,
            size,
          );
          if (marks.histogram === undefined)
            for (const [k, { low, high, count }] of bins.entries()) {
              const last = k === bins.length - 1;
              const inside = finite.filter(
                (v) => v >= Number(low) && (last ? v <= Number(high) : v < Number(high)),
              );
              exactly.hold(`bin ${low}`, count, undefined, inside.length);
            }
          const fences = profile.outliers?.[0];
          if (fences !== undefined) {
            // Fences are told with twelve digits and were counted with sixteen.
            const slack = 1e-9 * Math.max(Math.abs(fences.lower), Math.abs(fences.upper));
            const near = finite.filter(
              (v) => Math.min(Math.abs(v - fences.lower), Math.abs(v - fences.upper)) <= slack,
            ).length;
            exactly.hold('above', fences.above, near, finite.filter((v) => v > fences.upper).length);
            exactly.hold('below', fences.below, near, finite.filter((v) => v < fences.lower).length);
          }
        }
        if (kind === 'time') {
          const c = `epoch_us(${name}) / 1e6`;
          const seconds = (await query(`SELECT ${c} FROM t WHERE ${name} IS NOT NULL ORDER BY 1`)).rows.map(
            ([v]) => Number(v),
          );
          for (const [p, value] of Object.entries(profile.quantiles ?? {})) {
            const rank =
              Math.max(1, seconds.length - Math.floor(seconds.length - Number(p) * seconds.length)) - 1;
            const told = Date.parse(`${String(value)}Z`) / 1000;
            estimates.hold(`${name} quantile ${p}`, told, marks[`quantiles.${p}`]?.error, seconds[rank]!);
          }
          exactly.hold(
            'histogram',
            (profile.histogram ?? []).reduce((s, b) => s + b.count, 0),
            undefined,
            filled!,
          );
          if (profile.range !== undefined)
            estimates.hold(
              `${name} gaps`,
              profile.range.gaps,
              marks['range.gaps']?.error,
              Math.round(seconds.at(-1)! - seconds[0]!) + 1 - distinct!,
            );
        }
        if (kind === 'text') {
          const [blanks, padded, shortest, longest, words] = (
            await one(
              `count_if(trim(${name}) = ''), count_if(trim(${name}) <> '' AND trim(${name}) <> ${name}), min(length(${name})), max(length(${name})), count_if(trim(${name}) = 'n/a')`,
            )
          ).map(Number);
          exactly.hold('blanks', profile.blanks ?? 0, undefined, blanks!);
          exactly.hold('padded', profile.padded ?? 0, undefined, padded!);
          exactly.hold('shortest', profile.length?.min ?? 0, undefined, shortest!);
          exactly.hold('longest', profile.length?.max ?? 0, undefined, longest!);
          exactly.hold(
            'n/a',
            (profile.disguised ?? []).find((d) => d.value === 'n/a')?.count ?? 0,
            undefined,
            words!,
          );
        }
        expect(exactly.outside, `${name} of seed ${seed}`).toEqual([]);
      }
    }
  }
  const all = estimates.inside + estimates.outside.length;
  expect(estimates.outside.length / all, estimates.outside.slice(0, 20).join('\n')).toBeLessThan(0.01);
}, 240_000);
