/**
 * Lays the cells of a record that has too many or too few along the columns, at the least cost: cells that a stray
 * delimiter parted are joined, an empty cell too many is dropped, cells that a missing delimiter glued are parted, a
 * missing cell is left empty.
 */
import type { Model, Token } from './model';

export interface Aligned {
  readonly tokens: readonly Token[];
  readonly cost: number;
  /** Cost of the cell that fits its column least. */
  readonly worst: number;
  /** What was done, for the receipt. */
  readonly joined: number;
  readonly dropped: number;
  readonly parted: number;
  readonly missing: number;
}

const JOIN = 1.1;
const DROP = 1.5;
const PART = 2.2;
const MISS = 2.6;
const JOINED_MAX = 12;

interface Step {
  readonly cost: number;
  readonly i: number;
  readonly j: number;
  readonly put: readonly Token[];
  readonly what: 'match' | 'join' | 'drop' | 'part' | 'miss';
  readonly more: number;
}

/**
 * @param glue What stood between two cells.
 * @returns null where no layout exists within bounds (a record of thousands of cells too many).
 */
export function align(tokens: readonly Token[], model: Model, glue: string): Aligned | null {
  const n = tokens.length;
  const m = model.width;
  if (n * m > 40_000 || Math.abs(n - m) > 60) return null;
  const size = m + 1;
  const best: (Step | null)[] = new Array<Step | null>((n + 1) * size).fill(null);
  const costs = new Float64Array((n + 1) * size).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  const memo = new Map<string, number>();
  const priceOf = (j: number, token: Token): number => {
    const key = `${j}${token.quoted ? 'q' : 'b'}${token.meant ?? token.value}`;
    let price = memo.get(key);
    if (price === undefined) {
      price = (model.columns[j] as Model['columns'][number]).cost(token);
      memo.set(key, price);
    }
    return price;
  };
  const offer = (i: number, j: number, step: Step) => {
    const at = i * size + j;
    if (step.cost < (costs[at] as number)) {
      costs[at] = step.cost;
      best[at] = step;
    }
  };
  // Far off the diagonal lie only layouts that join or drop more than a slip would.
  const band = Math.abs(n - m) + 3;
  for (let i = 0; i <= n; i++) {
    for (let j = Math.max(0, i - band); j <= Math.min(m, i + band); j++) {
      const here = costs[i * size + j] as number;
      if (here === Number.POSITIVE_INFINITY) continue;
      const column = model.columns[j];
      const token = tokens[i];
      if (column !== undefined && token !== undefined) {
        offer(i + 1, j + 1, { cost: here + priceOf(j, token), i, j, put: [token], what: 'match', more: 0 });
        let value = token.value;
        let hollow = token.value === '' ? 1 : 0;
        for (let k = 1; k <= Math.min(JOINED_MAX, n - m + 1) && i + k < n; k++) {
          const next = tokens[i + k] as Token;
          if (next.quoted || token.quoted) break;
          value += glue + next.value;
          // An empty cell beside a delimiter is rather one too many than a part of a value.
          if (next.value === '') hollow++;
          const joined = { value, quoted: false };
          // A joined cell must do better than plain text would, or every stray cell would be swallowed.
          offer(i + k + 1, j + 1, {
            cost: here + priceOf(j, joined) + JOIN * k ** 0.5 + hollow,
            i,
            j,
            put: [joined],
            what: 'join',
            more: k,
          });
        }
        if (n <= m && j + 1 < m) {
          for (const [left, right] of partings(token)) {
            const cost = here + priceOf(j, left) + priceOf(j + 1, right) + PART;
            offer(i + 1, j + 2, { cost, i, j, put: [left, right], what: 'part', more: 1 });
          }
        }
      }
      if (token !== undefined && token.value === '') {
        offer(i + 1, j, { cost: here + DROP, i, j, put: [], what: 'drop', more: 1 });
      }
      if (column !== undefined) {
        const empty = { value: '', quoted: false };
        // Cells are missing at the end more often than in the middle.
        const miss = i === n ? MISS * 0.6 : MISS;
        offer(i, j + 1, { cost: here + priceOf(j, empty) + miss, i, j, put: [empty], what: 'miss', more: 1 });
      }
    }
  }
  if (costs[n * size + m] === Number.POSITIVE_INFINITY) return null;
  const steps: Step[] = [];
  for (let i = n, j = m; i > 0 || j > 0; ) {
    const step = best[i * size + j] as Step;
    steps.push(step);
    i = step.i;
    j = step.j;
  }
  steps.reverse();
  const count = (what: Step['what']) => steps.reduce((sum, s) => sum + (s.what === what ? s.more : 0), 0);
  const tokensLaid = steps.flatMap((s) => s.put);
  return {
    worst: Math.max(0, ...tokensLaid.map((token, j) => priceOf(j, token))),
    tokens: tokensLaid,
    cost: costs[n * size + m] as number,
    joined: count('join'),
    dropped: count('drop'),
    parted: count('part'),
    missing: count('miss'),
  };
}

/** Where a cell may consist of two: where the kind of character changes. */
function* partings({ value, quoted }: Token): Generator<readonly [Token, Token]> {
  // What stands in quotes is one value, whatever is in it.
  if (value.length > 400 || quoted) return;
  // Nothing in a run of digits says where it would be parted.
  if (/^\d+$/.test(value)) return;
  const kind = (c: string) =>
    /\d/.test(c) ? 0 : /\p{Lu}/u.test(c) ? 1 : /\p{L}/u.test(c) ? 2 : c === ' ' ? 3 : 4;
  for (let i = 1; i < value.length; i++) {
    const before = kind(value[i - 1] as string);
    const after = kind(value[i] as string);
    // Digits may be glued to digits: 29/01/201800:15.
    if (before === after && before !== 0) continue;
    yield [
      { value: value.slice(0, i), quoted },
      { value: value.slice(i), quoted },
    ];
  }
}
