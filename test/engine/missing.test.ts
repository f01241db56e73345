import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';
import { otherData } from '../support/shared';

/** A plain DuckDB beside the service, for figures of its own. */
async function plain<T>(work: (rows: (sql: string) => Promise<unknown[][]>) => Promise<T>): Promise<T> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][]);
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

async function opened(sql: string): Promise<Bench & { table: string; path: string }> {
  const bench = await startBench();
  const path = join(bench.folder, 't.parquet');
  await plain((rows) => rows(`COPY (${sql}) TO '${path}' (FORMAT parquet)`));
  return { ...bench, path, table: (await bench.ask('source:open', { path })).name };
}

async function openedCsv(text: string): Promise<Bench & { table: string }> {
  const bench = await startBench();
  const { name } = await bench.ask('source:open', { path: put(bench.folder, 't.csv', text) });
  return { ...bench, table: name };
}

const people = `SELECT range AS id, CASE WHEN range % 4 = 0 THEN NULL ELSE 20 + range % 50 END AS age,
  CASE range % 10 WHEN 0 THEN 'n/a' WHEN 1 THEN '' WHEN 2 THEN '  ' WHEN 3 THEN NULL WHEN 4 THEN ' NULL ' ELSE 'x' || range END AS name,
  CASE WHEN range % 5 = 0 THEN -999 ELSE 100 + range % 7 END AS score,
  true AS yes, [1] AS list FROM range(1000)`;

