/**
 * What is known about the files of the additional test data apart from any reader under test: clean twins, shapes told
 * by the notes that come with the data, and what a strict reader makes of files that only one delimiter fits.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { strict } from './strict';

export interface Truth {
  /** Where it comes from. */
  readonly from: string;
  readonly rows?: number;
  readonly columns?: number;
  /** Records with the header, where the file has one, as the first. */
  readonly cells?: readonly (readonly string[])[];
  /** Whether the first of `cells` is a header; undefined if that cannot be told. */
  readonly header?: boolean;
  /** The reading may not be shown as fine. */
  readonly mustAsk?: boolean;
}

interface Listed {
  readonly file: string;
  readonly duckdb_1_5_6_defaults: { readonly rows?: number; readonly cols?: number };
}

/** Files that a text decoder of their own is needed for; names say so, and their makers. */
const encodings: readonly (readonly [RegExp, string])[] = [
  [/test_latin1|encodings__latin1|encodings__all_latin1|frictionless\/latin1/, 'latin1'],
  [/utf16/, 'utf-16'],
];

/** Shapes known from the makers of the files or by counting; rows without the header. */
const told: Readonly<Record<string, Omit<Truth, 'from'>>> = {
  'marketing_data.csv': { rows: 2240, columns: 28 },
  'marketing_campaign.csv': { rows: 2240, columns: 29 },
  'csv-torture/frictionless/capital-invalid.csv': { rows: 10 },
  'parquet/parquet-testing/rle-dict-uncompressed-corrupt-checksum.parquet': { mustAsk: true },
  'parquet/parquet-testing/datapage_v1-corrupt-checksum.parquet': { mustAsk: true },
};

/** @returns The truth about a file, by its path below the data folder with `/`; null if nothing is known. */
export function truths(data: string): (path: string) => Truth | null {
  const listed = new Map(
    (JSON.parse(readFileSync(join(data, 'manifest.json'), 'utf8')) as Listed[]).map((l) => [l.file, l]),
  );
  const shapes = shapesOf(readFileSync(join(data, 'README.md'), 'utf8'));
  return (path) => {
    const bytes = () => readFileSync(join(data, path));
    const twin = join(data, path.replace('csv-torture/pollock/', 'csv-torture/pollock-clean/'));
    if (path.startsWith('csv-torture/pollock') && !path.includes('-survey') && existsSync(twin)) {
      return {
        from: 'clean twin',
        cells: strict(readFileSync(twin, 'utf8')) ?? [],
        header: !path.includes('no_header'),
      };
    }
    const by = told[path];
    if (by !== undefined) return { from: 'told', ...by };
    if (/\.(csv|tsv|CSV)$/.test(path)) {
      const cells = onlyReading(path, bytes());
      const header = path.startsWith('real/') ? true : path.includes('headerless') ? false : undefined;
      if (cells !== null) return { from: 'strict', cells, ...(header === undefined ? {} : { header }) };
      const shape = shapes.get(path);
      return shape === undefined ? null : { from: 'notes', ...shape };
    }
    const shape = shapes.get(path);
    if (shape !== undefined) return { from: 'notes', ...shape };
    if (/json/.test(path)) return objectsOf(bytes());
    // For the other kinds the list only says how DuckDB took the file, which is one way among others.
    const found = path.endsWith('.parquet') ? listed.get(path)?.duckdb_1_5_6_defaults : undefined;
    return found?.rows === undefined
      ? null
      : { from: 'manifest', rows: found.rows, ...(found.cols ? { columns: found.cols } : {}) };
  };
}

/** Rows × columns from the notes; a true shape overrules the one that was read. */
function shapesOf(notes: string): Map<string, { rows: number; columns: number }> {
  const shapes = new Map<string, { rows: number; columns: number }>();
  const number = (text: string) => Number(text.replaceAll(',', ''));
  for (const line of notes.split('\n')) {
    const cells = line.split('|').map((c) => c.trim());
    const path = /^`(real\/[^`]+)`$/.exec(cells[1] ?? '')?.[1];
    const shape = /TRUE shape ([\d,]+) × ([\d,]+)/.exec(line) ?? /^([\d,]+) × ([\d,]+)$/.exec(cells[4] ?? '');
    if (path !== undefined && shape !== null)
      shapes.set(path, { rows: number(shape[1] ?? ''), columns: number(shape[2] ?? '') });
  }
  return shapes;
}

/** The records of a file if exactly one usual delimiter reads it strictly into records of one width. */
function onlyReading(path: string, bytes: Buffer): string[][] | null {
  const text = decode(path, bytes);
  if (text === null || text.includes('\0') || text.trim() === '' || /(^|[\r\n])\s*(#|\/\/)/.test(text))
    return null;
  const readings = [',', ';', '\t', '|'].flatMap((delimiter) => {
    const rows = strict(text, delimiter)?.filter((row) => row.length > 1 || row[0] !== '');
    const width = rows?.[0]?.length ?? 0;
    return rows !== undefined && width > 1 && rows.every((row) => row.length === width) ? [rows] : [];
  });
  // Single quotes around cells may be quotes or not.
  if (readings[0]?.some((row) => row.some((cell) => /^'.*'$/.test(cell)))) return null;
  if (readings.length === 1) return readings[0] ?? null;
  if (readings.length > 1 || /[,;\t|:"' ]/.test(text)) return null;
  const single = text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  return single.map((line) => [line]);
}

/** How many objects a JSON text lists, one after the other or in one array; null if it is anything else. */
function objectsOf(bytes: Buffer): Truth | null {
  const isObject = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  for (const read of [
    () => JSON.parse(text) as unknown,
    () => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown])),
  ]) {
    try {
      const values = read();
      if (Array.isArray(values) && values.length > 0 && values.every(isObject))
        return { from: 'JSON', rows: values.length };
    } catch {
      // Not written that way.
    }
  }
  return null;
}

function decode(path: string, bytes: Buffer): string | null {
  const known = encodings.find(([pattern]) => pattern.test(path));
  if (known !== undefined) return iconv.decode(bytes, known[1]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
