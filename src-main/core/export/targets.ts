/**
 * All targets. A new one is a file beside this one and an entry here.
 */
import { lens } from './lens';
import type { Target, TargetOptions } from './target';

export const targets: readonly Target[] = [lens];

/** The target of this name, as typed on the command line. */
export function targetNamed(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}

/** The address used until the user sets one. */
export const placeholderAddress: TargetOptions = { catalog: 'catalog', schema: 'schema' };
