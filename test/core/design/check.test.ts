import { describe, expect, it } from 'vitest';
import { checkDesign, nameProblem } from '#core/design/check';
import { type DesignTable, emptyDesign } from '#core/design/design';
import { dimension, measure, salesDesign, segment, table } from '../../support/designs';

/** The codes of all problems, with the name of the member each stands at. */
function codes(change: Partial<DesignTable>): string[] {
  return checkDesign(salesDesign(change)).map(({ problem, about }) => {
    const at = about && 'name' in about ? about.name : about && 'table' in about ? about.table : '';
    return `${at}: ${problem.code}${problem.severity === 'warning' ? ' (warning)' : ''}`;
  });
}

const expression = (text: string) => measure('m', { aggregation: 'expression', expression: text });
const derived = (text: string) => dimension('d', { expression: text });

it('a sound design has no problem', () => {
  expect(
    codes({
      grain: ['ID'],
      dimensions: [dimension('region', { column: 'REGION' }), derived(`coalesce({region}, 'none')`)],
      measures: [
        measure('rows', { aggregation: 'count' }),
        measure('total', { column: 'amount', filter: `{region} = 'north' AND pieces > 0` }),
        measure('value', { expression: 'amount * {TABLE}.pieces' }),
        measure('share', { aggregation: 'ratio', numerator: 'total', denominator: 'rows' }),
        measure('free', { aggregation: 'expression', expression: '{total} / nullif(sum(sales.pieces), 0)' }),
        measure('lines', { aggregation: 'expression', expression: 'count(*)' }),
      ],
      segments: [segment('north', `region = 'north'`)],
    }),
  ).toEqual([]);
  expect(checkDesign(emptyDesign)).toEqual([]);
});

describe('names', () => {
  it('must be legal, given, and used once whatever their case', () => {
    const d = (name: string) => dimension(name, { column: 'region' });
    expect(
      codes({ dimensions: [d('a b'), d(''), d('x'), d('X')], segments: [segment('x', 'id = 1')] }),
    ).toEqual(['a b: name-invalid', ': name-empty', 'X: name-duplicate', 'x: name-duplicate']);
    const twice = { ...emptyDesign, name: '2', tables: [table('t', {}), table('T', {})] };
    expect(checkDesign(twice).map((p) => p.problem.code)).toEqual([
      'name-invalid',
      'table-missing',
      'name-duplicate',
      'table-missing',
    ]);
  });

  it('can be asked for before the edit is made', () => {
    const design = salesDesign({
      measures: [expression('count(*)'), measure('n', { aggregation: 'count' })],
    });
    const ask = (name: string) =>
      nameProblem(design, { table: 'sales', kind: 'measure', name: 'm' }, name)?.code ?? null;
    expect(['m', 'M', 'z', 'N', '', 'a-b'].map(ask)).toEqual([
      null,
      null,
      null,
      'name-duplicate',
      'name-empty',
      'name-invalid',
    ]);
  });
});

describe('a dimension', () => {
  it.each([
    ['', ['d: expression-empty']],
    ['sum(amount)', ['d: expression-aggregate']],
    ['{m} + 1', ['d: expression-aggregate']],
    ['{gone}', ['d: member-missing']],
    ['amont + 1', ['d: column-missing']],
    ['1 + 1', ['d: expression-no-column']],
    ['{d} + id', ['d: expression-circular']],
    ['(id', ['d: expression-invalid']],
    ['id; drop table x', ['d: expression-unsafe']],
    ['(SELECT 1)', ['d: expression-unsafe']],
    ['id + random()', ['d: expression-unsafe (warning)']],
    ['{others.x}', ['d: table-missing']],
  ])('%s', (text, expected) => {
    expect(codes({ dimensions: [derived(text)], measures: [expression('count(*)')] })).toEqual(expected);
  });

  it('needs its column, but only where the columns are known', () => {
    expect(codes({ dimensions: [dimension('d', { column: 'gone' })] })).toEqual(['d: column-missing']);
    const design = salesDesign({ dimensions: [dimension('d', { column: 'gone' }), derived('gone + 1')] });
    const unread = { ...design, sources: design.sources.map((s) => ({ ...s, columns: [] })) };
    expect(checkDesign(unread).map((p) => p.problem.code)).toEqual(['name-duplicate']);
  });
});

