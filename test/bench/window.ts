/**
 * How the real window bears very many columns: when the first figures stand on the screen, how smoothly the list scrolls,
 * how much memory it takes. Alone with `npm run bench -- window`; with `trace` besides, a CPU profile of the window is kept.
 *
 * All times are taken inside the window, frame by frame, so that the test's own steering is not counted.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';

/** Milliseconds from opening Profile until the first screen of figures is to stand there. */
const GOAL = 1000;
/** How long all columns may take to be profiled. */
const LONGEST = 300_000;
const MB = 1024 * 1024;

/** What the bench as a whole lends its parts. */
export interface Lent {
  readonly folder: string;
  /** Milliseconds that the statements take in a DuckDB of their own. */
  withDuckDb(statements: readonly string[]): Promise<number>;
}

/** Columns of all kinds, each with its own values. */
function manyColumns(columns: number, rows: number): string {
  const kinds: readonly ((i: number) => string)[] = [
    (i) => `(hash(range, ${i}) % 1000000)::DOUBLE / 100 AS amount_${i}`,
    (i) => `(hash(range, ${i}) % ${10 + 37 * i})::INTEGER AS code_${i}`,
    (i) => `'group ' || (hash(range, ${i}) % ${5 + 11 * i}) AS label_${i}`,
    (i) => `TIMESTAMP '2020-01-01' + to_seconds((hash(range, ${i}) % 100000000)::BIGINT) AS at_${i}`,
    (i) => `CASE WHEN hash(range, ${i}) % 4 > 0 THEN range * ${i + 1} % 99991 END AS number_${i}`,
    (i) => `hash(range, ${i}) % ${2 + (i % 7)} = 0 AS flag_${i}`,
    (i) => `((hash(range, ${i}) % 500000) / 100.0)::DECIMAL(18, 2) AS price_${i}`,
    (i) =>
      `CASE WHEN hash(range, ${i}) % 10 > 6 THEN 'note ' || md5((range % 977)::VARCHAR) END AS note_${i}`,
    (i) => `[range % ${3 + i}, hash(range, ${i}) % 5] AS list_${i}`,
    (i) => `DATE '2020-01-01' + (hash(range, ${i}) % 1500)::INTEGER AS day_${i}`,
  ];
  const list = Array.from({ length: columns }, (_, i) => kinds[i % kinds.length]?.(i));
  return `SELECT ${list.join(', ')} FROM range(${rows})`;
}

