import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hintOf } from '../../src-main/core/profile/alert/ask';
import { labelKey } from '../../src-main/core/profile/alert/label';
import { tableAlerts } from '../../src-main/core/profile/alerts';
import type { Alert } from '../../src-main/core/profile/profile';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';
import { otherData } from '../support/shared';

async function alertsOfFile(bench: Bench, path: string): Promise<readonly Alert[]> {
  const table = await bench.ask('source:open', { path });
  const profiles = Object.values(await bench.profile(table.name));
  const asked = await bench.ask('table:alerts', { table: table.name, hints: profiles.map(hintOf) });
  expect(asked.unlooked).toEqual([]);
  return tableAlerts(table, profiles, asked.alerts);
}

async function alertsOfText(text: string): Promise<readonly Alert[]> {
  const bench = await startBench();
  return alertsOfFile(bench, put(bench.folder, 't.csv', text));
}

const csv = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
const pairs = (alerts: readonly Alert[]) => alerts.map((a) => [a.code, a.column]);

it('rows equal to an earlier one are counted, in all columns and apart from the key, with statements that say the same', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 40 }, (_, i) => `${i + 1},c${i % 8},${i % 4}`);
  const alerts = await alertsOfFile(bench, put(bench.folder, 't.csv', csv('order_id,"select ""x",n', rows)));
  const apart = alerts.find((a) => a.code === 'equal-but-key');
  expect(apart?.message).toBe('32 rows of 40 equal an earlier one in every column but order_id (80 %)');
  expect(alerts.some((a) => a.code === 'duplicates')).toBe(false);
  const twice = await alertsOfText(csv('a,b', ['1,x', '1,x', '2,y', '1,x']));
  expect(twice.find((a) => a.code === 'duplicates')?.message).toMatch(/^2 rows of 4 equal/);
});

it('what is null in both is equal, and the count agrees with sorting the table', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 300 }, (_, i) => `${i % 7 === 0 ? '' : i % 5},${i % 3 === 0 ? '' : 'é'}`);
  const table = await bench.ask('source:open', { path: put(bench.folder, 'n.csv', csv('a,b', rows)) });
  const { duplicates } = await bench.ask('table:alerts', { table: table.name, hints: [] });
  expect(duplicates).toBe((await bench.ask('table:duplicates', { table: table.name })).duplicates);
});

it('damaged letters, cut values, units and labels that are one are found in the distinct values', async () => {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const damaged = i === 7 ? 'MÃ¼nchen' : `town ${'abcdefghij'[i % 10]}${'klmnop'[i % 6]}`;
    const long = i % 8 === 0 ? `${'x'.repeat(30 - String(i).length)}${i}` : `note ${i}`;
    const label =
      i === 3 ? 'REAL-ESTATE' : i % 2 === 0 ? 'real estate' : `trade ${'qrstuvwxyzabcdefghijklm'[i % 23]}`;
    return `${damaged},${long},${i % 3 === 0 ? `${i} kg` : `${i} lb`},€${i}.50,${label}`;
  });
  const alerts = await alertsOfText(csv('place,note,weight,price,trade', rows));
  const of = (code: string) => alerts.find((a) => a.code === code && a.column !== undefined);
  expect(of('encoding-damage')).toMatchObject({ column: 'place', evidence: { basis: 'exact', rows: 240 } });
  expect(of('encoding-damage')?.message).toContain('MÃ¼nchen');
  expect(of('truncated')?.message).toMatch(/^30 values end at exactly 30 characters/);
  expect(of('mixed-units')).toMatchObject({ column: 'weight' });
  expect(of('mixed-units')?.message).toBe('numbers are written in 2 units: lb (160), kg (80)');
  expect(of('money-text')).toMatchObject({ column: 'price' });
  expect(of('near-labels')?.message).toBe('likely the same: real estate (120) and REAL-ESTATE (1)');
});

