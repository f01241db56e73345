/**
 * What the user is told when a reading fails.
 */
import { ProblemError, problem } from '../core/problem';
import { reasonOf } from './reason';
import type { SessionOptions } from './session';

export function loadFailure(
  error: unknown,
  path: string,
  signal: AbortSignal | undefined,
  options: SessionOptions,
): unknown {
  if (error instanceof ProblemError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (signal?.aborted || reason.startsWith('INTERRUPT'))
    return new ProblemError(problem('query-cancelled', {}));
  if (reason.startsWith('Out of Memory'))
    return new ProblemError(problem('memory-exhausted', { limit: options.memory }));
  if (/No space left on device/.test(reason))
    return new ProblemError(problem('source-unreadable', { path, reason: 'the disk of the cache is full' }));
  const code = (error as NodeJS.ErrnoException).code;
  if (code?.startsWith('E'))
    return new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  return new ProblemError(problem('source-broken', { path, reason: firstLine(reason) }));
}

/** DuckDB explains at length; its first sentence says what is wrong, but not that of its sniffer, nor our own paths. */
function firstLine(reason: string): string {
  if (reason.includes('Error when sniffing file')) return 'no delimiter and quote fit its lines';
  return (reason.split('\n')[0] ?? reason)
    .replace(/^(IO|Invalid Input|Invalid|Conversion|Binder|Internal) Error: /, '')
    .replace(/^Failed to read Parquet file "[^"]*": /, '')
    .replace(/"[^"]*[\\/]w_[0-9a-f]+\.[a-z]+"/g, 'the file')
    .slice(0, 300);
}
