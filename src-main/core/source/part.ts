/**
 * Parts: which sheet of a workbook, file of an archive or table of a database a table is, and how that is said.
 */
import type { Made, Part, Source } from './receipt';

/** Whether two parts are the same sheet, file or table, whatever cells of it are read. */
export function isSamePlace(a: Part | null | undefined, b: Part | null | undefined): boolean {
  return a?.sheet === b?.sheet && a?.entry === b?.entry;
}

/** Whether two parts hold the same cells. */
export function isSamePart(a: Part | null | undefined, b: Part | null | undefined): boolean {
  return isSamePlace(a, b) && (a?.range ?? '') === (b?.range ?? '');
}

/** The sheet, file or table by its name; '' if there is none. */
export function partName(part: Part | null | undefined): string {
  return part?.sheet ?? part?.entry ?? '';
}

/** `Sheet 2 · B3:F40`; '' if there is none. */
export function partWords(part: Part | null | undefined): string {
  return [partName(part), part?.range ?? ''].filter((words) => words !== '').join(' · ');
}

/** What the parts of a file are called. */
export function partsCalled(
  part: Part | null | undefined,
  format: Source['format'],
): 'sheet' | 'table' | 'file' {
  if (part?.sheet !== undefined) return 'sheet';
  return format === 'duckdb' ? 'table' : 'file';
}

/** Whether a table is one of several that its file holds. */
export function isOneOfSeveral(source: Pick<Source, 'parts'>): boolean {
  return (source.parts ?? 1) > 1;
}

/** Whether something is left to decide about how a table is read: how it is written, or what of its file it is. */
export function leavesChoice(source: Pick<Source, 'format' | 'parts'>): boolean {
  return source.format === 'csv' || source.format === 'xlsx' || isOneOfSeveral(source);
}

/** Where a table is from: `orders.csv`, of one of several `book.xlsx · Sheet 2`, `a query over orders`. */
export function sourceWords(source: Pick<Source, 'path' | 'part' | 'parts' | 'made'>): string {
  if (source.made !== undefined) return queryWords(source.made);
  const file = source.path.split(/[\\/]/).at(-1) || source.path;
  const part = isOneOfSeveral(source) ? partWords(source.part) : (source.part?.range ?? '');
  return part === '' ? file : `${file} · ${part}`;
}

/** What a derived table is made by: `a query over orders and customers`. */
export function queryWords({ reads }: Pick<Made, 'reads'>): string {
  if (reads.length === 0) return 'a query over no table';
  const last = reads.at(-1);
  return `a query over ${reads.length === 1 ? last : `${reads.slice(0, -1).join(', ')} and ${last}`}`;
}