it('the key of a label is the same in the window and in the engine', async () => {
  const labels = [
    'São-Paulo',
    ' St. Louis ',
    "Alfred's",
    'C++',
    'A.B',
    '16 OZ',
    '.16  oz',
    'ÉCOLE (1)',
    'x_y/z',
    'ß',
  ];
  for (const label of labels) {
    const rows = [label, label.toUpperCase(), ...Array.from({ length: 30 }, (_, i) => `other${i}`)];
    const text = csv(
      'l,n',
      rows.map((row, i) => `"${row}",${i}`),
    );
    const found = (await alertsOfText(text)).find((a) => a.code === 'near-labels' && a.column === 'l');
    const differ = label !== label.toUpperCase() && labelKey(label) === labelKey(label.toUpperCase());
    expect([label, found !== undefined]).toEqual([label, differ]);
  }
});

it('a trend and a season along a time are told apart from noise', async () => {
  const noise = (i: number) => ((i * 7919) % 101) / 10;
  const rows = Array.from({ length: 200 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    return `${day},${(i * 2 + noise(i)).toFixed(2)},${(100 * Math.sin((2 * Math.PI * i) / 7) + noise(i)).toFixed(2)},${noise(i).toFixed(2)}`;
  });
  const alerts = await alertsOfText(csv('day,rising,weekly,noise', rows));
  const found = pairs(alerts).filter(([code]) => code === 'trend' || code === 'seasonal');
  expect(found).toEqual([
    ['trend', 'rising'],
    ['seasonal', 'weekly'],
  ]);
});

it('empty tables, one row, hostile names and nested values give an answer', async () => {
  expect(pairs(await alertsOfText('a,b\n'))).toContainEqual(['empty', undefined]);
  await alertsOfText('a\n1\n');
  await alertsOfText(csv('"__proto__","x""); DROP TABLE t; --","🦆"', ['a,b,1', 'a,b,1', 'c,d,2']));
});

it('a question that is cancelled is answered as cancelled, and its job ends', async () => {
  const bench = await startBench();
  const table = await bench.ask('source:open', {
    path: put(bench.folder, 'c.csv', csv('a,b', ['1,x', '2,y'])),
  });
  const stop = new AbortController();
  stop.abort();
  const asked = bench.ask('table:alerts', { table: table.name, hints: [] }, stop.signal);
  await expect(asked).rejects.toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(bench.events.findLast((e) => e.event === 'job')).toMatchObject({ job: { state: 'cancelled' } });
});

it.skipIf(otherData === null)(
  'the marketing files: every known defect is named as the files stand',
  async () => {
    const bench = await startBench();
    const folder = otherData ?? '';
    const data = await alertsOfFile(bench, join(folder, 'marketing_data.csv'));
    const of = (alerts: readonly Alert[], code: string, column?: string) =>
      alerts.find((a) => a.code === code && a.column === column)?.message;
    expect(of(data, 'mixed-dates', 'Dt_Customer')).toContain('2 ways');
    expect(of(data, 'money-text', 'Income')).toContain('2,216');
    expect(of(data, 'equal-but-key')).toMatch(/^47 rows/);
    for (const alerts of [data, await alertsOfFile(bench, join(folder, 'marketing_campaign.csv'))]) {
      expect(of(alerts, 'far-year', 'Year_Birth')).toMatch(/^1893, 1899, 1900:/);
      for (const rare of ['YOLO (2)', 'Absurd (2)', 'Alone (3)'])
        expect(of(alerts, 'rare-values', 'Marital_Status')).toContain(rare);
    }
    const campaign = await alertsOfFile(bench, join(folder, 'marketing_campaign.csv'));
    expect(of(campaign, 'equal-but-key')).toMatch(/^182 rows/);
    expect(campaign.filter((a) => a.code === 'constant').map((a) => a.column)).toEqual([
      'Z_CostContact',
      'Z_Revenue',
    ]);
  },
);
