import { afterEach, beforeEach, expect, it } from 'vitest';
import { commandAt, commands, keysText, runCommand } from '../../../src-renderer/store/commands';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const press = (
  key: string,
  held: Partial<Record<'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey', true>> = {},
) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

it('no two commands share a key', () => {
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

it('keys are read and written as the platform does', () => {
  expect(commandAt(press('Z', { ctrlKey: true, shiftKey: true }), false)?.id).toBe('redo');
  expect(commandAt(press('y', { ctrlKey: true }), false)?.id).toBe('redo');
  expect(commandAt(press('z', { metaKey: true }), true)?.id).toBe('undo');
  expect(commandAt(press('z', { metaKey: true }), false)).toBeNull();
  expect(commandAt(press('?', { shiftKey: true }), false)?.id).toBe('shortcuts');
  expect(commandAt(press('d'), false)?.id).toBe('draft-dimension');
  expect(commandAt(press('d', { altKey: true }), false)).toBeNull();
  expect([keysText('Shift+Mod+Z', true), keysText('Shift+Mod+Z', false)]).toEqual(['⇧⌘Z', 'Ctrl+Shift+Z']);
});

it('D and M draft from the selected column, and do nothing when none is selected', async () => {
  const { store, shell } = desk;
  await store.getState().openPaths([desk.file('orders.csv', orders)]);
  runCommand('draft-measure', store, shell.bridge);
  expect(store.getState().design.tables[0]?.measures).toEqual([]);
  store.getState().select({ kind: 'column', table: 'orders', column: 'country' });
  runCommand('draft-dimension', store, shell.bridge);
  expect(store.getState().design.tables[0]?.dimensions.map((d) => d.column)).toEqual(['country']);
  expect(store.getState().selection).toMatchObject({ kind: 'member' });
});

it('open asks for files and opens what was chosen', async () => {
  const { store, shell } = desk;
  shell.answers.files = [desk.file('orders.csv', orders)];
  runCommand('open-files', store, shell.bridge);
  expect((await desk.until((s) => s.order.length === 1)).order).toEqual(['orders']);
});
