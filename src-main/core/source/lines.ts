/**
 * The lines of a text as they are read, for the eye: what each is, and the cells of those that are records.
 */
import { Body } from './body';
import type { Detected } from './detect';
import type { LineRole, PreviewLine, Receipt } from './receipt';
import { rowOf } from './survey';

const SHOWN = 2000;

/**
 * The first lines, then each line that the receipt names.
 * @param most Lines from the top.
 */
export function linesOf(detected: Detected, receipt: Receipt, most: number): PreviewLine[] {
  const { grammar, layout, survey } = detected;
  const { text, starts, lines } = survey;
  const found: PreviewLine[] = [];
  const put = (line: number, role: LineRole, raw: string, cells: readonly string[], reason: string) =>
    found.push({ line, byte: 0, role, text: raw.replace(/[\r\n]+$/, '').slice(0, SHOWN), cells, reason });
  const textOf = (i: number) => text.slice(starts[i], starts[i + 1] ?? survey.end);
  const comments = new Set(survey.comments);

  for (let i = 0; i < layout.head && i < most; i++) {
    put(lines[i] as number, 'skipped', firstLine(textOf(i)), [], 'stands above the header');
  }
  for (let i = layout.head; i < layout.from; i++)
    put(lines[i] as number, 'header', textOf(i), rowOf(survey, i).cells, '');

  let last: readonly string[] = [];
  let why = '';
  const body = new Body(
    {
      grammar,
      layout,
      emit: (cells) => {
        last = cells;
      },
      note: ({ reason }) => {
        why = reason;
      },
    },
    lines[layout.from] ?? survey.total + 1,
  );
  const end = layout.to < starts.length ? (starts[layout.to] as number) : text.length;
  const repeats = new Set([...layout.repeats].map((i) => starts[i] as number));
  for (let at = starts[layout.from] ?? end; at < end && found.length < most; ) {
    const { line, mended, rejected, passed, skipped, loaded } = body;
    const next = body.read(text, at, at + 1, true, repeats);
    if (next === at) break;
    const raw = text.slice(at, next);
    if (body.rejected > rejected) put(line, 'rejected', raw, [], why);
    else if (body.mended > mended) put(line, 'mended', raw, last, why);
    else if (body.loaded > loaded) put(line, 'record', raw, last, '');
    else if (body.passed > passed) {
      const comment = comments.has(line);
      const skips = body.skipped > skipped;
      put(line, comment ? 'comment' : skips ? 'skipped' : 'blank', raw, [], skips ? why : '');
    }
    at = next;
  }
  const seen = new Set(found.map((entry) => entry.line));
  const more = (entry: PreviewLine) => {
    if (!seen.has(entry.line)) found.push(entry);
    seen.add(entry.line);
  };
  for (const { line, byte, reason, text: raw, cells } of receipt.mends)
    more({ line, byte, role: 'mended', text: raw, cells, reason });
  for (const { line, byte, reason, text: raw } of receipt.rejects)
    more({ line, byte, role: 'rejected', text: raw, cells: [], reason });
  for (let i = layout.to; i < starts.length && i < layout.to + 50; i++) {
    more({
      line: lines[i] as number,
      byte: 0,
      role: 'footer',
      text: firstLine(textOf(i)).slice(0, SHOWN),
      cells: [],
      reason: 'stands below the table',
    });
  }
  return found.sort((a, b) => a.line - b.line);
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}
