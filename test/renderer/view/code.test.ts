import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCounts, lineDiff } from '../../../src-renderer/view/code/line-diff';

/** Rebuilds the older text from the newer one and the difference. */
function older(newer: string, diff: ReturnType<typeof lineDiff>): string {
  const lines: string[] = [];
  const added = new Set(diff.added);
  const text = newer === '' ? [] : newer.split('\n');
  for (let line = 1; line <= text.length + 1; line++) {
    for (const run of diff.removed) if (run.before === line) lines.push(...run.lines);
    if (line <= text.length && !added.has(line)) lines.push(text[line - 1]!);
  }
  return lines.join('\n');
}

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '- name: x', ''), { minLength: 1, maxLength: 30 })
  .map((lines) => lines.join('\n'));

describe('the difference of two texts', () => {
  it('is empty for equal texts', () => {
    expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual({ added: [], removed: [] });
  });

  it('names a changed line as one gone and one come at the same place', () => {
    expect(lineDiff('a\nmany\nc', 'a\none\nc')).toEqual({
      added: [2],
      removed: [{ before: 2, lines: ['many'] }],
    });
  });

  it('keeps lines that only moved down', () => {
    expect(lineDiff('a\nb', 'new\na\nb')).toEqual({ added: [1], removed: [] });
  });

  it('is the least possible between lines that cross', () => {
    expect(lineCounts(lineDiff('a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc'))).toEqual({ added: 2, removed: 3 });
  });

  it('always leads back to the older text', () => {
    fc.assert(
      fc.property(text, text, (a, b) => older(b, lineDiff(a, b)) === a),
      { seed: 7, numRuns: 500 },
    );
  });

  it('still leads back when thousands of lines differ', () => {
    const a = Array.from({ length: 3_000 }, (_, i) => `a${i}`).join('\n');
    const b = Array.from({ length: 3_000 }, (_, i) => `b${i}`).join('\n');
    expect(older(b, lineDiff(a, b))).toBe(a);
  });
});