describe('a measure', () => {
  it.each<[string, Parameters<typeof measure>[1], string[]]>([
    ['without a column', {}, ['m: measure-incomplete']],
    ['of a column that is gone', { column: 'gone' }, ['m: column-missing']],
    ['sum of text', { column: 'region' }, ['m: aggregation-unfit']],
    ['maximum of text', { aggregation: 'max', column: 'region' }, ['m: aggregation-unfit']],
    ['maximum of a time', { aggregation: 'max', column: 'day' }, []],
    ['sum of an aggregate', { expression: 'sum(amount)' }, ['m: expression-invalid']],
    ['sum of a measure', { expression: '{n}' }, ['m: expression-invalid']],
    ['sum of nothing', { expression: '1' }, ['m: expression-no-column']],
    ['filter with an aggregate', { column: 'amount', filter: 'sum(id) > 1' }, ['m: filter-invalid']],
    ['filter with a measure', { column: 'amount', filter: '{n} > 1' }, ['m: filter-invalid']],
    ['filter with a comment', { column: 'amount', filter: 'id > 1 --' }, ['m: filter-invalid']],
    ['filter of no column', { column: 'amount', filter: 'TRUE' }, ['m: filter-invalid']],
    ['filter of a missing column', { column: 'amount', filter: '"x" = 1' }, ['m: column-missing']],
    ['ratio of nothing', { aggregation: 'ratio' }, ['m: measure-incomplete', 'm: measure-incomplete']],
    [
      'ratio to a gone one',
      { aggregation: 'ratio', numerator: 'n', denominator: 'x' },
      ['m: member-missing'],
    ],
    [
      'ratio to itself',
      { aggregation: 'ratio', numerator: 'n', denominator: 'm' },
      ['m: expression-circular'],
    ],
    ['empty expression', { aggregation: 'expression' }, ['m: expression-empty']],
    [
      'expression of rows',
      { aggregation: 'expression', expression: 'amount + 1' },
      ['m: expression-not-aggregate'],
    ],
    [
      'expression of no column',
      { aggregation: 'expression', expression: 'sum(1)' },
      ['m: expression-no-column'],
    ],
    ['expression of a typo', { aggregation: 'expression', expression: 'sum(amuont)' }, ['m: column-missing']],
    ['expression of measures', { aggregation: 'expression', expression: '{n} * 2' }, []],
    ['count of rows', { aggregation: 'count' }, []],
  ])('%s', (_, change, expected) => {
    expect(codes({ measures: [measure('m', change), measure('n', { aggregation: 'count' })] })).toEqual(
      expected,
    );
  });

  it('says the place of what is wrong in its text', () => {
    const [found] = checkDesign(salesDesign({ measures: [expression('sum(amount')] }));
    expect(found?.problem.about).toMatchObject({ at: 3 });
  });
});

it('every member on a circle is told, with the way round, and those that only use it are not', () => {
  const found = checkDesign(
    salesDesign({
      dimensions: [dimension('a', { expression: '{b}' }), dimension('b', { expression: '{c}' })],
      measures: [],
      segments: [segment('s', '{a} = 1')],
    }),
  );
  expect(found.map((p) => p.problem.code)).toEqual(['member-missing']);
  const round = checkDesign(
    salesDesign({
      dimensions: [
        dimension('a', { expression: '{b}' }),
        dimension('b', { expression: '{a}' }),
        dimension('c', { expression: '{a}' }),
      ],
    }),
  );
  expect(round.map((p) => p.problem.about)).toEqual([
    { name: 'a', path: 'a → b → a' },
    { name: 'b', path: 'b → a → b' },
  ]);
});

it('a grain and a join name columns and tables that are there', () => {
  expect(codes({ grain: ['id', 'gone'] })).toEqual(['sales: column-missing']);
  const design = salesDesign({});
  const join = {
    from: 'sales',
    to: 'gone',
    relationship: 'many_to_one',
    on: [['x', 'id']],
    extra: {},
  } as const;
  expect(checkDesign({ ...design, joins: [join] }).map((p) => p.problem.code)).toEqual([
    'table-missing',
    'column-missing',
  ]);
});

it('a circle of two thousand members over two thousand columns is told at each', () => {
  const columns = Array.from({ length: 2000 }, (_, i) => ({ name: `c${i}`, type: 'INTEGER' }));
  const dimensions = columns.map((c, i) =>
    dimension(`d${i}`, { expression: `${c.name} + {d${(i + 1) % 2000}}` }),
  );
  const design = salesDesign({ dimensions });
  const wide = { ...design, sources: design.sources.map((s) => ({ ...s, columns })) };
  expect(checkDesign(wide).filter((p) => p.problem.code === 'expression-circular')).toHaveLength(2000);
});

it('a derived table is checked by its query alone: what it lacks, a circle, what is no SELECT', () => {
  const made = (name: string, query: string) => ({
    name,
    path: '',
    format: 'query' as const,
    query,
    columns: [],
    extra: {},
  });
  const found = checkDesign({
    ...emptyDesign,
    sources: [
      made('fine', 'WITH x AS (SELECT 1 AS a) SELECT * FROM x, duckdb_tables(), information_schema.tables'),
      made('lacking', 'FROM fine JOIN gone USING (a)'),
      made('round', 'FROM trip'),
      made('trip', 'FROM "ROUND"'),
      made('empty', ' -- soon'),
      made('wrong', 'SELECT 1;\nDROP TABLE x'),
    ],
  });
  expect(found).toEqual([
    {
      problem: {
        code: 'query-source-missing',
        about: { name: 'lacking', lacks: 'gone' },
        severity: 'error',
      },
      about: { source: 'lacking' },
    },
    {
      problem: {
        code: 'query-circular',
        about: { name: 'round', path: 'round → trip → round' },
        severity: 'error',
      },
      about: { source: 'round' },
    },
    {
      problem: {
        code: 'query-circular',
        about: { name: 'trip', path: 'trip → round → trip' },
        severity: 'error',
      },
      about: { source: 'trip' },
    },
    {
      problem: {
        code: 'query-invalid',
        about: { name: 'empty', reason: 'it is empty', at: 0, line: null },
        severity: 'error',
      },
      about: { source: 'empty' },
    },
    {
      problem: {
        code: 'query-invalid',
        about: { name: 'wrong', reason: 'a semicolon ends it, and something follows', at: 8, line: 1 },
        severity: 'error',
      },
      about: { source: 'wrong' },
    },
  ]);
});
