import { statSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { byteWidth, detectEncoding } from '../../src-main/engine/encoding';
import { Places } from '../../src-main/engine/places';
import { freshFolder, put } from '../support/folder';

async function detect(content: string | Buffer) {
  const path = put(freshFolder(), 'a.csv', content);
  const found = await detectEncoding(path, statSync(path).size);
  if (found === null) throw new Error('no text');
  return found;
}

it.each([
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
] as const)('a mark of %s is believed, and the same text is found without it', async (encoding, mark) => {
  const text = iconv.encode('id,name\n1,Zoë\n2,Łukasz\n3,東京 😀\n', encoding, { addBOM: false });
  expect(await detect(Buffer.concat([Buffer.from(mark), text]))).toMatchObject({
    encoding,
    bom: true,
    certain: true,
    damage: null,
  });
  expect(await detect(text)).toMatchObject({ encoding, bom: false, certain: true, damage: null });
});

it('plain ASCII is UTF-8, and said to be ASCII', async () => {
  expect(await detect('a,b\n1,2\n')).toMatchObject({
    encoding: 'utf-8',
    certain: true,
    ascii: true,
    sample: '',
  });
  expect(await detect('a,b\n1,ü\n')).toMatchObject({ encoding: 'utf-8', ascii: false, sample: 'ü' });
});

it('a character that two megabytes share is no harm', async () => {
  for (const shift of [0, 1, 2, 3]) {
    const text = `${'x'.repeat(shift)}${'😀'.repeat(600_000)}`;
    expect(await detect(text)).toMatchObject({ encoding: 'utf-8', certain: true, damage: null });
  }
});

it('one accented letter after megabytes of ASCII decides', async () => {
  const ascii = Buffer.from('1234,abcdef,2020-01-01\n'.repeat(150_000));
  expect(await detect(Buffer.concat([ascii, Buffer.from('1,caf\xe9,x\n', 'latin1')]))).toMatchObject({
    encoding: 'windows-1252',
    damage: null,
    ascii: false,
  });
  expect(await detect(Buffer.concat([ascii, Buffer.from('1,café,x\n')]))).toMatchObject({
    encoding: 'utf-8',
    certain: true,
  });
});

it('UTF-8 with a few broken bytes stays UTF-8, and they are counted', async () => {
  const text = Buffer.from('Москва,Zürich\n'.repeat(1000));
  const found = await detect(
    Buffer.concat([text, Buffer.from([0x78, 0xff, 0x0a]), text, Buffer.from([0xe2, 0x82, 0x0a])]),
  );
  expect(found).toMatchObject({
    encoding: 'utf-8',
    certain: true,
    damage: { kind: 'invalid-utf8', count: 2, firstByte: text.length + 1 },
  });
});

it('half UTF-8, half Latin letters is not certain, and both readings are offered', async () => {
  const found = await detect(
    Buffer.concat([Buffer.from('café\ndéjà\nÉmile\n'), Buffer.from('caf\xe9\nd\xe9j\xe0\n', 'latin1')]),
  );
  expect(found).toMatchObject({
    encoding: 'utf-8',
    certain: false,
    damage: { kind: 'invalid-utf8', count: 3 },
  });
  expect(found.alternatives.map((a) => a.encoding)).toContain('windows-1252');
});

it.each([
  ['id,na\0me\n1,ü\n', { kind: 'nul', count: 1, firstByte: 5 }],
  ['id,\ufffd\n1,\ufffd\n', { kind: 'replacement', count: 2, firstByte: 3 }],
  ['id,cafÃ©\n1,itâ€™s\n', { kind: 'mojibake', count: 2, firstByte: 6 }],
])('harm done earlier is told and changes nothing: %j', async (text, damage) => {
  expect(await detect(text)).toMatchObject({ encoding: 'utf-8', certain: true, damage });
});

it('all harm is told, the gravest first', async () => {
  const found = await detect('na\0me,cafÃ©\nÜber,\ufffd\n');
  expect(found.damages.map((d) => d.kind)).toEqual(['nul', 'replacement', 'mojibake']);
  expect(found.damage).toBe(found.damages[0]);
});

it('half a character of UTF-16 and a file cut inside one are told', async () => {
  const text = iconv.encode(`id,name\n${'1,abc\n'.repeat(50)}`, 'utf-16le', { addBOM: true });
  const found = await detect(Buffer.concat([text, Buffer.from([0x3d, 0xd8, 0x31, 0x00, 0x0a])]));
  expect(found).toMatchObject({
    encoding: 'utf-16le',
    damage: { kind: 'replacement', count: 2, firstByte: text.length },
  });
});

it('a picture is no text', async () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + ((i * i) >> 3)) & 255));
  const path = put(freshFolder(), 'a.csv', noise);
  expect(await detectEncoding(path, noise.length)).toBeNull();
});

it('rows of small numbers are no text, though their zeros stand as those of UTF-16 and UTF-32 do', async () => {
  for (const rows of [new Uint16Array(2000), new Uint32Array(2000)]) {
    const bytes = Buffer.from(rows.map((_, i) => i % 100).buffer);
    expect(await detectEncoding(put(freshFolder(), 'a.csv', bytes), bytes.length)).toBeNull();
  }
});

