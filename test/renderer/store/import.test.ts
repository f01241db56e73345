import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AnswerOf, Ask, Reply, Request } from '#contract';
import { problem } from '#core/problem';
import type { ColumnReading, Dialect, Preview, Proposal } from '#core/source/receipt';
import { runCommand } from '../../../src-renderer/store/commands';
import { isOfPattern, patternOf } from '../../../src-renderer/store/import';
import { stepsFrom } from '../../../src-renderer/store/receipt';
import {
  canApply,
  completenessOf,
  importOf,
  openProposals,
  undoWords,
} from '../../../src-renderer/store/select';
import { type Desk, orders, sitDown } from './desk';

vi.mock('react', () => {
  throw new Error('the store must not need React');
});

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const dialect: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  header: true,
  headerRows: 1,
  skip: 0,
  footer: 0,
  comment: '',
  newline: '\\n',
  encoding: 'utf-8',
  dateFormat: null,
  timestampFormat: null,
  nulls: [''],
  decimal: '.',
};

const dayFirst: ColumnReading = { column: 'amount', as: 'date', formats: ['%d/%m/%Y'] };
const monthFirst: ColumnReading = { column: 'amount', as: 'date', formats: ['%m/%d/%Y'] };
const proposal: Proposal = {
  code: 'date-order',
  reading: dayFirst,
  words: 'Read as a date, day first',
  filled: 4,
  fits: 4,
  against: [],
  examples: [{ from: '03/04/2014', to: '2014-04-03' }],
  ambiguous: 4,
  alternatives: [monthFirst],
};
const yesNo: Proposal = {
  ...proposal,
  code: 'boolean-as-text',
  reading: { column: 'country', as: 'boolean', yes: ['J'], no: ['N'] },
  alternatives: [],
  ambiguous: 0,
};

/** What a service would say of `orders` under what is told: proposals for columns that are not told yet. */
function previewOf(path: string, told: Partial<Dialect> = {}): Preview {
  const readings = new Map(told.columns?.map((reading) => [reading.column, reading]));
  return {
    path,
    format: 'csv',
    bytes: 70,
    seen: 70,
    dialect: { ...dialect, ...told },
    detected: dialect,
    candidates: [],
    lines: [],
    columns: ['id', 'amount', 'country'].map((name) => ({
      name,
      type: 'VARCHAR',
      reading: readings.get(name) ?? null,
    })),
    proposals: [proposal, yesNo].filter((p) => !readings.has(p.reading.column)),
    receipt: {
      records: 5,
      loaded: 5,
      rejected: 0,
      skipped: 0,
      rejects: [],
      mended: 0,
      mends: [],
      skips: [],
      misfits: [],
    },
    warnings: [],
  };
}

type Answers = { [R in Request]?: (ask: Ask<R>) => Promise<Reply<AnswerOf<R>>> };

/** Answers these requests in place of the service; what was asked is kept, in order. */
function answer(answers: Answers): { request: Request; ask: unknown }[] {
  const asked: { request: Request; ask: unknown }[] = [];
  const real = desk.client.ask;
  desk.client.ask = ((request: Request, ask: never, options: never) => {
    const own = answers[request] as ((ask: unknown) => Promise<Reply<unknown>>) | undefined;
    if (own === undefined) return real(request, ask, options);
    asked.push({ request, ask });
    return own(ask);
  }) as typeof desk.client.ask;
  return asked;
}

const previews: Answers = {
  'source:preview': async (ask) => ({ ok: true, value: previewOf(ask.path, ask.dialect) }),
};

const now = () => desk.store.getState();
const draft = () => {
  const found = importOf(now());
  if (found === null) throw new Error('no file is in the Import place');
  return found;
};
const settled = () => desk.until((s) => importOf(s)?.waiting === false);

async function importOrders(answers: Answers = previews) {
  const asked = answer(answers);
  const path = desk.file('orders.csv', orders);
  await now().openPaths([path]);
  // The first rows may have been shown while the file was read; what counts begins here.
  asked.length = 0;
  now().importTable('orders');
  await settled();
  return { asked, path };
}

