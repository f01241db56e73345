import { expect, it } from 'vitest';
import { sortedBy } from '#core/profile/order';
import type { ColumnProfile } from '#core/profile/profile';
import { coefficientOfVariation } from '#core/profile/spread';
import { type Described, inexactness, statisticGroups } from '#core/profile/statistic';
import { statisticNamed, statistics } from '#core/profile/statistics';
import { statisticsCsv, statisticsMarkdown, statisticsTable } from '#core/report/statistics';

/** The profile of 2, 4, 4, 4, 5, 5, 7, 9, null, null, by hand. */
const amount: ColumnProfile = {
  name: 'amount',
  type: 'BIGINT',
  kind: 'number',
  rows: 10,
  nulls: 2,
  distinct: 5,
  unique: 3,
  min: 2,
  max: 9,
  mean: 5,
  stddev: 2.138089935299395,
  sum: 40,
  zeros: 0,
  negatives: 0,
  infinite: 0,
  nan: 0,
  skewness: 0.8184875533567996,
  kurtosis: 0.940625,
  mad: 0.5,
  entropy: 2.155639062229566,
  quantiles: { '0.05': 2.7, '0.25': 4, '0.5': 4.5, '0.75': 5.5, '0.95': 8.3 },
  outliers: [
    { method: 'iqr', k: 1.5, lower: 1.75, upper: 7.75, count: 1, below: 0, above: 1, examples: [9] },
  ],
  top: [{ value: 4, count: 3 }],
  disguised: [{ value: 9, count: 1 }],
  evidence: { basis: 'exact', rows: 10, at: '2026-03-01T00:00:00.000Z', ms: 1, sql: ['SELECT 1'] },
};

function column(part: Partial<ColumnProfile>, more: Partial<Described> = {}): Described {
  const profile: ColumnProfile = { ...amount, ...part };
  const { name, type, kind } = profile;
  return { column: { name, type, kind }, profile, roles: [], alerts: [], ...more };
}

const named = (key: string) => {
  const found = statisticNamed(key);
  if (found === undefined) throw new Error(key);
  return found;
};
const read = (key: string, of: Described) => named(key).read(of);

it('every statistic has a name of its own, a sentence and a known group', () => {
  expect(new Set(statistics.map((s) => s.key)).size).toBe(statistics.length);
  expect(new Set(statistics.map((s) => s.title)).size).toBe(statistics.length);
  for (const s of statistics) {
    expect(s.key).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(s.means).toMatch(/\.$/);
    expect(s.kinds.length).toBeGreaterThan(0);
    expect(statisticGroups).toContain(s.group);
  }
  expect(statistics[0]?.key).toBe('name');
});

it('every figure of a profile is read as it stands, and what is made of them is right', () => {
  const of = column(
    {},
    {
      roles: [{ role: 'measure', state: 'suggested' }],
      alerts: [{ code: 'disguised', severity: 'warning', message: '', column: 'amount' }],
    },
  );
  const made = Object.fromEntries(statistics.map((s) => [s.key, s.read(of)]));
  expect(made).toEqual({
    name: 'amount',
    type: 'BIGINT',
    kind: 'number',
    meaning: undefined,
    role: 'measure (proposed)',
    rows: 10,
    nulls: 2,
    null_percent: 20,
    blanks: undefined,
    disguised: 1,
    distinct: 5,
    distinct_percent: 62.5,
    unique: 3,
    entropy: 2.155639062229566,
    min: 2,
    p5: 2.7,
    q1: 4,
    median: 4.5,
    q3: 5.5,
    p95: 8.3,
    max: 9,
    mean: 5,
    stddev: 2.138089935299395,
    cv: 2.138089935299395 / 5,
    mad: 0.5,
    iqr: 1.5,
    sum: 40,
    zeros: 0,
    negatives: 0,
    infinite: 0,
    nan: 0,
    skewness: 0.8184875533567996,
    kurtosis: 0.940625,
    outliers: 1,
    shortest: undefined,
    longest: undefined,
    mean_length: undefined,
    padded: undefined,
    unseen: undefined,
    sorted: undefined,
    grain: undefined,
    gaps: undefined,
    top: 4,
    top_count: 3,
    alerts: 'Disguised missing',
  });
});

it('the coefficient of variation is of the absolute mean, and there is none of a mean of 0', () => {
  expect(coefficientOfVariation({ mean: -4, stddev: 2 })).toBe(0.5);
  expect(coefficientOfVariation({ mean: 0, stddev: 2 })).toBeUndefined();
  expect(coefficientOfVariation({ mean: 4 })).toBeUndefined();
  expect(coefficientOfVariation({ mean: 1e-320, stddev: 1e10 })).toBeUndefined();
});

