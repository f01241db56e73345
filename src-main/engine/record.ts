/**
 * One JSON value as text: whether it is sound, what has to be put right so that nothing is lost, and how it is written
 * on one line for the reader.
 */

/** Deeper values are refused: DuckDB's stack ends some way below. */
export const DEPTH_MAX = 2000;

export type Judged =
  | {
      readonly ok: true;
      /** The value on one line, sound for DuckDB. */
      readonly text: string;
      readonly value: unknown;
      readonly depth: number;
      /** What was put right, in sentences; empty if nothing was. */
      readonly mends: readonly string[];
      /** Whether numbers became texts. */
      readonly spelt: boolean;
    }
  | { readonly ok: false; readonly reason: string };

interface Measure {
  readonly depth: number;
  /** Colons outside texts: the keys of the value and of all within it. */
  readonly colons: number;
  /** Whether a number or an escape asks for a closer look. */
  readonly doubtful: boolean;
}

/**
 * Judges a value. Taken as they are, though the standard has no words for them: NaN and the infinities. Put right: a key
 * that stands twice (the last value holds, as in every JSON parser), a comma too many, half a surrogate pair. Numbers that
 * a double cannot hold, because of their digits or their size, become texts, so that they stay as they are spelt.
 */
export function judgeRecord(raw: string): Judged {
  const measure = measureOf(raw);
  if (measure.depth > DEPTH_MAX) return { ok: false, reason: `nested deeper than ${DEPTH_MAX} levels` };
  let value: unknown;
  let mends: readonly string[] = [];
  let text = raw;
  let spelt = false;
  try {
    value = JSON.parse(raw);
    if (!measure.doubtful && keysIn(value, measure.colons) === measure.colons) {
      return { ok: true, text: oneLine(raw), value, depth: measure.depth, mends, spelt: false };
    }
  } catch {
    // Written anew below, which also says where it goes wrong.
  }
  try {
    const anew = new Rewriter(raw);
    text = anew.whole();
    mends = anew.mends;
    spelt = anew.spelt;
    value = JSON.parse(anew.plain ? text : text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, quietNumbers));
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, text: oneLine(text), value, depth: measure.depth, mends, spelt };
}

function quietNumbers(token: string): string {
  return token.startsWith('"') ? token : '0';
}

/** Line ends stand only between the parts of a sound value, never within its texts. */
function oneLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text;
}

/** Keys of a value and of all within it; counting ends above `enough`. */
function keysIn(value: unknown, enough: number): number {
  const open: unknown[] = [value];
  let keys = 0;
  while (open.length > 0 && keys <= enough) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next)) {
      for (const item of next) if (typeof item === 'object' && item !== null) open.push(item);
      continue;
    }
    for (const item of Object.values(next)) {
      keys++;
      if (typeof item === 'object' && item !== null) open.push(item);
    }
  }
  return keys;
}

function measureOf(text: string): Measure {
  let depth = 0;
  let deepest = 0;
  let colons = 0;
  let digits = 0;
  let doubtful = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) {
      for (i++; i < text.length; i++) {
        const d = text.charCodeAt(i);
        if (d === 34) break;
        if (d === 92) {
          i++;
          if (text.charCodeAt(i) === 117 && (text.charCodeAt(i + 1) | 32) === 100) doubtful = true;
        } else if (d >= 0xd800 && d <= 0xdfff) i++;
      }
      digits = 0;
    } else if (c >= 48 && c <= 57) {
      if (++digits > 17) doubtful = true;
    } else if (c === 46) {
      // A point within a number does not end it.
    } else if (c === 58) {
      colons++;
      digits = 0;
    } else if (c === 123 || c === 91) {
      if (++depth > deepest) deepest = depth;
      digits = 0;
    } else if (c === 125 || c === 93) {
      depth--;
      digits = 0;
    } else {
      if ((c === 69 || c === 101) && digits > 0) doubtful = true;
      digits = 0;
    }
  }
  return { depth: deepest, colons, doubtful };
}

/** Reads a value and writes it anew, numbers and texts as they stand. */
class Rewriter {
  private at = 0;
  readonly mends: string[] = [];
  /** Whether nothing in it is beyond the standard. */
  plain = true;
  spelt = false;