it('detection can be cancelled', async () => {
  const path = put(freshFolder(), 'a.csv', 'a,b\n');
  await expect(detectEncoding(path, 4, AbortSignal.abort())).rejects.toMatchObject({
    problem: { code: 'query-cancelled' },
  });
});

const prose: Readonly<Record<string, readonly string[]>> = {
  french: 'été année préféré élève garçon déjà où français hôtel Noël gâteau très leçon'.split(' '),
  german: 'Müller Größe Straße für über Köln schön Bücher Österreich weiß Länge'.split(' '),
  polish: 'się książka żółw Łódź pięć święta źródło ćma wartość sprzedaż miesiąc'.split(' '),
  czech: 'Dvořák příliš žluťoučký kůň město číslo měsíc účet zboží'.split(' '),
  russian: 'Москва город улица рубль клиент номер адрес заказ сумма товар'.split(' '),
  greek: 'Αθήνα Ελλάδα πόλη όνομα διεύθυνση ημερομηνία ποσό πελάτης'.split(' '),
  turkish: 'İstanbul şehir müşteri değişik ağaç sipariş ışık ürün'.split(' '),
  japanese: '東京都 株式会社 商品名 カタログ ひらがな 数量 顧客 の 大阪'.split(' '),
  chinese: '北京市 有限公司 产品名称 客户 地址 数量 上海 电话 日期'.split(' '),
  korean: '서울특별시 주식회사 제품 고객 주소 수량 부산 전화'.split(' '),
};
const written: readonly (readonly [string, string])[] = [
  ['french', 'windows-1252'],
  ['french', 'iso-8859-15'],
  ['french', 'macintosh'],
  ['german', 'windows-1252'],
  ['german', 'cp850'],
  ['polish', 'windows-1250'],
  ['polish', 'iso-8859-2'],
  ['czech', 'windows-1250'],
  ['russian', 'windows-1251'],
  ['russian', 'koi8-r'],
  ['russian', 'iso-8859-5'],
  ['greek', 'windows-1253'],
  ['greek', 'iso-8859-7'],
  ['turkish', 'windows-1254'],
  ['japanese', 'shift_jis'],
  ['japanese', 'euc-jp'],
  ['chinese', 'gb18030'],
  ['korean', 'euc-kr'],
];

it('random tables of real words are read as they were written, or there is a doubt and the right reading is offered', async () => {
  let certain = 0;
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...written).chain(([language, encoding]) =>
        fc.record({
          encoding: fc.constant(encoding),
          rows: fc.array(
            fc.array(
              fc.oneof(fc.constantFrom(...prose[language]!), fc.constantFrom('12', 'x', '2020-01-01', '')),
              {
                minLength: 3,
                maxLength: 3,
              },
            ),
            { minLength: 1, maxLength: 30 },
          ),
        }),
      ),
      async ({ encoding, rows }) => {
        const text = `${['id,name,x', ...rows.map((row) => row.join(','))].join('\n')}\n`;
        const bytes = iconv.encode(text, encoding);
        const found = await detect(bytes);
        const right = (name: string) => iconv.decode(bytes, name) === text;
        cases++;
        if (found.certain) certain++;
        expect(
          right(found.encoding) || (!found.certain && found.alternatives.some((a) => right(a.encoding))),
        ).toBe(true);
      },
    ),
    { numRuns: 300, seed: 20240611 },
  );
  expect(certain / cases).toBeGreaterThan(0.7);
});

it.each([
  'utf-8',
  'utf-16le',
  'utf-32be',
  'windows-1251',
  'gb18030',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'big5',
])('the widths of the characters of %s add up to the bytes of the file', (encoding) => {
  const sample: Record<string, string> = {
    'windows-1251': 'Москва, 12\n',
    gb18030: '北京 € 㐀 😀 é, 12\n',
    shift_jis: '東京 ｱｲｳ ソ, 12\n',
    'euc-jp': '東京 ｱｲｳ 丂, 12\n',
    'euc-kr': '서울 똠, 12\n',
    big5: '台北 許, 12\n',
  };
  const text = sample[encoding] ?? 'Zoë 東京 😀, 12\n';
  const width = byteWidth(encoding);
  const sum = Array.from({ length: text.length }, (_, i) => width(text.charCodeAt(i))).reduce(
    (a, b) => a + b,
  );
  expect(sum).toBe(iconv.encode(text, encoding, { addBOM: false }).length);
});

it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'gb18030'])(
  'lines are found in the bytes of %s, whatever ends them',
  async (encoding) => {
    const lines = ['id,名\n', 'ਊ,1\r\n', '\r', 'ab\r', '\r\n', '2,\u0d0a\u0a0d\n', 'last'];
    const bytes = lines.map((line) => iconv.encode(line, encoding, { addBOM: false }));
    const path = put(freshFolder(), 'a.csv', Buffer.concat(bytes));
    const starts = bytes.map((_, i) => bytes.slice(0, i).reduce((sum, b) => sum + b.length, 0));
    const places = new Places({ path, encoding, newline: 'any' });
    expect(await places.of([1, 2, 3, 4, 5, 6, 7, 8])).toEqual([
      ...starts,
      ...Array(8 - starts.length).fill(null),
    ]);
    expect(await places.of([3, 1, 1])).toEqual([starts[2], starts[0], starts[0]]);
    await places.close();
  },
);
