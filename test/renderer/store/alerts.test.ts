import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertsByColumn, alertsIn, mutedIn } from '../../../src-renderer/store/select';
import { type Desk, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const now = () => desk.store.getState();
const rows = Array.from({ length: 30 }, (_, i) => `${i + 1},${i % 3},x`);
const people = `person_id,n,same\n${rows.join('\n')}\n`;

async function openPeople() {
  await now().openPaths([desk.file('people.csv', people)]);
  await desk.until((s) => s.asked.people !== undefined);
}
const codes = () => alertsIn(now(), 'people').map((a) => [a.code, a.column]);

it('alerts beyond the profiles are asked once, when every column is profiled', async () => {
  await openPeople();
  expect(codes()).toContainEqual(['equal-but-key', undefined]);
  expect(codes()).toContainEqual(['constant', 'same']);
  expect(
    alertsByColumn(now(), 'people')
      .get('same')
      ?.map((a) => a.code),
  ).toEqual(['constant']);
  expect(desk.asked.filter((a) => a.request === 'table:alerts')).toHaveLength(1);
});

it('a muted alert is listed apart with its reason, undo brings it back, and it stays muted in another session', async () => {
  await openPeople();
  const before = codes();
  const chosen = alertsIn(now(), 'people').filter((a) => a.code === 'constant' || a.column === undefined);
  now().muteAlerts('people', chosen, 'a log');
  expect(codes()).toEqual(before.filter(([code]) => code !== 'constant' && code !== 'equal-but-key'));
  expect(mutedIn(now(), 'people').map((m) => [m.muted.code, m.muted.column, m.muted.reason])).toEqual([
    ['equal-but-key', null, 'a log'],
    ['constant', 'same', 'a log'],
  ]);
  expect(now().past.at(-1)?.words).toBe('muted 2 alerts of people');
  now().undo();
  expect(codes()).toEqual(before);
  now().redo();
  now().unmuteAlert('people', { code: 'constant', column: 'same' });
  expect(codes()).toContainEqual(['constant', 'same']);
  desk.shell.answers.save = `${desk.folder}/p.assay.yaml`;
  await now().save();
  expect(readFileSync(desk.shell.answers.save, 'utf8')).toContain('reason: "a log"');
});

it('a file that is read anew is asked anew, and the engine that comes after a crash too', async () => {
  await openPeople();
  desk.file('people.csv', `person_id,n,same\n1,1,x\n1,1,x\n2,3,y\n`);
  const first = now().asked.people?.of;
  await now().reload('people');
  await desk.until((s) => s.asked.people !== undefined && s.asked.people.of !== first);
  expect(codes()).toContainEqual(['duplicates', undefined]);
  expect(codes()).not.toContainEqual(['constant', 'same']);
});

it('showing the rows of an alert filters them and goes to the data', async () => {
  await openPeople();
  const zeros = alertsIn(now(), 'people').find((a) => a.rows !== undefined);
  if (zeros === undefined) {
    now().showAlertRows('people', { code: 'gaps', column: 'n', severity: 'info', message: '' });
    expect(now().filters.people).toBe(undefined);
  }
  const rows = { column: 'n', test: { kind: 'values', values: [0] } } as const;
  now().showAlertRows('people', { code: 'many-zeros', column: 'n', severity: 'info', message: '', rows });
  expect(now().place).toBe('data');
  expect(now().filters.people).toEqual([rows]);
});

it('a report is written where it was asked for, in the format of the ending, and nowhere if nobody said where', async () => {
  await openPeople();
  expect(await now().writeReport(['people'])).toBe(false);
  for (const [name, begins] of [
    ['r.html', '<!doctype html>'],
    ['r.md', 'Every figure is exact'],
  ] as const) {
    desk.shell.answers.report = `${desk.folder}/${name}`;
    expect(await now().writeReport(['people', 'gone'])).toBe(true);
    const text = readFileSync(desk.shell.answers.report, 'utf8');
    expect(text.startsWith(begins)).toBe(true);
    expect(text).toContain('person_id');
  }
  desk.shell.answers.report = `${desk.folder}/people.csv/r.html`;
  expect(await now().writeReport(['people'])).toBe(false);
});