describe('overview', () => {
  it('counts nulls, blanks and what stands for missing, column by column', async () => {
    const { ask, table } = await opened(people);
    const found = await ask('missing:overview', { table });
    expect(found.rows).toBe(1000);
    expect(Object.fromEntries(found.columns.map((c) => [c.name, [c.nulls, c.blanks]]))).toEqual({
      id: [0, 0],
      age: [250, 0],
      name: [100, 200],
      score: [0, 0],
      yes: [0, 0],
      list: [0, 0],
    });
    const { suspects } = await ask('missing:disguised', { table });
    expect(suspects.map((s) => [s.column, s.value, s.kind, s.count, s.filled, s.likely])).toEqual([
      ['score', '-999', 'sentinel', 200, 1000, true],
      ['name', 'NULL', 'word', 100, 900, true],
      ['name', 'n/a', 'word', 100, 900, true],
    ]);
    expect(found.evidence).toMatchObject({ basis: 'exact', rows: 1000 });
  });

  it('keeps to the rows of the filter', async () => {
    const { ask, table } = await opened(people);
    const filter = [{ column: 'id', test: { kind: 'range' as const, low: 0, high: 99 } }];
    const found = await ask('missing:overview', { table, filter });
    expect(found.rows).toBe(100);
    expect(found.columns.map((c) => c.nulls)).toEqual([0, 25, 10, 0, 0, 0]);
  });

  it('agrees with the profile of each column', async () => {
    const { ask, table, profile } = await opened(people);
    const found = await ask('missing:overview', { table });
    const { suspects } = await ask('missing:disguised', { table });
    const profiles = await profile(table);
    for (const column of found.columns) {
      const own = profiles[column.name]!;
      const mine = suspects.filter((s) => s.column === column.name && s.likely);
      expect([column.name, column.nulls, column.blanks, mine.map((s) => [s.value, s.count])]).toEqual([
        column.name,
        own.nulls,
        own.blanks ?? 0,
        (own.disguised ?? []).map((d) => [String(d.value), d.count]),
      ]);
    }
  });

  it('tells a zero that lies apart, a cap at the end, a round default and the first day of a calendar', async () => {
    const { ask, table } = await opened(`SELECT
      CASE WHEN range % 50 = 0 THEN 0 ELSE 2700 + 5 * (range % 700) END AS mass,
      CASE WHEN range % 20 = 0 THEN 501 ELSE range % 500 END AS capped,
      CASE WHEN range % 8 = 0 THEN 1000 ELSE 700 + (range * 7) % 613 END AS filled_in,
      CASE WHEN range % 10 = 0 THEN DATE '1900-01-01' ELSE DATE '2020-01-01' + (range % 300)::INTEGER END AS born,
      range % 5 AS children, (range * 37) % 1000 AS plain
      FROM range(5000)`);
    const { suspects } = await ask('missing:disguised', { table });
    expect(suspects.map((s) => [s.column, s.value, s.kind, s.count])).toEqual([
      ['born', '1900-01-01', 'calendar', 500],
      ['filled_in', '1000', 'default', 632],
      ['capped', '501', 'end', 250],
      ['mass', '0', 'zero', 100],
    ]);
    expect(suspects[3]?.why).toBe('0 where every other value is 2,705 or more');
  });

  it('answers on nothing, on one row, on all null, on NaN and on names that are SQL', async () => {
    const { ask, table } = await opened(
      `SELECT NULL::INTEGER AS "select", 'NaN'::DOUBLE AS "a ""b""", NULL::VARCHAR AS "__proto__", 'Infinity'::DOUBLE AS "😀
", {'a': 1} AS s, TIME '10:00' AS t, 'x'::BLOB AS b, INTERVAL 1 DAY AS i, DATE 'infinity' AS d`,
    );
    const found = await ask('missing:overview', { table });
    expect(found.columns.map((c) => c.nulls)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0]);
    const none = [{ column: 'select', test: { kind: 'values' as const, values: [7] } }];
    expect(await ask('missing:overview', { table, filter: none })).toMatchObject({ rows: 0 });
    for (const filter of [[], none]) {
      expect((await ask('missing:disguised', { table, filter })).suspects).toEqual([]);
      expect((await ask('missing:matrix', { table, filter })).left).toBe(0);
      expect((await ask('missing:together', { table, filter })).rows).toBe(filter.length === 0 ? 1 : 0);
      for (const { name } of found.columns) {
        expect((await ask('missing:about', { table, column: name, filter })).words).not.toBe('');
        const effect = await ask('missing:effect', {
          table,
          column: name,
          drop: ['select', '__proto__'],
          filter,
        });
        expect(effect.left).toBe(0);
      }
    }
  });

  it('takes two thousand columns', async () => {
    const columns = Array.from(
      { length: 2000 },
      (_, i) => `CASE WHEN range % ${i + 2} = 0 THEN NULL ELSE range END AS c${i}`,
    );
    const { ask, table } = await opened(`SELECT ${columns.join(', ')} FROM range(50)`);
    const found = await ask('missing:overview', { table });
    expect(found.columns[0]?.nulls).toBe(25);
    expect(found.columns[1999]?.nulls).toBe(1);
    expect((await ask('missing:matrix', { table })).left).toBe(2000 - 120);
    expect((await ask('missing:together', { table })).columns).toHaveLength(60);
  }, 60_000);

  it('tests the first two hundred other columns only, and says so', async () => {
    const columns = Array.from({ length: 203 }, (_, i) => `CASE WHEN range % 2 = 0 THEN ${i} END AS c${i}`);
    const { ask, table } = await opened(`SELECT ${columns.join(', ')} FROM range(40)`);
    const { untested, depends } = await ask('missing:about', { table, column: 'c0' });
    expect(untested.filter((u) => /only the first 200/.test(u.why)).map((u) => u.column)).toEqual([
      'c201',
      'c202',
    ]);
    expect(depends).toHaveLength(200);
  });
});

