/**
 * Every figure of a profile beside an independent computation: the values themselves, in TypeScript, and SQL of another shape.
 */
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { startBench } from '../support/service';

/** Columns of every type that has values to speak of; `h(k)` is a random whole number from 0 to 2^32. */
const columns: Readonly<Record<string, string>> = {
  tiny: '(h(1) % 256 - 128)::TINYINT',
  small: '(h(2) % 60000 - 30000)::SMALLINT',
  int: '(h(3) % 50)::INTEGER',
  big: '(h(4) * 2147483648 + h(5))::BIGINT',
  huge: '(h(6)::HUGEINT * 39614081257132168796771975168)::HUGEINT',
  utiny: '(h(7) % 256)::UTINYINT',
  ubig: '(h(8)::UBIGINT * 4294967296)::UBIGINT',
  uhuge: '(h(9)::UHUGEINT * 79228162514264337593543950336)::UHUGEINT',
  decimal: '((h(10) % 99999) / 10.0 - 5000)::DECIMAL(6, 1)',
  money: '((h(11) % 1000000) / 100.0)::DECIMAL(18, 2)',
  wide_decimal: '(h(12)::DECIMAL(38, 10) / 7)::DECIMAL(38, 10)',
  float: '((h(13) % 1000) / 8.0)::FLOAT',
  double: '(h(14)::DOUBLE / 4294967296 - 0.5) * 1e6',
  skewed: 'exp((h(15) % 20000) / 1500.0)',
  tenths: '(h(16) % 400) / 10.0',
  not_finite:
    "CASE h(17) % 10 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE ELSE h(18) % 100 END",
  constant: '7',
  tied: 'CASE WHEN h(19) % 20 = 0 THEN h(20) % 1000 ELSE 3 END',
  text: "'v' || (h(21) % 300)",
  blank:
    "CASE h(22) % 5 WHEN 0 THEN '' WHEN 1 THEN '   ' WHEN 2 THEN ' a ' ELSE chr((97 + h(23) % 26)::INTEGER) END",
  unicode: "(['Ä', 'ß', 'щи', '漢字', 'مرحبا', '👍', 'plain'])[1 + (h(24) % 7)::INTEGER]",
  date: "DATE '1850-03-01' + (h(25) % 90000)::INTEGER",
  early: "DATE '0044-03-15' + (h(26) % 3)::INTEGER",
  stamp: "TIMESTAMP '1999-12-31 23:59:58' + to_seconds((h(27) % 3000000)::BIGINT)",
  micros: "TIMESTAMP '2024-02-29' + to_microseconds(h(28)::BIGINT)",
  seconds: "(TIMESTAMP '2024-02-29' + to_minutes((h(29) % 5000)::BIGINT))::TIMESTAMP_S",
  nanos: "(TIMESTAMP '2024-02-29' + to_minutes((h(30) % 5000)::BIGINT))::TIMESTAMP_NS",
  zoned: "(TIMESTAMP '2024-02-29' + to_hours((h(31) % 50000)::BIGINT))::TIMESTAMPTZ",
  time: "TIME '00:00:00' + to_seconds((h(32) % 86400)::BIGINT)",
  flag: 'h(33) % 3 = 0',
  uuid: "md5('x' || h(34) % 50)::UUID",
  blob: "('x' || h(35) % 20)::BLOB",
  span: 'to_days((h(36) % 40)::INTEGER)',
  list: '[h(37) % 3, h(38) % 2]',
  struct: "{'a': h(39) % 3, 'b': NULL}",
  map: "MAP {'k': h(40) % 4}",
};

async function table(path: string, rows: number, seed: number): Promise<DuckDBConnection> {
  const db = await DuckDBInstance.create(path);
  const connection = await db.connect();
  const drawn = (sql: string) =>
    sql.replaceAll(/\bh\((\d+)\)/g, `(hash(range * 97 + $1, ${seed}) % 4294967296)::BIGINT`);
  const list = Object.entries(columns).map(
    ([name, sql], i) =>
      `CASE WHEN hash(range, ${seed + 1000 + i}) % 9 = 0 THEN NULL ELSE ${drawn(sql)} END AS "${name}"`,
  );
  await connection.run(`CREATE TABLE t AS SELECT ${list.join(', ')} FROM range(${rows})`);
  await connection.run('CHECKPOINT');
  return connection;
}