it('a table goes into the Import place with the reading that is in force', async () => {
  const { asked, path } = await importOrders();
  expect(now().place).toBe('import');
  expect(asked).toEqual([{ request: 'source:preview', ask: { path } }]);
  expect(draft().preview?.columns).toHaveLength(3);
  expect(canApply(now())).toBe(false);
});

it('what is told quickly is looked at once, and telling the same again changes nothing', async () => {
  const { asked, path } = await importOrders();
  now().tellDialect({ delimiter: ';' });
  now().tellDialect({ delimiter: '|' });
  now().tellDialect({ skip: 2 });
  expect(draft().waiting).toBe(true);
  await settled();
  expect(asked.slice(1)).toEqual([
    { request: 'source:preview', ask: { path, dialect: { delimiter: '|', skip: 2 } } },
  ]);
  now().tellDialect({ skip: 2 });
  expect(draft().waiting).toBe(false);
  expect(draft().past).toHaveLength(3);
});

it('an answer to what was told before is not taken, and the last preview stays until a newer one comes', async () => {
  let release: (() => void) | null = null;
  await importOrders({
    'source:preview': (ask) =>
      ask.dialect?.delimiter === ';'
        ? new Promise((resolve) => {
            release = () => resolve({ ok: true, value: previewOf(ask.path, ask.dialect) });
          })
        : Promise.resolve({ ok: true, value: previewOf(ask.path, ask.dialect) }),
  });
  const first = draft().preview;
  now().tellDialect({ delimiter: ';' });
  await vi.waitFor(() => expect(release).not.toBeNull());
  expect(draft().preview).toBe(first);
  now().tellDialect({ delimiter: '|' });
  (release as (() => void) | null)?.();
  await settled();
  expect(draft().preview?.dialect.delimiter).toBe('|');
});

it('a reading that cannot be is told beside the last one that could, and is not applied', async () => {
  await importOrders({
    'source:preview': async (ask) =>
      ask.dialect === undefined
        ? { ok: true, value: previewOf(ask.path) }
        : { ok: false, problem: problem('source-broken', { path: ask.path, reason: 'no' }) },
  });
  now().tellDialect({ encoding: 'utf-32le' });
  await settled();
  expect(draft().problem?.code).toBe('source-broken');
  expect(draft().preview?.dialect.encoding).toBe('utf-8');
  expect(canApply(now())).toBe(false);
  now().untellDialect('encoding');
  await settled();
  expect(draft().problem).toBeNull();
});

it('a part set back is detected again', async () => {
  await importOrders();
  now().tellDialect({ headerRows: 0, header: false, skip: 1 });
  await settled();
  expect(canApply(now())).toBe(true);
  now().untellDialect('headerRows', 'header');
  await settled();
  expect(draft().told).toEqual({ skip: 1 });
  now().untellDialect('skip');
  await settled();
  expect(canApply(now())).toBe(false);
});

it('proposals are accepted, changed to another that fits, and set back; what they rest on stays', async () => {
  await importOrders();
  expect(openProposals(now()).map((p) => p.reading.column)).toEqual(['amount', 'country']);
  now().acceptProposals();
  await settled();
  expect(draft().told.columns).toEqual([dayFirst, yesNo.reading]);
  expect(openProposals(now())).toEqual([]);
  expect(draft().past).toHaveLength(1);
  expect(draft().why.amount).toEqual(proposal);
  now().tellColumn(monthFirst);
  await settled();
  expect(draft().told.columns).toEqual([monthFirst, yesNo.reading]);
  now().untellColumn('amount');
  now().untellColumn('country');
  await settled();
  expect(draft().told).toEqual({});
});

it('a dismissed proposal is not accepted with the others', async () => {
  await importOrders();
  now().dismissProposal('country');
  expect(openProposals(now()).map((p) => p.reading.column)).toEqual(['amount']);
  now().acceptProposals();
  expect(draft().told.columns).toEqual([dayFirst]);
});

