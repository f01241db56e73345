/**
 * How fast questions through a model are beside the best SQL that was written by hand for each; a part of `npm run bench`, alone
 * with `npm run bench -- query`. `ASSAY_BENCH_ROWS` sets the rows of the large table, ten million unless told.
 */
import { performance } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Design, emptyDesign } from '../../src-main/core/design/design';
import { type ModelQuery, queryFor } from '../../src-main/core/design/query';
import { answerOf } from '../oracle/answers';
import { dimension, measure, segment, table } from '../support/designs';
import { taxi } from './shapes';

const ROUNDS = 5;

const number = (name: string, primaryKey = false) =>
  dimension(name, { column: name, type: 'number', primaryKey });

/** Trips, and the zones they begin in. */
function trips(columns: Design['sources']): Design {
  return {
    ...emptyDesign,
    name: 'trips',
    sources: columns,
    tables: [
      table('trips', {
        dimensions: [
          number('trip_id', true),
          dimension('payment', { column: 'payment' }),
          dimension('pickup', { column: 'pickup', type: 'time' }),
        ],
        measures: [
          measure('rides', { aggregation: 'count' }),
          measure('fares', { column: 'fare' }),
          measure('tips', { column: 'tip' }),
          measure('mean', { aggregation: 'avg', column: 'distance' }),
          measure('drivers', { aggregation: 'count_distinct', column: 'driver' }),
          measure('tip_share', { aggregation: 'ratio', numerator: 'tips', denominator: 'fares' }),
          measure('long_fares', { column: 'fare', filter: 'distance > 10' }),
        ],
        segments: [segment('tipped', 'tip > 0')],
      }),
      table('zones', {
        dimensions: [number('zone', true), dimension('borough', { column: 'borough' })],
        measures: [measure('area', { column: 'area' }), measure('zones', { aggregation: 'count' })],
      }),
    ],
    joins: [
      { from: 'trips', to: 'zones', relationship: 'many_to_one', on: [['zone_from', 'zone']], extra: {} },
    ],
  };
}

const joined = 'FROM trips LEFT JOIN zones ON zone_from = zone';

/** Questions, and what somebody would write who knows the data. */
const questions: readonly [string, Partial<ModelQuery>, string][] = [
  [
    'a sum by a dimension',
    { measures: ['fares'], dimensions: ['payment'] },
    'SELECT payment, sum(fare) FROM trips GROUP BY 1',
  ],
  [
    'four measures by a joined dimension',
    { measures: ['rides', 'fares', 'mean', 'tip_share'], dimensions: ['borough'] },
    `SELECT borough, count(*), sum(fare), avg(distance), sum(tip) / nullif(sum(fare), 0) ${joined} GROUP BY 1`,
  ],
  [
    'a distinct count by month',
    { measures: ['drivers'], dimensions: ['pickup.month'] },
    "SELECT date_trunc('month', pickup), count(DISTINCT driver) FROM trips GROUP BY 1",
  ],
  [
    'by day and payment, of a segment',
    { measures: ['fares', 'rides'], dimensions: ['payment', 'pickup.day'], segments: ['tipped'] },
    "SELECT payment, date_trunc('day', pickup), sum(fare), count(*) FROM trips WHERE tip > 0 GROUP BY 1, 2",
  ],
  [
    'a filtered measure beside the whole',
    { measures: ['long_fares', 'fares'], dimensions: ['payment'] },
    'SELECT payment, sum(fare) FILTER (WHERE distance > 10), sum(fare) FROM trips GROUP BY 1',
  ],
  [
    'a filter on a joined dimension',
    {
      measures: ['fares'],
      dimensions: ['payment'],
      filters: [{ member: 'borough', operator: 'equals', values: ['borough 2'] }],
    },
    `SELECT payment, sum(fare) FROM trips JOIN zones ON zone_from = zone WHERE borough = 'borough 2' GROUP BY 1`,
  ],
  [
    'totals of both tables',
    { measures: ['fares', 'area'], dimensions: [] },
    `SELECT (SELECT sum(fare) FROM trips), (SELECT sum(area) FROM zones WHERE zone IN (SELECT zone_from FROM trips))`,
  ],
  [
    'both tables by a dimension of the smaller',
    { measures: ['fares', 'area', 'zones'], dimensions: ['borough'] },
    `WITH t AS (SELECT borough, sum(fare) AS f ${joined} GROUP BY 1),
    z AS (SELECT borough, sum(area) AS a, count(*) AS n FROM zones WHERE zone IN (SELECT zone_from FROM trips) GROUP BY 1)
    SELECT borough, f, a, n FROM t LEFT JOIN z USING (borough)`,
  ],
  [
    'the smaller by a dimension of the larger',
    { measures: ['area'], dimensions: ['payment'] },
    `SELECT payment, sum(area) FROM (SELECT DISTINCT payment, zone_from FROM trips) LEFT JOIN zones ON zone_from = zone GROUP BY 1`,
  ],
  [
    'groups above a figure',
    { measures: ['rides'], dimensions: ['pickup.day'], where: '{rides} > 1000' },
    "SELECT date_trunc('day', pickup), count(*) FROM trips GROUP BY 1 HAVING count(*) > 1000",
  ],
];

export async function benchQuery(): Promise<void> {
  const rows = Number(process.env.ASSAY_BENCH_ROWS ?? 10_000_000);
  const db = await DuckDBInstance.create(':memory:', { memory_limit: '6GB' });
  const connection = await db.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const kept =
    'trip_id, pickup, payment, zone_from, driver, distance, fare::DECIMAL(12, 2) AS fare, tip::DECIMAL(12, 2) AS tip';
  await connection.run(`CREATE TABLE trips AS SELECT ${kept} FROM (${taxi(rows)})`);
  await connection.run(
    "CREATE TABLE zones AS SELECT range::INTEGER AS zone, 'borough ' || range % 7 AS borough, range % 50 + 1 AS area FROM range(300)",
  );
  const sources = [];
  for (const name of ['trips', 'zones']) {
    const described = (await connection.runAndReadAll(`DESCRIBE ${name}`)).getRowsJson();
    const columns = described.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
    sources.push({ name, path: `/${name}.csv`, format: 'csv' as const, columns, extra: {} });
  }
  const design = trips(sources);
  const timed = async (sql: string) => {
    const begun = performance.now();
    await connection.runAndReadAll(sql);
    return performance.now() - begun;
  };
  console.log(`\nQuestions over ${rows.toLocaleString('en-US')} rows, median of ${ROUNDS} (goal 1.2)`);
  for (const [title, asked, byHand] of questions) {
    const { sql } = queryFor(design, { measures: [], dimensions: [], segments: [], ...asked });
    const [own, theirs] = [await answerOf(connection, sql), await answerOf(connection, byHand)];
    if (JSON.stringify(own) !== JSON.stringify(theirs)) throw new Error(`${title}: the answers differ`);
    const pairs: [number, number][] = [];
    for (let i = 0; i < ROUNDS; i++) pairs.push([await timed(sql), await timed(byHand)]);
    const median = (of: 0 | 1) => pairs.map((p) => p[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
    const [ours, hand] = [median(0), median(1)];
    console.log(
      `${title.padEnd(44)}${ours.toFixed(0).padStart(7)} ms${hand.toFixed(0).padStart(7)} ms${(ours / hand).toFixed(2).padStart(7)} ×`,
    );
  }
  connection.closeSync();
  db.closeSync();
}
