/**
 * What the values of each column usually look like, learnt from records that fit. It says how well a cell would do in a
 * column, so that a record with a cell too many or too few can be laid along the others.
 */
import { isTelling, type Look, lookOf, shapeOf } from './spelt';

/** One cell of a record: its value, and whether it stood in quotes. */
export interface Token {
  readonly value: string;
  readonly quoted: boolean;
  /** What the value is judged by, where a slip of the writer stands in it. */
  readonly meant?: string;
}

class Column {
  private rows = 0;
  private filled = 0;
  private quoted = 0;
  private longest = 0;
  private blanked = 0;
  private readonly looks = new Map<Look, number>();
  private readonly shapes = new Map<string, number>();
  private readonly loose = new Map<string, number>();
  private readonly values = new Map<string, number>();

  learn({ value, quoted }: Token): void {
    this.rows++;
    const look = lookOf(value);
    if (look === 'empty') return;
    this.filled++;
    if (quoted) this.quoted++;
    if (value.includes(' ')) this.blanked++;
    this.longest = Math.max(this.longest, value.length);
    const add = <T>(map: Map<T, number>, key: T, limit: number) => {
      const n = map.get(key);
      if (n !== undefined || map.size < limit) map.set(key, (n ?? 0) + 1);
    };
    add(this.looks, look, 20);
    add(this.shapes, shapeOf(value, false), 300);
    add(this.loose, shapeOf(value, true), 100);
    add(this.values, value, 300);
  }

  /** The class that most values have, if it is a telling one. */
  get telling(): Look | null {
    if (this.known === 0) return null;
    for (const [look, n] of this.looks) if (isTelling(look) && n >= this.known * 0.8) return look;
    const numbers = (this.looks.get('whole') ?? 0) + (this.looks.get('number') ?? 0);
    return numbers >= this.known * 0.8 ? 'number' : null;
  }

  get share(): number {
    return this.rows === 0 ? 0 : this.filled / this.rows;
  }

  has(value: string): boolean {
    return this.values.has(value);
  }

  get length(): number {
    return this.longest;
  }

  /** Whether a value is of the class, and where classes tell little of the shape, that the column has. */
  fits(value: string): boolean {
    const look = lookOf(value);
    if (look === 'empty' || look === 'missing') return true;
    if (look === this.telling) return look !== 'code' || this.loose.has(shapeOf(value, true));
    // One value of another class is a slip, and a header that is repeated is one of its columns.
    if ((this.looks.get(look) ?? 0) < Math.max(this.telling === null ? 1 : 2, this.filled * 0.02)) {
      const numbers =
        (look === 'whole' || look === 'number') && (this.telling === 'number' || this.telling === 'whole');
      return numbers || (this.telling === null && !isTelling(look));
    }
    return this.telling !== 'code' || this.loose.has(shapeOf(value, true));
  }

  /** The cost of a cell in this column: 0 for what it always holds, 8 and more for what it never does. */
  cost({ value: written, quoted, meant }: Token): number {
    const value = meant ?? written;
    if (this.rows === 0) return 1;
    const look = lookOf(value);
    if (look === 'empty')
      return this.filled === 0
        ? 0
        : Math.min(6, 0.3 - Math.log((this.rows - this.filled + 0.05) / this.rows));
    if (this.filled === 0) return 7;
    const quoting = this.quoted / this.filled;
    const off = quoting > 0.95 && !quoted ? 1 : quoting < 0.02 && quoted ? 0.8 : 0;
    const known = this.values.get(value);
    if (known !== undefined && known >= 1 && this.values.size < this.filled * 0.8) return off;
    const like = (n: number | undefined) => (n ?? 0) / this.filled;
    const exact = like(this.shapes.get(shapeOf(value, false)));
    const loose = like(this.loose.get(shapeOf(value, true)));
    const classed = like(this.looks.get(look));
    const odd = this.telling === null && this.blanked < this.filled * 0.02 && value.includes(' ') ? 2 : 0;
    const huge = value.length > this.longest * 2 + 10 ? 2 : 0;
    if (exact > 0.02) return off + odd + 0.4 - 0.3 * Math.min(1, exact);
    if (loose > 0.01) return off + odd + huge + 0.9 - 0.4 * Math.min(1, loose);
    if (look === 'missing') return off + 1.5;
    if (classed > 0.005) return off + odd + huge + 2.4 - 0.9 * classed;
    return off + odd + huge + (this.telling === null && !isTelling(look) ? 3 : this.telling === null ? 4 : 8);
  }

  private get known(): number {
    return this.filled - (this.looks.get('missing') ?? 0);
  }
}

export class Model {
  readonly columns: readonly Column[];
  records = 0;

  constructor(readonly width: number) {
    this.columns = Array.from({ length: width }, () => new Column());
  }

  learn(tokens: readonly Token[]): void {
    this.records++;
    tokens.forEach((token, i) => {
      this.columns[i]?.learn(token);
    });
  }

  /** Mean cost of a record's cells. */
  cost(tokens: readonly Token[]): number {
    let sum = 0;
    tokens.forEach((token, i) => {
      sum += this.columns[i]?.cost(token) ?? 8;
    });
    return sum / Math.max(1, tokens.length);
  }
}
