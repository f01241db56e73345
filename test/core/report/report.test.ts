import { expect, it } from 'vitest';
import { alertsOf } from '#core/profile/alerts';
import type { ColumnProfile } from '#core/profile/profile';
import { position, scaleOf } from '#core/report/chart';
import { count, marked, number, percent } from '#core/report/figure';
import { html } from '#core/report/html';
import { reportMarkdown } from '#core/report/markdown';
import { reportPage } from '#core/report/page';
import type { Reported } from '#core/report/report';
import type { Table } from '#core/table';

const evil = '</title><script>alert(1)</script>"\'|`\u0000\u202e\n<img src=x onerror=alert(1)>';
const evidence = {
  basis: 'exact',
  rows: 1000,
  at: '2026-03-01T00:00:00.000Z',
  ms: 3,
  sql: [`SELECT '${evil}'`],
} as const;

function profile(name: string, more: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name,
    type: 'DOUBLE',
    kind: 'number',
    rows: 1000,
    nulls: 17,
    distinct: 800,
    unique: 700,
    min: -3.25,
    max: 123456.5,
    mean: 41.27,
    stddev: 12.5,
    sum: '98765432109876543210.5',
    zeros: 5,
    negatives: 6,
    infinite: 1,
    nan: 2,
    skewness: 1.23,
    kurtosis: 4.56,
    quantiles: { '0.05': 1.5, '0.25': 20.25, '0.5': 40.75, '0.75': 60.125, '0.95': 95 },
    histogram: [
      { low: -10, high: 0, count: 6 },
      { low: 0, high: 10, count: 901 },
      { low: 10, high: 123456.5, count: 76 },
    ],
    top: [{ value: 20, count: 31 }],
    outliers: [
      { method: 'iqr', k: 1.5, lower: -40, upper: 120, count: 9, below: 2, above: 7, examples: [123456.5] },
    ],
    meaning: { name: 'money', reason: evil },
    evidence,
    ...more,
  };
}

function reported(name: string, profiles: readonly ColumnProfile[]): Reported {
  const table = {
    name,
    rows: 1000,
    columns: profiles.map(({ name: column, type, kind }) => ({ name: column, type, kind })),
    source: { path: `/data/${name}.csv`, format: 'csv', bytes: 123456 },
    receipt: { records: 1003, loaded: 1000, rejected: 2, skipped: 1, mended: 4 },
    warnings: [{ code: 'rows-rejected', message: evil, remedy: evil }],
  } as unknown as Table;
  const alerts = profiles.flatMap((p) => alertsOf(p));
  const muted = [{ code: 'gaps', column: evil, severity: 'info', message: evil, reason: evil }] as const;
  return { table, profiles, duplicates: null, unlooked: [evil], alerts, muted };
}

const imprint = {
  title: `Profile of ${evil}`,
  version: '1.2.3',
  at: '2026-03-02T10:20:30.000Z',
  where: evil,
};

it('figures read the same everywhere, grouped, and never rounded to something they are not', () => {
  expect(count(1234567)).toBe('1\u202f234\u202f567');
  expect(number('-98765432109876543210.50')).toBe(
    '−98\u202f765\u202f432\u202f109\u202f876\u202f543\u202f210.50',
  );
  expect([number(41.27), number(0.000012), number(Number.NaN), number('-Infinity')]).toEqual([
    '41.27',
    '1.200e−5',
    'NaN',
    '−∞',
  ]);
  expect(number(-0)).toBe('0');
  expect([percent(1, 100000), percent(99999, 100000), percent(1, 3)]).toEqual([
    '<\u202f0.1 %',
    '>\u202f99.9 %',
    '33.3 %',
  ]);
  const estimated = profile('a', { inexact: { distinct: { basis: 'estimate', error: 12.4 } } });
  expect(marked(estimated, 'distinct', '800')).toBe('≈ 800 ± 12');
});

