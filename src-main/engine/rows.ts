/**
 * Pages of rows for the grid, in the order and under the filter it asks for.
 *
 * The head of an order is found anew each time, which is quick; deep in an order the row numbers are kept once, so that
 * each page is a look-up. Without order and filter a page is a range of row numbers.
 */
import type { RowsAsk } from '../contract';
import { whereSql } from '../core/filter';
import { identifier } from '../core/sql';
import type { Table } from '../core/table';
import { toArrow } from './arrow';
import type { Session } from './session';

/** Beyond this row, an order is kept rather than found again. */
const HEAD = 1_000;
/** Orders kept at a time; each takes eight bytes a row. */
const KEPT = 4;
const LIMIT = 10_000;

export class Rows {
  private readonly totals = new Map<string, number>();
  private readonly orders = new Map<string, { readonly name: string; readonly generation: number }>();

  constructor(private readonly session: Session) {}

  async page(
    table: Table,
    ask: RowsAsk,
    signal?: AbortSignal,
  ): Promise<{ ipc: Uint8Array; total: number; sql: string }> {
    const names = ask.columns.length > 0 ? ask.columns : table.columns.map((c) => c.name);
    const offset = Math.max(0, Math.trunc(ask.offset));
    const limit = Math.min(LIMIT, Math.max(0, Math.trunc(ask.limit)));
    const where = whereSql(ask.filter ?? []);
    const order = (ask.sort ?? []).map(
      (s) => `${identifier(s.column)} ${s.descending ? 'DESC' : 'ASC'} NULLS LAST`,
    );
    const plain = `SELECT ${names.map(identifier).join(', ')} FROM ${identifier(table.name)}${where && ` ${where}`}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}`;
    const total = where === '' ? table.rows : await this.total(table, where, signal);
    const sql =
      this.pageSql(table, names, where, order, offset, limit) ??
      (await this.keptSql(table, names, where, order, offset, limit, signal));
    return { ipc: toArrow(await this.session.query(sql, signal)), total, sql: plain };
  }

  /** Forgets what was kept of a table, after it was read anew or closed. */
  forget(table: string): void {
    for (const key of [...this.totals.keys()]) if (key.startsWith(`${table}\u0000`)) this.totals.delete(key);
    for (const key of [...this.orders.keys()]) if (key.startsWith(`${table}\u0000`)) this.orders.delete(key);
  }

  private async total(table: Table, where: string, signal?: AbortSignal): Promise<number> {
    const key = `${table.name}\u0000${where}`;
    const known = this.totals.get(key);
    if (known !== undefined) return known;
    const { rows } = await this.session.query(
      `SELECT count(*) FROM ${identifier(table.name)} ${where}`,
      signal,
    );
    const total = Number(rows[0]?.[0] ?? 0);
    this.totals.set(key, total);
    return total;
  }

  private pageSql(
    table: Table,
    names: readonly string[],
    where: string,
    order: readonly string[],
    offset: number,
    limit: number,
  ): string | null {
    const { from, row } = this.session.numbered(table.name);
    const list = names.map(identifier).join(', ');
    if (where === '' && order.length === 0) {
      return `SELECT ${list} FROM ${from} WHERE ${row} >= ${offset} AND ${row} < ${offset + limit} ORDER BY ${row}`;
    }
    if (offset + limit > HEAD) return null;
    return `SELECT ${list} FROM ${from} ${where} ORDER BY ${[...order, row].join(', ')} LIMIT ${limit} OFFSET ${offset}`;
  }

  private async keptSql(
    table: Table,
    names: readonly string[],
    where: string,
    order: readonly string[],
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<string> {
    const { from, row } = this.session.numbered(table.name);
    const key = `${table.name}\u0000${where}\u0000${order.join(', ')}`;
    let kept = this.orders.get(key);
    if (kept?.generation !== this.session.generation) {
      const name = await this.session.keepOrder(
        `SELECT ${row} AS r FROM ${from} ${where} ORDER BY ${[...order, row].join(', ')}`,
        signal,
      );
      kept = { name, generation: this.session.generation };
      this.orders.set(key, kept);
      if (this.orders.size > KEPT) {
        const [oldest, old] = this.orders.entries().next().value!;
        this.orders.delete(oldest);
        if (old.generation === this.session.generation) await this.session.dropOrder(old.name);
      }
    }
    const own = this.session.free(table.name, row === 'assay_row' ? 'assay_number' : 'assay_row');
    const list = names.map((n) => `d.${identifier(n)}`).join(', ');
    const page = `SELECT r, rowid AS place FROM memory.main.${identifier(kept.name)} WHERE rowid >= ${offset} AND rowid < ${offset + limit}`;
    const least = `(SELECT min(r) FROM (${page}))`;
    const most = `(SELECT max(r) FROM (${page}))`;
    return `WITH page AS (${page})
SELECT ${list} FROM page JOIN (SELECT *, ${row} AS ${own} FROM ${from} WHERE ${row} BETWEEN ${least} AND ${most}) d ON d.${own} = page.r ORDER BY page.place`;
  }
}
