/**
 * Asks the service on behalf of a command: starts it at the first question, unpacks its answers, and passes Ctrl-C on.
 */
import { resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { InvalidArgumentError } from 'commander';
import type { AnswerOf, Ask, Reply, Request, ServiceEvent } from '../contract';
import { makingOrder } from '../core/design/derived';
import type { Design } from '../core/design/design';
import { applyEdit } from '../core/design/edit';
import { freeName, nameFrom } from '../core/design/names';
import { type Problem, ProblemError, problem, remedy, words } from '../core/problem';
import type { ColumnProfile } from '../core/profile/profile';
import { type Entry, type EntryKind, mendOf, misfitOf, rejectOf, skipOf } from '../core/source/entries';
import { partName } from '../core/source/part';
import type { Dialect, Warning } from '../core/source/receipt';
import type { Table } from '../core/table';
import { stemOf } from '../engine/engine';
import { cacheFolder, dataFolder } from '../engine/folders';
import { formatByName } from '../engine/many';
import { containerOf } from '../engine/parts';
import { type Running, startService } from '../service';
import { logFault } from './terminal';

/** Of the program. */
export const version = '0.1.0';

/** A fault of the service, which has logged it already. */
export class Fault extends Error {}

/** Problems after which nothing more is read. */
const fatal: ReadonlySet<Problem['code']> = new Set([
  'query-cancelled',
  'memory-exhausted',
  'source-missing',
]);

/** One per command line. Faults of the service are logged where they happen and thrown as `Fault`. */
export class Caller {
  private running: Promise<Running> | null = null;
  private readonly interrupted = new AbortController();
  private listeners = new Set<(event: ServiceEvent) => void>();
  exit = 0;

  constructor() {
    process.once('SIGINT', () => this.interrupted.abort());
    process.once('SIGTERM', () => this.interrupted.abort());
  }

  async ask<R extends Request>(request: R, ask: Ask<R>): Promise<AnswerOf<R>> {
    this.running ??= startService({
      data: dataFolder(),
      cache: cacheFolder(),
      memory: process.env.ASSAY_MEMORY ?? '4GB',
      version,
      sample: [],
      emit: (event) => {
        for (const listener of this.listeners) listener(event);
      },
      now: Date.now,
      log: logFault,
    });
    const { service } = await this.running;
    const reply = (await service[request](ask, this.interrupted.signal)) as Reply<AnswerOf<R>>;
    if (reply.ok) return reply.value;
    if ('problem' in reply) throw new ProblemError(reply.problem);
    throw new Fault(reply.fault);
  }

  async openAll(files: readonly string[], dialect?: Partial<Dialect>): Promise<Table[]> {
    const tables: Table[] = [];
    for (const path of files)
      tables.push(await this.ask('source:open', { path: resolve(path), ...(dialect ? { dialect } : {}) }));
    return tables;
  }

  /**
   * Opens files, and of a workbook, an archive or a database every part that holds data, each as a table of its own: the
   * first under the name of the file, the others under that of the file and the part. What could not be read is told as a
   * warning of the first.
   */
  async openParts(files: readonly string[], dialect?: Partial<Dialect>): Promise<Table[]> {
    const tables: Table[] = [];
    for (const file of new Set(files.map((given) => resolve(given)))) {
      const parts = await this.ask('source:parts', { path: file }).catch((error: unknown) => {
        // A folder or a pattern holds no parts; what else is wrong the opening says.
        if (error instanceof ProblemError && error.problem.code !== 'query-cancelled') return [];
        throw error;
      });
      if (parts.length < 2) {
        tables.push(...(await this.openAll([file], dialect)));
        continue;
      }
      const archive = (await containerOf(file)) === 'zip';
      const taken = tables.map((table) => table.name);
      const read: Table[] = [];
      const warnings: Warning[] = [];
      const others: string[] = [];
      let first: ProblemError | null = null;
      for (const part of parts) {
        if (archive && formatByName(partName(part)) === null) {
          others.push(partName(part));
          continue;
        }
        const name = read.length === 0 ? { name: freeName(nameFrom(stemOf(file)), taken) } : {};
        try {
          const told = dialect === undefined ? {} : { dialect };
          read.push(await this.ask('source:open', { path: file, part, ...name, ...told }));
        } catch (error) {
          if (!(error instanceof ProblemError) || fatal.has(error.problem.code)) throw error;
          first ??= error;
          warnings.push({
            code: 'tables-several',
            message: `“${partName(part)}” was not read: ${words(error.problem)}`,
            remedy: remedy(error.problem),
          });
        }
      }
      const [front, ...rest] = read;
      if (front === undefined) {
        if (first !== null) throw first;
        tables.push(...(await this.openAll([file], dialect)));
        continue;
      }
      if (others.length > 0)
        warnings.push({
          code: 'tables-several',
          message: `The archive also holds ${others.slice(0, 20).join(', ')}${others.length > 20 ? ` and ${others.length - 20} more` : ''}, which by the name ${others.length === 1 ? 'is' : 'are'} no data`,
          remedy: 'Unpack what should be read all the same.',
        });
      tables.push({ ...front, warnings: [...front.warnings, ...warnings] }, ...rest);
    }
    return tables;
  }

  /** The same table with every entry of its receipt, where a table has only the first. */
  async whole(table: Table): Promise<Table> {
    const { entries, ...receipt } = table.receipt;
    if (entries === undefined) return table;
    const all = async <T>(kind: EntryKind, of: (entry: Entry) => T): Promise<T[]> => {
      const found: T[] = [];
      while (found.length < entries[kind]) {
        const wanted = { table: table.name, kind, offset: found.length, limit: 10_000 };
        const page = await this.ask('receipt:entries', wanted);
        if (page.entries.length === 0) throw new RangeError(`entries missing: ${kind}`);
        for (const entry of page.entries) found.push(of(entry));
      }
      return found;
    };
    const lists = {
      rejects: await all('rejected', rejectOf),
      mends: await all('mended', mendOf),
      skips: await all('skipped', skipOf),
      misfits: await all('misfit', misfitOf),
    };
    return { ...table, receipt: { ...receipt, ...lists } };
  }

  /** Profiles columns of a table, all unless some are named. */
  async profile(
    table: Table,
    columns: readonly string[],
    where: string,
    how: Pick<Ask<'profile:start'>, 'exact' | 'sample'>,
  ): Promise<ColumnProfile[]> {
    const wanted = columns.length > 0 ? columns : table.columns.map((c) => c.name);
    for (const column of wanted) {
      if (!table.columns.some((c) => c.name === column)) {
        throw new ProblemError(problem('column-missing', { table: table.name, column, used: '--columns' }));
      }
    }
    const found = new Map<string, ColumnProfile>();
    const bar = process.stderr.isTTY
      ? new SingleBar({
          format: `${table.name} {bar} {value}/{total} columns`,
          stream: process.stderr,
          clearOnComplete: true,
        })
      : null;
    bar?.start(wanted.length, 0);
    try {
      await new Promise<void>((done, fail) => {
        let job = '';
        const early: ServiceEvent[] = [];
        const hear = (event: ServiceEvent) => {
          if (job === '') {
            early.push(event);
            return;
          }
          if (event.event === 'profile' && event.job === job) {
            found.set(event.profile.name, event.profile);
            bar?.update(found.size);
          }
          if (event.event === 'job' && event.job.id === job && event.job.state !== 'running') {
            if (event.job.state === 'done') done();
            else
              fail(
                event.job.problem
                  ? new ProblemError(event.job.problem)
                  : event.job.state === 'cancelled'
                    ? cancelled()
                    : new Fault('profiling failed'),
              );
          }
        };
        this.listeners.add(hear);
        this.ask('profile:start', {
          table: table.name,
          columns: wanted,
          ...(where === '' ? {} : { where }),
          ...how,
        }).then((started) => {
          job = started.job;
          this.interrupted.signal.addEventListener('abort', () => void this.ask('job:cancel', { job }));
          for (const event of early) hear(event);
        }, fail);
      });
    } finally {
      bar?.stop();
      this.listeners.clear();
    }
    return wanted.flatMap((name) => found.get(name) ?? []);
  }

  async openDesign(
    path: string,
    sources: readonly string[] = [],
  ): Promise<{ design: Design; problems: readonly Problem[] }> {
    const opened = await this.ask('design:open', { path: resolve(path) });
    let { design } = opened;
    let problems = [...opened.problems];
    for (const given of sources) {
      const at = given.indexOf('=');
      const name = given.slice(0, at);
      const source = design.sources.find((s) => s.name === name);
      if (at < 1 || source === undefined)
        throw new InvalidArgumentError(`--source NAME=PATH: the design has no source named “${name}”.`);
      if (source.query !== undefined)
        throw new InvalidArgumentError(
          `--source NAME=PATH: ${name} is made by a query, not read from a file.`,
        );
      const file = resolve(given.slice(at + 1));
      await this.ask('source:open', { path: file, name });
      design = applyEdit(design, { verb: 'change-source', source: name, change: { path: file } });
      problems = problems.filter((p) => !(p.code === 'design-source-moved' && p.about.source === name));
    }
    return { design, problems: sources.length === 0 ? problems : await this.deriveLacking(design, problems) };
  }

  /** Makes the derived tables that lacked what has been opened since; answers the problems that are left. */
  private async deriveLacking(design: Design, problems: readonly Problem[]): Promise<readonly Problem[]> {
    const lacking = new Set(
      problems.flatMap((p) => (p.code === 'query-source-missing' ? [p.about.name] : [])),
    );
    const left: Problem[] = problems.filter((p) => p.code !== 'query-source-missing');
    for (const { name, query } of makingOrder(design.sources)) {
      if (query === undefined || !lacking.has(name)) continue;
      try {
        await this.ask('source:derive', { name, query });
      } catch (error) {
        if (!(error instanceof ProblemError) || fatal.has(error.problem.code)) throw error;
        left.push(error.problem);
      }
    }
    return left;
  }

  async close(): Promise<void> {
    await (await this.running)?.close();
  }
}

function cancelled(): ProblemError {
  return new ProblemError(problem('query-cancelled', {}));
}
