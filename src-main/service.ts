/**
 * The service: the contract, kept. Engine and core put together; effects (events, paths, clock) are passed in.
 *
 * It does not know who asks: the window over a port, the command line and the tests get the same answers.
 */
import { join } from 'node:path';
import type {
  Answer,
  AnswerOf,
  Ask,
  DesignProblem,
  DimensionValue,
  MeasureValue,
  OpenedDesign,
  Reply,
  Service,
  ServiceEvent,
} from './contract';
import { matchColumns } from './core/compare/match';
import { sideWords } from './core/compare/side';
import { checkDesign } from './core/design/check';
import { derivedCircle, makingOrder } from './core/design/derived';
import { type Design, type DesignTable, emptyDesign, type MemberRef } from './core/design/design';
import { sameName } from './core/design/expression';
import { memberFailure } from './core/design/failure';
import { readDesign, writeDesign } from './core/design/file';
import { memberOf, memberRefs, sourceOf } from './core/design/member';
import { freeName, nameFrom } from './core/design/names';
import {
  breakdownQuery,
  dimensionQuery,
  queryFor,
  type RowsQuery,
  rowsQuery,
  valueQuery,
} from './core/design/query';
import { targetNamed, targets } from './core/export/targets';
import { filterSql } from './core/filter';
import { lintAsk } from './core/lint/ask';
import { lintTable } from './core/lint/lint';
import { type Problem, ProblemError, problem } from './core/problem';
import type { AskedAlerts } from './core/profile/alert/ask';
import type { ColumnProfile, Evidence } from './core/profile/profile';
import { statisticNamed } from './core/profile/statistics';
import { reportMarkdown } from './core/report/markdown';
import { reportPage } from './core/report/page';
import { receiptColumns, receiptLine } from './core/report/receipt';
import { type Reported, reportTitle } from './core/report/report';
import { statisticsCsv } from './core/report/statistics';
import { csvLines } from './core/report/text';
import type { Entry } from './core/source/entries';
import type { Dialect } from './core/source/receipt';
import type { Cell, Table } from './core/table';
import { missingDisguised } from './engine/disguised';
import { Engine, stemOf } from './engine/engine';
import { readDesignText, removeQuietly, writeFolder, writePieces, writeWhole } from './engine/files';
import { grainBreaks } from './engine/grain-breaks';
import { findGrains } from './engine/grains';
import { Jobs, type RunningJob } from './engine/jobs';
import { findJoins } from './engine/join-find';
import { joinEffect, joinRows, measureJoin } from './engine/joins';
import { missingMatrix, missingOverview, missingTogether } from './engine/missing';
import { missingAbout, missingEffect } from './engine/missing-about';
import { Outliers } from './engine/outliers';
import { RememberedReadings } from './engine/remembered';

export interface ServiceOptions {
  /** Folder of the app's data: the journal lies here. */
  readonly data: string;
  readonly cache: string;
  /** DuckDB's memory limit, for example `4GB`. */
  readonly memory: string;
  readonly threads?: number;
  /** Of the program, as reports tell it. */
  readonly version?: string;
  /** Paths of the bundled sample. */
  readonly sample: readonly string[];
  readonly emit: (event: ServiceEvent) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with what is ours to mend, before it is answered as a fault. */
  readonly log: (error: unknown) => void;
}

export interface Running {
  readonly service: Service;
  /** Looks whether open files changed on disk and says so by events. */
  checkSources(): Promise<void>;
  close(): Promise<void>;
}

/** Rows an answer through the model has at most. */
const ANSWER_MAX = 10_000;
/** Rows behind a figure that are sent at most. */
const ROWS_MAX = 1_000;
/** Rows of a derived table that its preview shows. */
const DERIVED_SHOWN = 100;
/** Pairs of columns compared unless all are asked for. */
const COMPARED_MAX = 500;

