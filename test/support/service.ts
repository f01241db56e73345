/**
 * A real service on a fresh folder, with a clock that stands still and its events kept.
 */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AnswerOf, Ask, Reply, Request, ServiceEvent } from '../../src-main/contract';
import { ProblemError } from '../../src-main/core/problem';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { startService } from '../../src-main/service';
import { freshFolder } from './folder';

export interface Bench {
  readonly folder: string;
  readonly events: ServiceEvent[];
  /** Asks and unpacks the answer; a problem is thrown as ProblemError. */
  ask<R extends Request>(request: R, ask: Ask<R>, signal?: AbortSignal): Promise<AnswerOf<R>>;
  /** The code of the problem a request answers with. */
  problemOf<R extends Request>(request: R, ask: Ask<R>): Promise<string>;
  profile(table: string, columns?: readonly string[]): Promise<Readonly<Record<string, ColumnProfile>>>;
  checkSources(): Promise<void>;
}

export async function startBench(folder = freshFolder()): Promise<Bench> {
  const events: ServiceEvent[] = [];
  const heard = new Set<(event: ServiceEvent) => void>();
  const running = await startService({
    data: join(folder, 'data'),
    cache: join(folder, 'cache'),
    memory: '1GB',
    sample: [],
    now: () => 0,
    log: (error) => {
      throw error;
    },
    emit: (event) => {
      events.push(event);
      for (const listener of heard) listener(event);
    },
  });
  onTestFinished(() => running.close());
  const ask = async <R extends Request>(
    request: R,
    asked: Ask<R>,
    signal?: AbortSignal,
  ): Promise<AnswerOf<R>> => {
    const reply = (await running.service[request](asked, signal)) as Reply<AnswerOf<R>>;
    if (reply.ok) return reply.value;
    throw 'problem' in reply ? new ProblemError(reply.problem) : new Error(reply.fault);
  };
  return {
    folder,
    events,
    ask,
    checkSources: () => running.checkSources(),
    async problemOf(request, asked) {
      try {
        await ask(request, asked);
      } catch (error) {
        if (error instanceof ProblemError) return error.problem.code;
        throw error;
      }
      return 'none';
    },
    async profile(table, columns) {
      const tables = await ask('source:list', null);
      const names = columns ?? tables.find((t) => t.name === table)?.columns.map((c) => c.name) ?? [];
      const done = new Promise<void>((resolve, reject) => {
        const listener = (event: ServiceEvent) => {
          if (event.event !== 'job' || event.job.kind !== 'profile' || event.job.state === 'running') return;
          heard.delete(listener);
          if (event.job.state === 'done') resolve();
          else reject(event.job.problem ? new ProblemError(event.job.problem) : new Error(event.job.state));
        };
        heard.add(listener);
      });
      const { job } = await ask('profile:start', { table, columns: names });
      await done;
      return Object.fromEntries(
        events.flatMap((e) => (e.event === 'profile' && e.job === job ? [[e.profile.name, e.profile]] : [])),
      );
    },
  };
}
