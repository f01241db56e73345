/**
 * Alerts about a table that its reading shows: what was lost on the way, and columns whose spelling kept them text.
 */
import type { WarningCode } from '../../source/receipt';
import type { Table } from '../../table';
import type { Alert, AlertCode } from '../profile';
import { count, counted, percent } from './say';

/** Warnings of a reading that are alerts of the table or of a column. */
const warned: Readonly<Partial<Record<WarningCode, AlertCode>>> = {
  'date-mixed': 'mixed-dates',
  'date-suspicious': 'far-date',
  'money-as-text': 'money-text',
  'number-as-text': 'number-text',
  'percent-as-text': 'number-text',
  'encoding-damage': 'encoding-damage',
  'values-lost': 'values-lost',
  'records-lost': 'damaged',
  'quotes-unclosed': 'damaged',
  'nul-bytes': 'damaged',
};

export function readingAlerts(table: Table): readonly Alert[] {
  const { receipt, rows, columns, warnings } = table;
  const found: Alert[] = [];
  if (rows === 0 || columns.length === 0) {
    const message = columns.length === 0 ? 'the table has no columns' : 'the table has no rows';
    found.push({ code: 'empty', severity: 'warning', message });
  }
  if (receipt.rejected > 0) {
    const message = `${counted(receipt.rejected, 'record')} of ${count(receipt.records)} could not be loaded (${percent(receipt.rejected, receipt.records)})`;
    found.push({ code: 'rejected', severity: 'warning', message });
  }
  for (const { code, column, message, sql } of warnings) {
    const alert = warned[code];
    if (alert === undefined) continue;
    found.push({
      code: alert,
      ...(column === undefined ? {} : { column }),
      severity: 'warning',
      message,
      ...(sql === undefined ? {} : { sql }),
    });
  }
  return found;
}
