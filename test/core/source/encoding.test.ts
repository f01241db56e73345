import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import {
  canonicalEncoding,
  encodings,
  judgeEncodings,
  looksBinary,
  mojibakeIn,
  type Piece,
  unmarkedUnicode,
} from '../../../src-main/core/source/encoding';

const decode = (bytes: Uint8Array, encoding: string) =>
  iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false });

function judge(words: readonly string[], encoding: string) {
  const pieces: Piece[] = words.map((word) => ({ bytes: iconv.encode(word, encoding), count: 1 }));
  const all = new Set(pieces.flatMap((p) => [...p.bytes].filter((byte) => byte > 127)));
  return judgeEncodings(pieces, Uint8Array.from(all), decode);
}

/** Whether an encoding reads words written in another as they are. */
const readsAlike = (words: readonly string[], written: string, read: string) =>
  words.every((word) => decode(iconv.encode(word, written), read) === word);

const words: readonly (readonly [string, string])[] = [
  ['windows-1252', 'café Müller señor São naïve garçon Ångström où voilà €20 l’été'],
  ['iso-8859-15', 'cœur €uros œuvre sœur élève préféré bœuf'],
  ['windows-1250', 'Łódź się książka żółw Kraków ćma pięć świętą źródło'],
  ['windows-1250', 'Dvořák příliš žluťoučký kůň úpěl ďábelské ódy Plzeň'],
  ['iso-8859-2', 'Łódź się książka żółw Kraków ćma pięć świętą źródło'],
  ['iso-8859-2', 'erdő hűtő őszi tűz szőlő nő kérdés időjárás fűnyíró'],
  ['windows-1251', 'Москва Санкт-Петербург улица Ленина дом город рубль'],
  ['windows-1251', 'Україна Київ їжак євро місто вулиця'],
  ['koi8-r', 'Москва Санкт-Петербург улица Ленина дом город рубль'],
  ['iso-8859-5', 'Москва Санкт-Петербург улица Ленина дом город рубль'],
  ['cp866', 'Москва Санкт-Петербург улица Ленина дом город рубль'],
  ['windows-1253', 'Αθήνα Ελλάδα οδός πόλη Θεσσαλονίκη όνομα Άγιος'],
  ['iso-8859-7', 'Αθήνα Ελλάδα οδός πόλη Θεσσαλονίκη όνομα Άγιος'],
  ['windows-1254', 'İstanbul şehir ağaç Türkiye çocuk ışık değişik güneş'],
  ['windows-1255', 'ירושלים שלום תל אביב רחוב מספר לקוחות עיר'],
  ['windows-1256', 'القاهرة السعودية المدينة العنوان الاسم الشارع'],
  ['windows-1257', 'Lietuvių kalba žodžių Šiauliai ąžuolas ėjimas įmonė'],
  ['windows-874', 'กรุงเทพมหานคร ประเทศไทย ลูกค้า จังหวัด'],
  ['shift_jis', '東京都 株式会社 カタカナ ひらがな 商品の名前'],
  ['euc-jp', '東京都 株式会社 カタカナ ひらがな 商品の名前'],
  ['gb18030', '北京市 有限公司 产品名称 上海 客户的地址 数量'],
  ['big5', '台北市 有限公司 產品名稱 高雄 客戶的地址 數量'],
  ['euc-kr', '서울특별시 주식회사 제품 이름 고객의 주소 부산'],
  ['macintosh', 'café Müller señor naïve garçon déjà Zürich été année'],
  ['cp850', 'café Müller señor naïve garçon déjà Zürich été année'],
];

it.each(words)('%s is told from its words: %s', (encoding, text) => {
  const list = text.split(' ').filter((word) => /\P{ASCII}/u.test(word));
  const { readings, certain } = judge(list, encoding);
  expect([readings[0]!.encoding, readsAlike(list, encoding, readings[0]!.encoding)]).toEqual([
    readings[0]!.encoding,
    true,
  ]);
  if (!certain) expect(readings.length).toBeGreaterThan(1);
});

it.each([
  ['café', 'windows-1252'],
  ['Müller', 'windows-1252'],
  ['señor', 'windows-1252'],
  ['25°C', 'windows-1252'],
  ['Москва', 'windows-1251'],
])('one word is enough to prefer the right reading: %s', (word, encoding) => {
  expect(readsAlike([word], encoding, judge([word], encoding).readings[0]!.encoding)).toBe(true);
});