it('nothing is told of a kind it does not apply to, of no rows or of a column that has not come', () => {
  expect(read('mean', column({ kind: 'text', type: 'VARCHAR' }))).toBeUndefined();
  expect(read('null_percent', column({ rows: 0, nulls: 0 }))).toBeUndefined();
  expect(read('distinct_percent', column({ nulls: 10 }))).toBeUndefined();
  expect(read('distinct', column({}, { profile: undefined }))).toBeUndefined();
  expect(read('type', column({}, { profile: undefined }))).toBe('BIGINT');
});

it('a figure made of figures that are not exact says so, with the error that follows from theirs', () => {
  const off = column({
    inexact: {
      distinct: { basis: 'estimate', error: 2 },
      'quantiles.0.25': { basis: 'estimate', error: 0.5 },
      'quantiles.0.75': { basis: 'estimate', error: 0.25 },
      stddev: { basis: 'estimate' },
      'disguised.0': { basis: 'sample', error: 1 },
    },
  });
  const how = (key: string) => inexactness(off, named(key));
  expect(how('distinct')).toEqual({ basis: 'estimate', error: 2 });
  expect(how('distinct_percent')).toEqual({ basis: 'estimate', error: 25 });
  expect(how('iqr')).toEqual({ basis: 'estimate', error: 0.75 });
  expect(how('cv')).toEqual({ basis: 'estimate' });
  expect(how('disguised')).toEqual({ basis: 'sample' });
  expect(how('median')).toBeNull();
  expect(how('nulls')).toBeNull();
  const look = column({ evidence: { ...amount.evidence, basis: 'sample', of: 1000 } });
  expect(inexactness(look, named('nulls'))).toEqual({ basis: 'sample' });
  expect(inexactness(look, named('type'))).toBeNull();
  const known = column({ inexact: {}, evidence: { ...amount.evidence, basis: 'sample', of: 1000 } });
  expect(inexactness(known, named('disguised'))).toEqual({ basis: 'sample' });
  expect(inexactness(known, named('rows'))).toBeNull();
});

it('columns are sorted stably, the absent last both ways, long numbers exactly, kinds apart', () => {
  const names = (items: readonly Described[]) => items.map((of) => of.column.name).join(' ');
  const items = [
    column({ name: 'a', max: 5 }),
    column({ name: 'b', kind: 'text', type: 'VARCHAR', max: 'x10' }),
    column({ name: 'c', max: '9007199254740993' }),
    column({ name: 'd' }, { profile: undefined }),
    column({ name: 'e', max: '9007199254740992' }),
    column({ name: 'f', kind: 'time', type: 'DATE', max: '1850-01-01' }),
    column({ name: 'g', max: 5 }),
    column({ name: 'h', kind: 'text', type: 'VARCHAR', max: 'x9' }),
    column({ name: 'i', kind: 'time', type: 'DATE', max: '12000-01-01' }),
    column({ name: 'j', kind: 'time', type: 'DATE', max: '0044-03-15 (BC)' }),
  ];
  expect(names(sortedBy(items, named('max'), false))).toBe('a g e c j f i h b d');
  expect(names(sortedBy(items, named('max'), true))).toBe('c e a g i f j b h d');
  expect(names(sortedBy(items, named('mean'), true))).toBe('a c e g b d f h i j');
});

it('a file holds raw values, and a basis beside what is not exact in one of its lines', () => {
  const chosen = ['distinct', 'mean', 'null_percent'].map(named);
  const lines = [
    column({ name: 'plain, "quoted"', mean: 1234567.125 }),
    column({ name: 'rough', inexact: { distinct: { basis: 'estimate', error: 2 } } }),
    column({ name: 'later' }, { profile: undefined }),
  ];
  expect(statisticsCsv(lines, chosen, '"a" > 1')).toBe(
    [
      'name,distinct,distinct_basis,distinct_error,mean,null_percent,basis,basis_rows,basis_of,computed_at,filter',
      '"plain, ""quoted""",5,exact,,1234567.125,20,exact,10,10,2026-03-01T00:00:00.000Z,"""a"" > 1"',
      'rough,5,estimate,2,5,20,exact,10,10,2026-03-01T00:00:00.000Z,"""a"" > 1"',
      'later,,,,,,,,,,"""a"" > 1"',
      '',
    ].join('\n'),
  );
  expect(statisticsTable(lines.slice(0, 1), chosen, 'title', '').columns.slice(0, 4)).toEqual([
    'Name',
    'Distinct',
    'Mean',
    'Null %',
  ]);
});

it('Markdown reads as figures do, and names cannot break its table', () => {
  const text = statisticsMarkdown(
    [column({ name: 'a|b\n', inexact: { distinct: { basis: 'estimate', error: 2 } } })],
    ['distinct', 'null_percent', 'top', 'cv'].map(named),
    '',
  );
  expect(text).toBe(
    '| Name | Distinct | Null % | Top value | CV |\n| --- | --: | --: | --- | --: |\n| a\\|b  | ≈ 5 ± 2 | 20.0 | 4 | 0.43 |\n',
  );
});