describe('matrix', () => {
  it('shows where in the file a column begins to lack, from either kind of file', async () => {
    const sql =
      'SELECT range AS id, CASE WHEN range >= 700 THEN NULL ELSE range END AS late, CASE WHEN range % 2 = 0 THEN 1 END AS even FROM range(1000)';
    const { ask, table } = await opened(sql);
    const csv = `id,late,even\n${Array.from({ length: 1000 }, (_, i) => `${i},${i >= 700 ? '' : i},${i % 2 === 0 ? 1 : ''}`).join('\n')}\n`;
    const text = await openedCsv(csv);
    for (const found of [
      await ask('missing:matrix', { table }),
      await text.ask('missing:matrix', { table: text.table }),
    ]) {
      expect(found.columns).toEqual([
        { name: 'late', nulls: 300 },
        { name: 'even', nulls: 500 },
      ]);
      expect(found.length).toBe(5);
      expect(found.strips).toHaveLength(200);
      expect(found.strips[139]).toEqual({ from: 696, rows: 5, nulls: [0, 3] });
      expect(found.strips[140]).toEqual({ from: 701, rows: 5, nulls: [5, 2] });
      expect(found.breaks).toEqual([{ column: 'late', row: 701, before: 0, after: 1 }]);
      expect(found.strips.reduce((n, s) => n + s.nulls[1]!, 0)).toBe(500);
    }
  });

  it('keeps the place in the file under a filter', async () => {
    const { ask, table } = await opened(
      'SELECT range AS assay_row, CASE WHEN range < 10 THEN NULL ELSE 1 END AS x FROM range(400)',
    );
    const filter = [{ column: 'assay_row', test: { kind: 'range' as const, low: 7, high: 200 } }];
    const { strips } = await ask('missing:matrix', { table, filter });
    expect(strips[0]).toEqual({ from: 7, rows: 1, nulls: [1] });
    expect(strips[1]).toEqual({ from: 9, rows: 2, nulls: [2] });
    expect(strips.at(-1)).toEqual({ from: 201, rows: 1, nulls: [0] });
  });
});

describe('together', () => {
  const sql = `SELECT range AS id, CASE WHEN range % 4 = 0 THEN NULL ELSE 1 END AS a, CASE WHEN range % 4 = 0 THEN NULL ELSE 2 END AS b,
    CASE WHEN range % 2 = 1 THEN NULL ELSE 3 END AS c, CASE WHEN range % 10 = 0 THEN NULL ELSE 4 END AS d FROM range(200)`;

  it('gives the correlation of the nulls as DuckDB computes it from the rows', async () => {
    const { ask, table, path } = await opened(sql);
    const found = await ask('missing:together', { table });
    const names = found.columns.map((c) => c.name);
    expect([...names].sort()).toEqual(['a', 'b', 'c', 'd']);
    await plain(async (rows) => {
      for (const [i, x] of names.entries()) {
        for (const [j, y] of names.entries()) {
          const [[r, n] = []] = await rows(
            `SELECT corr((${x} IS NULL)::INTEGER, (${y} IS NULL)::INTEGER), count_if(${x} IS NULL AND ${y} IS NULL)::INTEGER FROM '${path}'`,
          );
          expect(found.phi[i]![j]!).toBeCloseTo(Number(r), 10);
          expect(found.both[i]![j]).toBe(n);
        }
      }
    });
  });

  it('joins first what is always missing together, and last what never is', async () => {
    const { ask, table } = await opened(sql);
    const { merges, columns } = await ask('missing:together', { table });
    const named = (id: number) => columns[id]?.name;
    expect([named(merges[0]!.left), named(merges[0]!.right)].sort()).toEqual(['a', 'b']);
    expect(merges[0]?.height).toBe(0);
    // c is missing in odd rows, all others in even ones.
    expect(merges.at(-1)?.height).toBe(1);
  });

  it('lists the sets of columns that lack together, which add up to all rows', async () => {
    const { ask, table } = await opened(sql);
    const { sets, different, rows } = await ask('missing:together', { table });
    expect(sets).toEqual(
      [
        { columns: ['c'], rows: 100 },
        { columns: ['a', 'b'], rows: 40 },
        { columns: [], rows: 40 },
        { columns: ['d'], rows: 10 },
        { columns: ['a', 'b', 'd'], rows: 10 },
      ].sort(
        (x, y) =>
          y.rows - x.rows ||
          sets.findIndex((s) => s.columns.join() === x.columns.join()) -
            sets.findIndex((s) => s.columns.join() === y.columns.join()),
      ),
    );
    expect(different).toBe(5);
    expect(rows).toBe(200);
  });

  it('says that correlations are of a sample where there are too many different sets', async () => {
    const columns = Array.from(
      { length: 40 },
      (_, i) => `CASE WHEN hash(range * 40 + ${i}) % 2 = 0 THEN NULL ELSE 1 END AS c${i}`,
    );
    const { ask, table } = await opened(`SELECT ${columns.join(', ')} FROM range(120000)`);
    const found = await ask('missing:together', { table });
    expect(found.pairs.basis).toBe('sample');
    expect(found.pairs.rows).toBeLessThan(60_000);
    expect(found.evidence).toMatchObject({ basis: 'exact', rows: 120_000 });
    expect(Math.abs(found.phi[0]![1]!)).toBeLessThan(0.03);
  });
});

