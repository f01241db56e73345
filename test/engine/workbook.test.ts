import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { containerOf, partsOf } from '../../src-main/engine/parts';
import { type SheetAsk, sheetsOf, shownBy, timeOf, writeSheet } from '../../src-main/engine/workbook';
import { zipOf } from '../support/archive';
import { freshFolder, put } from '../support/folder';

const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="165"/></cellXfs></styleSheet>`;

/** A workbook of sheets by name: the content of `sheetData` and what follows it. */
function book(
  sheets: Readonly<Record<string, string>>,
  options: { texts?: string; date1904?: boolean; hidden?: string } = {},
): Buffer {
  const names = Object.keys(sheets);
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map(
        (n, i) =>
          `<sheet name="${n}" sheetId="${i + 1}"${options.hidden === n ? ' state="hidden"' : ''} r:id="rId${i}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, i) => `<Relationship Id="rId${i}" Type="http://x/worksheet" Target="worksheets/s${i}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml': styles,
    ...(options.texts ? { 'xl/sharedStrings.xml': `<sst>${options.texts}</sst>` } : {}),
    ...Object.fromEntries(
      Object.values(sheets).map((s, i) => [`xl/worksheets/s${i}.xml`, `<x:worksheet>${s}</x:worksheet>`]),
    ),
  });
}

async function written(bytes: Buffer, ask: SheetAsk = {}) {
  const folder = freshFolder();
  const to = join(folder, 'out.csv');
  const facts = await writeSheet(put(folder, 'a.xlsx', bytes), ask, to);
  return { text: readFileSync(to, 'utf8'), facts };
}

const rows = (...cells: string[]) =>
  `<sheetData>${cells.map((c, i) => `<row r="${i + 1}">${c}</row>`).join('')}</sheetData>`;

it('a sheet is written with its texts, all digits, ISO dates, booleans and errors', async () => {
  const texts =
    '<si><t>na&amp;me</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>x</t></rPh></si><si><t>a "b"\n_x0041_</t></si>';
  const sheet = rows(
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>day</t></is></c>',
    '<c r="A2" t="s"><v>2</v></c><c r="B2"><v>0.30000000000000004</v></c><c r="C2" s="1"><v>45322</v></c>',
    '<c r="B3" t="b"><v>1</v></c><c r="C3" s="2"><v>45322.75</v></c><c r="D3" t="e"><v>#N/A</v></c>',
    '<c r="A4" t="str"><f>A1&amp;"x"</f><v>007</v></c><c r="B4"><f>1/3</f></c><c r="C4" s="3"><v>0.5</v></c><c r="D4" s="4"><v>1.5</v></c>',
  );
  const { text, facts } = await written(
    book({ One: `${sheet}<mergeCells><mergeCell ref="A5:B5"/></mergeCells>` }, { texts }),
  );
  expect(text).toBe(
    [
      '"na&me","rich ","day",',
      '"a ""b""\nA",0.30000000000000004,2024-01-31,',
      ',TRUE,2024-01-31 18:00:00,"#N/A"',
      '"007",,12:00:00,36:00:00',
      '',
    ].join('\n'),
  );
  expect(facts).toEqual({
    sheet: 'One',
    range: 'A1:D4',
    rows: 4,
    columns: 4,
    firstRow: 1,
    errors: 1,
    uncomputed: 1,
    merged: 1,
    hiddenRows: 0,
    whole: true,
  });
});

it('a sheet with cells far apart costs no more than what is filled', async () => {
  const far =
    '<sheetData><row r="3"><c r="C3"><v>1</v></c></row><row r="1048576"><c r="E1048576"><v>2</v></c></row></sheetData>';
  const { text, facts } = await written(book({ One: far }));
  expect(text).toBe('1,,\n,,\n,,\n,,2\n');
  expect(facts).toMatchObject({ range: 'C3:E1048576', rows: 4, firstRow: 3 });
});

it('a range and a sheet can be chosen; cells without a place follow one another', async () => {
  const bytes = book({
    One: rows(
      '<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c>',
      '<c><v>4</v></c><c><v>5</v></c><c><v>6</v></c>',
    ),
    Two: rows('<c><v>9</v></c>'),
  });
  expect((await written(bytes, { range: 'B1:C2' })).text).toBe('2,3\n5,6\n');
  expect((await written(bytes, { range: '$B:$B' })).text).toBe('2\n5\n');
  expect((await written(bytes, { range: '2:2' })).text).toBe('4,5,6\n');
  expect((await written(bytes, { sheet: 'Two' })).text).toBe('9\n');
});

