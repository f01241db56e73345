import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCell } from '../../src-main/engine/cell';
import { readJson } from '../../src-main/engine/json';
import { freshFolder, put } from '../support/folder';
import { otherData } from '../support/shared';

/** Reads a file in a DuckDB of its own; the law of conservation holds for every one. */
async function readPath(path: string, entry?: string) {
  const work = freshFolder();
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  const run = async (sql: string) =>
    (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(toCell));
  try {
    const read = await readJson(run, {
      path,
      work: join(work, 'w'),
      ...(entry === undefined ? {} : { entry }),
    });
    const { records, loaded, rejected, skipped } = read.receipt;
    expect(loaded + rejected + skipped).toBe(records);
    expect(readdirSync(work)).toEqual([]);
    const rows = await run('FROM data');
    expect(rows).toHaveLength(loaded);
    return { ...read, rows, types: Object.fromEntries(read.columns.map((c) => [c.name, c.type])) };
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

const read = (content: string | Buffer, entry?: string) =>
  readPath(put(freshFolder(), 'a.json', content), entry);
const codes = (found: { warnings: readonly { code: string }[] }) => found.warnings.map((w) => w.code);

it.each([
  ['lines', '{"a":1}\n{"a":2}\n'],
  ['lines with CR LF, blank ones and a byte order mark', '\ufeff{"a":1}\r\n\r\n{"a":2}'],
  ['a list', '[{"a":1},{"a":2}]'],
  ['a list over several lines', '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n'],
  ['objects after one another', '{"a":1}{"a":2}'],
  ['objects over several lines', '{\n"a": 1\n}\n{\n"a": 2\n}\n'],
  ['the list of an object', '{"rows":[{"a":1},{"a":2}]}'],
  ['lists on lines', '[{"a":1}]\n[{"a":2}]\n'],
])('%s give the same two rows', async (_, content) => {
  const found = await read(content);
  expect(found.rows).toEqual([[1], [2]]);
  expect(found.types).toEqual({ a: 'BIGINT' });
  expect(found.warnings).toEqual([]);
});

it('what stands beside the list of an object is skipped with its place and said', async () => {
  const found = await read('{"type":"FeatureCollection",\n"features":[{"a":1},{"a":2}],\n"crs":{"x":[1]}}');
  expect(found.entry).toBe('features');
  expect(found.receipt).toMatchObject({ records: 4, loaded: 2, skipped: 2 });
  expect(found.receipt.skips).toMatchObject([
    { line: 1, byte: 8, text: '"type": "FeatureCollection"' },
    { line: 3, byte: 65, text: '"crs": {"x":[1]}' },
  ]);
  expect(codes(found)).toEqual(['type-guess']);
  expect((await read('{"a":[{"x":1}],"b":[{"y":2}]}')).warnings[0]?.code).toBe('tables-several');
  expect((await read('{"a":[{"x":1}],"b":[{"y":2},{"y":3}]}', 'b')).rows).toEqual([[2], [3]]);
  expect((await read('{"a":[{"x":1}]}', '')).receipt).toMatchObject({ records: 1, loaded: 1 });
});

it('a line that is no JSON is rejected with its place and its text, and the rest is read', async () => {
  const found = await read('{"a":1}\n{"a":\n{"a":3}\nno json\n{"a":4}{"a":5}\n{"a":6}');
  expect(found.rows).toEqual([[1], [3], [6]]);
  expect(found.receipt.rejects.map((r) => [r.line, r.byte, r.text])).toEqual([
    [2, 8, '{"a":'],
    [4, 22, 'no json'],
    [5, 30, '{"a":4}{"a":5}'],
  ]);
  expect(codes(found)).toEqual(['rows-rejected']);
});

it('a damaged item of a list costs only itself', async () => {
  const found = await read('[\n{"a":1},\n{"a":oops},\n{"a":"open},\n{"a":4},\n{"a":[5},\n{"a":6,\n{"a":7}]');
  expect(found.rows).toEqual([[1], [4], [7]]);
  expect(found.receipt.rejects.map((r) => [r.line, r.text.trim()])).toEqual([
    [3, '{"a":oops}'],
    [4, '{"a":"open},'],
    [6, '{"a":[5}'],
    [7, '{"a":6,'],
  ]);
});

it('a list that is cut off gives what is whole, and says so', async () => {
  const found = await read('[{"a":1},{"a":2},{"a":"x');
  expect(found.receipt).toMatchObject({ records: 3, loaded: 2, rejected: 1 });
  expect(codes(found)).toEqual(['rows-rejected', 'records-lost']);
  expect(codes(await read('[{"a":1}'))).toEqual(['records-lost']);
});

it('numbers keep all their digits, whatever the others of their column are', async () => {
  const found = await read(
    '{"i":9007199254740993,"j":123456789012345678901234567890,"k":9007199254740993,"l":1e400,"m":12345678901234567.891,"n":0.1}\n' +
      '{"i":1,"j":2,"k":1.5,"l":2,"m":1,"n":0.30000000000000004}\n',
  );
  expect(found.types).toEqual({
    i: 'BIGINT',
    j: 'HUGEINT',
    k: 'VARCHAR',
    l: 'VARCHAR',
    m: 'VARCHAR',
    n: 'DOUBLE',
  });
  expect(found.rows).toEqual([
    [
      '9007199254740993',
      '123456789012345678901234567890',
      '9007199254740993',
      '1e400',
      '12345678901234567.891',
      0.1,
    ],
    [1, 2, '1.5', '2', '1', 0.30000000000000004],
  ]);
  expect(codes(found)).toEqual(['type-guess', 'type-guess', 'type-guess', 'type-guess']);
});

it('a type is what every value of the column says, wherever it stands', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => `{"n":${i},"d":"2024-01-31","s":"07"}`);
  const found = await read([...rows, '{"n":"none","d":"soon","s":"1"}'].join('\n'));
  expect(found.types).toEqual({ n: 'VARCHAR', d: 'VARCHAR', s: 'VARCHAR' });
  expect(found.receipt.loaded).toBe(3001);
  expect(found.warnings).toMatchObject([{ code: 'type-guess', column: 'n' }]);
});

