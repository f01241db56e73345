/**
 * One raw file of customers taken apart into the three tables of a product-affinity design by queries alone.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Design, emptyDesign } from '../../src-main/core/design/design';
import { dimension, measure, segment, table } from '../support/designs';
import { type Bench, startBench } from '../support/service';
import { otherData } from '../support/shared';

const customer = `SELECT ID AS customer_id, Year_Birth AS birth_year, Education AS education,
  Marital_Status AS marital_status, Income AS income, Country AS country
FROM marketing_data`;

const purchase = `SELECT ID AS customer_id, DATE '2014-12-31' - Recency::INTEGER AS purchase_date, Recency AS recency,
  MntWines AS mntwines, MntMeatProducts AS mntmeatproducts, MntFishProducts AS mntfishproducts,
  MntSweetProducts AS mntsweetproducts, MntGoldProds AS mntgoldprods, MntFruits AS mntfruits,
  NumWebPurchases AS numwebpurchases, NumCatalogPurchases AS numcatalogpurchases, NumStorePurchases AS numstorepurchases,
  MntWines + MntMeatProducts + MntFishProducts + MntSweetProducts + MntGoldProds + MntFruits AS spend,
  NumWebPurchases + NumCatalogPurchases + NumStorePurchases AS purchases
FROM marketing_data`;

const product = `SELECT ID AS customer_id, ID || '-' || k AS product_id, category, spend
FROM marketing_data, LATERAL (VALUES
  (1, 'Wines', MntWines), (2, 'Meats', MntMeatProducts), (3, 'Fish', MntFishProducts),
  (4, 'Sweet Products', MntSweetProducts), (5, 'Gold', MntGoldProds), (6, 'Fruits', MntFruits)
) AS per(k, category, spend)
WHERE spend > 0`;

/** Opens the file with every proposed reading accepted. */
async function openAccepted(bench: Bench) {
  const path = join(otherData ?? '', 'marketing_data.csv');
  const first = await bench.ask('source:open', { path });
  const columns = first.proposals.map((proposal) => proposal.reading);
  return bench.ask('source:open', { path, dialect: { columns } });
}

/** Opens the file, makes the three tables, and answers with them as sources of a design. */
async function madeTables(bench: Bench): Promise<Design['sources']> {
  const raw = await openAccepted(bench);
  const income = raw.columns.find((column) => column.name.trim() === 'Income')?.name ?? '';
  const queries: Readonly<Record<string, string>> = {
    customer: customer.replace('Income AS', `"${income}" AS`),
    purchase,
    product,
  };
  const tables = [raw];
  for (const [name, query] of Object.entries(queries))
    tables.push(await bench.ask('source:derive', { name, query }));
  return tables.map(({ name, source, columns }) => ({
    name,
    path: source.path,
    format: source.format,
    ...(queries[name] === undefined ? {} : { query: queries[name] }),
    columns: columns.map((c) => ({ name: c.name, type: c.type })),
    extra: {},
  }));
}

const score = `sum(0.25 * mntwines + 0.2 * mntmeatproducts + 0.15 * mntfishproducts + 0.1 * mntsweetproducts
  + 0.3 * mntgoldprods + 0.2 * mntfruits) / sum(numwebpurchases + numcatalogpurchases + numstorepurchases + 1)`;

/** Customers, their one purchase each, and a row for every category they bought of. */
function affinity(sources: Design['sources']): Design {
  const key = { type: 'number' as const, primaryKey: true };
  return {
    ...emptyDesign,
    name: 'affinity',
    sources,
    tables: [
      table('customer', {
        dimensions: [
          dimension('customer_id', { column: 'customer_id', ...key }),
          dimension('country', { column: 'country' }),
          dimension('education', { column: 'education' }),
          dimension('marital_status', { column: 'marital_status' }),
        ],
        measures: [measure('total_customers', { aggregation: 'count' })],
        segments: [segment('income_over_50k', 'income > 50000')],
      }),
      table('purchase', {
        dimensions: [
          dimension('customer_id', { column: 'customer_id', ...key }),
          dimension('purchase_date', { column: 'purchase_date', type: 'time' }),
          dimension('country_name', { expression: '{customer.country}' }),
        ],
        measures: [
          measure('total_spend', { column: 'spend' }),
          measure('purchase_frequency', { column: 'purchases' }),
          measure('average_spend', {
            aggregation: 'ratio',
            numerator: 'total_spend',
            denominator: 'purchase_frequency',
          }),
          measure('recency', { aggregation: 'min', column: 'recency' }),
          measure('score', { aggregation: 'expression', expression: score }),
        ],
      }),
      table('product', {
        dimensions: [
          dimension('product_id', { column: 'product_id', primaryKey: true }),
          dimension('category', { column: 'category' }),
        ],
        measures: [measure('total_products', { aggregation: 'count' })],
      }),
    ],
    joins: [
      {
        from: 'customer',
        to: 'purchase',
        relationship: 'one_to_one',
        on: [['customer_id', 'customer_id']],
        extra: {},
      },
      {
        from: 'purchase',
        to: 'product',
        relationship: 'one_to_many',
        on: [['customer_id', 'customer_id']],
        extra: {},
      },
    ],
  };
}

