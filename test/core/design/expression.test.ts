import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aggregatesIn,
  CircularReference,
  columnsMissing,
  columnsUsed,
  expand,
  references,
  rename,
  tokens,
  unsafe,
  unstableIn,
} from '#core/design/expression';

const awkward = fc.string({
  unit: fc.constantFrom(
    ...'ab1 \n\'"{}()[],;.-/*$%#:?eE_é😀'.split(''),
    'TABLE',
    '--',
    '/*',
    '*/',
    '{{',
    '{a}',
  ),
  maxLength: 40,
});

describe('tokens', () => {
  it('join to the text again, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' })), (text) => {
        expect(
          tokens(text)
            .map((t) => t.text)
            .join(''),
        ).toBe(text);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('keep braces in strings and quoted names out of references', () => {
    expect(references(`{a} || '{b}' || "{c}" || {TABLE}.d || {other.e} -- {f}`).map((r) => r.member)).toEqual(
      ['a', 'e'],
    );
  });

  it('say what is not closed', () => {
    for (const text of [`'a`, `"a`, `/* a`, `{a`, `$$a`]) expect(tokens(text).at(-1)?.closed).toBe(false);
  });
});

describe('columnsUsed', () => {
  const columns = ['Amount', 'year', 'order date', 'count', 'date', 'case', '😀', 'x', 'interval'];

  it('finds bare and quoted names without regard to case, each once', () => {
    expect(columnsUsed(`sum(amount) + max("ORDER DATE") - sum("Amount")`, columns)).toEqual([
      'Amount',
      'order date',
    ]);
    expect(columnsUsed('😀 + 1', columns)).toEqual(['😀']);
  });

  it.each([
    ['a function', 'count(*)'],
    ['a part of a time', `d + INTERVAL 1 year`],
    ['a part of a time in parentheses', `d + INTERVAL (1 + 2) year`],
    ['a part of a time as a text', `d - INTERVAL '1' year`],
    ['what is extracted', `extract(year FROM d)`],
    ['a type after CAST', `cast(d AS date)`],
    ['a type after ::', `d::date`],
    ['a typed literal', `date '2024-01-01'`],
    ['a keyword', `case when true then 1 end`],
    ['a field of a struct', `d.year`],
    ['a string', `'amount'`],
  ])('does not take %s for a column', (_, text) => {
    expect(columnsUsed(text, columns)).toEqual([]);
  });

  it('takes a name that is a word of the grammar for the column it is', () => {
    expect(columnsUsed('sum(year) + sum("count") + max(date)', columns)).toEqual(['year', 'count', 'date']);
  });

  it('knows columns by the name of their table', () => {
    expect(columnsUsed('{TABLE}.amount + sales.year', columns, 'sales')).toEqual(['Amount', 'year']);
  });

  it('reports only names that can be nothing else as missing', () => {
    const names = (text: string) => columnsMissing(text, columns).map((p) => p.name);
    expect(names('sum(amonut * x)')).toEqual(['amonut']);
    expect(names('sum("no such")')).toEqual(['no such']);
    expect(names(`date_trunc('day', x::TIMESTAMP) < current_date AND x IS NOT NULL`)).toEqual([]);
    expect(names('list_transform(x, y -> y + 1)')).toEqual([]);
  });
});

describe('aggregatesIn', () => {
  it('lists calls outside FILTER and OVER', () => {
    expect(aggregatesIn('SUM(x) FILTER (WHERE max(y) > 1) / count(*)')).toEqual(['sum', 'count']);
    expect(aggregatesIn('sum(x) OVER (ORDER BY y) + avg(x) FILTER (WHERE y) OVER ()')).toEqual([]);
    expect(aggregatesIn('round(x, 2) + minimum')).toEqual([]);
  });
});

describe('unsafe', () => {
  it.each([
    ['1; drop table x', 'a semicolon', 1],
    ['1 -- x', 'a comment', 2],
    ['1 /* x */', 'a comment', 2],
    ['(SELECT 1)', 'a query of its own', 1],
    ['(FROM secrets)', 'a query of its own', 1],
    ['x IN (VALUES (1))', 'a query of its own', 6],
    ['{{ x }}', '{{, a mark of a template', 0],
    ['{% x %}', '{%, a mark of a template', 0],
    ['(x', 'a parenthesis that is not closed', 0],
    ['x)', 'a parenthesis that was not opened', 1],
    ['(x]', 'parentheses that cross', 2],
    [`'x`, 'a string that is not closed', 0],
    ['"x', 'a name in quotes that is not closed', 0],
    ['x}', 'a brace that was not opened', 1],
    ['x, y', 'a comma between two expressions', 1],
    ['sum(x) FROM y', 'FROM, which ends an expression', 7],
    ['sum(x) AS y', 'AS, which names a column of a query', 7],
    ['x = $1', 'a parameter', 4],
  ])('%s holds %s', (text, what, at) => {
    expect(unsafe(text)).toContainEqual(expect.objectContaining({ what, at }));
  });

  it.each([
    `sum(x) FILTER (WHERE y IN ('a;b', '--'))`,
    'extract(year FROM d)',
    'x IS DISTINCT FROM y',
    'CASE WHEN a THEN b END',
    'CAST(x AS DOUBLE)',
    'string_agg(x, $$;$$ ORDER BY y)',
    '"from" + {TABLE}."select"',
    '[1, 2][1]',
  ])('%s is fine', (text) => {
    expect(unsafe(text)).toEqual([]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        unsafe(text);
        columnsUsed(text, ['a', 'b']);
        aggregatesIn(text);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('names functions that answer differently each time', () => {
    expect(unstableIn('random() < 0.5 AND d < current_date AND {TABLE}.now = 1').map((f) => f.name)).toEqual([
      'random()',
      'current_date',
    ]);
  });
});

describe('expand', () => {
  const texts: Record<string, string> = { a: 'x + 1', b: '{a} * {a}', c: '{d}', d: '{c} + 1' };
  const resolve = (r: { member: string | null }) => (r.member === null ? '"t"' : (texts[r.member] ?? '?'));

  it('puts each member in parentheses, down to columns', () => {
    expect(expand('{b} - {TABLE}.y', resolve)).toBe('((x + 1) * (x + 1)) - "t".y');
  });

  it('refuses a circle and says which', () => {
    expect(() => expand('{c}', resolve)).toThrow(CircularReference);
    expect(() => expand('{c}', resolve)).toThrow('c → d → c');
  });

  it('refuses to grow beyond all bounds', () => {
    const doubling = (r: { member: string | null }) => {
      const n = Number(r.member);
      return n === 0 ? 'x' : `{${n - 1}} + {${n - 1}}`;
    };
    expect(() => expand('{60}', doubling)).toThrow(RangeError);
  });
});

describe('rename', () => {
  it('follows references of the own table and nothing else', () => {
    expect(rename(`{a} + { a } + {TABLE.a} + {b.a} + {ab} + '{a}' + a`, 'a', 'z')).toBe(
      `{z} + {z} + {TABLE.z} + {b.a} + {ab} + '{a}' + a`,
    );
  });
});
