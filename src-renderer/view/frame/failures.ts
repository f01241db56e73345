import { useMemo } from 'react';
import { type Problem, type ProblemCode, remedy, words } from '#core/problem';
import { useAssay } from '../../store/hooks';

/** A file that could not be opened, as it is listed. */
export interface Failure {
  readonly path: string;
  readonly name: string;
  readonly words: string;
  readonly remedy: string;
  /** Whether telling how it is written may help. */
  readonly tellable: boolean;
}

/** What another dialect may put right. */
const tellable: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'source-broken',
  'source-unreadable',
  'source-binary',
  'source-format-unknown',
  'source-limit',
]);

function listed(path: string, problem: Problem): Failure {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return {
    path,
    name: name === '' ? path : name,
    words: words(problem),
    remedy: remedy(problem),
    tellable: tellable.has(problem.code),
  };
}

/** The files that could not be opened. */
export function useFailures(): readonly Failure[] {
  const failures = useAssay((s) => s.failures);
  return useMemo(() => Object.entries(failures).map(([path, problem]) => listed(path, problem)), [failures]);
}