it('a dismissed proposal does not come back in a later draft, nor in a later session, until that is undone', async () => {
  await importOrders();
  now().dismissProposal('country');
  expect(now().past.at(-1)?.words).toBe('dismissed a proposed reading of orders');
  expect(now().design.sources[0]?.dismissed).toEqual(['country']);
  const open = () => openProposals(now()).map((p) => p.reading.column);
  now().cancelImport();
  now().importTable('orders');
  await settled();
  expect(open()).toEqual(['amount']);
  now().acceptProposals();
  await settled();
  expect(await now().applyReading()).toBe(true);
  expect(now().design.sources[0]?.dismissed).toEqual(['country']);
  desk.shell.answers.save = `${desk.folder}/kept.assay.yaml`;
  expect(await now().save()).toBe(true);
  await now().newDesign();
  await now().openDesign(desk.shell.answers.save);
  expect(now().design.sources[0]?.dismissed).toEqual(['country']);
  now().importTable('orders');
  await settled();
  expect(open()).toEqual([]);
  now().untellColumn('amount');
  await settled();
  expect(open()).toEqual(['amount']);
});

it('a candidate is taken whole, and keeping the reading in use asks no more', async () => {
  await importOrders();
  now().chooseReading(null);
  expect(draft()).toMatchObject({ chosen: true, told: {}, waiting: false });
  now().chooseReading({ dialect: { delimiter: ';', skip: 1 }, words: '', score: 1, columns: [], rows: [] });
  expect(draft().told).toEqual({ delimiter: ';', skip: 1 });
});

it('undo in the place takes back what was told first, and the design only after it', async () => {
  await importOrders();
  const { bridge } = desk.shell;
  now().tellDialect({ delimiter: ';' });
  now().tellDialect({ delimiter: '|' });
  expect(undoWords(now())).toContain('orders.csv');
  runCommand('undo', desk.store, bridge);
  expect(draft().told).toEqual({ delimiter: ';' });
  runCommand('redo', desk.store, bridge);
  expect(draft().told).toEqual({ delimiter: '|' });
  runCommand('undo', desk.store, bridge);
  runCommand('undo', desk.store, bridge);
  expect(draft().told).toEqual({});
  expect(now().order).toEqual(['orders']);
  runCommand('undo', desk.store, bridge);
  await desk.until((s) => s.order.length === 0);
  expect(now().imports).toEqual({});
});

it('applying reads the file as told in one edit; undo reads it as before, and the draft follows', async () => {
  answer(previews);
  await now().openPaths([desk.file('semi.csv', 'a;b\n1;2\n')]);
  now().importTable('semi');
  now().tellDialect({ delimiter: ',' });
  expect(await now().applyReading()).toBe(true);
  expect(now().tables.semi?.columns).toHaveLength(1);
  expect(now().design.sources[0]?.dialect).toEqual({ delimiter: ',' });
  expect(canApply(now())).toBe(false);
  expect(draft().past).toEqual([]);
  runCommand('undo', desk.store, desk.shell.bridge);
  await desk.until((s) => s.tables.semi?.columns.length === 2);
  expect(now().design.sources[0]?.dialect).toBeUndefined();
  expect(draft().told).toEqual({});
  runCommand('redo', desk.store, desk.shell.bridge);
  await desk.until((s) => s.tables.semi?.columns.length === 1);
  expect(draft().told).toEqual({ delimiter: ',' });
});

it('a part of the dialect that was set back is taken out of the design when it is applied', async () => {
  answer(previews);
  await now().openPaths([desk.file('semi.csv', 'a;b\n1;2\n')]);
  await now().reload('semi', { delimiter: ',' });
  now().importTable('semi');
  expect(draft().told).toEqual({ delimiter: ',' });
  now().untellDialect('delimiter');
  expect(await now().applyReading()).toBe(true);
  expect(now().design.sources[0]?.dialect).toBeUndefined();
  expect(now().tables.semi?.columns).toHaveLength(2);
});

it('cancelling leaves the reading as it was', async () => {
  await importOrders();
  const { design } = now();
  now().tellDialect({ delimiter: '|' });
  now().cancelImport();
  expect(now()).toMatchObject({ importKey: null, imports: {}, place: 'data' });
  expect(now().design).toBe(design);
  expect(now().tables.orders?.columns).toHaveLength(3);
});

