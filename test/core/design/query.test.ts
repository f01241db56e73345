import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Design, MemberRef } from '#core/design/design';
import {
  breakdownQuery,
  dimensionQuery,
  dimensionSql,
  type ModelQuery,
  measureSql,
  queryFor,
  valueQuery,
} from '#core/design/query';
import { ProblemError } from '#core/problem';
import { dimension, measure, salesDesign, salesRows, segment, table } from '../../support/designs';

const design = salesDesign({
  dimensions: [
    dimension('region', { column: 'region' }),
    dimension('day', { type: 'time', column: 'day' }),
    dimension('size', { expression: `CASE WHEN amount >= 10 THEN 'big' ELSE 'small' END` }),
    dimension('size_word', { expression: 'upper({size})' }),
    dimension('tags', { column: 'tags' }),
  ],
  measures: [
    measure('sales', { aggregation: 'count' }),
    measure('amounts', { aggregation: 'count', column: 'amount' }),
    measure('regions', { aggregation: 'count_distinct', column: 'region' }),
    measure('total', { column: 'amount' }),
    measure('average', { aggregation: 'avg', column: 'amount' }),
    measure('least', { aggregation: 'min', column: 'amount' }),
    measure('latest', { aggregation: 'max', column: 'day' }),
    measure('middle', { aggregation: 'median', column: 'amount' }),
    measure('value', { expression: 'amount * pieces' }),
    measure('big_total', { column: 'amount', filter: `{size} = 'big'` }),
    measure('big_middle', { aggregation: 'median', column: 'amount', filter: `{size_word} = 'BIG'` }),
    measure('big_share', { aggregation: 'ratio', numerator: 'big_total', denominator: 'total' }),
    measure('per_nothing', { aggregation: 'ratio', numerator: 'total', denominator: 'none' }),
    measure('none', { aggregation: 'count', filter: 'pieces > 99' }),
    measure('spread', {
      aggregation: 'expression',
      expression: 'max(amount) - min({TABLE}.amount) + {none}',
    }),
  ],
  segments: [segment('february', `day >= DATE '2024-02-01'`), segment('big', `{size} = 'big'`)],
});
const sales = design.tables[0]!;
const ref = (kind: MemberRef['kind'], name: string): MemberRef => ({ table: 'sales', kind, name });

let instance: DuckDBInstance;
let ask: (sql: string) => Promise<unknown[][]>;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run(salesRows);
  ask = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
});
afterAll(() => instance.closeSync());