const near = (a: unknown, b: number, what: string, digits = 9) => {
  const error = Math.abs(Number(a) - b);
  expect(error <= 10 ** -digits * Math.max(1, Math.abs(b)), `${what}: ${String(a)} is not ${b}`).toBe(true);
};

/** Type 7 of sorted values. */
function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (at - Math.floor(at)) * (high - low);
}

/** Figures of numbers from the numbers themselves. */
function checkNumbers(profile: ColumnProfile, values: readonly number[]): void {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  const n = finite.length;
  const name = profile.name;
  expect([name, profile.nan, profile.infinite]).toEqual([
    name,
    values.filter(Number.isNaN).length,
    values.filter((x) => Math.abs(x) === Number.POSITIVE_INFINITY).length,
  ]);
  expect([name, profile.zeros, profile.negatives]).toEqual([
    name,
    values.filter((x) => x === 0).length,
    values.filter((x) => x < 0).length,
  ]);
  if (n === 0) {
    expect(profile.mean).toBeUndefined();
    return;
  }
  near(profile.min, finite[0]!, `${name} min`);
  near(profile.max, finite[n - 1]!, `${name} max`);
  const mean = finite.reduce((s, x) => s + x / n, 0);
  near(profile.mean, mean, `${name} mean`);
  if (profile.sum !== undefined)
    near(
      profile.sum,
      finite.reduce((s, x) => s + x, 0),
      `${name} sum`,
    );
  const scale = Math.max(...finite.map((x) => Math.abs(x - mean))) || 1;
  const power = (k: number) => finite.reduce((s, x) => s + ((x - mean) / scale) ** k, 0) / n;
  const m2 = power(2);
  if (n > 1) near(profile.stddev, scale * Math.sqrt((m2 * n) / (n - 1)), `${name} stddev`);
  else expect(profile.stddev).toBeUndefined();
  const spread = finite[0] !== finite[n - 1];
  if (n > 2 && spread)
    near(
      profile.skewness,
      ((power(3) / m2 ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2),
      `${name} skewness`,
      7,
    );
  if (n > 3 && spread) {
    const g2 = power(4) / m2 ** 2 - 3;
    near(profile.kurtosis, ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6), `${name} kurtosis`, 7);
  }
  for (const [p, q] of Object.entries(profile.quantiles ?? {}))
    near(q, quantile(finite, Number(p)), `${name} quantile ${p}`);
  const median = quantile(finite, 0.5);
  near(
    profile.mad,
    quantile(
      finite.map((x) => Math.abs(x - median)).sort((a, b) => a - b),
      0.5,
    ),
    `${name} mad`,
  );
  const digits = new Map<string, number>();
  for (const x of finite)
    if (x !== 0) {
      const d = Math.abs(x).toExponential(9).slice(0, 1);
      digits.set(d, (digits.get(d) ?? 0) + 1);
    }
  expect([name, profile.digits]).toEqual([name, [...'123456789'].map((d) => digits.get(d) ?? 0)]);
  const bins = profile.histogram ?? [];
  for (const [i, { low, high, count }] of bins.entries()) {
    const last = i === bins.length - 1;
    const inside = finite.filter((x) => x >= Number(low) && (last ? x <= Number(high) : x < Number(high)));
    expect([name, low, high, inside.length]).toEqual([name, low, high, count]);
  }
  const fences = profile.outliers?.[0];
  if (fences !== undefined) {
    const [q1, q3] = [quantile(finite, 0.25), quantile(finite, 0.75)];
    near(fences.lower, q1 - 1.5 * (q3 - q1), `${name} lower fence`);
    const [below, above] = [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];
    const slack = 1e-9 * Math.max(1, Math.abs(above), Math.abs(below));
    const out = finite.filter((x) => x < below - slack || x > above + slack).length;
    const onEdge = finite.filter((x) => Math.min(Math.abs(x - below), Math.abs(x - above)) <= slack).length;
    expect(Math.abs(fences.count - out) <= onEdge, `${name} outliers`).toBe(true);
  }
}

