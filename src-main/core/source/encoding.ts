/**
 * Which encoding bytes are in, judged by what they would read as: pure scoring, the decoding is an argument.
 *
 * A reading is scored as the logarithm of how likely it is: letters by how common they are in a language that writes
 * them, how they stand next to their neighbours (one script in a word, no capital after a small letter, vowels beside
 * consonants), symbols where symbols belong. Differences of a few units are doubt, of ten are none.
 */
import { common, type Language, languages, type Place, type Script } from './letters';

/** Encodings we detect, likelier first, and how likely before looking (natural logarithm). */
const legacy: readonly (readonly [string, number])[] = [
  ['windows-1252', 0],
  ['windows-1251', -0.7],
  ['windows-1250', -1],
  ['gb18030', -1],
  ['shift_jis', -1],
  ['euc-kr', -1],
  ['big5', -1.2],
  ['iso-8859-1', -1],
  ['windows-1254', -1.5],
  ['windows-1253', -1.5],
  ['koi8-r', -1.5],
  ['iso-8859-15', -2],
  ['iso-8859-2', -2],
  ['iso-8859-9', -2],
  ['iso-8859-7', -2],
  ['iso-8859-5', -2.5],
  ['windows-1257', -2],
  ['windows-1255', -2],
  ['windows-1256', -2],
  ['windows-874', -2],
  ['euc-jp', -2],
  ['cp866', -2.5],
  ['koi8-u', -2.5],
  ['iso-8859-8', -3],
  ['iso-8859-6', -3],
  ['iso-8859-13', -5],
  ['macintosh', -3],
  ['cp850', -3],
  ['cp437', -3.2],
  ['cp852', -3.5],
  ['maccyrillic', -4],
  ['maccenteuro', -4],
];

/** Every encoding a file can be read in, as it is named in a dialect. */
export const encodings: readonly string[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  ...legacy.map(([name]) => name),
];

const aliases: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  ascii: 'utf-8',
  usascii: 'utf-8',
  utf8bom: 'utf-8',
  utf8sig: 'utf-8',
  utf16: 'utf-16le',
  ucs2: 'utf-16le',
  unicode: 'utf-16le',
  utf32: 'utf-32le',
  ucs4: 'utf-32le',
  latin1: 'iso-8859-1',
  l1: 'iso-8859-1',
  latin2: 'iso-8859-2',
  latin5: 'iso-8859-9',
  latin9: 'iso-8859-15',
  ansi: 'windows-1252',
  sjis: 'shift_jis',
  windows31j: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  ksc5601: 'euc-kr',
  cp950: 'big5',
  big5hkscs: 'big5',
  koi8: 'koi8-r',
  mac: 'macintosh',
  macroman: 'macintosh',
  xmacroman: 'macintosh',
  tis620: 'windows-874',
  ibm437: 'cp437',
  ibm850: 'cp850',
  ibm852: 'cp852',
  ibm866: 'cp866',
};

/** The name under which we know an encoding that a user calls `Latin1`, `UTF8`, `cp1252` …; null if we cannot read it. */
export function canonicalEncoding(label: string): string | null {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const asked = plain(label).replace(/^(cp|win|windows)(125\d|874)$/, 'windows$2');
  return encodings.find((name) => plain(name) === asked) ?? aliases[asked] ?? null;
}

/** A piece of a file that holds bytes above 127, and how often it was met. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Decodes bytes; whatever cannot be decoded becomes U+FFFD. */
export type Decode = (bytes: Uint8Array, encoding: string) => string;

/** A reading of the pieces. */
export interface Reading {
  readonly encoding: string;
  /** Logarithm of its likelihood; only differences mean something. */
  readonly score: number;
  /** A few words with the characters in question, as they would read. */
  readonly sample: string;
}

export interface Judgement {
  /** Best first; readings that give the same text are there once, under the likeliest name. At most 8. */
  readonly readings: readonly Reading[];
  /** Whether the first is beyond reasonable doubt. */
  readonly certain: boolean;
}