describe('a measure', () => {
  it.each([
    ['sales', 'count(*)', '5', '5'],
    ['amounts', 'count("amount")', '4', '5'],
    ['regions', 'count(DISTINCT "region")', '2', '5'],
    ['total', 'sum("amount")', '60.0', '5'],
    ['average', 'avg("amount")', 15, '5'],
    ['least', 'min("amount")', '5.0', '5'],
    ['latest', 'max("day")', '2024-02-28', '5'],
    ['middle', 'median("amount")', '12.5', '5'],
    ['value', 'sum(amount * pieces)', '70.0', '5'],
    [
      'big_total',
      `sum("amount") FILTER (WHERE (CASE WHEN amount >= 10 THEN 'big' ELSE 'small' END) = 'big')`,
      '55.0',
      '3',
    ],
    [
      'big_middle',
      `median("amount") FILTER (WHERE (upper((CASE WHEN amount >= 10 THEN 'big' ELSE 'small' END))) = 'BIG')`,
      '15.0',
      '3',
    ],
    [
      'big_share',
      `CAST((sum("amount") FILTER (WHERE (CASE WHEN amount >= 10 THEN 'big' ELSE 'small' END) = 'big')) AS DOUBLE) / nullif((sum("amount")), 0)`,
      55 / 60,
      '5',
    ],
    [
      'per_nothing',
      'CAST((sum("amount")) AS DOUBLE) / nullif((count(*) FILTER (WHERE pieces > 99)), 0)',
      null,
      '5',
    ],
    ['spread', 'max(amount) - min("sales".amount) + (count(*) FILTER (WHERE pieces > 99))', '25.0', '5'],
  ])('%s is %s', async (name, sql, value, rows) => {
    expect(measureSql(design, sales, sales.measures.find((m) => m.name === name)!)).toBe(sql);
    const [row] = await ask(valueQuery(design, ref('measure', name)));
    expect(row?.slice(1)).toEqual([rows, '5']);
    const got = row?.[0];
    if (typeof value === 'string' && value.includes('.')) expect(Number(got)).toBe(Number(value));
    else expect(got).toBe(value);
  });

  it('breaks down by a dimension, most rows first, with the number of groups', async () => {
    expect(await ask(breakdownQuery(design, ref('measure', 'big_total'), 'region'))).toEqual(
      [
        ['north', '40.0', '2', '3'],
        [null, '15.0', '1', '3'],
        ['south', null, '0', '3'],
      ].sort((a, b) => Number(b[2]) - Number(a[2])),
    );
    expect(await ask(breakdownQuery(design, ref('measure', 'total'), 'day', 12, 'month'))).toHaveLength(2);
    expect(await ask(breakdownQuery(design, ref('measure', 'total'), 'region', 1))).toEqual([
      ['north', '40.0', '2', '3'],
    ]);
  });

  it('is null or 0 over no rows, and says that there are none', async () => {
    const connection = await instance.connect();
    await connection.run('CREATE TABLE "nobody" AS FROM "sales" LIMIT 0');
    const empty: Design = { ...design, tables: [{ ...sales, source: 'nobody' }] };
    expect(await ask(valueQuery(empty, ref('measure', 'total')))).toEqual([[null, '0', '0']]);
    expect(await ask(valueQuery(empty, ref('measure', 'sales')))).toEqual([['0', '0', '0']]);
    expect(await ask(breakdownQuery(empty, ref('measure', 'total'), 'region'))).toEqual([]);
    expect(await ask(dimensionQuery(empty, ref('dimension', 'region')))).toEqual([
      ['0', '0', '0', null, null],
    ]);
  });
});

describe('a dimension', () => {
  it('has distinct values, nulls, rows and its most frequent values', async () => {
    expect(await ask(dimensionQuery(design, ref('dimension', 'region')))).toEqual([
      ['2', '1', '5', 'north', '2'],
      ['2', '1', '5', 'south', '2'],
    ]);
    expect(await ask(dimensionQuery(design, ref('dimension', 'region'), 1))).toHaveLength(1);
  });

  it('that is nested reads as text', async () => {
    expect(dimensionSql(design, sales, sales.dimensions[4]!)).toBe('CAST("tags" AS VARCHAR)');
    expect((await ask(dimensionQuery(design, ref('dimension', 'tags'))))[0]).toEqual([
      '2',
      '1',
      '5',
      '[a]',
      '3',
    ]);
  });
});

describe('a segment', () => {
  it('has the number of its rows as value', async () => {
    expect(await ask(valueQuery(design, ref('segment', 'big')))).toEqual([['3', '3', '5']]);
  });
});

const nothing: ModelQuery = { measures: [], dimensions: [], segments: [] };

