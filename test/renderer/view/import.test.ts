import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineRole, Preview, PreviewLine } from '#core/source/receipt';
import {
  columnEdges,
  columnsInSight,
  lineRows,
  linesInSight,
} from '../../../src-renderer/view/import/line-rows';
import { cellsOf, piecesInSight, piecesOf, visible } from '../../../src-renderer/view/import/raw-line';
import {
  formatOrder,
  formatSample,
  meant,
  readAsOf,
  readingWords,
  sameReading,
  shown,
} from '../../../src-renderer/view/import/reading-words';

const usual = { delimiter: ',', quote: '"', escape: '"' };

it('a raw line falls into cells, delimiters and quotes', () => {
  expect(piecesOf('a,"b,""c",', usual)).toEqual([
    { kind: 'cell', text: 'a', cell: 0 },
    { kind: 'delimiter', text: ',', cell: 0 },
    { kind: 'quote', text: '"', cell: 1 },
    { kind: 'cell', text: 'b,""c', cell: 1 },
    { kind: 'quote', text: '"', cell: 1 },
    { kind: 'delimiter', text: ',', cell: 1 },
  ]);
});

it.each([
  ['a||b||c', { ...usual, delimiter: '||' }, ['a', 'b', 'c']],
  ['a   b c', { ...usual, delimiter: ' +' }, ['a', 'b', 'c']],
  ["'a;b';c", { delimiter: ';', quote: "'", escape: "'" }, ['a;b', 'c']],
  ['"a\\",b",c', { ...usual, escape: '\\' }, ['a\\",b', 'c']],
  ['"never closed,b', usual, ['never closed,b']],
  ['one "two" three,x', usual, ['one "two" three', 'x']],
  ['a,b', { ...usual, delimiter: '' }, ['a,b']],
  ['', usual, ['']],
  [',,', usual, ['', '', '']],
  ['"multi\nline",x', usual, ['multi\nline', 'x']],
])('%j has its cells', (text, dialect, cells) => {
  expect(cellsOf(text, dialect)).toEqual(cells);
});

it('the pieces of any line under any dialect are the line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', "'", '\\', '\n', '|') }),
      fc.constantFrom(',', ';', '||', ' +', ''),
      fc.constantFrom('"', "'", ''),
      fc.constantFrom('"', '\\', ''),
      (text, delimiter, quote, mark) => {
        const pieces = piecesOf(text, { delimiter, quote, escape: mark });
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

it('of a long line only what is in sight is drawn piece by piece, and all of its text stands', () => {
  const text = Array.from({ length: 500 }, (_, i) => i).join(',');
  const pieces = piecesOf(text, usual);
  const { before, pieces: drawn, after } = piecesInSight(pieces, 400, 600);
  expect(drawn.length).toBeLessThan(120);
  expect(before + drawn.map((piece) => piece.text).join('') + after).toBe(text);
  expect(before.length).toBeLessThanOrEqual(400);
  expect(text.length - after.length).toBeGreaterThanOrEqual(600);
  expect(piecesInSight(pieces, 0, 5000)).toMatchObject({ before: '', after: '' });
  expect(piecesInSight(pieces, 5000, 6000)).toEqual({ before: text, pieces: [], after: '' });
});

it('what cannot be seen is made visible', () => {
  expect(visible('a\tb\r\nc\0')).toBe('a⇥b↵c␀');
});

const line = (number: number, role: LineRole = 'record', text = 'x', cells = ['x']): PreviewLine => ({
  line: number,
  byte: number,
  role,
  text,
  cells,
  reason: '',
});

it('lines that a preview leaves out are a gap; a record over several lines is none', () => {
  const lines = [line(1, 'header'), line(2, 'record', 'a\nb'), line(4), line(90, 'rejected')];
  expect(lineRows(lines, null).map((row) => (row.kind === 'gap' ? [row.from, row.to] : row.at.line))).toEqual(
    [1, 2, 4, [5, 89], 90],
  );
  expect(lineRows(lines, 'rejected')).toHaveLength(1);
});

it('only rows and columns in sight are drawn, whatever their number', () => {
  expect(linesInSight(24_000, 480, 100_000)).toEqual({ from: 994, to: 1026 });
  const edges = Array.from({ length: 10_001 }, (_, i) => i * 100);
  expect(columnsInSight(edges, 500_050, 500_950)).toEqual({ from: 5000, to: 5010 });
  expect(columnsInSight(edges, 0, 250)).toEqual({ from: 0, to: 3 });
  expect(columnsInSight([0], 0, 250)).toEqual({ from: 0, to: 0 });
});

it('columns are as wide as their first values need, within bounds', () => {
  const columns = ['a', 'b'].map((name) => ({ name, type: 'VARCHAR', reading: null }));
  const lines = [line(2, 'record', '', ['1', 'x'.repeat(500)])];
  const [left, first, second] = columnEdges({ columns, lines } as unknown as Preview);
  expect([left, first, (second ?? 0) - (first ?? 0)]).toEqual([0, 72, 260]);
});

it('formats read by an example and by their order', () => {
  expect(formatSample('%d/%m/%Y')).toBe('31/12/2014');
  expect(formatSample('%b %-d, %y %I:%M %p')).toBe('Dec 31, 14 06:05 PM');
  expect(['%d.%m.%y', '%m/%d/%Y', '%Y-%m-%d', '%-d %B %Y', '%H:%M'].map(formatOrder)).toEqual([
    'day first',
    'month first',
    'year first',
    'day first',
    '',
  ]);
  expect(readingWords({ column: 'd', as: 'date', formats: ['%m/%d/%Y'] })).toBe(
    'Date, month first: 12/31/2014',
  );
});

it('types lead to the reading that gives them', () => {
  expect(
    ['BIGINT', 'DOUBLE', 'DECIMAL(10,2)', 'DATE', 'TIMESTAMP', 'TIME', 'BOOLEAN', 'VARCHAR'].map(readAsOf),
  ).toEqual(['whole', 'number', 'number', 'date', 'timestamp', 'time', 'boolean', 'text']);
});

it('signs are typed as they are shown, and readings are the same in any order of their parts', () => {
  expect(meant(shown('\t|'))).toBe('\t|');
  expect(sameReading({ as: 'date', column: 'd' }, { column: 'd', as: 'date' })).toBe(true);
  expect(sameReading(undefined, { column: 'd', as: 'date' })).toBe(false);
});
