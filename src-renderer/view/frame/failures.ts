import { useMemo } from 'react';
import { type Problem, remedy, words } from '#core/problem';
import { useAssay } from '../../store/hooks';

/** A file that could not be opened, as it is listed. */
export interface Failure {
  readonly path: string;
  readonly name: string;
  readonly words: string;
  readonly remedy: string;
}

function listed(path: string, problem: Problem): Failure {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return { path, name: name === '' ? path : name, words: words(problem), remedy: remedy(problem) };
}

/** The files that could not be opened. */
export function useFailures(): readonly Failure[] {
  const failures = useAssay((s) => s.failures);
  return useMemo(() => Object.entries(failures).map(([path, problem]) => listed(path, problem)), [failures]);
}
