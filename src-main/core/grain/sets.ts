/**
 * Sets of columns that might identify a row, refuted on a sample in memory.
 */

/** A column of the sample: a small number for each value, equal where values are, and how many there are. */
export interface Coded {
  readonly codes: Uint32Array;
  readonly distinct: number;
}

/** @param values A number for each value; there is no NaN. */
export function coded(values: Float64Array): Coded {
  const known = new Map<number, number>();
  const codes = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, distinct: known.size };
}

/** Rows that agree with an earlier one in all columns; counting ends beyond `limit`. */
export function repeatsIn(columns: readonly Coded[], limit: number): number {
  const rows = columns[0]?.codes.length ?? 0;
  const most = columns.reduce((product, c) => product * c.distinct, 1);
  // So few keys cannot tell so many rows apart.
  if (rows - most > limit) return rows - most;
  const [first, ...rest] = columns.length > 2 && most > 2 ** 52 ? folded(columns) : columns;
  const seen = new Set<number>();
  let repeats = 0;
  for (let i = 0; i < rows; i++) {
    let key = first!.codes[i]!;
    for (const column of rest) key = key * column.distinct + column.codes[i]!;
    if (seen.has(key)) {
      repeats++;
      if (repeats > limit) return repeats;
    } else seen.add(key);
  }
  return repeats;
}

/** The same keys with two columns, so that a key stays a whole number. */
function folded(columns: readonly Coded[]): readonly Coded[] {
  let [first, ...rest] = columns;
  while (rest.length > 1) {
    const [a, b] = [first!, rest[0]!];
    first = coded(Float64Array.from(a.codes, (code, i) => code * b.distinct + b.codes[i]!));
    rest = rest.slice(1);
  }
  return [first!, ...rest];
}

/** Sets of `size` of the numbers below `count`, first those of the smallest numbers; none that holds one of `closed`. */
export function* setsOf(
  count: number,
  size: number,
  closed: readonly (readonly number[])[],
): Generator<readonly number[]> {
  const isOpen = (set: readonly number[]) => !closed.some((c) => c.every((i) => set.includes(i)));
  // By the largest number, so that early columns are tried with one another before late ones.
  function* within(top: number, left: number): Generator<readonly number[]> {
    if (left === 0) yield [];
    else
      for (let last = left - 1; last < top; last++)
        for (const set of within(last, left - 1)) yield [...set, last];
  }
  for (const set of within(count, size)) if (isOpen(set)) yield set;
}