  constructor(private readonly text: string) {}

  whole(): string {
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) this.fail();
    return value;
  }

  private fail(): never {
    if (this.at >= this.text.length) throw new Error('the value is not closed');
    const found = [...this.text.slice(this.at, this.at + 2)][0] ?? '';
    throw new Error(`not JSON at its character ${this.at + 1}: ${JSON.stringify(found)}`);
  }

  private mend(words: string): void {
    if (!this.mends.includes(words)) this.mends.push(words);
  }

  private blanks(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private value(): string {
    this.blanks();
    const c = this.text[this.at];
    if (c === '{') return this.object();
    if (c === '[') return this.array();
    if (c === '"') return this.string();
    const token = /(?:-?Infinity|NaN|true|false|null|-?\d[\d.eE+-]*)/y;
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0];
    if (found === undefined) this.fail();
    if (/^-?\d/.test(found) && !/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found)) this.fail();
    this.at += found.length;
    if (/^(?:-?I|N)/.test(found)) {
      this.plain = false;
      return found;
    }
    if (!/^-?\d/.test(found) || isHeld(found)) return found;
    this.spelt = true;
    return `"${found}"`;
  }

  private array(): string {
    const items: string[] = [];
    this.at++;
    for (;;) {
      this.blanks();
      if (this.text[this.at] === ']') {
        this.at++;
        if (items.length > 0) this.mend('A comma before the end of a list was left out');
        return `[${items.join(',')}]`;
      }
      items.push(this.value());
      this.blanks();
      if (this.text[this.at] === ']') {
        this.at++;
        return `[${items.join(',')}]`;
      }
      if (this.text[this.at] !== ',') this.fail();
      this.at++;
    }
  }

  private object(): string {
    const members = new Map<string, string>();
    const close = () => {
      this.at++;
      return `{${[...members].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
    };
    this.at++;
    for (;;) {
      this.blanks();
      if (this.text[this.at] === '}') {
        if (members.size > 0) this.mend('A comma before the end of an object was left out');
        return close();
      }
      if (this.text[this.at] !== '"') this.fail();
      const key = JSON.parse(this.string()) as string;
      this.blanks();
      if (this.text[this.at] !== ':') this.fail();
      this.at++;
      if (members.has(key)) {
        this.mend(`The key “${key}” stands there more than once; the last of its values was taken`);
      }
      members.set(key, this.value());
      this.blanks();
      if (this.text[this.at] === '}') return close();
      if (this.text[this.at] !== ',') this.fail();
      this.at++;
    }
  }

  private string(): string {
    const start = this.at;
    for (this.at++; this.at < this.text.length; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (c === 92) this.at++;
      else if (c === 10 || c === 13) this.fail();
      else if (c === 34) {
        this.at++;
        return this.sound(this.text.slice(start, this.at), start);
      }
    }
    return this.fail();
  }

  private sound(raw: string, start: number): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    const escaped = raw.replace(/[\u0000-\u001f]/g, (c) => JSON.stringify(c).slice(1, -1));
    if (escaped !== raw) this.mend('A bare control character in a text was taken as it stands');
    let value: string;
    try {
      value = JSON.parse(escaped) as string;
    } catch {
      this.at = start;
      return this.fail();
    }
    // Both halves of a pair or none: DuckDB refuses the record otherwise.
    const whole = value.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) =>
      found.length === 2 ? found : '\ufffd',
    );
    if (whole === value) return escaped;
    this.mend('Half a character (an unpaired surrogate) was read as �');
    return JSON.stringify(whole);
  }
}

/** Whether the reader holds the number as it is spelt: a whole number always, a fraction if a double tells it apart. */
function isHeld(number: string): boolean {
  if (/^-?\d+$/.test(number)) return true;
  if (!Number.isFinite(Number(number))) return false;
  const digits = number
    .replace(/[eE].*$/, '')
    .replace('.', '')
    .replace(/^-?0*/, '')
    .replace(/0+$/, '');
  if (Number(number) === 0 && digits !== '') return false;
  return digits.length <= 17;
}
