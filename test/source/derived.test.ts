/**
 * One raw file of customers taken apart into the three tables of a product-affinity design by queries alone.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Bench, startBench } from '../support/service';
import { otherData } from '../support/shared';

const customer = `SELECT ID AS customer_id, Year_Birth AS birth_year, Education AS education,
  Marital_Status AS marital_status, Income AS income, Country AS country
FROM marketing_data`;

const purchase = `SELECT ID AS customer_id, DATE '2014-12-31' - Recency::INTEGER AS purchase_date, Recency AS recency,
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
