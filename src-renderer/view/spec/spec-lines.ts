/**
 * Where members stand in the files of a spec, and which member a line belongs to.
 */
import type { MemberRef } from '#core/design/design';
import type { SpecFile } from '#core/export/target';

type Start = SpecFile['lines'][number];

const isMember = (about: Start['about']): about is MemberRef => 'kind' in about;

const same = (about: Start['about'], member: MemberRef): boolean =>
  isMember(about) && about.table === member.table && about.kind === member.kind && about.name === member.name;

const inOrder = (file: SpecFile): readonly Start[] => file.lines.toSorted((a, b) => a.line - b.line);

const indent = (line: string): number => line.search(/\S/);

/** The last line of what starts at a line: up to the next start, or to where the text is no longer indented deeper. */
function lastLine(file: SpecFile, start: number, next: number | undefined): number {
  const lines = file.text.split('\n');
  const depth = indent(lines[start - 1] ?? '');
  const end = next === undefined ? lines.length : next - 1;
  let last = start;
  for (let line = start + 1; line <= end; line++) {
    const text = lines[line - 1] ?? '';
    if (text.trim() === '') continue;
    if (indent(text) <= depth) break;
    last = line;
  }
  return last;
}

/** All lines of a member, 1-based; none if the file does not hold it. */
export function linesOf(file: SpecFile, member: MemberRef): readonly number[] {
  const starts = inOrder(file);
  const at = starts.findIndex((start) => same(start.about, member));
  const start = starts[at];
  if (!start) return [];
  const last = lastLine(file, start.line, starts[at + 1]?.line);
  return Array.from({ length: last - start.line + 1 }, (_, index) => start.line + index);
}

/** The member whose lines hold this one; null between members. */
export function memberAt(file: SpecFile, line: number): MemberRef | null {
  const start = inOrder(file).findLast((one) => one.line <= line);
  if (!start || !isMember(start.about)) return null;
  return linesOf(file, start.about).includes(line) ? start.about : null;
}

/** The first file that holds a member, and the line it starts at. */
export function fileWith(
  files: readonly SpecFile[],
  member: MemberRef,
): { readonly path: string; readonly line: number } | null {
  for (const file of files) {
    const start = file.lines.find((one) => same(one.about, member));
    if (start) return { path: file.path, line: start.line };
  }
  return null;
}