it('what was told about one file waits while another is looked at', async () => {
  answer(previews);
  await now().openPaths([desk.file('a.csv', orders), desk.file('b.csv', orders)]);
  now().importTable('a');
  now().tellDialect({ skip: 1 });
  now().importTable('b');
  expect(draft().told).toEqual({});
  now().importTable('a');
  expect(draft().told).toEqual({ skip: 1 });
});

it('all files of the folder are read the same way in one step of the history', async () => {
  answer(previews);
  const texts = { a: 'x;y\n1;2\n', b: 'x;z\n3;4\n' };
  await now().openPaths(Object.entries(texts).map(([name, text]) => desk.file(`${name}.csv`, text)));
  const steps = now().past.length;
  now().importTable('a');
  now().tellDialect({ delimiter: ',' });
  expect(await now().applyReading(true)).toBe(true);
  expect([now().tables.a?.columns.length, now().tables.b?.columns.length]).toEqual([1, 1]);
  expect(now().past).toHaveLength(steps + 1);
  expect(now().past.at(-1)?.words).toBe('read 2 files differently');
  now().undo();
  await desk.until((s) => s.tables.a?.columns.length === 2 && s.tables.b?.columns.length === 2);
});

it('a file that could not be opened is opened as told', async () => {
  let refused = true;
  const path = desk.file('odd.csv', orders);
  const real = desk.client.ask;
  answer({
    ...previews,
    'source:open': async (ask) =>
      refused
        ? { ok: false, problem: problem('source-broken', { path: ask.path, reason: 'odd' }) }
        : ((await real('source:open', ask)) as Reply<AnswerOf<'source:open'>>),
  });
  await now().openPaths([path]);
  expect(Object.keys(now().failures)).toEqual([path]);
  now().importFile(path);
  await settled();
  refused = false;
  now().tellDialect({ delimiter: ',' });
  await settled();
  expect(await now().applyReading()).toBe(true);
  expect(now().design.sources).toMatchObject([{ name: 'odd', dialect: { delimiter: ',' } }]);
  expect(now().failures).toEqual({});
  expect(draft()).toMatchObject({ table: 'odd', before: { told: { delimiter: ',' } } });
});

it('a reading that is refused when it is applied is told, and leaves the table', async () => {
  await importOrders();
  const { design } = now();
  now().tellDialect({ delimiter: ';' });
  answer({
    'source:open': async (ask) => ({
      ok: false,
      problem: problem('source-broken', { path: ask.path, reason: 'no' }),
    }),
  });
  expect(await now().applyReading()).toBe(false);
  expect(now().design).toBe(design);
  expect(now().notices.at(-1)?.problem?.code).toBe('source-broken');
  expect(draft()).toMatchObject({ applying: false, told: { delimiter: ';' } });
});

it('a table that opens with something in doubt says so once, and leads to its reading', async () => {
  const real = desk.client.ask;
  answer({
    'source:open': async (ask) => {
      const reply = (await real('source:open', ask)) as Reply<AnswerOf<'source:open'>>;
      if (!reply.ok) return reply;
      const { receipt } = reply.value;
      return { ok: true, value: { ...reply.value, receipt: { ...receipt, mended: 14, skipped: 1 } } };
    },
  });
  await now().openPaths([desk.file('orders.csv', orders)]);
  const looks = () => now().notices.filter((notice) => notice.look !== undefined);
  expect(looks().map((notice) => notice.look)).toEqual(['orders']);
  expect(looks()[0]?.words).toBe('orders.csv: 14 rows were put right');
  expect(looks()[0]?.remedy).toBe('Also: 1 line was skipped.');
  expect(completenessOf(now()).import).toMatchObject({ done: 0, of: 1 });
  await now().reload('orders');
  expect(looks()).toHaveLength(1);
  now().importTable('orders');
  expect(looks()).toEqual([]);
});

