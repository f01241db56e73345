import { useMemo } from 'react';
import { type ProblemCode, remedy, words } from '#core/problem';
import { type Failed, failureName } from '../../store/failures';
import { useAssay } from '../../store/hooks';

/** What could not be opened, as it is listed. */
export interface Failure {
  /** Its key in the store. */
  readonly key: string;
  readonly name: string;
  readonly words: string;
  readonly remedy: string;
  /** Whether telling how it is written, or what of it is meant, may help. */
  readonly tellable: boolean;
}

/** What another dialect or another part may put right. */
const tellable: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'source-broken',
  'source-unreadable',
  'source-binary',
  'source-format-unknown',
  'source-limit',
  'part-missing',
  'range-invalid',
]);

function listed(key: string, failed: Failed): Failure {
  const { part, problem } = failed;
  return {
    key,
    name: failureName(failed),
    words: words(problem),
    remedy: remedy(problem),
    tellable: tellable.has(problem.code) || (problem.code === 'source-empty' && part !== null),
  };
}

/** The files, and parts of files, that could not be opened. */
export function useFailures(): readonly Failure[] {
  const failures = useAssay((s) => s.failures);
  return useMemo(() => Object.entries(failures).map(([key, failed]) => listed(key, failed)), [failures]);
}
