/**
 * Derived tables as they are drafted: a name, a query and its first rows, until a table is made of it. What was typed
 * stays while another table is looked at.
 */

import { bareQuery } from '#core/design/derived';
import type { DesignSource } from '#core/design/design';
import { sourceFrom } from '#core/design/draft';
import { asWritten, freeName, legalName } from '#core/design/names';
import { problem } from '#core/problem';
import { type Deps, debounced, type Slice } from './deps';
import { failed } from './notices';
import type { Reader } from './reading';
import { problemOf, withoutFigures, withTable } from './sources';
import type { DeriveSlice, QueryDraft, State } from './state';

/** A pause in typing after which the first rows are asked for. */
const pauseMs = 350;

/** The draft in front, if there is one. */
export function queryDraftOf(s: Pick<State, 'queryDrafts' | 'queryFront'>): QueryDraft | null {
  return s.queryFront === null ? null : (s.queryDrafts[s.queryFront] ?? null);
}

/** Why a table cannot be made of a draft yet, in words that complete "Create"; '' if nothing keeps it. */
export function draftHindrance(s: Pick<State, 'design' | 'tables'>, draft: QueryDraft): string {
  if (bareQuery(draft.query).trim() === '') return 'The query is empty.';
  if (draft.source !== null) return '';
  if (draft.name.trim() === '') return 'The table has no name yet.';
  if (draft.name !== legalName(draft.name))
    return 'A name is a letter, then letters, digits and underscores.';
  const taken = [...Object.keys(s.tables), ...s.design.sources.map((source) => source.name)];
  return taken.some((name) => name.toLowerCase() === draft.name.toLowerCase())
    ? 'A table of this name is there already.'
    : '';
}

/** Whether a draft of a table that exists says something else than the table's query. */
export function isQueryChanged(s: Pick<State, 'design'>, draft: QueryDraft): boolean {
  const source = s.design.sources.find((one) => one.name === draft.source);
  return source === undefined || bareQuery(draft.query) !== bareQuery(source.query ?? '');
}

export const createDeriveSlice =
  ({ client, later }: Deps, reader: Reader): Slice<DeriveSlice> =>
  (set, get) => {
    const soon = debounced(later);

    const change = (key: string, next: Partial<QueryDraft>) =>
      set((s) => {
        const draft = s.queryDrafts[key];
        return draft === undefined ? {} : { queryDrafts: { ...s.queryDrafts, [key]: { ...draft, ...next } } };
      });

    /** Asks for the first rows; what came before stays until they are there. */
    const preview = async (key: string) => {
      const draft = get().queryDrafts[key];
      if (draft === undefined) return;
      const { query, source } = draft;
      const name = source === null ? {} : { name: source };
      const reply = await client.ask('source:derive-preview', { query, ...name }, { key: 'derive-preview' });
      if (get().queryDrafts[key]?.query !== query) return;
      if (reply.ok) change(key, { preview: reply.value, waiting: false, problem: null });
      else if (!('problem' in reply))
        change(key, {
          waiting: false,
          problem: problem('query-invalid', { name: '', reason: reply.fault, at: null, line: null }),
        });
      else if (reply.problem.code === 'engine-restarted') soon(() => void preview(key), pauseMs);
      // What was cancelled gave way to a newer question.
      else if (reply.problem.code !== 'query-cancelled')
        change(key, { waiting: false, problem: reply.problem });
    };

    const drop = (key: string) =>
      set((s) => {
        const { [key]: _, ...queryDrafts } = s.queryDrafts;
        return { queryDrafts, queryFront: s.queryFront === key ? null : s.queryFront };
      });

    const begun = (source: DesignSource | undefined): QueryDraft => {
      const { table, order, tables, design } = get();
      const taken = [...Object.keys(tables), ...design.sources.map((one) => one.name)];
      const front = table ?? order[0];
      const usual = front === undefined ? 'SELECT 1 AS one' : `SELECT *\nFROM ${asWritten(front)}`;
      return {
        source: source?.name ?? null,
        name: source?.name ?? freeName('derived', taken),
        query: source?.query ?? usual,
        preview: null,
        waiting: true,
        problem: null,
        making: false,
      };
    };

    return {
      queryDrafts: {},
      queryFront: null,
      draftQuery(name) {
        const source = get().design.sources.find((one) => one.name === name);
        if (name !== undefined && source?.query === undefined) return;
        const key = name ?? '';
        set((s) => ({
          place: 'data',
          queryFront: key,
          arrivingShown: null,
          ...(s.queryDrafts[key] === undefined
            ? { queryDrafts: { ...s.queryDrafts, [key]: begun(source) } }
            : {}),
        }));
        void preview(key);
      },
      changeQuery(next) {
        const key = get().queryFront;
        if (key === null) return;
        const asked = next.query !== undefined && next.query !== get().queryDrafts[key]?.query;
        change(key, { ...next, ...(asked ? { waiting: true } : {}) });
        if (asked) soon(() => void preview(key), pauseMs);
      },
      async makeQuery() {
        const key = get().queryFront;
        const draft = queryDraftOf(get());
        if (key === null || draft === null || draft.making || draftHindrance(get(), draft) !== '')
          return false;
        const { name, source } = draft;
        const query = bareQuery(draft.query);
        change(key, { making: true });
        set((s) => ({ reading: [...s.reading, name] }));
        const reply = await reader.derive(name, query);
        set((s) => ({ reading: s.reading.filter((other) => other !== name) }));
        change(key, { making: false });
        if (!reply.ok) {
          if (!('problem' in reply)) get().notify(failed(reply, `Could not make ${name}`));
          else if (reply.problem.code !== 'query-cancelled')
            change(key, { problem: problemOf(reply, ''), waiting: false });
          return false;
        }
        const table = reply.value;
        set((s) => ({ ...withoutFigures(s, name), ...withTable(s, table) }));
        const made = sourceFrom(table);
        if (source === null) get().edit({ verb: 'add-source', source: made });
        else get().edit({ verb: 'change-source', source: name, change: { query, columns: made.columns } });
        drop(key);
        get().showTable(name);
        get().profile(name);
        return true;
      },
      cancelQuery() {
        const key = get().queryFront;
        if (key === null) return;
        const name = get().queryDrafts[key]?.name;
        const job = get().jobs.find((one) => one.state === 'running' && one.title === `Making ${name}`);
        if (job !== undefined) get().cancelJob(job.id);
        drop(key);
      },
    };
  };