export async function startService(options: ServiceOptions): Promise<Running> {
  const engine = await Engine.start({
    cache: options.cache,
    memory: options.memory,
    ...(options.threads ? { threads: options.threads } : {}),
    clock: { now: options.now },
  });
  const jobs = new Jobs(options.emit);
  const outliers = new Outliers(engine, { now: options.now });
  const told = new Map<string, string>();
  const journal = join(options.data, 'journal.json');
  const remembered = new RememberedReadings(join(options.data, 'readings.json'));

  /** Opens a path under a name: the one asked for, the one it is open under, or one made from the file's name. */
  const open = async (ask: Ask<'source:open'>, signal?: AbortSignal): Promise<Table> => {
    const { path, name } = ask;
    const held = name === undefined ? engine.at(path, ask.part) : undefined;
    const known = held?.name;
    // Opened again, a file is read as what of it is open already, not as its first part.
    const part = ask.part ?? held?.source.part;
    const taken = engine.list().map((t) => t.name);
    const stem = stemOf(path.replace(/[\\/]?[^\\/]*[*?].*$/, '') || path);
    const inner = part?.sheet ?? part?.entry;
    const chosen =
      name ?? known ?? freeName(nameFrom(inner === undefined ? stem : `${stem}_${stemOf(inner)}`), taken);
    const kept = ask.dialect === undefined ? await remembered.of(path) : null;
    const dialect = ask.dialect ?? kept?.dialect;
    const job = jobs.start({ kind: 'open', title: `Reading ${stem}`, table: chosen }, signal);
    try {
      const begun = options.now();
      const table = await engine.open({
        path,
        name: chosen,
        ...(dialect ? { dialect } : {}),
        ...(part ? { part } : {}),
        signal: job.signal,
        onProgress: (share) => job.progress(share, ''),
      });
      told.delete(chosen);
      job.done(`${table.rows.toLocaleString('en-US')} rows · ${Math.round(options.now() - begun)} ms`);
      await makeAnew(chosen, signal);
      return kept === null ? table : withRemark(table, kept.pattern);
    } catch (error) {
      job.failed(error);
      throw error;
    }
  };

  /** Makes one derived table, as a job. */
  const make = async ({ name, query }: Ask<'source:derive'>, signal?: AbortSignal): Promise<Table> => {
    const job = jobs.start({ kind: 'open', title: `Making ${name}`, table: name }, signal, `derive:${name}`);
    try {
      const begun = options.now();
      const onProgress = (share: number | null) => job.progress(share, '');
      const table = await engine.derive({ name, query, signal: job.signal, onProgress });
      told.delete(name);
      job.done(`${table.rows.toLocaleString('en-US')} rows · ${Math.round(options.now() - begun)} ms`);
      return table;
    } catch (error) {
      job.failed(error);
      throw error;
    }
  };

  /** Makes what rests on a table anew, in order. What cannot be made keeps its rows and says why. */
  const makeAnew = async (name: string, signal?: AbortSignal): Promise<void> => {
    for (const { name: resting, source } of engine.restingOn(name)) {
      if (source.made === undefined) continue;
      try {
        const table = await make({ name: resting, query: source.made.query }, signal);
        options.emit({ event: 'derived', table });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        options.emit({ event: 'source', table: resting, problem: { ...error.problem, severity: 'warning' } });
      }
    }
  };

  const deriveTable = async (ask: Ask<'source:derive'>, signal?: AbortSignal): Promise<Table> => {
    const table = await make(ask, signal);
    await makeAnew(ask.name, signal);
    return table;
  };

  const previewDerived = async (
    { query, name = '' }: Ask<'source:derive-preview'>,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const begun = options.now();
    const { columns, rows } = await engine.previewQuery(name, query, DERIVED_SHOWN, signal);
    return {
      columns,
      rows: rows.slice(0, DERIVED_SHOWN),
      sql: query,
      ms: Math.round(options.now() - begun),
      more: rows.length > DERIVED_SHOWN,
    };
  };

  /** Closes a table; those that read it keep their rows and say what they lack. */
  const close = async (name: string): Promise<void> => {
    jobs.cancelOf(name);
    const reading = engine
      .restingOn(name)
      .filter(({ source }) => source.made?.reads.some((read) => sameName(read, name)) === true);
    await engine.closeTable(name);
    for (const { name: left } of reading) {
      const lacking = problem('query-source-missing', { name: left, lacks: name }, 'warning');
      options.emit({ event: 'source', table: left, problem: lacking });
    }
  };

  /** What is asked, with the reading that is kept for such files unless one is told. */
  const asTold = async <T extends { path: string; dialect?: Partial<Dialect> }>(ask: T): Promise<T> => {
    const dialect = ask.dialect ?? (await remembered.of(ask.path))?.dialect;
    return dialect === undefined ? ask : { ...ask, dialect };
  };

  const measureValue = async (
    design: Design,
    member: MemberRef,
    by: string | undefined,
    signal?: AbortSignal,
  ): Promise<MeasureValue> => {
    const sql = valueQuery(design, member);
    const begun = options.now();
    const first = (await engine.select(sql, signal)).rows[0] ?? [];
    const value = first[0] ?? null;
    if (value === 'Infinity' || value === '-Infinity' || value === 'NaN') {
      throw new ProblemError(problem('division-by-zero', { name: member.name }));
    }
    const found = { value, rows: Number(first[1] ?? 0), of: Number(first[2] ?? 0), sql };
    if (by === undefined || by === '') return { ...found, ms: Math.round(options.now() - begun) };
    const groups = (await engine.select(breakdownQuery(design, member, by, 12), signal)).rows;
    return {
      ...found,
      ms: Math.round(options.now() - begun),
      breakdown: {
        dimension: by,
        groups: groups.map((g) => ({ group: g[0] ?? null, value: g[1] ?? null, rows: Number(g[2]) })),
        total: Number(groups[0]?.[3] ?? 0),
      },
    };
  };

  const dimensionValue = async (
    design: Design,
    member: MemberRef,
    signal?: AbortSignal,
  ): Promise<DimensionValue> => {
    const sql = dimensionQuery(design, member, 12);
    const begun = options.now();
    const { rows } = await engine.select(sql, signal);
    const first = rows[0] ?? [];
    return {
      distinct: Number(first[0] ?? 0),
      nulls: Number(first[1] ?? 0),
      rows: Number(first[2] ?? 0),
      top: rows
        .filter((r) => r[4] !== null && r[4] !== undefined)
        .map((r) => ({ value: r[3] ?? null, count: Number(r[4]) })),
      sql,
      ms: Math.round(options.now() - begun),
    };
  };

  /** Runs a member's query; a failure of the SQL becomes a problem of the member. */
  const asMember = async <T>(design: Design, member: MemberRef, work: () => Promise<T>): Promise<T> => {
    const standing = checkDesign(design).find((p) => stops(p, member));
    if (standing !== undefined) throw new ProblemError(standing.problem);
    try {
      return await work();
    } catch (error) {
      throw error instanceof ProblemError
        ? new ProblemError(memberFailure(design, member, error.problem))
        : error;
    }
  };

  /** Binds every member on the data, and evaluates what may divide; only members that are sound so far. */
  const lintAnswers = new Map<string, { sql: string; of: Table; row: readonly Cell[] }>();

  const checkOnData = async (design: Design, signal?: AbortSignal): Promise<readonly DesignProblem[]> => {
    const found: DesignProblem[] = [];
    const standing = checkDesign(design);
    for (const member of memberRefs(design)) {
      const source = sourceOf(design, member.table);
      if (
        member.kind === 'segment' ||
        source === undefined ||
        !engine.list().some((t) => t.name === source.name)
      )
        continue;
      if (standing.some((p) => stops(p, member))) continue;
      const divides =
        member.kind === 'measure' &&
        ['ratio', 'expression'].includes(
          (memberOf(design, member) as { aggregation?: string }).aggregation ?? '',
        );
      try {
        if (divides) await measureValue(design, member, undefined, signal);
        else
          await engine.select(
            `FROM (${member.kind === 'measure' ? valueQuery(design, member) : dimensionQuery(design, member, 1)}\n) LIMIT 0`,
            signal,
          );
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error.problem.code === 'query-cancelled') throw error;
        found.push({ problem: memberFailure(design, member, error.problem), about: member });
      }
    }
    const broken = [...standing, ...found];
    const isSound = (member: MemberRef) => !broken.some((p) => stops(p, member));
    for (const table of design.tables) found.push(...(await linted(design, table, isSound, signal)));
    return found;
  };

  /** What the linter says of a table; asked once for the same statement over the same data. */
  const linted = async (
    design: Design,
    table: DesignTable,
    isSound: (member: MemberRef) => boolean,
    signal?: AbortSignal,
  ): Promise<readonly DesignProblem[]> => {
    const open = engine.list().find((t) => t.name === table.source);
    if (open === undefined) return [];
    const ask = lintAsk(design, table, isSound);
    const known = lintAnswers.get(table.name);
    if (known?.sql === ask.sql && known.of === open)
      return lintTable(design, table, ask.read(known.row), isSound);
    try {
      const row = (await engine.select(ask.sql, signal)).rows[0] ?? [];
      lintAnswers.set(table.name, { sql: ask.sql, of: open, row });
      return lintTable(design, table, ask.read(row), isSound);
    } catch (error) {
      // A value that one row cannot give (a cast that fails) is told where the member is asked for.
      if (error instanceof ProblemError && error.problem.code === 'query-failed') return [];
      throw error;
    }
  };

  const answer = async (
    design: Design,
    query: Parameters<typeof queryFor>[1],
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const limit = Math.min(ANSWER_MAX, query.limit ?? ANSWER_MAX);
    const { sql, columns, notes } = queryFor(design, { ...query, limit: limit + 1 });
    const begun = options.now();
    const result = await engine.select(sql, signal);
    return {
      columns: result.columns.map((c, i) => ({ name: columns[i]?.member ?? c.name, type: c.type })),
      rows: result.rows.slice(0, limit),
      sql: queryFor(design, query).sql,
      ms: Math.round(options.now() - begun),
      more: result.rows.length > limit,
      notes,
    };
  };

  const rowsBehind = async (design: Design, query: RowsQuery, signal?: AbortSignal) => {
    const limit = Math.min(ROWS_MAX, query.limit ?? ROWS_MAX);
    const { sql, count } = rowsQuery(design, { ...query, limit });
    const begun = options.now();
    const total = Number((await engine.select(count, signal)).rows[0]?.[0] ?? 0);
    const { columns, rows } = await engine.select(sql, signal);
    const more = total > (query.offset ?? 0) + rows.length;
    return { columns, rows, sql, ms: Math.round(options.now() - begun), more, total };
  };

  /** Makes a derived table of a design that is being opened, unless it would be made from itself. */
  const madeAlong = async (design: Design, name: string, query: string): Promise<Table> => {
    const circle = derivedCircle(design.sources, name);
    if (circle === null) return make({ name, query });
    throw new ProblemError(problem('query-circular', { name, path: circle.join(' → ') }));
  };

  const openDesign = async (path: string): Promise<OpenedDesign> => {
    const read = readDesign(await readDesignText(path), path);
    if (!('design' in read)) throw new ProblemError(read.problem);
    const tables: Table[] = [];
    const unread: { source: string; problem: Problem }[] = [];
    for (const table of engine.list()) await engine.closeTable(table.name);
    const places = read.design.sources.map((source) => source.name);
    for (const source of makingOrder(read.design.sources)) {
      try {
        tables.push(
          source.query === undefined
            ? await open({
                path: source.path,
                name: source.name,
                ...(source.dialect ? { dialect: source.dialect } : {}),
                ...(source.part ? { part: source.part } : {}),
              })
            : await madeAlong(read.design, source.name, source.query),
        );
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const met =
          error.problem.code === 'source-missing'
            ? problem('design-source-moved', { path: source.path, source: source.name })
            : error.problem;
        unread.push({ source: source.name, problem: met });
      }
    }
    tables.sort((a, b) => places.indexOf(a.name) - places.indexOf(b.name));
    const problems = [...read.problems, ...unread.map((one) => one.problem)];
    return { path, design: read.design, tables, problems, unread };
  };

  const service: Service = {
    'source:open': (ask, signal) => kept(() => open(ask, signal)),
    'source:derive': (ask, signal) => kept(() => deriveTable(ask, signal)),
    'source:derive-preview': (ask, signal) => kept(() => previewDerived(ask, signal)),
    'source:close': (ask) =>
      kept(async () => {
        await close(ask.table);
        return null;
      }),
    'source:list': () => kept(async () => engine.list()),
    'source:preview': (ask, signal) => kept(() => engine.preview({ ...ask, ...(signal ? { signal } : {}) })),
    'source:first': (ask, signal) => kept(async () => engine.first(await asTold(ask), signal)),
    'source:glance': (ask, signal) => kept(async () => engine.glance(await asTold(ask), signal)),
    'source:convert': (ask, signal) => kept(() => engine.convert({ ...ask, ...(signal ? { signal } : {}) })),
    'source:parts': (ask, signal) => kept(() => engine.parts(ask.path, signal)),
    'receipt:entries': ({ table, search = '', ...wanted }, signal) =>
      kept(() => engine.entries(table, { ...wanted, search }, signal)),
    'source:receipt': (ask, signal) =>
      kept(async () => {
        let written = 0;
        const count = (lines: number) => {
          written += lines;
        };
        await writePieces(ask.path, receiptCsv(engine.allEntries(ask.table, signal), count));
        return { written };
      }),
    'reading:remember': (ask) =>
      kept(async () => {
        await remembered.keep(ask.pattern, ask.dialect);
        return null;
      }),
    'reading:list': () => kept(() => remembered.list()),
    'source:sample': () => kept(async () => options.sample),
    'table:rows': (ask, signal) => kept(() => engine.page(ask, signal)),
    'missing:overview': (ask, signal) => kept(() => missingOverview(engine, ask, options, signal)),
    'missing:disguised': (ask, signal) => kept(() => missingDisguised(engine, ask, options, signal)),
    'missing:matrix': (ask, signal) => kept(() => missingMatrix(engine, ask, options, signal)),
    'missing:together': (ask, signal) => kept(() => missingTogether(engine, ask, options, signal)),
    'missing:about': (ask, signal) => kept(() => missingAbout(engine, ask, options, signal)),
    'missing:effect': (ask, signal) => kept(() => missingEffect(engine, ask, options, signal)),
    'table:duplicates': (ask, signal) =>
      kept(() => engine.duplicates(ask.table, ask.where ?? '', ask.exact === true, signal)),
    'profile:start': (ask) =>
      kept(async () => ({
        job: startProfile(engine, jobs, options, ask),
      })),
    'compare:side': (ask, signal) =>
      kept(async () => ({ columns: await engine.sideColumns(ask.side, signal) })),
    'compare:start': (ask, signal) => kept(() => startComparison(engine, jobs, options, ask, signal)),
    'table:alerts': (ask, signal) => kept(() => lookForAlerts(engine, jobs, options, ask, signal)),
    'relation:matrix': ({ table, filter = [], ...ask }, signal) =>
      kept(() =>
        relating(table, 'Relating the columns of', signal, (job) =>
          engine.relationMatrix(table, { filter, where: '' }, ask, job.progress, job.signal),
        ),
      ),
    'relation:pair': ({ table, a, b, filter = [] }, signal) =>
      kept(() => engine.relationPair(table, { filter, where: '' }, a, b, signal)),
    'relation:findings': ({ table, filter = [] }, signal) =>
      kept(() =>
        relating(table, 'Looking for dependencies in', signal, (job) =>
          engine.relationFindings(table, { filter, where: '' }, job.progress, job.signal),
        ),
      ),
    'relation:breaks': ({ table, filter = [], ...ask }, signal) =>
      kept(() => engine.relationBreaks(table, { filter, where: '' }, ask, signal)),
    'grain:find': ({ table, widest = 3 }, signal) =>
      kept(() =>
        working(
          { kind: 'grain', title: `Looking for the grain of ${table}`, table },
          `grain:${table}`,
          signal,
          (job) =>
            engine.lane(
              table,
              { filter: [], where: '' },
              (reach) => findGrains(reach, widest, options, job.progress),
              job.signal,
            ),
          (found) => `${found.tried.toLocaleString('en-US')} sets of columns · ${found.evidence.ms} ms`,
        ),
      ),
    'grain:breaks': (ask, signal) => kept(() => grainBreaks(engine, ask, signal)),
    'join:find': (ask, signal) =>
      kept(() =>
        working(
          { kind: 'joins', title: 'Looking for joins' },
          'joins',
          signal,
          (job) => findJoins(engine, ask.tables, options, job.progress, job.signal),
          (found) => `${found.candidates.length.toLocaleString('en-US')} joins · ${found.ms} ms`,
        ),
      ),
    'join:measure': (ask, signal) => kept(() => measureJoin(engine, ask, options, signal)),
    'join:rows': (ask, signal) => kept(() => joinRows(engine, ask, signal)),
    'join:effect': (ask, signal) => kept(() => joinEffect(engine, ask, options, signal)),
    'outlier:bench': (ask, signal) => kept(() => outliers.bench(ask, signal)),
    'outlier:count': (ask, signal) => kept(() => outliers.count(ask, signal)),
    'outlier:curve': (ask, signal) => kept(() => outliers.curve(ask, signal)),
    'outlier:agreement': (ask, signal) => kept(() => outliers.agreement(ask, signal)),
    'outlier:strip': (ask, signal) => kept(() => outliers.strip(ask, signal)),
    'outlier:distance': (ask, signal) => kept(() => outliers.distance(ask, signal)),
    'profile:first': (ask) =>
      kept(async () => {
        jobs.first(ask.job, ask.columns);
        return null;
      }),
    'job:cancel': (ask) =>
      kept(async () => {
        jobs.cancel(ask.job);
        return null;
      }),
    'draft:measure': (ask, signal) =>
      kept(() =>
        asMember(ask.design, ask.member, () => measureValue(ask.design, ask.member, ask.by, signal)),
      ),
    'draft:dimension': (ask, signal) =>
      kept(() => asMember(ask.design, ask.member, () => dimensionValue(ask.design, ask.member, signal))),
    'design:check': (ask, signal) => kept(() => checkOnData(ask.design, signal)),
    'design:query': (ask, signal) => kept(() => answer(ask.design, ask.query, signal)),
    'design:rows': (ask, signal) => kept(() => rowsBehind(ask.design, ask.query, signal)),
    'design:open': (ask) => kept(() => openDesign(ask.path)),
    'design:save': (ask) =>
      kept(async () => {
        const text = writeDesign(ask.design, folderOf(ask.path));
        await writeWhole(ask.path, text);
        return { text };
      }),
    'design:journal': (ask) =>
      kept(async () => {
        if (ask.design === null) await removeQuietly(journal);
        else
          await writeWhole(
            journal,
            JSON.stringify({ design: ask.design, path: ask.path, at: new Date(options.now()).toISOString() }),
          );
        return null;
      }),
    'design:restore': () => kept(() => readJournal(journal)),
    'spec:write': (ask) =>
      kept(async () => {
        const target = targetNamed(ask.target);
        if (target === undefined) {
          throw new ProblemError(
            problem('target-unknown', { target: ask.target, known: targets.map((t) => t.name).join(', ') }),
          );
        }
        const spec = target.write(ask.design, ask.options);
        const written = await writeFolder(ask.folder, spec.files, ask.replace);
        return { spec, folder: ask.folder, written };
      }),
    'report:write': ({ path, tables, where = '' }) =>
      kept(async () => {
        const reported = tables.map((one): Reported => ({ ...one, table: engine.table(one.table) }));
        const imprint = {
          title: reportTitle(reported.map(({ table }) => table.name)),
          version: options.version ?? '',
          at: new Date(options.now()).toISOString(),
          where,
        };
        const text = /\.md$/i.test(path) ? reportMarkdown(reported, imprint) : reportPage(reported, imprint);
        await writeWhole(path, text);
        return { characters: text.length };
      }),
    'statistics:write': ({ path, columns, statistics, filter }) =>
      kept(async () => {
        const chosen = statistics.flatMap((key) => statisticNamed(key) ?? []);
        await writeWhole(path, statisticsCsv(columns, chosen, filter.map(filterSql).join(' AND ')));
        return { written: columns.length };
      }),
    'engine:status': () => kept(() => engine.status()),
  };

  /** Work as a job: it ends with the request, the request with it, and the newest of a key wins. */
  async function working<T>(
    about: Parameters<Jobs['start']>[0],
    key: string,
    signal: AbortSignal | undefined,
    work: (job: RunningJob) => Promise<T>,
    told: (found: T) => string,
  ): Promise<T> {
    const job = jobs.start(about, signal, key);
    try {
      const found = await work(job);
      job.done(told(found));
      return found;
    } catch (error) {
      job.failed(error);
      throw error;
    }
  }

  /** Work on the relations of a table, as a job; it ends with the request, and the request with it. */
  async function relating<T extends { readonly evidence: Evidence }>(
    table: string,
    doing: string,
    signal: AbortSignal | undefined,
    work: (job: RunningJob) => Promise<T>,
  ): Promise<T> {
    const job = jobs.start({ kind: 'relations', title: `${doing} ${table}`, table }, signal);
    try {
      const found = await work(job);
      job.done(`${found.evidence.rows.toLocaleString('en-US')} rows · ${found.evidence.ms} ms`);
      return found;
    } catch (error) {
      job.failed(error);
      throw error;
    }
  }

  async function kept<T>(work: () => Promise<T>): Promise<Reply<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      options.log(error);
      return { ok: false, fault: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    service,
    async checkSources() {
      for (const table of engine.list()) {
        const changed = await engine.changed(table);
        const key = changed === null ? '' : `${changed.code}`;
        if (changed !== null && told.get(table.name) !== key)
          options.emit({ event: 'source', table: table.name, problem: changed });
        told.set(table.name, key);
      }
    },
    async close() {
      jobs.cancelAll();
      await engine.close();
    },
  };
}