/** Prints what the window does with 500 and with 2,000 columns. */
export async function benchWindow(lent: Lent): Promise<void> {
  for (const [columns, rows] of [
    [500, 50_000],
    [2_000, 10_000],
  ] as const) {
    const file = join(lent.folder, `columns_${columns}.parquet`);
    const told = manyColumns(columns, rows);
    await lent.withDuckDb([`COPY (${told}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`]);
    console.log(`${columns.toLocaleString('en-US')} columns × ${rows.toLocaleString('en-US')} rows, Parquet`);
    try {
      await measure(file, columns);
    } catch (error) {
      console.log(`  not measured. ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const say = (what: string, words: string) => console.log(`  ${what.padEnd(42)}${words}`);

async function measure(file: string, columns: number): Promise<void> {
  const window = await launchApp({ size: { width: 1680, height: 1050 } });
  const { app, page } = window;
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const traced = process.argv.includes('trace') ? await startTrace(session) : null;
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, file);
    const before = await memoryOf(window, session);
    await page.getByRole('button', { name: 'Open files' }).first().click();
    await page.locator('[role=treeitem][aria-level="1"]').waitFor();

    const arriving = await frames(page);
    const [first, all] = await openProfile(page);
    const reached = first <= GOAL ? 'reached' : 'missed';
    say(`first screen of figures (goal ${GOAL} ms)`, `${ms(first)}, ${reached}`);
    say('all columns profiled', ms(all));
    say('frames meanwhile', frameWords(await arriving()));
    const profiled = await memoryOf(window, session);

    const scrolling = await frames(page);
    await scroll(page);
    say('frames while scrolled to the end and back', frameWords(await scrolling()));
    const after = await memoryOf(window, session);
    for (const part of ['window', 'heap', 'engine', 'shell'] as const)
      say(
        `memory: ${partTitle[part]}`,
        `${mb(before[part])} at the start, ${mb(profiled[part])} profiled, ${mb(after[part])} scrolled`,
      );
    if (faults.length > 0) say('errors in the window', faults.join('; '));
    if (traced !== null) say('CPU profile of the window', await traced(columns));
  } finally {
    await window.close();
  }
}

const ms = (t: number) => `${t.toLocaleString('en-US', { maximumFractionDigits: 0 })} ms`;
const mb = (bytes: number) => `${(bytes / MB).toFixed(0)} MB`;

/** Goes to Profile; milliseconds from the click until every row on screen has its figures, and until all columns have. */
async function openProfile(page: Page): Promise<readonly [first: number, all: number]> {
  await page.evaluate(() =>
    addEventListener(
      'click',
      () => {
        document.documentElement.dataset.clicked = String(performance.now());
      },
      { capture: true, once: true },
    ),
  );
  const how = { polling: 'raf', timeout: LONGEST } as const;
  const first = page.waitForFunction(
    () => {
      const list = document.querySelector('.profile-scroll');
      if (list === null) return null;
      const { top, bottom } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll('.profile-row')].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      if (rows.length === 0 || rows.some((row) => row.querySelector('.ui-skeleton') !== null)) return null;
      return performance.now() - Number(document.documentElement.dataset.clicked);
    },
    undefined,
    how,
  );
  const all = page.waitForFunction(
    () => {
      const words = document
        .querySelector('.rail-button[aria-label^="Profile: "]')
        ?.getAttribute('aria-label');
      const [, done, of] = /(\d+) of (\d+) columns profiled/.exec(words ?? '') ?? [];
      if (of === undefined || done !== of) return null;
      return performance.now() - Number(document.documentElement.dataset.clicked);
    },
    undefined,
    how,
  );
  await page.getByRole('button', { name: /^Profile: / }).click();
  return [Number(await (await first).jsonValue()), Number(await (await all).jsonValue())];
}

/** Rolls the wheel over the list until its end stands on the screen, and back to its beginning. */
async function scroll(page: Page): Promise<void> {
  const list = page.locator('.profile-scroll');
  await list.hover();
  for (const way of [1, -1]) {
    for (;;) {
      const before = await list.evaluate((element) => element.scrollTop);
      await page.mouse.wheel(0, way * 400);
      await wait(30);
      const { top, most } = await list.evaluate((element) => ({
        top: element.scrollTop,
        most: element.scrollHeight - element.clientHeight,
      }));
      if (way > 0 ? top >= most - 1 : top <= 0) break;
      // A wheel that is still to take effect is no end.
      if (top === before) await wait(100);
    }
  }
}

/** Milliseconds from frame to frame in the window from now on; what comes back ends it. */
async function frames(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const held = window as unknown as Held;
    const times: number[] = [];
    held.frameTimes = times;
    // No constant holds it: the names that the bench's runner gives to such functions are unknown in the window.
    held.tick = (at) => {
      times.push(at);
      if (held.frameTimes === times && held.tick !== undefined) requestAnimationFrame(held.tick);
    };
    requestAnimationFrame(held.tick);
  });
  return () =>
    page.evaluate(() => {
      const held = window as unknown as Held;
      const times = held.frameTimes ?? [];
      delete held.frameTimes;
      return times.slice(1).map((at, i) => at - (times[i] ?? at));
    });
}

/** What the measuring keeps in the window. */
interface Held {
  frameTimes?: number[];
  tick?: (at: number) => void;
}

function frameWords(deltas: readonly number[]): string {
  const sorted = deltas.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)} ms`;
  const late = deltas.filter((delta) => delta > 50).length;
  return `median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}; ${late} of ${deltas.length} over 50 ms`;
}

/** Bytes. The heap is what the window's own objects take after what is no longer needed was cleared away. */
interface Memory {
  readonly window: number;
  readonly heap: number;
  readonly engine: number;
  readonly shell: number;
}

const partTitle: Readonly<Record<keyof Memory, string>> = {
  window: 'process of the window',
  heap: 'objects of the window',
  engine: 'process of the engine',
  shell: 'process of the shell',
};

async function memoryOf({ app }: Launched, session: CDPSession): Promise<Memory> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const processes = await app.evaluate(({ app: shell }) =>
    shell.getAppMetrics().map(({ type, name, memory }) => ({
      type: type as string,
      name: name ?? '',
      bytes: 1024 * memory.workingSetSize,
    })),
  );
  const of = (which: (one: { type: string; name: string }) => boolean) =>
    Math.max(0, ...processes.filter(which).map(({ bytes }) => bytes));
  return {
    window: of(({ type }) => type === 'Tab'),
    heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0,
    // The utilities of Chromium itself, for network and sound, are small beside it.
    engine: of(({ type }) => type === 'Utility'),
    shell: of(({ type }) => type === 'Browser'),
  };
}

/** Starts a CPU profile of the window; what comes back ends it and answers where it was written. */
async function startTrace(session: CDPSession): Promise<(columns: number) => Promise<string>> {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 500 });
  await session.send('Profiler.start');
  return async (columns) => {
    const { profile } = await session.send('Profiler.stop');
    const file = join(mkdtempSync(join(tmpdir(), 'assay-window-')), `columns-${columns}.cpuprofile`);
    writeFileSync(file, JSON.stringify(profile));
    return file;
  };
}
