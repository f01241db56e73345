/**
 * What is different between two readings of one source, in words.
 */
import type { Table } from '../table';

const count = (n: number) => n.toLocaleString('en-US');

/**
 * One sentence part per difference, the gravest first: columns that are gone, new or of another type, then rows, rejects and
 * records put right. Empty if nothing is different that these tell; values may still be.
 */
export function changesBetween(before: Table, after: Table): string[] {
  const changes: string[] = [];
  const now = new Map(after.columns.map((c) => [c.name, c]));
  const then = new Map(before.columns.map((c) => [c.name, c]));
  const gone = before.columns.filter((c) => !now.has(c.name)).map((c) => c.name);
  const fresh = after.columns.filter((c) => !then.has(c.name)).map((c) => c.name);
  if (gone.length > 0) changes.push(`${named(gone)} ${gone.length === 1 ? 'is' : 'are'} gone`);
  if (fresh.length > 0) changes.push(`${named(fresh)} ${fresh.length === 1 ? 'is' : 'are'} new`);
  for (const column of after.columns) {
    const old = then.get(column.name);
    if (old !== undefined && old.type !== column.type)
      changes.push(`${column.name} is ${column.type} instead of ${old.type}`);
  }
  const order = (table: Table, other: ReadonlyMap<string, unknown>) =>
    table.columns.flatMap((c) => (other.has(c.name) ? [c.name] : [])).join('\u0000');
  if (order(before, now) !== order(after, then)) changes.push('the columns stand in another order');
  const difference = after.rows - before.rows;
  if (difference !== 0)
    changes.push(
      `${count(Math.abs(difference))} ${Math.abs(difference) === 1 ? 'row' : 'rows'} ${difference > 0 ? 'more' : 'fewer'} (${count(after.rows)})`,
    );
  for (const [key, words] of [
    ['rejected', 'rejected'],
    ['mended', 'put right'],
    ['skipped', 'skipped'],
  ] as const) {
    const [old, fresher] = [before.receipt[key], after.receipt[key]];
    if (old !== fresher) changes.push(`${count(fresher)} ${words} instead of ${count(old)}`);
  }
  return changes;
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