it('dates are those of ISO only; other spellings stay as they are', async () => {
  const found = await read(
    '{"d":"2024-01-31","t":"2024-01-31T10:00:00","z":"2024-01-31T10:00:00.5Z","o":"2024-01-31T10:00:00+02:00","s":"03-04-14","no":"2024-02-30"}',
  );
  expect(found.types).toEqual({
    d: 'DATE',
    t: 'TIMESTAMP',
    z: 'TIMESTAMP',
    o: 'VARCHAR',
    s: 'VARCHAR',
    no: 'VARCHAR',
  });
});

it('nested values become nested columns where nothing is lost, and stay text elsewhere', async () => {
  const found = await read('{"a":{"x":1,"y":["p"]},"b":[9007199254740993],"c":{"K":1,"k":2}}\n{"a":{"x":2}}');
  expect(found.types).toEqual({ a: 'STRUCT(x BIGINT, y VARCHAR[])', b: 'JSON', c: 'JSON' });
  expect(found.rows[0]?.slice(1)).toEqual(['[9007199254740993]', '{"K":1,"k":2}']);
});

it('a key that stands twice is put right and shown', async () => {
  const found = await read('{"id":1}\n{"id":2,"id":42}\n');
  expect(found.rows).toEqual([[1], [42]]);
  expect(found.receipt.mends).toMatchObject([{ line: 2, byte: 9, text: '{"id":2,"id":42}', cells: ['42'] }]);
  expect(codes(found)).toEqual(['rows-mended']);
});

it('keys that differ only by case, are empty or full of marks are columns each', async () => {
  const found = await read('{"id":1,"Id":2,"id_1":3,"":4,"a.b/c~d":5,"q\\"\'":6}');
  expect(found.columns.map((c) => c.name)).toEqual(['id', 'Id_2', 'id_1', 'column3', 'a.b/c~d', 'q"\'']);
  expect(found.rows).toEqual([[1, 2, 3, 4, 5, 6]]);
  expect(codes(found)).toEqual(['column-name-duplicate', 'column-name-empty']);
});

it('NaN and the infinities are read as such', async () => {
  const found = await read('[{"a":NaN},{"a":-Infinity},{"a":1.5}]');
  expect(found.rows).toEqual([['NaN'], ['-Infinity'], [1.5]]);
});

it('other encodings are read and said', async () => {
  const text = '\ufeff[{"a":"città"},\n{"a":"x"}]';
  const little = await read(Buffer.from(text, 'utf16le'));
  expect(little.rows).toEqual([['città'], ['x']]);
  expect(codes(little)).toEqual(['encoding-guess']);
  expect((await read(Buffer.from(text.slice(1), 'utf16le').swap16())).rows).toEqual([['città'], ['x']]);
  const latin = await read(Buffer.from('{"a":"citt\xe0"}\n{"a":"x"}\n', 'latin1'));
  expect(latin.rows).toEqual([['città'], ['x']]);
  expect(latin.receipt).toMatchObject({ mended: 1 });
  expect(codes(latin)).toEqual(['rows-mended', 'encoding-guess']);
});

it('half a character is replaced and shown; NUL and a bare tab are kept', async () => {
  const found = await read('{"a":"\\ud800x"}\n{"a":"\\ud83d\\ude00"}\n{"a":"n\\u0000x"}\n{"a":"t\tx"}\n');
  expect(found.rows).toEqual([['\ufffdx'], ['😀'], ['n\0x'], ['t\tx']]);
  expect(found.receipt.mends.map((m) => m.line)).toEqual([1, 4]);
});