/** How far ahead the best reading must be, in natural logarithms. */
const MARGIN = 4;
/** Worse than this per byte above 127 is no language at all. */
const NONSENSE = -6.5;

/**
 * Judges the readings of bytes that are not UTF-8.
 *
 * @param given Distinct, none holds a newline or is empty.
 * @param all One of each byte above 127 that the file holds: readings that agree on the pieces may differ elsewhere.
 */
export function judgeEncodings(given: readonly Piece[], all: Uint8Array, decode: Decode): Judgement {
  const pieces = spread(given, PIECES);
  const weights = weigh(pieces);
  /** Bytes above 127, as far as they prove something. */
  const high = pieces.reduce((sum, p, i) => sum + weights[i]! * countHigh(p.bytes), 0);
  const few = spread(pieces, SHORTLIST_PIECES);
  const fewWeights = weigh(few);
  const text = joined(few);
  const full = joined(pieces);
  const narrow = standAlone(few);
  const rough = legacy
    .filter(([encoding]) => !narrow || !isWide(encoding))
    .map(([encoding, prior]) => {
      const lines = decode(text, encoding).split('\n');
      return { encoding, prior, score: prior + scoreOf(fewWeights, lines, encoding) };
    })
    .sort((a, b) => b.score - a.score);
  const short = pieces.length > few.length ? rough.slice(0, SHORTLIST) : rough;
  const judged = short
    .map(({ encoding, prior, score }) => {
      const decoded = decode(full, encoding);
      const better = pieces.length > few.length;
      const lines = decoded.split('\n');
      return {
        encoding,
        lines,
        // What the whole file uses counts too: bytes that a reading has no character for.
        text: `${decoded}\n${isWide(encoding) ? '' : decode(all, encoding)}`,
        score: better ? prior + scoreOf(weights, lines, encoding) : score,
        place: legacy.findIndex(([name]) => name === encoding),
      };
    })
    .sort((a, b) => b.score - a.score || a.place - b.place);
  const readings: typeof judged = [];
  for (const reading of judged) {
    if (readings.some((r) => r.text === reading.text)) continue;
    const twins = judged.filter((r) => r.text === reading.text);
    const likeliest = twins.reduce((a, b) => (a.place <= b.place ? a : b));
    readings.push({ ...reading, encoding: likeliest.encoding });
  }
  const [best, next] = readings;
  const certain =
    best !== undefined &&
    best.score / Math.max(0.5, high) > NONSENSE &&
    !apart(few) &&
    !unread(best.text, best.encoding) &&
    (next === undefined || best.score - next.score >= margin(best, next, high, all.length));
  return {
    readings: readings.slice(0, 8).map(({ encoding, score, lines }, i) => {
      const other = (i === 0 ? next : best)?.lines ?? [];
      const differing = lines.filter((line, at) => line !== other[at]);
      return { encoding, score, sample: sampleOf(differing.length > 0 ? differing : lines) };
    }),
    certain,
  };
}

/** Some of many, evenly taken. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!);
}

/**
 * How far ahead the best must be: few different bytes prove less however often they occur, and characters of two bytes
 * vary more in cost, so that chance reaches further.
 */
function margin(best: { encoding: string }, next: { encoding: string }, high: number, kinds: number): number {
  const least = MARGIN + 3 / Math.max(1, kinds);
  if (!isWide(best.encoding) && !isWide(next.encoding)) return least;
  return Math.max(least, 4 * Math.sqrt(high / 2));
}

/** Whether an alphabet has no character for some byte. Wider characters are cut now and then, which proves nothing. */
const unread = (text: string, encoding: string): boolean => !isWide(encoding) && text.includes('\ufffd');

/** Whether most pieces are one byte on its own, a list of letters perhaps: nothing can be told from that. */
function apart(pieces: readonly Piece[]): boolean {
  return pieces.filter((piece) => piece.bytes.length === 1).length > pieces.length / 2;
}

