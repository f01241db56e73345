/**
 * What of a file lies around its table: stretches of lines and comments, above it and below. What is skipped within the
 * table the reader of its body says.
 */
import type { Detected } from './detect';
import type { Skip } from './receipt';

/** Physical lines at which the body begins and, exclusive, ends; 1-based. */
export function bodyLines({ layout, survey }: Detected): { readonly from: number; readonly to: number } {
  const past = survey.total + 1;
  return { from: survey.lines[layout.from] ?? past, to: survey.lines[layout.to] ?? past };
}

/** Stretches and comments above the body or below it, in the order of their lines; their bytes are still 0. */
export function* skipsAround(detected: Detected, where: 'above' | 'below'): Generator<Skip> {
  const { layout, survey } = detected;
  const { from, to } = bodyLines(detected);
  const lies = (line: number) => (where === 'above' ? line < from : line >= to);
  const stretches = layout.skips.filter((skip) => lies(skip.line));
  let next = 0;
  for (const [i, line] of survey.comments.entries()) {
    if (!lies(line)) continue;
    for (; next < stretches.length && (stretches[next] as Skip).line < line; next++)
      yield stretches[next] as Skip;
    const text = /^[^\r\n]*/.exec(
      survey.text.slice(survey.commentStarts[i], (survey.commentStarts[i] as number) + 2000),
    );
    yield { line, byte: 0, lines: 1, reason: 'a comment', text: text?.[0] ?? '' };
  }
  yield* stretches.slice(next);
}

/** Records and comments above the body or below it. */
export function skippedAround(detected: Detected, where: 'above' | 'below'): number {
  const { layout, survey } = detected;
  const { from, to } = bodyLines(detected);
  const records = where === 'above' ? layout.head : survey.starts.length - layout.to;
  return records + survey.comments.filter((line) => (where === 'above' ? line < from : line >= to)).length;
}
