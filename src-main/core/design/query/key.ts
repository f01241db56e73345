/**
 * When keys of two tables are the same.
 */
import type { Join } from '../design';

/** The condition under which two key columns meet. A null meets nothing. */
export function keySql(_join: Join, from: string, to: string): string {
  return `${from} = ${to}`;
}
