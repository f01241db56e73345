/**
 * A report on every real file, opened in the app's own Chromium with scripts blocked: every column stands there with its
 * figures, each as the report's own functions write it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Reply, ServiceEvent } from '../../src-main/contract';
import { tableAlerts } from '../../src-main/core/profile/alerts';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { cellText, count, marked, number, percent } from '../../src-main/core/report/figure';
import type { Table } from '../../src-main/core/table';
import { startService } from '../../src-main/service';
import { launchApp } from '../support/app';
import { otherData } from '../support/shared';

interface Written {
  readonly file: string;
  readonly table: Table;
  readonly profiles: readonly ColumnProfile[];
}

/** Profiles every file and writes a report on each; the same service as the window's. */
async function writeReports(files: readonly string[], folder: string): Promise<readonly Written[]> {
  const profiles: ColumnProfile[] = [];
  let ended = () => {};
  const emit = (event: ServiceEvent) => {
    if (event.event === 'profile') profiles.push(event.profile);
    if (event.event === 'job' && event.job.kind === 'profile' && event.job.state !== 'running') ended();
  };
  const running = await startService({
    data: path.join(folder, 'data'),
    cache: path.join(folder, 'cache'),
    memory: '1GB',
    sample: [],
    now: () => 0,
    log: console.error,
    emit,
  });
  const { service } = running;
  const value = <T>(reply: Reply<T>): T => {
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply.value;
  };
  const written: Written[] = [];
  try {
    for (const [i, source] of files.entries()) {
      const table = value(await service['source:open']({ path: source }));
      const done = new Promise<void>((resolve) => {
        ended = resolve;
      });
      profiles.length = 0;
      value(await service['profile:start']({ table: table.name, columns: table.columns.map((c) => c.name) }));
      await done;
      const byName = new Map(profiles.map((p) => [p.name, p]));
      const held = table.columns.flatMap((c) => byName.get(c.name) ?? []);
      const file = path.join(folder, `${i}.html`);
      const reported = {
        table: table.name,
        profiles: held,
        duplicates: value(await service['table:duplicates']({ table: table.name })).duplicates,
        unlooked: [],
        alerts: tableAlerts(table, held),
        muted: [],
      };
      value(await service['report:write']({ path: file, tables: [reported] }));
      written.push({ file, table, profiles: held });
      value(await service['source:close']({ table: table.name }));
    }
  } finally {
    await running.close();
  }
  return written;
}

/** What must stand in the sheet of a column, by the name of the figure. */
function expected(p: ColumnProfile): Readonly<Record<string, string>> {
  const known = (key: 'min' | 'max') => p[key] !== undefined && p[key] !== null;
  return {
    Missing: `${count(p.nulls)} (${percent(p.nulls, p.rows)})`,
    Distinct: `${count(p.distinct)} (${percent(p.distinct, p.rows - p.nulls)})`,
    ...(known('min') ? { Min: marked(p, 'min', cellText(p.min, p)) } : {}),
    ...(known('max') ? { Max: marked(p, 'max', cellText(p.max, p)) } : {}),
    ...(p.mean === undefined ? {} : { Mean: number(p.mean) }),
  };
}

interface Sheet {
  readonly name: string;
  readonly figures: Readonly<Record<string, string>>;
  /** Whether all of it takes room on the page. */
  readonly seen: boolean;
}

/** The sheets of a report as they stand on the page. */
function sheetsOf(report: Page): Promise<readonly Sheet[]> {
  return report.evaluate(() =>
    [...document.querySelectorAll('section.sheet')].map((sheet) => {
      const rows = [...sheet.querySelectorAll('.figures tr')];
      const parts = [sheet.querySelector('h4 bdi'), ...rows];
      return {
        name: parts[0]?.textContent ?? '',
        figures: Object.fromEntries(
          rows.map((row) => [
            row.querySelector('th')?.textContent ?? '',
            row.querySelector('td')?.textContent ?? '',
          ]),
        ),
        seen: parts.every((part) => part !== null && part.getBoundingClientRect().height > 0),
      };
    }),
  );
}

/** What is wrong with a page, in words. */
async function faultsOf(report: Page, { table, profiles }: Written): Promise<readonly string[]> {
  const sheets = await sheetsOf(report);
  const faults: string[] = [];
  if (sheets.length !== table.columns.length)
    faults.push(`${sheets.length} sheets for ${table.columns.length} columns`);
  for (const [i, profile] of profiles.entries()) {
    const sheet = sheets[i];
    if (sheet?.name !== (profile.name === '' ? '(no name)' : profile.name))
      faults.push(`${profile.name}: its sheet is named ${sheet?.name}`);
    if (sheet?.seen !== true) faults.push(`${profile.name}: not all of it can be seen`);
    for (const [figure, text] of Object.entries(expected(profile)))
      if (sheet?.figures[figure] !== text)
        faults.push(`${profile.name}: ${figure} is ${sheet?.figures[figure]} and not ${text}`);
  }
  const index = await report.locator('table.index tbody tr').count();
  if (index !== table.columns.length) faults.push(`${index} lines in the index`);
  if (await report.evaluate(() => document.documentElement.scrollWidth > innerWidth))
    faults.push('it is wider than the window');
  return faults.map((fault) => `${table.name}: ${fault}`);
}

test('the report on every real file shows every column with its figures, scripts blocked', async () => {
  test.skip(otherData === null, 'The additional test data is absent (set ASSAY_TEST_DATA).');
  const real = path.join(otherData as string, 'real');
  const files = readdirSync(real, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(csv|tsv|json|parquet)$/.test(name))
    .map((name) => path.join(real, name))
    .sort();
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-reports-'));
  try {
    const written = await writeReports(files, folder);
    expect(written).toHaveLength(files.length);
    const { app, close } = await launchApp({ size: { width: 1280, height: 800 } });
    try {
      const opened = app.waitForEvent('window');
      const load = (file: string) =>
        app.evaluate(({ BrowserWindow }, filePath) => {
          const known = BrowserWindow.getAllWindows().find((one) => one.getTitle().startsWith('Profile of'));
          const report =
            known ??
            new BrowserWindow({
              show: false,
              width: 1100,
              height: 900,
              webPreferences: { partition: 'report', javascript: false, offscreen: true },
            });
          return report.loadFile(filePath);
        }, file);
      await load(written[0]?.file ?? '');
      const report = await opened;
      // A page that is loaded while the test still takes hold of its window may fail to load.
      await report.waitForLoadState('load');
      const faults: string[] = [];
      for (const one of written) {
        expect(readFileSync(one.file, 'utf8')).not.toContain('<script');
        if (one !== written[0]) await load(one.file);
        await expect(report).toHaveTitle(`Profile of ${one.table.name}`);
        faults.push(...(await faultsOf(report, one)));
      }
      expect(faults).toEqual([]);
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
