/**
 * The lines of a preview as rows of a pane: those of the wanted roles, and what lies between them and is not shown.
 */
import type { LineRole, Preview, PreviewLine } from '#core/source/receipt';

export type LineRow =
  | { readonly kind: 'line'; readonly at: PreviewLine }
  /** Lines that the preview leaves out, both ends included. */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

export const lineHeight = 24;

export const roleWords: Readonly<Record<LineRole, string>> = {
  skipped: 'skipped',
  header: 'header',
  record: 'record',
  mended: 'put right',
  rejected: 'rejected',
  comment: 'comment',
  blank: 'blank',
  footer: 'footer',
};

/** A raw text of this length was cut, so that its line breaks are not all known. */
const cutAt = 2000;

function linesIn(line: PreviewLine): number {
  return 1 + (line.text.match(/\r\n|\n|\r/g)?.length ?? 0);
}

/** @param role Only lines of this role; all if null. */
export function lineRows(lines: readonly PreviewLine[], role: LineRole | null): readonly LineRow[] {
  if (role !== null)
    return lines.filter((line) => line.role === role).map((at): LineRow => ({ kind: 'line', at }));
  const rows: LineRow[] = [];
  lines.forEach((at, i) => {
    const before = lines[i - 1];
    if (before !== undefined && before.text.length < cutAt) {
      const next = before.line + linesIn(before);
      if (at.line > next) rows.push({ kind: 'gap', from: next, to: at.line - 1 });
    }
    rows.push({ kind: 'line', at });
  });
  return rows;
}

/** How many lines of each role a preview shows. */
export function rolesIn(lines: readonly PreviewLine[]): ReadonlyMap<LineRole, number> {
  const counts = new Map<LineRole, number>();
  for (const { role } of lines) counts.set(role, (counts.get(role) ?? 0) + 1);
  return counts;
}

/** A character of the monospace face at 12 pixels, in pixels. */
const letter = 7.3;
const [narrowest, widest] = [72, 260];

/** Left edges of the columns in pixels, and the right edge of the last: as wide as their first values need. */
export function columnEdges(preview: Preview): readonly number[] {
  const longest = preview.columns.map((column) => column.name.length + 4);
  let looked = 0;
  for (const { role, cells } of preview.lines) {
    if (role !== 'record' && role !== 'mended') continue;
    if (looked++ >= 60) break;
    cells.forEach((cell, i) => {
      if (i < longest.length) longest[i] = Math.max(longest[i] ?? 0, cell.length);
    });
  }
  const edges = [0];
  for (const length of longest) {
    const width = Math.max(narrowest, Math.min(widest, Math.ceil(length * letter) + 18));
    edges.push((edges.at(-1) ?? 0) + width);
  }
  return edges;
}

/** The columns in sight between two pixels, as a half-open range. */
export function columnsInSight(
  edges: readonly number[],
  left: number,
  right: number,
): { from: number; to: number } {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle + 1] ?? Number.POSITIVE_INFINITY) <= left) low = middle + 1;
    else high = middle;
  }
  let to = low;
  while (to < edges.length - 1 && (edges[to] ?? 0) < right) to++;
  return { from: low, to };
}

/** The rows in sight and a few beyond, as a half-open range. */
export function linesInSight(top: number, height: number, count: number): { from: number; to: number } {
  const beyond = 6;
  return {
    from: Math.max(0, Math.floor(top / lineHeight) - beyond),
    to: Math.min(count, Math.ceil((top + height) / lineHeight) + beyond),
  };
}