it.each([
  [['siê'], 'windows-1252'],
  [['ø'], 'windows-1252'],
  [['ы', 'ь', 'э', 'ю', 'я'], 'iso-8859-5'],
  [['ñski', 'koreañski', 'japoñski'], 'windows-1252'],
  [['Ã'], 'windows-1252'],
])('what reads well in several ways is not certain: %j', (list, encoding) => {
  const { certain, readings } = judge(list, encoding);
  expect(certain).toBe(false);
  expect(readings.length).toBeGreaterThan(1);
});

it('readings that give the same text are one, and readings that do not show where they differ', () => {
  const { readings } = judge(['się', 'także'], 'windows-1250');
  expect(new Set(readings.map((r) => r.sample)).size).toBe(readings.length);
});

it('bytes that an alphabet has no character for leave a doubt', () => {
  const pieces = ['café', 'Müller', 'garçon'].map((word) => ({
    bytes: iconv.encode(word, 'latin1'),
    count: 1,
  }));
  const odd = { bytes: Uint8Array.of(0x61, 0x81, 0x62), count: 1 };
  const all = Uint8Array.of(0x81, 0xe7, 0xe9, 0xfc);
  expect(judgeEncodings(pieces, all.subarray(1), decode).certain).toBe(true);
  expect(judgeEncodings([...pieces, odd], all, decode).certain).toBe(false);
});

it.each([
  ['latin1', 'iso-8859-1'],
  ['UTF8', 'utf-8'],
  ['cp1252', 'windows-1252'],
  ['Windows 1251', 'windows-1251'],
  ['SJIS', 'shift_jis'],
  ['GBK', 'gb18030'],
  ['UTF-16', 'utf-16le'],
  ['KOI8-R', 'koi8-r'],
])('%s is known as %s', (label, name) => {
  expect(canonicalEncoding(label)).toBe(name);
});

it('an encoding that cannot be read has no name, and every name can be read', () => {
  expect(canonicalEncoding('ebcdic')).toBeNull();
  expect(encodings.filter((name) => canonicalEncoding(name) !== name || !iconv.encodingExists(name))).toEqual(
    [],
  );
});

it.each([
  ['cafÃ© au lait', 1],
  ['itâ€™s', 1],
  ['Ã–sterreich Â° Â£5', 3],
  ['ÐœÐ¾ÑÐºÐ²Ð°', 1],
  ['café Müller SÃO «CAFÉ» “déjà…” MAÇÃ AMANHÃ”', 0],
  ['Москва Αθήνα 東京', 0],
])('letters encoded twice in “%s”: %i', (text, count) => {
  expect(Math.min(mojibakeIn(text), Math.max(count, mojibakeIn(text) > 0 ? 1 : 0))).toBe(count);
});

const bytesOf = (text: string, encoding: string) => iconv.encode(text, encoding, { addBOM: false });

it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
  '%s without a mark is told by its zeros',
  (encoding) => {
    expect(unmarkedUnicode([bytesOf('id,name\n1,Müller\n2,€\n', encoding)], false)).toBe(encoding);
    const greek = bytesOf('όνομα,πόλη,12\nΑθήνα,Ελλάδα,30\nοδός,Πάτρα,45\n', encoding);
    expect(unmarkedUnicode([greek], false)).toBe(encoding);
  },
);

it('zeros that stray in ASCII, or pad it, are not UTF-16', () => {
  expect(unmarkedUnicode([Buffer.from('id,na\0me\n1,a\0b\n2,c\n')], true)).toBeNull();
  expect(unmarkedUnicode([Buffer.from(`id,name\n1,a\n${'\0'.repeat(100)}`)], true)).toBeNull();
  const agree = bytesOf('id,name\n1,a\n', 'utf-16le');
  expect(unmarkedUnicode([agree, Buffer.from('plain text, no zeros'), agree], true)).toBeNull();
});

it('bytes of pictures and programs are no text; odd separators and stray zeros are', () => {
  let state = 7;
  const noise = Uint8Array.from({ length: 4096 }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state >> 16;
  });
  expect(looksBinary([noise], false)).toBe(true);
  expect(looksBinary([new Uint8Array(100)], false)).toBe(true);
  expect(looksBinary([Buffer.from('a\u0001b\u0001c\n1\u00012\u00013\n')], true)).toBe(false);
  expect(looksBinary([Buffer.from('id,na\0me\n1,a\n2,b\n')], true)).toBe(false);
  expect(looksBinary([Buffer.from(`id,name\n1,a\n${'\0'.repeat(100)}`)], true)).toBe(false);
});
