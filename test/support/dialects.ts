/**
 * Random tables in random dialects: what a table says, how it is written, and the bytes that come of it.
 *
 * A case is plain data, so that it can be made smaller by hand as well as by fast-check; `write` makes every case legal:
 * a cell is put in quotes where the dialect needs it, and where it has none the characters that would break the file are
 * taken out of the table itself. What stands in the file is therefore always what `Written` says.
 */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Cells } from './compare';

const kinds = [
  'whole',
  'decimal',
  'decimalComma',
  'money',
  'code',
  'dateIso',
  'dateDay',
  'dateMonth',
  'time',
  'boolean',
  'word',
  'sentence',
] as const;
export type CaseKind = (typeof kinds)[number];

export const encodings = [
  'utf-8',
  'utf-8-bom',
  'utf-16le-bom',
  'utf-16be-bom',
  'utf-16le',
  'windows-1252',
  'shift_jis',
] as const;

export interface Case {
  /** `holes`: one value in so many is missing, 0 for none; `missing`: the word for it. */
  readonly columns: readonly { readonly kind: CaseKind; readonly holes: number; readonly missing: string }[];
  /** One number per cell, from which its value is made. */
  readonly numbers: readonly (readonly number[])[];
  /** Rows of the header. */
  readonly header: 0 | 1 | 2;
  readonly delimiter: string;
  readonly quote: string;
  /** `doubled`, `backslash` or `none`: then no cell holds the quote. */
  readonly escape: 'doubled' | 'backslash' | 'none';
  readonly newline: '\n' | '\r\n' | '\r' | 'mixed';
  readonly encoding: (typeof encodings)[number];
  /** Which cells are in quotes. */
  readonly quoting: 'needed' | 'text' | 'all';
  /** Lines above the header that are none of the table; a blank one follows. */
  readonly preamble: number;
  /** A row that has a cell less or more than the others. */
  readonly ragged: -1 | 0 | 1;
  /** Whether the last line has its end. */
  readonly ended: boolean;
}

export interface Written {
  readonly text: string;
  readonly bytes: Buffer;
  /** Header empty if there is none; two rows of header are joined by a blank. */
  readonly truth: Cells;
}

const words = ['north', 'apple', 'grey', 'Mary', 'stock', 'low', 'Kim', 'oak', 'late', 'blue'];
const western = ['Café', 'Größe', 'naïve', 'Ærø'];
const eastern = ['東京', '大阪', 'りんご'];
const names = ['id', 'name', 'amount', 'day', 'note', 'unit price', 'state', 'x1', 'City', 'value_2'];
const upper = ['key', 'who', 'sum', 'when', 'text', 'each', 'how', 'first', 'place', 'second'];

/** Fewer rows than these say too little about a file to judge its reader by. */
const LEAST_ROWS = 3;

const two = (n: number) => String(n).padStart(2, '0');

function spell(kind: CaseKind, n: number, about: Case): string {
  const day = (n % 28) + 1;
  const month = (Math.floor(n / 28) % 12) + 1;
  const year = 1990 + (n % 35);
  switch (kind) {
    case 'whole':
      return String(n);
    case 'decimal':
      return (n / 100).toFixed(2);
    case 'decimalComma':
      return (n / 100).toFixed(2).replace('.', ',');
    case 'money':
      return `$${n > 999 ? `${Math.floor(n / 1000)},${String(n % 1000).padStart(3, '0')}` : n}.50`;
    case 'code':
      return String(n).padStart(6, '0');
    case 'dateIso':
      return `${year}-${two(month)}-${two(day)}`;
    case 'dateDay':
      return `${two(day)}/${two(month)}/${year}`;
    case 'dateMonth':
      return `${month}/${day}/${year}`;
    case 'time':
      return `${two(n % 24)}:${two(n % 60)}`;
    case 'boolean':
      return n % 2 === 0 ? 'yes' : 'no';
    case 'word':
      return wordOf(n, about.encoding);
    case 'sentence': {
      const parts = [wordOf(n, about.encoding), wordOf(n + 3, about.encoding)];
      const between = [' ', ', ', `${about.delimiter}`, ` ${about.quote}`, '\n', `' `, '" ', ' \\ ', '; '][
        n % 9
      ]!;
      return parts.join(between);
    }
  }
}