describe('queryFor', () => {
  it('groups times by grain, in their order, and says what each part is', async () => {
    const query = queryFor(design, {
      measures: ['sales.total', 'big_share'],
      dimensions: ['sales.day', 'sales.region'],
      segments: ['sales.february'],
      grain: 'month',
      where: `{region} IS NOT NULL AND id < 5`,
      limit: 10,
    });
    expect(query.sql).toBe(`SELECT
  date_trunc('month', "day") AS "day", -- sales.day by month
  "region" AS "region", -- sales.region
  sum("amount") AS "total", -- sales.total
  CAST((sum("amount") FILTER (WHERE (CASE WHEN amount >= 10 THEN 'big' ELSE 'small' END) = 'big')) AS DOUBLE) / nullif((sum("amount")), 0) AS "big_share" -- sales.big_share
FROM "sales"
WHERE (day >= DATE '2024-02-01') -- sales.february
  AND (("region") IS NOT NULL AND id < 5) -- as asked
GROUP BY 1, 2
ORDER BY 1 NULLS LAST, 2 NULLS LAST
LIMIT 10`);
    expect(query.columns.map((c) => c.member)).toEqual([
      'sales.day',
      'sales.region',
      'sales.total',
      'sales.big_share',
    ]);
    const rows = await ask(query.sql);
    expect(rows.map((r) => [String(r[0]).slice(0, 10), r[1], r[2], r[3]])).toEqual([
      ['2024-02-01', 'south', '5.0', null],
    ]);
  });

  it('puts the largest first where no dimension is a time', async () => {
    const { sql } = queryFor(design, { ...nothing, measures: ['sales.total'], dimensions: ['sales.region'] });
    expect(await ask(sql)).toEqual([
      ['north', '40.0'],
      [null, '15.0'],
      ['south', '5.0'],
    ]);
  });

  it('gives totals without dimensions, and distinct groups without measures', async () => {
    expect(await ask(queryFor(design, { ...nothing, measures: ['total', 'sales.sales'] }).sql)).toEqual([
      ['60.0', '5'],
    ]);
    expect(await ask(queryFor(design, { ...nothing, dimensions: ['region'] }).sql)).toEqual([
      ['north'],
      ['south'],
      [null],
    ]);
  });

  it('takes a condition over measures as one over groups', async () => {
    const { sql } = queryFor(design, {
      ...nothing,
      measures: ['total'],
      dimensions: ['region'],
      where: '{total} > 10',
    });
    expect(await ask(sql)).toEqual([
      ['north', '40.0'],
      [null, '15.0'],
    ]);
  });

  it.each<[string, Partial<ModelQuery>, string]>([
    ['nothing at all', {}, 'query-failed'],
    ['a member that is not there', { measures: ['sales.profit'] }, 'member-missing'],
    [
      'a condition over measures and columns',
      { measures: ['total'], where: '{total} > amount' },
      'filter-invalid',
    ],
    ['a condition with a query in it', { measures: ['total'], where: 'id IN (SELECT 1)' }, 'filter-invalid'],
    ['a condition on what is not there', { measures: ['total'], where: '{nobody} = 1' }, 'member-missing'],
  ])('refuses %s with a problem', (_, query, code) => {
    expect(codeOf(() => queryFor(design, { ...nothing, ...query }))).toBe(code);
  });

  it('refuses members of two tables that nothing joins', () => {
    const two = {
      ...design,
      tables: [...design.tables, table('others', { measures: [measure('cost', { column: 'cost' })] })],
    };
    const asked = { ...nothing, measures: ['cost', 'total'], dimensions: ['region'] };
    expect(codeOf(() => queryFor(two, asked))).toBe('tables-not-joined');
    const across = salesDesign({
      measures: [measure('m', { aggregation: 'expression', expression: '{others.cost}' })],
    });
    expect(codeOf(() => valueQuery(across, ref('measure', 'm')))).toBe('table-missing');
  });
});

it('no unsafe text becomes part of a query', () => {
  const texts: [string, string][] = [
    ['1); DROP TABLE sales; --', 'expression-unsafe'],
    ['sum(amount) -- x', 'expression-unsafe'],
    ['(SELECT 1)', 'expression-unsafe'],
    ['sum(amount', 'expression-invalid'],
    ['', 'expression-empty'],
    ['{m} + 1', 'expression-circular'],
    ['{gone}', 'member-missing'],
  ];
  for (const [expression, code] of texts) {
    const bad = salesDesign({ measures: [measure('m', { aggregation: 'expression', expression })] });
    expect(codeOf(() => valueQuery(bad, ref('measure', 'm')))).toBe(code);
  }
});

it('hostile names of columns and members stay names', async () => {
  const name = `"; DROP TABLE sales; --\n😀{x}`;
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE "t ""x""" AS SELECT 1 AS "${name.replaceAll('"', '""')}"`);
  const hostile = salesDesign({ name: 'a', source: 't "x"', measures: [measure(name, { column: name })] });
  expect(await ask(valueQuery(hostile, { table: 'a', kind: 'measure', name }))).toEqual([['1', '1', '1']]);
  const { sql } = queryFor(hostile, { ...nothing, measures: [`a.${name}`] });
  expect(await ask(sql)).toEqual([['1']]);
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'none';
}