/** Whether most bytes above 127 stand alone: then they are letters among ASCII, not parts of wider characters. */
function standAlone(pieces: readonly Piece[]): boolean {
  let alone = 0;
  let high = 0;
  for (const { bytes } of pieces) {
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i]! < 128) continue;
      high++;
      if (!(bytes[i - 1]! >= 128) && !(bytes[i + 1]! >= 128)) alone++;
    }
  }
  return high >= 8 && alone > high * 0.7;
}

/** Pieces that all encodings are tried on, and the most that the best of them are. */
const SHORTLIST_PIECES = 100;
const PIECES = 1_200;
const SHORTLIST = 6;

function countHigh(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte > 127) high++;
  return high;
}

function joined(pieces: readonly Piece[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, p) => sum + p.bytes.length + 1, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    out.set(bytes, at);
    at += bytes.length;
    out[at++] = 10;
  }
  return out.subarray(0, Math.max(0, at - 1));
}

/** A few words of a text that show characters outside ASCII, letters first. */
export function sampleOf(lines: readonly string[]): string {
  const words: string[] = [];
  for (const pattern of [/[^\p{ASCII}\p{P}\p{S}]/u, /\P{ASCII}/u]) {
    for (const line of lines) {
      for (const word of line.split(/[ \t,;|"]+/)) {
        if (words.length >= 5) return words.join(' ');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are taken out so that they do no harm on screen
        const clean = word.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd').slice(0, 40);
        if (pattern.test(clean) && !words.includes(clean)) words.push(clean);
      }
    }
  }
  return words.join(' ');
}

const wide: Readonly<Record<string, keyof typeof common>> = {
  gb18030: 'zh',
  big5: 'zht',
  shift_jis: 'ja',
  'euc-jp': 'ja',
  'euc-kr': 'ko',
};
const isWide = (encoding: string): boolean => wide[encoding] !== undefined;

function scoreOf(weights: readonly number[], lines: readonly string[], encoding: string): number {
  const language = wide[encoding];
  if (language === undefined) return narrowScore(weights, lines);
  return weights.reduce((sum, weight, i) => sum + weight * wideScore(lines[i] ?? '', language), 0);
}

/**
 * How much each piece proves. The tenth word that uses a byte says little about it that the first nine have not, so the
 * n-th use of a byte counts 1/n.
 */
function weigh(pieces: readonly Piece[]): number[] {
  const uses = new Float64Array(256);
  return pieces.map(({ bytes, count }) => {
    let sum = 0;
    let high = 0;
    for (const byte of bytes) {
      if (byte < 128) continue;
      high++;
      uses[byte]!++;
      sum += 1 / uses[byte]!;
    }
    return (sum / Math.max(1, high)) * (1 + Math.log2(count) / 4);
  });
}

// ---- Alphabets -------------------------------------------------------------------------------------------------

/** Cost of a letter that no word of the language has. */
const STRANGE = -8;

interface Frequencies extends Language {
  readonly cost: ReadonlyMap<string, number>;
}

const frequencies: readonly Frequencies[] = languages.map((language) => {
  const [often = '', rare = ''] = language.letters.split('|');
  const weights = [...often]
    .map((letter, rank) => [letter, 1 / (rank + 3)] as const)
    .concat([...rare].map((letter) => [letter, 0.2 / (often.length + 3)] as const));
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return { ...language, cost: new Map(weights.map(([letter, weight]) => [letter, Math.log(weight / sum)])) };
});
const weightSum = languages.reduce((sum, l) => sum + l.weight, 0);
const priors = frequencies.map((l) => Math.log(l.weight / weightSum));

interface Judged {
  readonly weight: number;
  /** Cost of how the characters stand, whatever the language. */
  readonly shape: number;
  /** Letters outside ASCII, in lower case, each followed by its place. */
  readonly letters: readonly string[];
}

function narrowScore(weights: readonly number[], lines: readonly string[]): number {
  const words = weights.map((weight, i) => shapeOf(lines[i] ?? '', weight));
  let shape = 0;
  const lettered: Judged[] = [];
  for (const word of words) {
    shape += word.weight * word.shape;
    if (word.letters.length > 0) lettered.push(word);
  }
  if (lettered.length === 0) return shape;
  const byLetter = new Map<string, Float64Array>();
  const wordCosts = lettered.map((word) => {
    const sum = new Float64Array(frequencies.length);
    for (const letter of word.letters) {
      let cost = byLetter.get(letter);
      if (cost === undefined) {
        const [char = '', place = ''] = letter;
        cost = Float64Array.from(frequencies, (language) => {
          const habit = language.habits?.[char];
          return (language.cost.get(char) ?? STRANGE) - (habit?.includes(place) === false ? 2.5 : 0);
        });
        byLetter.set(letter, cost);
      }
      for (let l = 0; l < sum.length; l++) sum[l]! += cost[l]!;
    }
    return sum;
  });
  // A file is mostly in one language, but names in it may be of any.
  const any = lettered.map((_, w) => {
    let sum = 0;
    for (let l = 0; l < priors.length; l++) sum += Math.exp(priors[l]! + wordCosts[w]![l]!);
    return 0.15 * sum;
  });
  let best = Number.NEGATIVE_INFINITY;
  for (let l = 0; l < priors.length; l++) {
    let sum = priors[l]!;
    for (let w = 0; w < lettered.length; w++) {
      sum += lettered[w]!.weight * Math.log(0.85 * Math.exp(wordCosts[w]![l]!) + any[w]! + 1e-300);
    }
    if (sum > best) best = sum;
  }
  return shape + best;
}

const usual = '’–“”«»°€£';
const known = '\u00a0…§®©™½²³·•¿¡ºªµ×±¼¾‘„‚—´†‡\u00ad№';
const marks = '’‘´\u00ad·־';
const vowels = /[aeiouyæøœəıаеёиоуыэюяіїєўъαεηιουω]/;

const kinds = new Map<string, Script | 'digit' | 'other'>();
function kindOf(char: string): Script | 'digit' | 'other' {
  const kept = kinds.get(char);
  if (kept !== undefined) return kept;
  const kind = /\p{Nd}/u.test(char)
    ? 'digit'
    : /[ªº]/.test(char) || !/[\p{L}\p{M}]/u.test(char)
      ? 'other'
      : /\p{Script=Latin}/u.test(char)
        ? 'latin'
        : /\p{Script=Cyrillic}/u.test(char)
          ? 'cyrillic'
          : /\p{Script=Greek}/u.test(char)
            ? 'greek'
            : /\p{Script=Hebrew}/u.test(char)
              ? 'hebrew'
              : /\p{Script=Arabic}/u.test(char)
                ? 'arabic'
                : /\p{Script=Thai}/u.test(char)
                  ? 'thai'
                  : 'other';
  kinds.set(char, kind);
  return kind;
}
const isLetter = (kind: string | undefined): boolean =>
  kind !== undefined && kind !== 'digit' && kind !== 'other';

const bases = new Map<string, string>();
/** A letter without case and accent. */
function baseOf(char: string): string {
  let base = bases.get(char);
  if (base === undefined) {
    base = char.toLowerCase().normalize('NFD').charAt(0);
    bases.set(char, base);
  }
  return base;
}

/** 1 upper, -1 lower, 0 neither. */
function caseOf(char: string): number {
  const lower = char.toLowerCase();
  const upper = char.toUpperCase();
  return lower === upper ? 0 : char === lower ? -1 : 1;
}

function shapeOf(word: string, weight: number): Judged {
  let shape = 0;
  const letters: string[] = [];
  for (let i = 0; i < word.length; i++) {
    const char = word[i]!;
    const code = char.charCodeAt(0);
    if (code < 128) continue;
    const before = word[i - 1];
    const after = word[i + 1];
    const kindBefore = before === undefined ? undefined : kindOf(before);
    const kindAfter = after === undefined ? undefined : kindOf(after);
    if (code === 0xfffd) shape -= 14;
    else if (code < 0xa0) shape -= 9;
    else {
      const kind = kindOf(char);
      if (isLetter(kind)) {
        const script = kind as Script;
        letters.push(char.toLowerCase().charAt(0) + placeOf(kindBefore, after, kindAfter));
        shape += besideOf(char, script, before, kindBefore, after, kindAfter, word[i - 2]);
      } else shape += symbolCost(char, before, kindBefore, kindAfter);
    }
  }
  return { weight, shape, letters };
}

function placeOf(
  kindBefore: string | undefined,
  after: string | undefined,
  kindAfter: string | undefined,
): Place {
  if (!isLetter(kindBefore)) return '^';
  if (!isLetter(kindAfter)) return '$';
  return vowels.test(baseOf(after!)) ? 'v' : 'c';
}

/** What a letter's neighbours say. Pairs of two letters outside ASCII are judged at the second. */
function besideOf(
  char: string,
  script: Script,
  before: string | undefined,
  kindBefore: string | undefined,
  after: string | undefined,
  kindAfter: string | undefined,
  twoBefore: string | undefined,
): number {
  let cost = 0;
  const up = caseOf(char);
  if (isLetter(kindBefore)) {
    if (kindBefore !== script) cost -= 4.5;
    else cost += alternation(baseOf(before!), baseOf(char), script);
    const upBefore = caseOf(before!);
    if (up === 1 && upBefore === -1) cost -= 4;
    else if (up === -1 && upBefore === 1 && twoBefore !== undefined && caseOf(twoBefore) === 1) cost -= 3;
  } else {
    if (kindBefore === 'digit') cost -= 1;
    cost -= up === 1 ? 0.7 : 0.3;
  }
  if (isLetter(kindAfter) && after!.charCodeAt(0) < 128) {
    if (kindAfter !== script) cost -= 4.5;
    else cost += alternation(baseOf(char), baseOf(after!), script);
    const upAfter = caseOf(after!);
    if (up === -1 && upAfter === 1) cost -= 4;
    else if (up === 1 && upAfter === -1 && isLetter(kindBefore) && caseOf(before!) === 1) cost -= 3;
  } else if (kindAfter === 'digit') cost -= 1;
  return cost;
}

/** Vowels and consonants like to take turns, in scripts that write both. */
function alternation(first: string, second: string, script: Script): number {
  if (script !== 'latin' && script !== 'cyrillic' && script !== 'greek') return 0;
  const a = vowels.test(first);
  const b = vowels.test(second);
  return a !== b ? 0.35 : a ? -0.7 : -0.35;
}

function symbolCost(
  char: string,
  before: string | undefined,
  kindBefore: string | undefined,
  kindAfter: string | undefined,
): number {
  let cost = usual.includes(char) ? -3.5 : known.includes(char) ? -4.5 : -8.5;
  const inside = isLetter(kindBefore) && isLetter(kindAfter);
  if (inside) cost -= char === '\u00a0' ? 0.5 : marks.includes(char) ? 0 : 4;
  if ((char === '°' || char === '€' || char === '£') && (kindBefore === 'digit' || kindAfter === 'digit'))
    cost += 1.5;
  if ('ºª'.includes(char) && (kindBefore === 'digit' || isLetter(kindBefore)) && !inside) cost += 1;
  if ('¿¡“„«'.includes(char)) cost += isLetter(kindBefore) ? -3 : 0.5;
  if ('”»²³™®…'.includes(char)) cost += before !== undefined && kindBefore !== 'other' ? 0.5 : -1;
  return cost;
}

// ---- Han, kana, hangul -----------------------------------------------------------------------------------------

const commonCost: Readonly<Record<string, ReadonlyMap<string, number>>> = Object.fromEntries(
  Object.entries(common).map(([language, chars]) => {
    const distinct = [...new Set(chars)];
    return [language, new Map(distinct.map((char, rank) => [char, -4.4 - (1.6 * rank) / distinct.length]))];
  }),
);

/** Characters from which a piece may have been cut. */
const LONG = 40;

function wideScore(text: string, language: keyof typeof common): number {
  const often = commonCost[language]!;
  let score = 0;
  let before = '';
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    at += char.length;
    if (code >= 128) {
      // The cut of a long piece may have split its last character.
      score +=
        code === 0xfffd && at === text.length && at > LONG ? -3 : wideCost(char, code, language, often);
      if (/[A-Za-z]/.test(before)) score -= 2.5;
    } else if (/[A-Za-z]/.test(char) && before !== '' && before.codePointAt(0)! >= 0x3040) score -= 2.5;
    before = char;
  }
  return score;
}

function wideCost(
  char: string,
  code: number,
  language: keyof typeof common,
  often: ReadonlyMap<string, number>,
): number {
  const usually = often.get(char);
  if (usually !== undefined) return usually;
  if (code >= 0x3040 && code <= 0x30ff) return language === 'ja' ? -3.8 : -9;
  if (code >= 0xac00 && code <= 0xd7a3) return language === 'ko' ? -8.5 : -12;
  if (code >= 0x4e00 && code <= 0x9fff) return language === 'ko' ? -11 : -9;
  if (code === 0xfffd) return -11;
  if (code >= 0xff61 && code <= 0xff9f) return language === 'ja' ? -5.5 : -9;
  if (code >= 0xff01 && code <= 0xff5e) return -6;
  if ('、。・「」『』（）：，－〜～·“”‘’…—《》　'.includes(char)) return -5.5;
  if (code >= 0xe000 && code <= 0xf8ff) return -14;
  return -10.5;
}

// ---- Zero bytes, control bytes, letters encoded twice ----------------------------------------------------------

/**
 * Whether bytes are UTF-16 or UTF-32 without a mark, told by where their zero bytes stand. Every window must agree.
 *
 * @param windows Of the head, the middle and the tail; each starts at a multiple of four.
 * @param utf8 Whether they are also sound UTF-8, which text of few zeros that is not UTF-16 mostly is.
 */
export function unmarkedUnicode(windows: readonly Uint8Array[], utf8: boolean): string | null {
  const counted = windows.filter((w) => w.length >= 2).map(countZeros);
  if (counted.length === 0) return null;
  const every = (test: (c: Zeros) => boolean) => counted.every(test);
  if (every((c) => c.le32 >= 0.99)) return 'utf-32le';
  if (every((c) => c.be32 >= 0.99)) return 'utf-32be';
  for (const [encoding, full] of [
    ['utf-16le', (c: Zeros) => [c.odd, c.even] as const],
    ['utf-16be', (c: Zeros) => [c.even, c.odd] as const],
  ] as const) {
    const shares = counted.map(full);
    if (!shares.every(([filled, other]) => filled >= 0.02 && other <= Math.max(0.02, filled / 8))) continue;
    if (shares.every(([filled]) => filled >= 0.3)) return encoding;
    // Few zeros: a script beyond Latin, whose units are seldom two ASCII characters, or ASCII with stray zeros.
    if (!utf8 && counted.every((c) => c.pairs < 0.5) && windows.every((w) => soundUnits(w, encoding)))
      return encoding;
  }
  return null;
}

/** Whether UTF-16 has no halves of pairs, no characters that are none, and only ASCII text among its low units. */
function soundUnits(window: Uint8Array, encoding: string): boolean {
  const little = encoding === 'utf-16le';
  let high = false;
  let low = 0;
  let text = 0;
  for (let i = 0; i + 1 < window.length; i += 2) {
    const unit = little ? window[i]! | (window[i + 1]! << 8) : (window[i]! << 8) | window[i + 1]!;
    const trailing = unit >= 0xdc00 && unit < 0xe000;
    if (trailing !== high && i > 0) return false;
    high = unit >= 0xd800 && unit < 0xdc00;
    if (unit >= 0xfffe || unit === 0) return false;
    if (unit < 0x100) {
      low++;
      if (unit >= 32 || (unit >= 9 && unit <= 13)) text++;
    }
  }
  return low >= 2 && low === text && window.length % 2 === 0;
}

interface Zeros {
  /** Shares of zeros among the bytes at even and at odd places. */
  readonly even: number;
  readonly odd: number;
  /** Share of pairs that are both printable ASCII. */
  readonly pairs: number;
  /** Share of groups of four that are characters of UTF-32. */
  readonly le32: number;
  readonly be32: number;
}

function countZeros(window: Uint8Array): Zeros {
  const zeros = [0, 0];
  let pairs = 0;
  let le32 = 0;
  let be32 = 0;
  const printable = (byte: number) => byte >= 32 && byte < 127;
  const even = window.length & ~1;
  for (let i = 0; i < even; i += 2) {
    if (window[i] === 0) zeros[0]!++;
    if (window[i + 1] === 0) zeros[1]!++;
    if (printable(window[i]!) && printable(window[i + 1]!)) pairs++;
  }
  const character = (top: number, upper: number, middle: number, low: number) =>
    top === 0 && upper <= 16 && (upper > 0 || middle < 0xd8 || middle > 0xdf) && (upper | middle | low) !== 0;
  const units = window.length >> 2;
  for (let i = 0; i < units * 4; i += 4) {
    const [a, b, c, d] = [window[i]!, window[i + 1]!, window[i + 2]!, window[i + 3]!];
    if (character(d, c, b, a)) le32++;
    if (character(a, b, c, d)) be32++;
  }
  const half = even / 2;
  const all = Math.max(1, units);
  return {
    even: zeros[0]! / half,
    odd: zeros[1]! / half,
    pairs: pairs / half,
    le32: le32 / all,
    be32: be32 / all,
  };
}

/**
 * Whether bytes are no text at all: more than 2 % control characters, or many zeros among them.
 *
 * Characters that some programs separate cells and records by (1–4, 28–31) do not count if at most two of them are used.
 *
 * @param utf8 Whether they are sound UTF-8.
 */
export function looksBinary(windows: readonly Uint8Array[], utf8: boolean): boolean {
  const uses = new Float64Array(256);
  let length = 0;
  for (const window of windows) {
    length += window.length;
    for (const byte of window) uses[byte]!++;
  }
  if (length === 0) return false;
  const zeros = uses[0]!;
  const separators = [1, 2, 3, 4, 28, 29, 30, 31].filter((byte) => uses[byte]! > 0);
  let control = 0;
  let high = 0;
  for (let byte = 1; byte < 256; byte++) {
    if (byte >= 128) high += uses[byte]!;
    // Tabulator, newlines, form feed, the old end-of-file mark and escape occur in honest text.
    else if (byte === 127 || (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 26 && byte !== 27)) {
      if (separators.length > 2 || !separators.includes(byte)) control += uses[byte]!;
    }
  }
  const filled = Math.max(1, length - zeros);
  if (control / filled > 0.02) return true;
  return (
    zeros / length > 0.02 && (control / filled > 0.001 || (!utf8 && high / filled > 0.3) || zeros === length)
  );
}

const trail = '[\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]';
const closing = '[“”’…–—»]';
const twice = new RegExp(
  [
    `[ÂÃ](?!${closing})${trail}`,
    `Ã${closing}(?=\\p{L})`,
    `(?:[Ä-ß]${trail}){2,}`,
    `[à-ï](?!${closing}{2})${trail}{2}`,
    `ð${trail}{3}`,
  ].join('|'),
  'gu',
);

/** How many characters of a text look like UTF-8 that was taken for windows-1252 and encoded again: `Ã©`, `â€™`. */
export function mojibakeIn(text: string): number {
  return text.match(twice)?.length ?? 0;
}
