import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alertsOf } from '../../src-main/core/profile/alerts';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { put } from '../support/folder';
import { startBench } from '../support/service';
import { otherData } from '../support/shared';

async function profiled(name: string, text: string): Promise<Readonly<Record<string, ColumnProfile>>> {
  const bench = await startBench();
  const table = await bench.ask('source:open', { path: put(bench.folder, name, text) });
  return bench.profile(table.name);
}

const csv = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
const meanings = (profiles: Readonly<Record<string, ColumnProfile>>) =>
  Object.fromEntries(Object.values(profiles).map((p) => [p.name, p.meaning?.name ?? null]));

it('the values say what they mean, and the name of the column only tells apart what they cannot', async () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [
      `a${i}@example.org`,
      `https://example.org/${i}`,
      `10.0.${i}.${255 - i}`,
      `123e4567-e89b-42d3-a456-4266141740${10 + i}`,
      `+49 30 12345${100 + i}`,
      `AB-${1000 + i}`,
      (i - 30) * 3 + 0.25,
      (i - 30) * 3 + 0.25,
      i * 1.5,
      i % 2,
      ['red', 'green', 'blue'][i % 3],
      `/data/in/file ${i}.csv`,
      `"{""n"":${i}}"`,
    ].join(','),
  );
  const header = 'a,b,c,d,e,f,latitude,x,unit_price,g,h,i,j';
  expect(meanings(await profiled('m.csv', csv(header, rows)))).toEqual({
    a: 'email',
    b: 'url',
    c: 'ip',
    d: 'uuid',
    e: 'phone',
    f: 'code',
    latitude: 'latitude',
    x: 'quantity',
    unit_price: 'money',
    g: 'flag',
    h: 'category',
    i: 'path',
    j: 'json',
  });
});

it('a shape that few values break is proved over all of them, and one that many break is not claimed', async () => {
  const mail = (n: number, bad: number) =>
    Array.from({ length: n }, (_, i) => (i < n - bad ? `user${i}@example.org` : `zz none ${i}`));
  const few = await profiled('few.csv', csv('contact', mail(200, 4)));
  expect(few.contact?.meaning).toEqual({ name: 'email', reason: '196 of 200 values have its shape' });
  const many = await profiled('many.csv', csv('contact', mail(200, 40)));
  expect(many.contact?.meaning?.name).not.toBe('email');
});

it('what only looks like a telephone number is none', async () => {
  const rows = Array.from({ length: 30 }, (_, i) =>
    [
      `978-3-16-14${8400 + i}-0`,
      `${12000 + i}-${6000 + i}`,
      `737-${100 + i}`,
      `555-${200 + i}-${4000 + i}`,
      `${2000 + i}`,
    ].join(','),
  );
  const found = meanings(await profiled('p.csv', csv('isbn_text,area,part,contact,total_count', rows)));
  expect(found).toMatchObject({ contact: 'phone', total_count: 'count' });
  expect([found.isbn_text, found.area, found.part]).not.toContain('phone');
});

it('masks say how values are written and add up to the values', async () => {
  const { code } = await profiled('c.csv', csv('code,n', ['AB-1,1', 'CD-2,2', 'Éa 12,3', 'x,4', 'AB-1,5']));
  expect(code?.patterns).toEqual([
    { mask: 'AA-9', count: 3 },
    { mask: 'Aa 99', count: 1 },
    { mask: 'a', count: 1 },
  ]);
});

it('words, sentinels and days that usually stand for a missing value are counted, and stay values', async () => {
  const rows = Array.from({ length: 40 }, (_, i) =>
    [
      i % 10 === 0 ? 'N/A' : `city ${i % 7}`,
      i < 3 ? -999 : 10 + (i % 9),
      i < 2 ? '1900-01-01' : `2024-01-${10 + (i % 20)}`,
    ].join(','),
  );
  const { city, level, day } = await profiled('d.csv', csv('city,level,day', rows));
  expect(city).toMatchObject({ nulls: 0, disguised: [{ value: 'N/A', count: 4 }] });
  expect(level).toMatchObject({ nulls: 0, min: -999, disguised: [{ value: -999, count: 3 }] });
  expect(day).toMatchObject({ nulls: 0, disguised: [{ value: '1900-01-01', count: 2 }] });
  expect(alertsOf(city as ColumnProfile).map((a) => a.code)).toContain('disguised');
});

it('times have the coarsest grain that loses nothing, and the steps that lack', async () => {
  const bench = await startBench();
  const rows = [
    '2024-01-01,2024-01-01,2024-01-01 10:00:00',
    '2024-01-02,2024-03-01,2024-01-01 12:00:00',
    '2024-01-05,2024-04-01,2024-01-01 13:00:00',
  ];
  const table = await bench.ask('source:open', {
    path: put(bench.folder, 't.csv', csv('day,month,hour', rows)),
  });
  const { day, month, hour } = await bench.profile(table.name);
  expect(day?.range).toEqual({ grain: 'day', gaps: 2 });
  expect(month?.range).toEqual({ grain: 'month', gaps: 1 });
  expect(hour?.range).toEqual({ grain: 'hour', gaps: 1 });
});

it('every week of a year but two is a week with two gaps', async () => {
  const days = Array.from({ length: 52 }, (_, i) => i)
    .filter((i) => i !== 7 && i !== 30)
    .map((i) => new Date(Date.UTC(2024, 0, 3 + 7 * i)).toISOString().slice(0, 10));
  const { week } = await profiled(
    'w.csv',
    csv(
      'week,n',
      days.map((d, i) => `${d},${i}`),
    ),
  );
  expect(week?.range).toEqual({ grain: 'week', gaps: 2 });
});

it.skipIf(otherData === null)('the marketing file: money, flags, rare statuses', async () => {
  const bench = await startBench();
  const table = await bench.ask('source:open', { path: join(otherData as string, 'marketing_data.csv') });
  const profiles = await bench.profile(table.name);
  expect(meanings(profiles)).toMatchObject({
    ID: 'identifier',
    Income: 'money',
    Country: 'country',
    Complain: 'flag',
    NumWebPurchases: 'count',
  });
  const rare = alertsOf(profiles.Marital_Status as ColumnProfile).find((a) => a.code === 'rare-values');
  expect(rare?.message).toContain('YOLO (2)');
  expect(rare?.message).toContain('Absurd (2)');
  expect(rare?.message).toContain('Alone (3)');
});
