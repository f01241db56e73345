/**
 * Jobs: long things under way. Each has an id, reports progress, can be cancelled, and a newer one with the same key
 * replaces the older.
 */
import type { Job, ServiceEvent } from '../contract';
import { type Problem, ProblemError, problem } from '../core/problem';

export interface RunningJob {
  readonly id: string;
  readonly signal: AbortSignal;
  /** Columns still to be profiled, next first. */
  readonly waiting: string[];
  progress(share: number | null, detail: string): void;
  done(detail: string): void;
  failed(error: unknown): void;
}

/** Long things under way. A newer one with the same key replaces the older. */
export class Jobs {
  private readonly running = new Map<
    string,
    {
      readonly job: RunningJob;
      readonly abort: AbortController;
      readonly key: string;
      readonly table: string | undefined;
    }
  >();
  private next = 0;

  constructor(private readonly emit: (event: ServiceEvent) => void) {}

  start(about: Pick<Job, 'kind' | 'title' | 'table'>, outer?: AbortSignal, key?: string): RunningJob {
    if (key !== undefined) for (const [id, other] of this.running) if (other.key === key) this.cancel(id);
    const id = `job-${++this.next}`;
    const abort = new AbortController();
    if (outer?.aborted) abort.abort();
    outer?.addEventListener('abort', () => abort.abort(), { once: true });
    const say = (state: Job['state'], progress: number | null, detail: string, failed?: Problem) => {
      if (state !== 'running') this.running.delete(id);
      this.emit({
        event: 'job',
        job: { ...about, id, state, progress, detail, ...(failed ? { problem: failed } : {}) },
      });
    };
    const job: RunningJob = {
      id,
      signal: abort.signal,
      waiting: [],
      progress: (share, detail) => this.running.has(id) && say('running', share, detail),
      done: (detail) => this.running.has(id) && say(abort.signal.aborted ? 'cancelled' : 'done', 1, detail),
      failed: (error) => {
        if (!this.running.has(id)) return;
        job.waiting.length = 0;
        const cancelled =
          abort.signal.aborted || (error instanceof ProblemError && error.problem.code === 'query-cancelled');
        if (cancelled) say('cancelled', null, '');
        else say('failed', null, '', error instanceof ProblemError ? error.problem : undefined);
      },
    };
    this.running.set(id, { job, abort, key: key ?? id, table: about.table });
    say('running', null, '');
    return job;
  }

  first(id: string, columns: readonly string[]): void {
    const job = this.running.get(id)?.job;
    if (job === undefined) return;
    const wanted = columns.filter((c) => job.waiting.includes(c));
    // In place: who works through the list holds it.
    job.waiting.splice(0, job.waiting.length, ...wanted, ...job.waiting.filter((c) => !wanted.includes(c)));
  }

  cancel(id: string): void {
    const found = this.running.get(id);
    if (found === undefined) return;
    found.job.waiting.length = 0;
    found.abort.abort();
    found.job.failed(new ProblemError(problem('query-cancelled', {})));
  }

  cancelOf(table: string): void {
    for (const [id, found] of this.running) if (found.table === table) this.cancel(id);
  }

  cancelAll(): void {
    for (const id of [...this.running.keys()]) this.cancel(id);
  }
}
