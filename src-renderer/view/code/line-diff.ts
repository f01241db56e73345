/**
 * What changed between two texts, line by line, as a reader sees it in the margin.
 *
 * Source: Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica (1986).
 */

/** Lines of the newer text that are new, and lines of the older one that are gone. All lines are 1-based. */
export interface LineDiff {
  /** Lines of the newer text that the older one did not have. */
  readonly added: readonly number[];
  /** Runs of lines that are gone, and the line of the newer text they stood before (one past the end is the end). */
  readonly removed: readonly { readonly before: number; readonly lines: readonly string[] }[];
}

/** Beyond this many differing lines the changed middle counts as replaced as a whole. */
const mostSteps = 1_500;

/** Compare two texts by lines. Equal texts give an empty difference. */
export function lineDiff(older: string, newer: string): LineDiff {
  const a = linesOf(older);
  const b = linesOf(newer);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const gone = a.slice(head, a.length - tail);
  const come = b.slice(head, b.length - tail);
  const kept = commonLines(gone, come);

  const added: number[] = [];
  const removed: { before: number; lines: string[] }[] = [];
  let i = 0;
  let j = 0;
  for (const [x, y] of [...kept, [gone.length, come.length] as const]) {
    if (i < x) removed.push({ before: head + j + 1, lines: gone.slice(i, x) });
    for (; j < y; j++) added.push(head + j + 1);
    i = x + 1;
    j = y + 1;
  }
  return { added, removed };
}

/** An empty text has no lines. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/** How many lines came and went. */
export function lineCounts(diff: LineDiff): { readonly added: number; readonly removed: number } {
  return { added: diff.added.length, removed: diff.removed.reduce((sum, run) => sum + run.lines.length, 0) };
}

/** Pairs of indexes of lines that stay, ascending in both. */
function commonLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0) return [];
  const most = Math.min(a.length + b.length, mostSteps);
  const at = new Int32Array(2 * most + 3);
  const origin = most + 1;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(at.slice(origin - d - 1, origin + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at[origin + k - 1]! < at[origin + k + 1]!);
      let x = down ? at[origin + k + 1]! : at[origin + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      at[origin + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return [];
}

function walkBack(trace: readonly Int32Array[], n: number, m: number): [number, number][] {
  const kept: [number, number][] = [];
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d--) {
    let fromX = 0;
    let fromY = 0;
    if (d > 0) {
      const reach = (k: number) => trace[d]![k + d + 1]!;
      const k = x - y;
      const down = k === -d || (k !== d && reach(k - 1) < reach(k + 1));
      fromX = reach(down ? k + 1 : k - 1);
      fromY = fromX - (down ? k + 1 : k - 1);
    }
    while (x > fromX && y > fromY) kept.push([--x, --y]);
    x = fromX;
    y = fromY;
  }
  return kept.reverse();
}
