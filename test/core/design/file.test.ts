import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aggregations } from '#core/aggregation';
import { checkDesign } from '#core/design/check';
import { chartChoices, type Design, emptyDesign } from '#core/design/design';
import { designSchema, readDesign, writeDesign } from '#core/design/file';
import { absolutePath, folderOf, relativePath } from '#core/design/path';
import { grains, operators } from '#core/design/query';
import { dimension, measure, salesDesign, segment } from '../../support/designs';

const file = '/work place/shop.assay.yaml';

function read(text: string): Design {
  const result = readDesign(text, file);
  if ('problem' in result) throw new Error(JSON.stringify(result.problem));
  return result.design;
}

function refusal(text: string) {
  const result = readDesign(text, file);
  if (!('problem' in result)) throw new Error('it was read');
  return result.problem;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'yes',
    'null',
    '1_000',
    '0o17',
    '2024-01-01',
    '1:30',
    '~',
    '#x',
    '- a',
    'a: b',
    'a\nb\n\n c',
    ' a\n',
    'a\n\tb',
    '{x}',
    '{{ x }}',
    "it's",
    '\ud800',
    '\r\n',
    'a\n# b',
    '---',
    '\ufeffa',
    '*x',
    '&x',
    '!x',
    '%x',
    '|',
  ),
);
const extra = fc.dictionary(
  fc.string({ maxLength: 6 }).map((key) => `x_${key}`),
  fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 })),
  { maxKeys: 2 },
);
const described = { name: text, title: text, description: text, extra };
const design: fc.Arbitrary<Design> = fc.record({
  ...described,
  sources: fc.array(
    fc.oneof(
      fc.record({
        name: text,
        path: fc.constant(''),
        format: fc.constant('query' as const),
        query: fc.oneof(
          text,
          fc.array(text).map((lines) => lines.join('\n')),
        ),
        columns: fc.array(fc.record({ name: text, type: text }), { maxLength: 3 }),
        extra,
      }),
      fc.record(
        {
          name: text,
          path: fc.constantFrom(
            '/work place/a.csv',
            '/work place/b/c d.csv',
            '/other/x.parquet',
            '/work place/C:/x',
            '/ü',
          ),
          format: fc.constantFrom('csv' as const, 'parquet' as const),
          dialect: fc.record(
            {
              delimiter: text,
              header: fc.boolean(),
              skip: fc.nat(9),
              nulls: fc.array(text),
              dateFormat: fc.option(text),
            },
            { requiredKeys: [] },
          ),
          columns: fc.array(fc.record({ name: text, type: text }), { maxLength: 3 }),
          extra,
        },
        { requiredKeys: ['name', 'path', 'format', 'columns', 'extra'] },
      ),
    ),
    { maxLength: 2 },
  ),
  tables: fc.array(
    fc.record({
      ...described,
      source: text,
      grain: fc.array(text, { maxLength: 2 }),
      dimensions: fc.array(
        fc.record({
          ...described,
          type: fc.constantFrom('string' as const, 'number' as const, 'time' as const, 'boolean' as const),
          column: text,
          expression: text,
          primaryKey: fc.boolean(),
          public: fc.boolean(),
          format: text,
        }),
        { maxLength: 2 },
      ),
      measures: fc.array(
        fc.record({
          ...described,
          aggregation: fc.constantFrom(...aggregations),
          column: text,
          expression: text,
          numerator: text,
          denominator: text,
          filter: text,
          format: text,
          public: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      segments: fc.array(fc.record({ ...described, condition: text }), { maxLength: 2 }),
      dismissed: fc.array(fc.record({ column: text, reason: text }), { maxLength: 2 }),
      muted: fc.array(fc.record({ code: text, column: fc.option(text), reason: text }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  joins: fc.array(
    fc.record({
      from: text,
      to: text,
      relationship: fc.constantFrom('one_to_one' as const, 'one_to_many' as const, 'many_to_one' as const),
      on: fc.array(fc.tuple(text, text), { maxLength: 2 }),
      extra,
    }),
    { maxLength: 2 },
  ),
  explorations: fc.array(
    fc.record({
      name: text,
      title: text,
      query: fc.record(
        {
          measures: fc.array(text, { maxLength: 2 }),
          dimensions: fc.array(text, { maxLength: 2 }),
          segments: fc.array(text, { maxLength: 2 }),
          grain: fc.constantFrom(...grains),
          filters: fc.array(
            fc.record({
              member: text,
              operator: fc.constantFrom(...operators),
              values: fc.array(fc.oneof(text, fc.integer(), fc.boolean()), { maxLength: 2 }),
            }),
            { minLength: 1, maxLength: 2 },
          ),
          where: fc.constantFrom('a > 1', '{sales.total} > 3\nor true'),
          order: fc.array(fc.record({ member: text, descending: fc.boolean() }), {
            minLength: 1,
            maxLength: 2,
          }),
          range: fc.record({ dimension: text, from: text, to: text }),
          fill: fc.boolean(),
          limit: fc.nat(),
          offset: fc.nat(),
        },
        { requiredKeys: ['measures', 'dimensions', 'segments'] },
      ),
      chart: fc.constantFrom(...chartChoices),
      pivot: text,
      compare: fc.boolean(),
      extra,
    }),
    { maxLength: 2 },
  ),
});

describe('a design file', () => {
  const written = salesDesign({
    title: 'Sales',
    description: 'One row per sale.\nRefunds are missing.',
    grain: ['id'],
    dimensions: [dimension('id', { column: 'id', type: 'number', primaryKey: true, public: false })],
    measures: [
      measure('total', { column: 'amount', filter: `region = 'north'`, format: 'currency:EUR' }),
      measure('yes', { aggregation: 'count' }),
    ],
    segments: [segment('north', `region = 'north'`)],
    dismissed: [{ column: 'pieces', reason: '' }],
    muted: [
      { code: 'many-zeros', column: 'amount', reason: 'free samples' },
      { code: 'duplicates', column: null, reason: '' },
    ],
  });

  it('is readable, in a fixed order, without defaults and with relative paths', () => {
    const joins = [
      { from: 'sales', to: 'sales', relationship: 'one_to_one', on: [['id', 'id']], extra: {} },
    ] as const;
    expect(writeDesign({ ...written, joins }, '/data/designs')).toBe(`assay: 1
name: shop
sources:
  - name: sales
    path: "../sales.csv"
    format: csv
    columns:
      - { name: id, type: INTEGER }
      - { name: region, type: VARCHAR }
      - { name: day, type: DATE }
      - { name: amount, type: "DECIMAL(3,1)" }
      - { name: pieces, type: INTEGER }
      - { name: tags, type: "VARCHAR[]" }
tables:
  - name: sales
    source: sales
    title: Sales
    description: |-
      One row per sale.
      Refunds are missing.
    grain:
      - id
    dimensions:
      - name: id
        type: number
        column: id
        primary_key: true
        public: false
    measures:
      - name: total
        aggregation: sum
        column: amount
        filter: "region = 'north'"
        format: "currency:EUR"
      - name: "yes"
        aggregation: count
    segments:
      - name: north
        condition: "region = 'north'"
    dismissed:
      - column: pieces
    muted:
      - alert: "many-zeros"
        column: amount
        reason: "free samples"
      - alert: duplicates
joins:
  - from: sales
    to: sales
    relationship: one_to_one
    on:
      - [ id, id ]
`);
  });

  it('gives back what was written, whatever it holds, and the same text again', () => {
    fc.assert(
      fc.property(design, (before) => {
        const saved = writeDesign(before, folderOf(file));
        const after = read(saved);
        expect(after).toEqual(before);
        expect(writeDesign(after, folderOf(file))).toBe(saved);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('keeps keys it does not know, at every level', () => {
    const strange = `assay: 1
name: x
mood: good
sources:
  - name: s
    path: s.csv
    format: csv
    dialect: { delimiter: ";", comment: "#" }
    columns: [{ name: a, type: BIGINT, semantic: money }, { name: b, type: DATE }]
    owner: me
tables:
  - name: t
    source: s
    steward: { name: you, since: 2024-01-01 }
    measures: [{ name: m, aggregation: count, certified: true }]
    dimensions: [{ name: d, type: string, column: a, level: 2 }]
    segments: [{ name: g, condition: a > 1, use: none }]
    dismissed: [{ column: b, by: me }]
    muted: [{ alert: constant, column: b, by: me }, { alert: empty, until: 2027 }]
joins: [{ from: t, to: t, relationship: one_to_one, on: [[a, a]], strength: 1 }]
explorations:
  - name: e
    query:
      measures: [t.m]
      filters: [{ member: t.d, operator: equals, values: [x, 1, true], why: asked }]
      order: [{ member: t.m, descending: true, nulls: last }]
      limit: 10
      range: { dimension: t.d, from: 2024-01-01, to: 2024-01-31, zone: local }
      total: true
    chart: bar
    owner: me
`;
    const design = read(strange);
    expect(design.extra).toEqual({ mood: 'good' });
    expect(design.sources[0]?.dialect).toEqual({ delimiter: ';', comment: '#' });
    expect(parse(writeDesign(design, '/work place'))).toEqual(parse(strange));
  });

  it('holds a query as its lines, in the place of a path, and reads it back as it is', () => {
    const query = '-- one row per customer\nSELECT ID AS customer_id,\n\n\t\'a: #b\' AS "x"\nFROM crm';
    const made = {
      ...emptyDesign,
      sources: [
        {
          name: 'customer',
          path: '',
          format: 'query' as const,
          query,
          columns: [],
          extra: { x_note: 'kept' },
        },
      ],
    };
    const written = writeDesign(made, '/work place');
    expect(written).toContain(
      '  - name: customer\n    query: |-\n      -- one row per customer\n      SELECT ID AS customer_id,\n\n      \t\'a: #b\' AS "x"\n      FROM crm\n    format: query\n    x_note: kept\n',
    );
    expect(read(written)).toEqual(made);
    expect(writeDesign(read(written), '/work place')).toBe(written);
    expect(writeDesign({ ...made, sources: [{ ...made.sources[0]!, query: 'FROM crm' }] }, '')).toContain(
      'query: |-\n      FROM crm\n',
    );
  });

  it('of the format query needs a query, and any other needs a path; the other key is kept', () => {
    const source = (keys: string) => `assay: 1\nsources:\n  - name: a\n${keys}`;
    expect(refusal(source('    format: query\n    path: a.csv\n'))).toMatchObject({
      code: 'design-invalid',
      about: { where: expect.stringMatching(/^sources\[0\]\.query/), reason: 'is missing' },
    });
    expect(refusal(source('    format: csv\n    query: FROM b\n'))).toMatchObject({
      about: { where: expect.stringMatching(/^sources\[0\]\.path/), reason: 'is missing' },
    });
    const both = read(source('    format: csv\n    path: a.csv\n    query: FROM b\n'));
    expect(both.sources[0]).toMatchObject({ path: '/work place/a.csv', extra: { query: 'FROM b' } });
    expect(writeDesign(both, '/work place')).toContain('query: |-\n      FROM b\n');
  });

  it('fits its JSON Schema, which is the one that is shipped', () => {
    const shipped: unknown = JSON.parse(
      readFileSync(new URL('../../../resources/schema/design.schema.json', import.meta.url), 'utf8'),
    );
    expect(shipped).toEqual(designSchema());
    const fits = new Ajv2020({ strict: false }).compile(designSchema());
    expect(fits(parse(writeDesign(written, '/')))).toBe(true);
    expect(fits(parse(writeDesign(emptyDesign, '/')))).toBe(true);
    expect(fits({ ...parse(writeDesign(written, '/')), assay: 2 })).toBe(false);
    expect(
      fits({
        assay: 1,
        tables: [{ name: 't', source: 's', measures: [{ name: 'm', aggregation: 'mean' }] }],
      }),
    ).toBe(false);
  });
});

describe('what cannot be opened is refused with a problem', () => {
  it.each([
    ['not YAML', 'a: [1,\nb: "', 'design-not-yaml'],
    ['two documents', 'assay: 1\n---\nassay: 1\n', 'design-not-yaml'],
    ['a key twice', 'assay: 1\nname: a\nname: b\n', 'design-not-yaml'],
    ['an alias to nothing', 'assay: 1\nname: *x\n', 'design-not-yaml'],
    ['a list', '- 1', 'design-invalid'],
    ['words', 'hello', 'design-invalid'],
    ['nothing', ' \n', 'design-invalid'],
    ['bytes', '\0\u0001PAR1', 'design-invalid'],
    ['no version', 'name: x', 'design-invalid'],
    ['a version in words', 'assay: one', 'design-invalid'],
    ['a newer version', 'assay: 2\nwhatever: [', 'design-not-yaml'],
    ['a newer version that is YAML', 'assay: 2\nsources: 7', 'design-newer'],
    [
      'a wrong aggregation',
      'assay: 1\ntables: [{name: t, source: s, measures: [{name: m, aggregation: mean}]}]',
      'design-invalid',
    ],
  ])('%s', (_, content, code) => {
    const found = refusal(content);
    expect(found.code).toBe(code);
    expect(found.about).toMatchObject({ path: file });
  });

  it('at its line, and at its place', () => {
    expect(refusal('assay: 1\nname: a\ntables: [\n').about).toMatchObject({ line: 4 });
    expect(refusal('assay: 1\ntables:\n  - name: t\n    source: s\n    title: 7\n').about).toMatchObject({
      where: 'tables[0].title (line 5)',
      reason: 'should be text',
    });
    expect(refusal('assay: 1\ntables:\n  - name: t\n').about).toMatchObject({
      where: 'tables[0].source (line 3)',
      reason: 'is missing',
    });
    expect(refusal('assay: 3').about).toMatchObject({ version: '3', supported: '1' });
  });

  it('without running out of memory or of stack', () => {
    const bomb = ['a: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1) {
      bomb.push(`b${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`);
    }
    expect(refusal(`assay: 1\n${bomb.join('\n')}`).code).toBe('design-not-yaml');
    for (const mark of ['[', '{a: ', '- ']) {
      expect(refusal(`assay: 1\nx: \n  ${mark.repeat(50_000)}`).code).toMatch(/^design-/);
    }
    expect(refusal('assay: 1\nx: &x [*x]').code).toBe('design-invalid');
    expect(refusal('x'.repeat(33_000_000)).code).toBe('design-invalid');
  });

  it('whatever the text is', () => {
    const pieces = fc.constantFrom(
      'assay: 1\n',
      'name',
      ': ',
      '- ',
      '[',
      '{',
      '}',
      ']',
      '"',
      "'",
      '\n',
      '  ',
      '&a ',
      '*a',
      '!!x ',
      '|',
      '>',
      '#',
      '%',
      '?',
      '\t',
      'tables:',
      'sources:',
      '~',
      '__proto__: ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const result = readDesign(parts.join(''), file);
        if ('design' in result) checkDesign(result.design);
      }),
      { seed: 5, numRuns: 2000 },
    );
    expect(Object.getPrototypeOf(read('assay: 1\n__proto__: { polluted: true }').extra)).toBe(
      Object.prototype,
    );
  });
});

describe('paths', () => {
  it.each([
    ['/a/b', '/a/b/c.csv', 'c.csv'],
    ['/a/b', '/a/c d/e.csv', '../c d/e.csv'],
    ['/a', '/x/y.csv', '../x/y.csv'],
    ['/', '/y.csv', 'y.csv'],
    ['/a', '/a/C:/x.csv', './C:/x.csv'],
    ['/a', '/a/b\\c.csv', 'b\\c.csv'],
    ['C:\\a\\b', 'C:\\a\\c.csv', '../c.csv'],
    ['C:\\A\\B', 'c:\\a\\b\\C.csv', 'C.csv'],
    ['C:\\a', 'D:\\c.csv', 'D:\\c.csv'],
    ['\\\\host\\share\\a', '\\\\host\\share\\b\\c.csv', '../b/c.csv'],
    ['', '/a/c.csv', '/a/c.csv'],
  ])('from %s to %s is %s', (folder, path, way) => {
    expect(relativePath(folder, path)).toBe(way);
    expect(absolutePath(folder, way).toLowerCase()).toBe(path.toLowerCase());
  });

  it('a design moves with its sources', () => {
    const saved = writeDesign(salesDesign({}), '/data');
    const moved = readDesign(saved, 'D:\\new\\shop.assay.yaml');
    expect('design' in moved && moved.design.sources[0]?.path).toBe('D:\\new\\sales.csv');
  });
});

// The first parse compiles the shapes, which is not what the tests measure.
beforeAll(() => {
  read('assay: 1');
});