it('what comes from a file cannot leave its place in the page', () => {
  const page = reportPage(
    [
      reported(evil, [
        profile(evil),
        profile('b', { type: evil, top: [{ value: evil, count: 9 }], kind: 'text' }),
      ]),
    ],
    imprint,
  );
  expect(page).not.toMatch(/<script|<img/);
  expect(page).not.toContain('\u0000');
  expect(html('\u0000\u0007\u007f')).toBe('\u2400\u2407\u2421');
  const tags = [...page.matchAll(/<([a-z0-9]+)/g)].map((m) => m[1]);
  expect(tags.filter((tag) => tag === 'script' || tag === 'img' || tag === 'iframe')).toEqual([]);
  expect(page).not.toMatch(/(href|src)="(?!#)/);
});

it('every figure of every column stands in the page, with what it rests on and its statements', () => {
  const columns = [
    profile('amount'),
    profile('rate', { evidence: { ...evidence, basis: 'sample', rows: 250 } }),
  ];
  const page = reportPage([reported('first', columns), reported('second', [profile('x')])], imprint);
  const text = page.replace(/<[^>]*>/g, ' ').replace(/[ \n]+/g, ' ');
  for (const figure of [
    '17 (1.7 %)',
    '800',
    '700',
    '−3.25',
    '123\u202f456.5',
    '41.27',
    '12.5',
    '98\u202f765\u202f432\u202f109\u202f876\u202f543\u202f210.5',
    '1.23',
    '4.56',
    '1.5',
    '20.25',
    '40.75',
    '60.125',
    '95',
    '901',
    '31',
    '2 (0.2 %)',
    '7 (0.7 %)',
    'a sample of 250 of 1\u202f000 rows',
    'exact over 1\u202f000 rows',
    'Assay 1.2.3',
    '2026-03-02 10:20 UTC',
    '1\u202f003 records = 1\u202f000 loaded + 2 rejected + 1 skipped; 4 put right',
  ])
    expect([figure, text.includes(figure)]).toEqual([figure, true]);
  for (const id of ['t1', 't1c1', 't1c2', 't2', 't2c1']) {
    expect(page.split(`id="${id}"`).length).toBe(2);
    expect(page).toContain(`href="#${id}"`);
  }
});

it('columns without rows, values, bins or a calendar are told in words', () => {
  const strange = [
    profile('none', {
      rows: 0,
      nulls: 0,
      distinct: 0,
      unique: 0,
      top: [],
      histogram: [],
      quantiles: {},
      outliers: [],
    }),
    profile('old', {
      kind: 'time',
      type: 'DATE',
      min: '-0044-03-15',
      max: '2024-01-01',
      histogram: [{ low: '-0050-01-01', high: '0050-01-01', count: 3 }],
      quantiles: { '0.5': null },
    }),
    profile('one', { distinct: 1, histogram: [{ low: 5, high: 5, count: 983 }] }),
    profile('', {
      kind: 'nested',
      type: `STRUCT(${'a'.repeat(5000)})`,
      histogram: [],
      top: [{ value: 'x'.repeat(5000), count: 1 }],
    }),
  ];
  const page = reportPage([reported('t', strange), reported('empty', [])], imprint);
  expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(page.length).toBeLessThan(60_000);
});

it('of very many notes on the reading the first stand open, and all are there', () => {
  const { table, ...rest } = reported('t', [profile('a')]);
  const warnings = Array.from({ length: 40 }, (_, i) => ({
    code: 'c',
    message: `note ${i}`,
    remedy: 'none',
  }));
  const page = reportPage([{ ...rest, table: { ...table, warnings } as unknown as Table }], imprint);
  const [open = '', folded = ''] = page.split('<summary>34 more</summary>');
  expect(open).toContain('note 5.');
  expect(open).not.toContain('note 6.');
  for (let i = 6; i < 40; i++) expect(folded).toContain(`note ${i}.`);
});

it('a long tail is drawn no wider than twice the usual bin, and places keep their order', () => {
  const bins = [0, 10, 20].map((low) => ({ low, high: low + 10, count: 1 }));
  const scale = scaleOf([...bins, { low: 30, high: 100_000, count: 1 }], 0, 500);
  expect(scale?.slots.map((slot) => Math.round(slot.width))).toEqual([100, 100, 100, 200]);
  const at = [0, 5, 29, 30, 50_000, 100_000].map((x) => scale?.place(x) ?? 0);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(position('2024-01-01 00:00:00')).toBe(Date.UTC(2024, 0, 1));
  expect(scaleOf([{ low: 'x', high: 'y', count: 1 }], 0, 1)).toBe(null);
});

it('five hundred columns stay below ten megabytes', () => {
  const top = Array.from({ length: 20 }, (_, i) => ({
    value: `value number ${i} of a column`,
    count: 100 - i,
  }));
  const histogram = Array.from({ length: 60 }, (_, i) => ({
    low: i * 1000.5,
    high: (i + 1) * 1000.5,
    count: i * 977,
  }));
  const patterns = top.map((t) => ({ mask: String(t.value), count: t.count }));
  const sql = Array(8).fill(
    'SELECT count(*), avg(x), quantile_cont(x, [0.05, 0.25, 0.5, 0.75, 0.95]) FROM t '.repeat(4),
  );
  const columns = Array.from({ length: 500 }, (_, i) =>
    profile(`column ${i}`, { top, histogram, patterns, evidence: { ...evidence, sql } }),
  );
  expect(reportPage([reported('wide', columns)], imprint).length).toBeLessThan(10_000_000);
});

it('Markdown has a line for each column, and nothing in it breaks the table', () => {
  const text = reportMarkdown([reported('t', [profile('a'), profile(evil)])], imprint);
  const table = text.split('\n').filter((line) => line.startsWith('|'));
  expect(table).toHaveLength(4);
  for (const line of table) expect(line.replace(/\\./g, '').split('|')).toHaveLength(17);
  expect(text).not.toMatch(/<(script|img)/);
  expect(table[2]).toContain('| 17 (1.7 %) | 800 |');
});