it('the receipt is written to a file of the chosen folder', async () => {
  const asked = answer({ 'source:receipt': async () => ({ ok: true, value: { written: 3 } }) });
  await now().openPaths([desk.file('orders.csv', orders)]);
  expect(await now().exportReceipt('orders')).toBe(false);
  desk.shell.answers.folder = desk.folder;
  expect(await now().exportReceipt('orders')).toBe(true);
  const path = `${desk.folder}/orders-receipt.csv`;
  expect(asked).toEqual([{ request: 'source:receipt', ask: { table: 'orders', path } }]);
  expect(now().notices.at(-1)).toMatchObject({ tone: 'good', remedy: path });
});

it('a reading is remembered for a pattern and forgotten', async () => {
  const kept = new Map<string, Partial<Dialect>>();
  await importOrders({
    ...previews,
    'reading:remember': async ({ pattern, dialect }) => {
      if (dialect === null) kept.delete(pattern);
      else kept.set(pattern, dialect);
      return { ok: true, value: null };
    },
    'reading:list': async () => ({
      ok: true,
      value: [...kept].map(([pattern, dialect]) => ({ pattern, dialect })),
    }),
  });
  now().tellDialect({ delimiter: ';' });
  expect(await now().rememberReading('orders_*.csv')).toBe(true);
  expect(now().remembered).toEqual([{ pattern: 'orders_*.csv', dialect: { delimiter: ';' } }]);
  expect(await now().rememberReading('orders_*.csv', true)).toBe(true);
  expect(now().remembered).toEqual([]);
});

it.each([
  ['/data/orders_2024-01.csv', 'orders_*.csv'],
  ['C:\\data\\Sales 2024.03.01.tsv', 'Sales *.tsv'],
  ['/data/orders.csv', 'orders.csv'],
  ['/data/20240131.csv', '20240131.csv'],
  ['/data/a1b22.csv', 'a*b*.csv'],
  ['/data/no-end', 'no-end'],
])('files like %s are %s', (path, pattern) => {
  expect(patternOf(path)).toBe(pattern);
  expect(isOfPattern(path, pattern)).toBe(true);
});

it('a pattern is the whole name, and only * is anything', () => {
  expect(isOfPattern('/data/orders_2.csv', 'orders_*.csv')).toBe(true);
  expect(isOfPattern('/data/my-orders_2.csv', 'orders_*.csv')).toBe(false);
  expect(isOfPattern('/data/orders_2xcsv', 'orders_*.csv')).toBe(false);
});

it('of a long receipt every page can be asked for, and words are searched in all of it', async () => {
  const records = Array.from({ length: 15_000 }, (_, i) =>
    i % 10 === 5 ? `${i},x,${i},bad,${i}` : `${i},${i},${i}`,
  );
  await now().openPaths([desk.file('long.csv', `id,n,m\n${records.join('\n')}\n`)]);
  const { receipt } = now().tables.long ?? {};
  expect([receipt?.rejected, receipt?.rejects.length]).toEqual([1500, 1000]);
  const at = { table: 'long', kind: 'rejected', search: '' } as const;
  const { last } = stepsFrom(0, 1500);
  const end = await now().askEntries({ ...at, offset: last });
  expect([end?.total, end?.entries.length, end?.entries.at(-1)?.line]).toEqual([1500, 100, 14_997]);
  expect(await now().askEntries({ ...at, offset: 0, search: '14995,X' })).toMatchObject({
    total: 1,
    entries: [{ line: 14_997, text: '14995,x,14995,bad,14995' }],
  });
  const said = now().notices.length;
  expect(await now().askEntries({ ...at, table: 'gone', offset: 0 })).toBeNull();
  expect(now().notices).toHaveLength(said + 1);
});

it('pages lead back and on, and the last one begins where a page does', () => {
  expect(stepsFrom(0, 1500)).toEqual({ back: null, on: 200, last: 1400 });
  expect(stepsFrom(1400, 1500)).toEqual({ back: 1200, on: null, last: 1400 });
  expect(stepsFrom(200, 400)).toEqual({ back: 0, on: null, last: 200 });
  expect(stepsFrom(0, 0)).toEqual({ back: null, on: null, last: 0 });
});