it.skipIf(otherData === null)(
  'the model over them answers rightly where a join would multiply, by members of any of the tables',
  async () => {
    const bench = await startBench();
    const design = affinity(await madeTables(bench));
    const ask = async (measures: readonly string[], dimensions: readonly string[] = [], more = {}) =>
      (
        await bench.ask('design:query', {
          design,
          query: { measures, dimensions, segments: [], ...more },
        })
      ).rows;
    const all = ['total_spend', 'purchase_frequency', 'score', 'recency'];
    expect(await ask([...all, 'total_customers'])).toEqual([
      [1_356_988, 28_083, expect.closeTo(10.059504336642153, 12), 0, 2240],
    ]);
    expect((await ask(['average_spend']))[0]?.[0]).toBeCloseTo(48.3206, 4);
    // Twelve thousand rows of products stand beside, and nothing is counted twice.
    expect(await ask(['total_products', ...all])).toEqual([
      [12_162, 1_356_988, 28_083, expect.closeTo(10.059504336642153, 12), 0],
    ]);
    const byCategory = await ask(['total_products', 'total_spend', 'total_customers'], ['category']);
    expect(byCategory.map((row) => row.slice(0, 2))).toEqual([
      ['Meats', 2239],
      ['Wines', 2227],
      ['Gold', 2179],
      ['Fish', 1856],
      ['Fruits', 1840],
      ['Sweet Products', 1821],
    ]);
    // Each customer once in each category.
    expect(byCategory.map((row) => row[3])).toEqual(byCategory.map((row) => row[1]));
    expect(Math.max(...byCategory.map((row) => Number(row[2])))).toBeLessThanOrEqual(1_356_988);
    const countries = ['total_customers', 'total_spend', 'purchase_frequency', 'score'];
    const byCountry = await ask(countries, ['customer.country']);
    const four = (row: readonly unknown[]) => [...row.slice(0, 4), Number(Number(row[4]).toFixed(4))];
    expect(byCountry.map(four)).toEqual([
      ['SP', 1095, 662_220, 13_583, 10.1468],
      ['SA', 337, 211_071, 4302, 10.2258],
      ['CA', 268, 168_532, 3457, 10.1739],
      ['AUS', 160, 89_763, 1952, 9.5717],
      ['IND', 148, 79_485, 1734, 9.4315],
      ['GER', 120, 74_913, 1530, 10.2528],
      ['US', 109, 67_882, 1473, 9.5902],
      ['ME', 3, 3122, 52, 12.8973],
    ]);
    expect(await ask(['total_spend'], ['country_name'], { limit: 2 })).toEqual([
      ['SP', 662_220],
      ['SA', 211_071],
    ]);
    expect(
      await ask(['total_customers'], ['marital_status'], { segments: ['income_over_50k'], limit: 3 }),
    ).toEqual([
      ['Married', 455],
      ['Together', 300],
      ['Single', 224],
    ]);
  },
);

it.skipIf(otherData === null)(
  'customer, purchase and product of the marketing file have the known figures',
  async () => {
    const bench = await startBench();
    const raw = await openAccepted(bench);
    const type = (name: string) => raw.columns.find((column) => column.name.trim() === name)?.type;
    expect([type('Income'), type('Dt_Customer')]).toEqual([
      expect.stringMatching(/^(DOUBLE|BIGINT|DECIMAL)/),
      'DATE',
    ]);
    const income = raw.columns.find((column) => column.name.trim() === 'Income')?.name ?? '';
    const made = [];
    for (const [name, query] of Object.entries({
      customer: customer.replace('Income AS', `"${income}" AS`),
      purchase,
      product,
    }))
      made.push(await bench.ask('source:derive', { name, query }));
    expect(made.map((table) => [table.name, table.rows])).toEqual([
      ['customer', 2240],
      ['purchase', 2240],
      ['product', 12162],
    ]);
    const answer = async (query: string) => (await bench.ask('source:derive-preview', { query })).rows;
    expect(
      await answer(
        'SELECT sum(spend)::BIGINT, sum(purchases)::BIGINT, min(purchase_date), max(purchase_date) FROM purchase',
      ),
    ).toEqual([[1_356_988, 28_083, '2014-09-23', '2014-12-31']]);
    expect(
      await answer(
        'SELECT category, count(*), count(DISTINCT product_id) FROM product GROUP BY ALL ORDER BY 2 DESC',
      ),
    ).toEqual([
      ['Meats', 2239, 2239],
      ['Wines', 2227, 2227],
      ['Gold', 2179, 2179],
      ['Fish', 1856, 1856],
      ['Fruits', 1840, 1840],
      ['Sweet Products', 1821, 1821],
    ]);
    expect(
      await answer('SELECT count(*) - count(income), count(*) FILTER (WHERE income > 50000) FROM customer'),
    ).toEqual([[24, 1156]]);
    expect(
      await answer('SELECT sum(p.spend)::BIGINT FROM purchase p LEFT JOIN product USING (customer_id)'),
    ).toEqual([[7_696_619]]);
    const profiles = await bench.profile('product');
    expect(profiles.product_id).toMatchObject({ rows: 12162, nulls: 0, distinct: 12162 });
  },
);