describe('about', () => {
  const sql = `SELECT range AS id, CASE range % 4 WHEN 0 THEN 'web' WHEN 1 THEN 'store' WHEN 2 THEN 'phone' END AS channel,
    hash(range, 5) % 1000 AS noise, TIMESTAMP '2024-01-01' + INTERVAL (range) HOUR AS at,
    CASE WHEN range % 4 = 0 AND range % 20 <> 0 OR hash(range) % 50 = 0 THEN NULL ELSE range END AS income, 'k' AS one, {'a': 1} AS deep
    FROM range(4000)`;

  it('ranks what the missing depends on, with figures that add up to those of plain SQL', async () => {
    const { ask, table, path } = await opened(sql);
    const found = await ask('missing:about', { table, column: 'income' });
    expect(found.depends[0]).toMatchObject({ column: 'channel', verdict: 'strong' });
    expect(found.words).toMatch(
      /^Missing depends on channel: 80 % missing where channel = web \(\d+ of 1,000 rows\)/,
    );
    const rows = await plain((ask) =>
      ask(
        `SELECT coalesce(channel, '(missing)'), count(*)::INTEGER, count_if(income IS NULL)::INTEGER FROM '${path}' GROUP BY 1 ORDER BY 1`,
      ),
    );
    const groups = found.depends[0]!.groups.map((g) => [g.label, g.rows, g.missing]);
    expect(groups.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))).toEqual(rows);
    const [[n, m] = []] = await plain((ask) =>
      ask(`SELECT count(*)::INTEGER, count_if(income IS NULL)::INTEGER FROM '${path}'`),
    );
    const chi2 = rows.reduce((sum, [, k, x]) => {
      const expected = (Number(k) * Number(m)) / Number(n);
      return (
        sum + (Number(x) - expected) ** 2 / expected + (Number(x) - expected) ** 2 / (Number(k) - expected)
      );
    }, 0);
    expect(found.depends[0]?.chi2).toBeCloseTo(chi2, 6);
    expect(found.depends[0]?.df).toBe(3);
    expect(found.depends.find((d) => d.column === 'noise')?.verdict).toBe('none');
    expect(found.untested).toEqual([
      { column: 'deep', why: 'it holds structures' },
      { column: 'one', why: 'it holds one value only' },
    ]);
  });

  it('bins numbers and times so that each filter leaves exactly the rows of its group', async () => {
    const { ask, table } = await opened(sql);
    const { depends, time } = await ask('missing:about', { table, column: 'income' });
    for (const name of ['id', 'noise', 'at']) {
      const groups = depends.find((d) => d.column === name)!.groups;
      expect(groups).toHaveLength(10);
      expect(groups.reduce((n, g) => n + g.rows, 0)).toBe(4000);
      for (const group of groups.slice(0, 3)) {
        const overview = await ask('missing:overview', { table, filter: [group.filter!] });
        const income = overview.columns.find((c) => c.name === 'income')!;
        expect([overview.rows, income.nulls]).toEqual([group.rows, group.missing]);
      }
    }
    expect(time).toMatchObject({ column: 'at', grain: 'week', without: 0 });
    expect(time?.groups[0]).toMatchObject({ label: 'week of 2024-01-01', rows: 168 });
    expect(time?.groups.reduce((n, g) => n + g.rows, 0)).toBe(4000);
  });

  it('says of what is missing by chance that it looks unrelated', async () => {
    const { ask, table } = await opened(
      `SELECT hash(range, 1) % 100 AS a, hash(range, 2) % 3 AS b, (hash(range, 3) % 5)::VARCHAR AS c, CASE WHEN hash(range, 4) % 6 = 0 THEN NULL ELSE 1 END AS x FROM range(3000)`,
    );
    const { words, depends } = await ask('missing:about', { table, column: 'x' });
    expect(words).toMatch(/^Missing looks unrelated to the 3 columns tested/);
    expect(depends.every((d) => d.q >= d.p)).toBe(true);
  });

  it('tells the files of a table of several', async () => {
    const bench = await startBench();
    put(bench.folder, 'months/a.csv', 'id,x\n1,1\n2,2\n3,3\n');
    put(bench.folder, 'months/b.csv', 'id,x\n4,\n5,\n6,6\n');
    const { name } = await bench.ask('source:open', { path: join(bench.folder, 'months') });
    const { files } = await bench.ask('missing:about', { table: name, column: 'x' });
    expect(files?.of).toBe(2);
    expect(files?.groups.map((g) => [g.label, g.rows, g.missing])).toEqual([
      ['a.csv', 3, 0],
      ['b.csv', 3, 2],
    ]);
  });

  it('refuses a column that is not there', async () => {
    const { problemOf, table } = await opened('SELECT 1 AS x');
    expect(await problemOf('missing:about', { table, column: 'y' })).toBe('column-missing');
    expect(await problemOf('missing:effect', { table, column: null, drop: ['y'] })).toBe('column-missing');
    expect(await problemOf('missing:overview', { table: 'nowhere' })).toBe('table-missing');
  });
});

