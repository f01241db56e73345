/**
 * Data for the profile bench: one as a city's taxis might leave it, and shapes that the strategy was not made for.
 */

/** Ten million rows or any other number of 20 columns: keys, times, amounts, codes, a flag, text that is mostly missing. */
export function taxi(rows: number, order = ''): string {
  return `SELECT range AS trip_id,
  TIMESTAMP '2023-01-01' + to_microseconds((range * ${Math.floor(31_536_000_000_000 / rows)}) + (hash(range, 1) % 600000000)::BIGINT) AS pickup,
  TIMESTAMP '2023-01-01' + to_microseconds((range * ${Math.floor(31_536_000_000_000 / rows)}) + (hash(range, 1) % 4200000000)::BIGINT) AS dropoff,
  (1 + hash(range, 2) % 6)::TINYINT AS passengers,
  round(exp((hash(range, 3) % 10000) / 2500.0) - 0.9, 2) AS distance,
  (2.5 + (hash(range, 4) % 100000) ** 1.2 / 9000)::DOUBLE AS fare,
  CASE WHEN hash(range, 5) % 3 = 0 THEN 0 ELSE (hash(range, 5) % 90000) / 4321.0 END AS tip,
  CASE WHEN hash(range, 6) % 12 = 0 THEN 6.55 ELSE 0 END AS tolls,
  (['card', 'cash', 'dispute', 'no charge'])[1 + (hash(range, 7) % 4)::INTEGER] AS payment,
  (1 + hash(range, 8) % 265)::INTEGER AS zone_from,
  (1 + hash(range, 9) % 265)::INTEGER AS zone_to,
  hash(range, 10) % 200 = 0 AS flag,
  (1 + hash(range, 11) % 7)::INTEGER AS rate_code,
  'driver ' || (hash(range, 12) % 200000) AS driver,
  md5((hash(range, 13) % 1500000)::VARCHAR) AS card_hash,
  'vendor ' || (hash(range, 14) % 3) || ' batch ' || (hash(range, 15) % 50) AS vendor_batch,
  DATE '2023-01-01' + (range * 365 // ${rows})::INTEGER AS day,
  40.5 + (hash(range, 16) % 10000000) / 25000000.0 AS lat,
  ((hash(range, 17) % 500) / 100.0)::DECIMAL(10, 2) AS surcharge,
  CASE WHEN hash(range, 18) % 10 < 7 THEN NULL ELSE 'note ' || (hash(range, 18) % 100000) END AS note
FROM range(${rows})${order}`;
}

/** A million rows or so of 200 columns of all kinds. */
export function broad(rows: number): string {
  const columns = Array.from({ length: 40 }, (_, i) => [
    `(hash(range, ${i}) % 1000000)::DOUBLE / 100 AS amount${i}`,
    `(hash(range, ${i + 100}) % ${10 + 37 * i})::INTEGER AS code${i}`,
    `'group ' || (hash(range, ${i + 200}) % ${5 + 11 * i}) AS label${i}`,
    `TIMESTAMP '2020-01-01' + to_seconds((hash(range, ${i + 300}) % 100000000)::BIGINT) AS at${i}`,
    `CASE WHEN hash(range, ${i + 400}) % 4 = 0 THEN NULL ELSE range * ${i + 1} % 99991 END AS number${i}`,
  ]).flat();
  return `SELECT ${columns.join(', ')} FROM range(${rows})`;
}

/** Shapes by name, each of 20 columns. */
export function shapes(rows: number): Readonly<Record<string, string>> {
  const twenty = (of: (i: number) => string) =>
    Array.from({ length: 20 }, (_, i) => `${of(i)} AS c${i}`).join(', ');
  return {
    'sorted by pickup': taxi(rows, ' ORDER BY pickup'),
    'sorted by fare': taxi(rows, ' ORDER BY fare'),
    'sorted by driver': taxi(rows, ' ORDER BY driver'),
    'all-unique text': `SELECT ${twenty((i) => `md5((range * ${i + 3})::VARCHAR)`)} FROM range(${rows})`,
    'all few values': `SELECT ${twenty((i) => `(hash(range, ${i}) % ${3 + i})::INTEGER`)} FROM range(${rows})`,
    'many nulls': `SELECT ${twenty((i) => `CASE WHEN hash(range, ${i}) % 50 = 0 THEN hash(range, ${i + 50}) % 1000000 END`)} FROM range(${rows})`,
    'long text': `SELECT ${twenty((i) => `repeat('word ' || (hash(range, ${i}) % 5000) || ' ', 20)`)} FROM range(${Math.floor(rows / 5)})`,
    nested: `SELECT ${twenty((i) => (i % 2 === 0 ? `[hash(range, ${i}) % 10, range % 7]` : `{'a': range % 13, 'b': 'x' || (hash(range, ${i}) % 100)}`))} FROM range(${rows})`,
  };
}