it('the first visible sheet is read unless another is named, and all are listed as parts', async () => {
  const bytes = book(
    { Secret: rows('<c><v>1</v></c>'), Open: rows('<c><v>2</v></c>') },
    { hidden: 'Secret' },
  );
  const folder = freshFolder();
  const path = put(folder, 'a.xlsx', bytes);
  expect((await written(bytes)).text).toBe('2\n');
  expect(await sheetsOf(path)).toEqual([
    { name: 'Secret', hidden: true },
    { name: 'Open', hidden: false },
  ]);
  const options = { tables: folder, temporary: folder, memory: '500MB' };
  expect(await containerOf(path)).toBe('workbook');
  expect(await partsOf(path, options)).toEqual([{ sheet: 'Open' }, { sheet: 'Secret' }]);
  const zip = put(folder, 'b.zip', zipOf({ 'notes.md': 'x', 'z.csv': 'a\n1\n' }));
  expect(await partsOf(zip, options)).toEqual([{ entry: 'z.csv' }, { entry: 'notes.md' }]);
  expect(await partsOf(put(folder, 'c.csv', 'a\n1\n'), options)).toEqual([]);
});

it.each([
  [1, 'date', false, '1900-01-01'],
  [59, 'date', false, '1900-02-28'],
  [60, 'date', false, '1900-02-29'],
  [61, 'date', false, '1900-03-01'],
  [0, 'date', true, '1904-01-01'],
  [45322, 'datetime', false, '2024-01-31 00:00:00'],
  [45322.999999999, 'date', false, '2024-02-01'],
  [45322.5, 'date', false, '2024-01-31 12:00:00'],
  [0.25, 'time', false, '06:00:00'],
  [-1, 'date', false, '-1'],
  [1e9, 'date', false, '1000000000'],
] as const)('day %s as %s (1904: %s) is %s', (serial, shown, from1904, text) => {
  expect(timeOf(serial, shown, from1904, String(serial))).toBe(text);
});

it.each([
  ['yyyy-mm-dd', 'date'],
  ['[$-409]d\\-mmm\\-yy;@', 'date'],
  ['mmm', 'date'],
  ['m/d/yyyy h:mm AM/PM', 'datetime'],
  ['h:mm:ss', 'time'],
  ['[hh]:mm', 'elapsed'],
  ['#,##0.00 "days"', 'number'],
  ['[Red]0.00;[Blue]-0.00', 'number'],
  ['General', 'number'],
  ['0.00E+00', 'number'],
])('the format %s shows a %s', (code, shown) => {
  expect(shownBy(code)).toBe(shown);
});

it.each<[string, () => Buffer, string, RegExp]>([
  [
    'an old workbook',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    'source-broken',
    /old workbook/,
  ],
  [
    'a protected workbook',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'source-broken',
    /password/,
  ],
  ['a binary workbook', () => zipOf({ 'xl/workbook.bin': 'x' }), 'source-broken', /xlsb/],
  ['an OpenDocument file', () => zipOf({ 'content.xml': '<x/>' }), 'source-broken', /OpenDocument/],
  ['a zip of something else', () => zipOf({ 'a.txt': 'x' }), 'source-broken', /no workbook/],
  [
    'a sheet that is cut off',
    () => book({ One: '<sheetData><row r="1"><c r="A1"><v>1</v></c' }),
    'source-broken',
    /damaged/,
  ],
])('%s is refused and leaves no file', async (_, bytes, code, reason) => {
  const folder = freshFolder();
  const to = join(folder, 'out.csv');
  await expect(writeSheet(put(folder, 'a.xlsx', bytes()), {}, to)).rejects.toMatchObject({
    problem: { code, about: { reason: expect.stringMatching(reason) } },
  });
  expect(existsSync(to)).toBe(false);
});

it('a sheet without cells, a name that is not there and a wrong range are problems', async () => {
  await expect(written(book({ One: '<sheetData/>' }))).rejects.toMatchObject({
    problem: { code: 'source-empty' },
  });
  await expect(written(book({ One: rows('<c><v>1</v></c>') }), { sheet: 'Two' })).rejects.toThrow('Two');
  await expect(written(book({ One: rows('<c><v>1</v></c>') }), { range: 'B2:A1' })).rejects.toThrow('range');
});

it('a first sheet without cells does not keep the others from being read, and hidden ones come last', async () => {
  const one = rows('<c><v>1</v></c>');
  const second = await written(book({ Cover: '<sheetData/>', Data: one }));
  expect([second.facts.sheet, second.text]).toEqual(['Data', '1\n']);
  const last = await written(book({ Secret: one, Cover: '<sheetData/>', Data: one }, { hidden: 'Secret' }));
  expect(last.facts.sheet).toBe('Data');
  const only = await written(book({ Secret: one, Cover: '<sheetData/>' }, { hidden: 'Secret' }));
  expect(only.facts.sheet).toBe('Secret');
});

it('entities are read, and none of a document’s own', async () => {
  const cell = '<c t="inlineStr"><is><t>&#x41;&#66;&lt;&own;</t></is></c>';
  expect((await written(book({ One: rows(cell) }))).text).toBe('"AB<&own;"\n');
});