describe('effect', () => {
  it('gives each way the figures one can work out by hand', async () => {
    const { ask, table } = await opened(
      'SELECT * FROM (VALUES (1, 1), (1, NULL), (4, 1), (NULL, 1), (NULL, NULL)) AS t(x, y)',
    );
    const found = await ask('missing:effect', { table, column: 'x', drop: ['x', 'y'] });
    expect(found).toMatchObject({ rows: 5, left: 2 });
    expect(found.alone).toEqual([
      { column: 'x', rows: 1 },
      { column: 'y', rows: 1 },
    ]);
    const by = Object.fromEntries(found.effects.map((e) => [e.way, e]));
    expect(by.present).toMatchObject({ values: 3, mean: 2, median: 1, fill: null });
    expect(by.present?.stddev).toBeCloseTo(Math.sqrt(3), 12);
    expect(by.drop).toMatchObject({ values: 2, mean: 2.5, median: 2.5 });
    expect(by.zero).toMatchObject({ values: 5, fill: 0, mean: 1.2, median: 1 });
    expect(by.mean).toMatchObject({ values: 5, fill: 2, mean: 2, median: 2 });
    expect(by.mean?.stddev).toBeCloseTo(Math.sqrt(6 / 4), 12);
    expect(by.median).toMatchObject({ fill: 1, mean: 1.6, median: 1 });
    expect(by.mode).toMatchObject({ fill: 1, mean: 1.6 });
  });

  it('leaves out what is not finite, and gives up only where squares overflow', async () => {
    const odd = await opened("SELECT unnest([1, 3, 'NaN'::DOUBLE, 'Infinity'::DOUBLE, NULL]) AS x");
    const found = await odd.ask('missing:effect', { table: odd.table, column: 'x', drop: ['x'] });
    expect(found.effects.find((e) => e.way === 'zero')).toMatchObject({ values: 3, mean: 4 / 3 });
    const huge = await opened('SELECT unnest([1e308, -1e308, 1e308, NULL]) AS x');
    await huge.ask('missing:effect', { table: huge.table, column: 'x', drop: [] });
  });
});

it.skipIf(otherData === null)('finds the 24 incomes that the marketing file lacks', async () => {
  const bench = await startBench();
  const { name } = await bench.ask('source:open', { path: join(otherData!, 'marketing_campaign.csv') });
  const { columns } = await bench.ask('missing:overview', { table: name });
  expect(columns.filter((c) => c.nulls > 0).map((c) => [c.name, c.nulls])).toEqual([['Income', 24]]);
  const { left } = await bench.ask('missing:effect', { table: name, column: 'Income', drop: ['Income'] });
  expect(left).toBe(2240 - 24);
});