it('deep values are read to a depth that is safe, and refused beyond', async () => {
  const deep = (n: number) => `{"a":${'['.repeat(n)}${']'.repeat(n)}}`;
  const found = await read(`${deep(1)}\n${deep(1500)}\n${deep(300_000)}\n${deep(2)}\n`);
  expect(found.receipt).toMatchObject({ records: 4, loaded: 3, rejected: 1 });
  expect(found.receipt.rejects[0]).toMatchObject({ line: 3, reason: 'nested deeper than 2000 levels' });
  expect((await read(deep(200_000))).receipt).toMatchObject({ records: 1, rejected: 1 });
});

it('a few values that are no objects are rejected; many keep all in one column', async () => {
  const lines = Array.from({ length: 20 }, (_, i) => `{"a":${i}}`);
  expect((await read([...lines, '"hello"'].join('\n'))).receipt).toMatchObject({ loaded: 20, rejected: 1 });
  const mixed = await read('{"a":1}\n[1,2]\n"x"\n');
  expect(mixed.rows).toEqual([['{"a":1}'], ['[1,2]'], ['x']]);
  expect(codes(mixed)).toEqual(['type-guess', 'type-guess']);
});

it('an empty list, blanks and an empty object are told apart', async () => {
  expect(codes(await read('[]'))).toEqual(['no-rows']);
  expect(codes(await read(' \n\n'))).toEqual(['no-rows']);
  expect((await read('{}')).receipt).toMatchObject({ records: 1, loaded: 1 });
});

it('reading ends when it is no longer wanted, and leaves nothing', async () => {
  const work = freshFolder();
  const path = put(freshFolder(), 'a.json', '{"a":1}\n{"a":2}\n');
  const ask = { path, work: join(work, 'w'), signal: AbortSignal.abort() };
  await expect(readJson(async () => [], ask)).rejects.toThrow();
  expect(readdirSync(work)).toEqual([]);
});

it('random values written as lines, as a list and spread out are read back as they were', async () => {
  const cell = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const rows = fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('lines', 'list', 'spread'), async (values, form) => {
      const text =
        form === 'lines'
          ? values.map((v) => JSON.stringify(v)).join('\n')
          : JSON.stringify(values, null, form === 'spread' ? 2 : 0);
      const found = await read(text);
      expect(found.receipt).toMatchObject({ records: values.length, loaded: values.length, mended: 0 });
      for (const [i, value] of values.entries()) {
        for (const [k, key] of (['a', 'b'] as const).entries()) {
          const got = found.rows[i]![k]!;
          const was = value[key];
          const column = found.columns[k]!;
          if (was === null) expect(got).toBeNull();
          else if (typeof was === 'number') expect(Number(got)).toBe(was === 0 ? 0 : was);
          else if (column.type === 'VARCHAR') expect(got).toBe(String(was));
          else if (column.type === 'BOOLEAN') expect(got).toBe(was);
        }
      }
    }),
    { seed: 20, numRuns: 50 },
  );
}, 60_000);

const folder = otherData === null ? null : join(otherData, 'json');
it.skipIf(folder === null)(
  'every JSON file at hand is read or refused, and the law holds for each',
  async () => {
    const counted = new Map<string, string>();
    for (const name of readdirSync(folder!)) {
      const { receipt } = await readPath(join(folder!, name));
      counted.set(
        name.replace('duckdb__', ''),
        `${receipt.records} ${receipt.loaded} ${receipt.rejected} ${receipt.skipped}`,
      );
    }
    expect(counted.size).toBeGreaterThan(40);
    expect(counted.get('malformed__array_comma_malformed.json')).toBe('1 0 1 0');
    expect(counted.get('sample_utf8_bom.json')).toBe('4 3 0 1');
    expect(counted.get('top_level_two_arrays.json')).toBe('4 4 0 0');
    expect(counted.get('map_of_structs.jsonl')).toBe('100 100 0 0');
    const odd = [...counted].filter(([, law]) => !/ 0 0$/.test(law)).map(([name]) => name);
    expect(odd).toEqual(['malformed__array_comma_malformed.json', 'sample_utf8_bom.json']);
  },
);

it.skipIf(otherData === null)('cars and movies are read whole, with what is odd in them said', async () => {
  const cars = await readPath(join(otherData!, 'real/vega/cars.json'));
  expect(cars.receipt).toMatchObject({ records: 406, loaded: 406 });
  expect(cars.types).toMatchObject({ Year: 'DATE', Miles_per_Gallon: 'DOUBLE', Horsepower: 'BIGINT' });
  const movies = await readPath(join(otherData!, 'real/vega/movies.json'));
  expect(movies.receipt).toMatchObject({ records: 3201, loaded: 3201 });
  expect(movies.warnings).toMatchObject([{ code: 'type-guess', column: 'Title' }]);
  expect(movies.types['Release Date']).toBe('VARCHAR');
});