/** Whether a problem of the design keeps this member, or what it stands on, from having a value. */
function stops(found: DesignProblem, member: MemberRef): boolean {
  const about = found.about;
  return (
    found.problem.severity === 'error' &&
    about !== undefined &&
    'name' in about &&
    about.table === member.table &&
    about.name === member.name &&
    // A name that a target would refuse has a value all the same.
    !found.problem.code.startsWith('name-')
  );
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}

/** The table with a word that it was read as files of its pattern are. */
function withRemark(table: Table, pattern: string): Table {
  const warning = {
    code: 'reading-remembered' as const,
    message: `It was read as files named ${pattern} are, as you told earlier`,
    remedy: 'Change the reading, or forget it, if this file is another.',
  };
  return { ...table, warnings: [...table.warnings, warning] };
}

async function readJournal(
  path: string,
): Promise<{ design: Design; path: string | null; at: string } | null> {
  try {
    const left = JSON.parse(await readDesignText(path)) as {
      design: Design;
      path: string | null;
      at: string;
    } | null;
    // An older journal lacks the parts that designs have got since.
    return left && { ...left, design: { ...emptyDesign, ...left.design } };
  } catch (error) {
    if (error instanceof ProblemError) return null;
    // Half a journal restores nothing, and must not keep the app from starting.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A receipt as CSV, piece by piece; tells how many entries each piece holds. */
async function* receiptCsv(
  pages: AsyncIterable<readonly Entry[]>,
  onWritten: (entries: number) => void,
): AsyncGenerator<string> {
  yield csvLines([receiptColumns]);
  for await (const page of pages) {
    yield csvLines(page.map(receiptLine));
    onWritten(page.length);
  }
}

async function lookForAlerts(
  engine: Engine,
  jobs: Jobs,
  options: ServiceOptions,
  ask: Ask<'table:alerts'>,
  signal?: AbortSignal,
): Promise<AskedAlerts> {
  const about = { kind: 'alerts', title: `Looking for alerts in ${ask.table}`, table: ask.table } as const;
  const job = jobs.start(about, signal, `alerts:${ask.table}`);
  const begun = options.now();
  try {
    const found = await engine.alerts(
      ask.table,
      ask.hints,
      ask.where ?? '',
      (share) => job.progress(share, ''),
      job.signal,
    );
    const { length } = found.alerts;
    job.done(`${length} ${length === 1 ? 'alert' : 'alerts'} · ${Math.round(options.now() - begun)} ms`);
    return found;
  } catch (error) {
    job.failed(error);
    throw error;
  }
}

function startProfile(
  engine: Engine,
  jobs: Jobs,
  options: ServiceOptions,
  ask: Ask<'profile:start'>,
): string {
  const { table: name, columns, filter = [], where = '', exact = false, sample = null } = ask;
  const table = engine.table(name);
  const filtered = filter.length > 0 || where !== '';
  // A column that is made exact does not end the profile of the others.
  const key = `${name}:${filtered}${exact ? `:${columns.join()}` : ''}`;
  const job = jobs.start(
    {
      kind: 'profile',
      title: filtered ? `Profiling ${name} under the filter` : `Profiling ${name}`,
      table: name,
    },
    undefined,
    key,
  );
  job.waiting.push(...columns.filter((c) => table.columns.some((column) => column.name === c)));
  const total = job.waiting.length;
  const begun = options.now();
  let finished = 0;
  const done = (profile: ColumnProfile, final: boolean) => {
    if (job.signal.aborted) return;
    options.emit({ event: 'profile', job: job.id, table: name, profile, filtered });
    if (!final) return;
    finished++;
    job.progress(finished / total, `${finished} of ${total} columns`);
  };
  void engine.profile(name, { filter, where }, job.waiting, { exact, sample }, done, job.signal).then(
    () =>
      job.done(`${total} ${total === 1 ? 'column' : 'columns'} · ${Math.round(options.now() - begun)} ms`),
    (error: unknown) => {
      if (!(error instanceof ProblemError)) options.log(error);
      job.failed(error);
    },
  );
  return job.id;
}

async function startComparison(
  engine: Engine,
  jobs: Jobs,
  options: ServiceOptions,
  ask: Ask<'compare:start'>,
  signal?: AbortSignal,
): Promise<AnswerOf<'compare:start'>> {
  const { a, b, all = false } = ask;
  const matching = matchColumns(await engine.sideColumns(a, signal), await engine.sideColumns(b, signal));
  const pairs = new Map(
    matching.pairs.slice(0, all ? matching.pairs.length : COMPARED_MAX).map((pair) => [pair.a.name, pair]),
  );
  const table = 'table' in a ? a.table : 'table' in b ? b.table : undefined;
  const job = jobs.start(
    { kind: 'compare', title: `Comparing ${sideWords(a)} with ${sideWords(b)}`, ...(table ? { table } : {}) },
    undefined,
    'compare',
  );
  const total = pairs.size;
  const begun = options.now();
  let finished = 0;
  job.waiting.push(...pairs.keys());
  void engine
    .compare(
      {
        sides: [a, b],
        next: () => {
          const name = job.waiting.shift();
          return name === undefined ? undefined : pairs.get(name);
        },
        onSides: (sides) => options.emit({ event: 'sides', job: job.id, sides }),
        onColumn: (column) => {
          if (job.signal.aborted) return;
          finished++;
          options.emit({ event: 'compared', job: job.id, column });
          job.progress(finished / total, `${finished} of ${total} columns`);
        },
      },
      job.signal,
    )
    .then(
      () =>
        job.done(`${total} ${total === 1 ? 'column' : 'columns'} · ${Math.round(options.now() - begun)} ms`),
      (error: unknown) => {
        if (!(error instanceof ProblemError)) options.log(error);
        job.failed(error);
      },
    );
  return { job: job.id, matching, compared: total };
}
