/**
 * What could not be opened: by file and part, because two tables of one file may fail for reasons of their own.
 */
import type { OpenedDesign } from '#contract';
import { type Problem, words } from '#core/problem';
import { isSamePart, partWords } from '#core/source/part';
import type { Part } from '#core/source/receipt';
import type { Table } from '#core/table';

/** A file, or the part of one, that could not be opened. */
export interface Failed {
  readonly path: string;
  /** null if no part of it was named. */
  readonly part: Part | null;
  /** The source of the design that it is; null if it never was one. */
  readonly source: string | null;
  readonly problem: Problem;
}

export type Failures = Readonly<Record<string, Failed>>;

/** Where a failure is kept: the path, and below it the part; of a derived table its name. */
export function failureKey({ path, part, source }: Pick<Failed, 'path' | 'part' | 'source'>): string {
  if (path === '') return `\n${source ?? ''}`;
  const words = partWords(part);
  return words === '' ? path : `${path}\n${words}`;
}

/** Its name in a list: `book.xlsx · Sheet 2`. */
export function failureName({ path, part, source }: Pick<Failed, 'path' | 'part' | 'source'>): string {
  if (path === '') return source ?? '';
  const file = path.split(/[\\/]/).at(-1) || path;
  return [file, partWords(part)].filter((words) => words !== '').join(' · ');
}

export function withFailure(failures: Failures, failed: Failed): Failures {
  return { ...failures, [failureKey(failed)]: failed };
}

/** What could not be read when a design was opened: its sources, and what is wrong with the design itself. */
export function failuresOf({ design, problems, unread }: OpenedDesign): Failures {
  const ofSources = new Set(unread.map(({ problem }) => JSON.stringify(problem)));
  const own = problems.filter((problem) => !ofSources.has(JSON.stringify(problem)));
  return [
    ...own.map((problem) => {
      const path = 'path' in problem.about ? String(problem.about.path) : words(problem);
      return { path, part: null, source: null, problem };
    }),
    ...unread.map(({ source, problem }) => {
      const { path = '', part = null } = design.sources.find(({ name }) => name === source) ?? {};
      return { path, part, source, problem };
    }),
  ].reduce(withFailure, {});
}

function kept(failures: Failures, stays: (failed: Failed) => boolean): Failures {
  const left = Object.entries(failures).filter(([, failed]) => stays(failed));
  return left.length === Object.keys(failures).length ? failures : Object.fromEntries(left);
}

/** Without those that a table, now that it is read, shows to be over. */
export function withoutFailuresOf(failures: Failures, { name, source }: Table): Failures {
  return kept(failures, ({ path, part, source: of }) =>
    of === null ? path !== source.path || (part !== null && !isSamePart(part, source.part)) : of !== name,
  );
}

/** Without those of sources that the design no longer has. */
export function withoutForeignFailures(failures: Failures, sources: readonly { name: string }[]): Failures {
  return kept(failures, ({ source }) => source === null || sources.some(({ name }) => name === source));
}