const cases: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [7, 4],
  [60, 5],
  [1500, 6],
  [4000, 7],
];

it.each(cases)(
  '%i rows of every type have the figures that the values themselves give (seed %i)',
  async (rows, seed) => {
    const bench = await startBench();
    const path = join(bench.folder, `t${seed}.duckdb`);
    const other = await table(path, rows, seed);
    const ask = async (sql: string) => (await other.runAndReadAll(sql)).getRows();
    const text = async (sql: string) =>
      (await ask(sql)).map((row) => row.map((v) => (v === null ? null : String(v))));
    const values = new Map<string, readonly number[]>();
    const plain = new Map<string, readonly (string | null)[]>();
    for (const name of Object.keys(columns)) {
      const c = `"${name}"`;
      const asText = `CASE WHEN ${c} IS NOT NULL THEN ${c}::VARCHAR END`;
      plain.set(
        name,
        (await text(`SELECT ${asText} FROM t`)).map(([v]) => v ?? null),
      );
      try {
        values.set(
          name,
          (await ask(`SELECT ${c}::DOUBLE FROM t WHERE ${c} IS NOT NULL`)).map(([v]) => Number(v)),
        );
      } catch {
        // Not a number.
      }
    }
    other.closeSync();
    const { name: opened } = await bench.ask('source:open', { path });
    const profiles = await bench.profile(opened);
    expect(Object.keys(profiles).sort()).toEqual(Object.keys(columns).sort());
    for (const [name, profile] of Object.entries(profiles)) {
      const all = plain.get(name) ?? [];
      const counts = new Map<string, number>();
      for (const v of all) if (v !== null) counts.set(v, (counts.get(v) ?? 0) + 1);
      const filled = all.filter((v) => v !== null).length;
      expect([name, profile.evidence.basis, profile.inexact]).toEqual([name, 'exact', undefined]);
      expect([name, profile.rows, profile.nulls]).toEqual([name, rows, rows - filled]);
      const unique = [...counts.values()].filter((n) => n === 1).length;
      expect([name, profile.distinct, profile.unique]).toEqual([name, counts.size, unique]);
      expect([name, profile.top.map((t) => t.count)]).toEqual([
        name,
        [...counts.values()].sort((a, b) => b - a).slice(0, 20),
      ]);
      if (filled > 0) {
        const entropy = [...counts.values()].reduce((s, n) => s - (n / filled) * Math.log2(n / filled), 0);
        near(profile.entropy, entropy, `${name} entropy`);
      }
      if (profile.kind === 'number') checkNumbers(profile, values.get(name) ?? []);
      if (profile.kind === 'text' && profile.type === 'VARCHAR' && filled > 0) {
        const texts = all.flatMap((v) => (v === null ? [] : [v]));
        const lengths = texts.map((v) => [...v].length);
        expect([name, profile.length?.min, profile.length?.max]).toEqual([
          name,
          Math.min(...lengths),
          Math.max(...lengths),
        ]);
        near(profile.length?.mean, lengths.reduce((a, b) => a + b, 0) / lengths.length, `${name} length`);
        expect([name, profile.blanks]).toEqual([name, texts.filter((v) => v.trim() === '').length]);
        expect([name, profile.padded]).toEqual([
          name,
          texts.filter((v) => v.trim() !== '' && v.trim() !== v).length,
        ]);
        expect(profile.patterns?.reduce((s, p) => s + p.count, 0)).toBe(filled);
      }
      if (profile.kind === 'time' && profile.histogram !== undefined)
        expect([name, profile.histogram.reduce((s, b) => s + b.count, 0)]).toEqual([name, filled]);
      if (profile.weekdays !== undefined) {
        const days = new Array(7).fill(0);
        for (const v of all) if (v !== null) days[new Date(`${v.slice(0, 10)}T00:00:00Z`).getUTCDay()]++;
        expect([name, profile.weekdays]).toEqual([name, days]);
      }
    }
  },
);