function wordOf(n: number, encoding: Case['encoding']): string {
  const special =
    encoding === 'shift_jis' ? eastern : encoding === 'windows-1252' ? western : [...western, ...eastern];
  return n % 4 === 3 ? special[n % special.length]! : words[n % words.length]!;
}

/** What a cell may not hold in this dialect is taken out of it. */
function legal(value: string, about: Case, alone: boolean): string {
  let text = value;
  if (about.quote === '') {
    for (const c of about.delimiter.trim() === '' ? about.delimiter : about.delimiter.trim())
      text = text.replaceAll(c, '_');
    text = text.replace(/[\r\n]/g, ' ').replace(/^["'`]+/, '');
  } else if (about.escape === 'none') {
    text = text.replaceAll(about.quote, '');
  }
  text = text.trim();
  return alone && text === '' && about.quote === '' ? 'NA' : text;
}

function writeCell(text: string, about: Case, alone: boolean): string {
  const { quote } = about;
  if (quote === '') return text;
  const needed =
    [...about.delimiter].some((c) => text.includes(c)) ||
    text.includes(quote) ||
    /[\r\n]/.test(text) ||
    (alone && text === '');
  const numeric = /^-?[0-9]+([.,][0-9]+)?$/.test(text);
  if (!needed && (about.quoting === 'needed' || (about.quoting === 'text' && (numeric || text === ''))))
    return text;
  const inner =
    about.escape === 'backslash'
      ? text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
      : text.replaceAll(quote, quote + quote);
  return quote + inner + quote;
}

export function write(about: Case): Written {
  const alone = about.columns.length === 1;
  const row = (cells: readonly string[]) => cells.map((c) => legal(c, about, alone));
  const titles = about.columns.map((_, i) => names[i % names.length]!);
  // Two words above one column, or above columns of words, could as well be a header and a value.
  const wordy = about.columns.every((c) => ['word', 'sentence', 'boolean'].includes(c.kind));
  const headerRows = alone || wordy ? Math.min(1, about.header) : about.header;
  const header =
    headerRows === 0
      ? []
      : headerRows === 1
        ? [row(titles)]
        : [row(titles.map((_, i) => upper[i]!)), row(titles)];
  const rows = about.numbers.map((numbers, r) => {
    const cells = about.columns.map((column, c) => {
      const n = numbers[c] ?? 0;
      return column.holes > 0 && (n + r) % column.holes === 0 ? column.missing : spell(column.kind, n, about);
    });
    const full = row(cells);
    if (about.ragged === 0 || r !== Math.floor(about.numbers.length / 2) || full.length < 2) return full;
    const ragged = about.ragged < 0 ? full.slice(0, -1) : [...full, row(['more'])[0]!];
    // A line without characters is no short row.
    return ragged.every((c) => c === '') ? full : ragged;
  });
  const all = [...header, ...rows].flat();
  if (about.escape === 'backslash' && about.quote !== '' && !all.some((c) => c.includes(about.quote)))
    // Nothing in the file would tell that a backslash is more than itself.
    for (const cells of rows) cells.splice(0, cells.length, ...cells.map((c) => c.replaceAll('\\', '/')));
  const above = Array.from({ length: about.preamble }, (_, i) => `Report ${i + 1} of the year`);
  const lines = [
    ...above,
    ...(above.length > 0 ? [''] : []),
    ...[...header, ...rows].map((cells) =>
      cells.map((c) => writeCell(c, about, alone)).join(about.delimiter),
    ),
  ];
  const end = (i: number) => (about.newline === 'mixed' ? (i % 2 === 0 ? '\n' : '\r\n') : about.newline);
  const text = lines.map((line, i) => line + (i < lines.length - 1 || about.ended ? end(i) : '')).join('');
  const joined = header.length === 0 ? [] : header[0]!.map((_, i) => header.map((h) => h[i]).join(' '));
  return { text, bytes: encode(text, about.encoding), truth: { header: joined, rows } };
}

function encode(text: string, encoding: Case['encoding']): Buffer {
  const bom = encoding.endsWith('-bom');
  const bytes = iconv.encode(text, encoding.replace('-bom', ''), { addBOM: false });
  if (!bom) return bytes;
  return Buffer.concat([iconv.encode('\uFEFF', encoding.replace('-bom', ''), { addBOM: false }), bytes]);
}

/** Cases in which no character is both delimiter and quote; common dialects come oftener. */
export const cases: fc.Arbitrary<Case> = fc.record({
  columns: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      holes: fc.constantFrom(0, 0, 0, 3, 7),
      missing: fc.constantFrom('', '', 'NA', '-', '?', 'NULL', 'n/a'),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  numbers: fc.array(fc.array(fc.nat(9999), { minLength: 7, maxLength: 7 }), {
    minLength: LEAST_ROWS,
    maxLength: 24,
  }),
  header: fc.constantFrom<(0 | 1 | 2)[]>(1, 1, 1, 1, 1, 1, 0, 0, 2),
  delimiter: fc.constantFrom(',', ',', ',', ';', ';', '\t', '\t', '|', ':', '||', '::', ', ', ' ', '~|~'),
  quote: fc.constantFrom('"', '"', '"', '"', "'", ''),
  escape: fc.constantFrom<Case['escape'][]>('doubled', 'doubled', 'doubled', 'backslash', 'none'),
  newline: fc.constantFrom<Case['newline'][]>('\n', '\n', '\r\n', '\r\n', '\r', 'mixed'),
  encoding: fc.constantFrom<Case['encoding'][]>('utf-8', 'utf-8', 'utf-8', 'utf-8', ...encodings),
  quoting: fc.constantFrom<Case['quoting'][]>('needed', 'needed', 'text', 'all'),
  preamble: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
  ragged: fc.constantFrom<Case['ragged'][]>(0, 0, 0, 0, 0, 0, -1, 1),
  ended: fc.constantFrom(true, true, true, false),
});

/** Cases that are one step smaller or plainer, best step first. */
export function* smaller(about: Case): Generator<Case> {
  const half = Math.floor(about.numbers.length / 2);
  if (half >= LEAST_ROWS) {
    yield { ...about, numbers: about.numbers.slice(0, half) };
    yield { ...about, numbers: about.numbers.slice(half) };
  }
  for (let i = 0; i < about.columns.length && about.columns.length > 1; i++) {
    yield {
      ...about,
      columns: about.columns.filter((_, c) => c !== i),
      numbers: about.numbers.map((row) => row.filter((_, c) => c !== i)),
    };
  }
  const plainer: Partial<Case>[] = [
    { encoding: 'utf-8' },
    { newline: '\n' },
    { preamble: 0 },
    { ragged: 0 },
    { ended: true },
    { header: 1 },
    { delimiter: ',' },
    { quote: '"' },
    { escape: 'doubled' },
    { quoting: 'needed' },
  ];
  for (const change of plainer) {
    const next = { ...about, ...change };
    if (JSON.stringify(next) !== JSON.stringify(about)) yield next;
  }
  for (let i = 0; i < about.columns.length; i++) {
    const column = about.columns[i]!;
    if (column.holes > 0)
      yield { ...about, columns: about.columns.map((c, k) => (k === i ? { ...c, holes: 0 } : c)) };
    if (column.kind !== 'whole' && column.kind !== 'word')
      yield {
        ...about,
        columns: about.columns.map((c, k) => (k === i ? { ...c, kind: 'word' as const } : c)),
      };
  }
  for (let i = 0; i < about.numbers.length && about.numbers.length > LEAST_ROWS; i++)
    yield { ...about, numbers: about.numbers.filter((_, r) => r !== i) };
}

/** What is out of the ordinary about a case, in words. */
export function unusual(about: Case): string {
  const shown = (text: string) => JSON.stringify(text).slice(1, -1);
  return [
    about.delimiter === ',' ? '' : `delimiter ${about.delimiter === ' ' ? 'blank' : shown(about.delimiter)}`,
    about.quote === '"' ? '' : about.quote === '' ? 'no quote' : `quote ${about.quote}`,
    about.quote === '' || about.escape === 'doubled' ? '' : `escape ${about.escape}`,
    about.newline === '\n' ? '' : `newline ${shown(about.newline)}`,
    about.encoding === 'utf-8' ? '' : about.encoding,
    about.header === 1 ? '' : `header rows ${about.header}`,
    about.preamble === 0 ? '' : 'preamble',
    about.ragged === 0 ? '' : about.ragged < 0 ? 'a short row' : 'a long row',
    about.columns.length === 1 ? 'one column' : '',
  ]
    .filter((w) => w !== '')
    .join(', ');
}
