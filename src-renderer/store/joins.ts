/**
 * Joins: what was measured of them, what was found in the data, and the one in the join lab. They stand in the design only
 * once they are added or accepted. Where the cards of the canvas were put is kept here too, for the session.
 */
import type { AnswerOf, Ask } from '#contract';
import type { Join } from '#core/design/design';
import { tableOf } from '#core/design/member';
import type { JoinAsk } from '#core/join/join';
import { remedy, words } from '#core/problem';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import { declarable, endsKey, joinAskOf, joinKey, measureOf, proposalsOf } from './join-reading';
import { failed } from './notices';
import { problemOf } from './sources';
import type { JoinDraft, JoinMeasure, JoinRequest, JoinSlice } from './state';
import type { AssayStore } from './store';

/** Measures and answers kept, the latest. */
const KEPT = 200;

export const createJoinSlice =
  ({ client }: Deps): Slice<JoinSlice> =>
  (set, get) => {
    const waiting: JoinAsk[] = [];
    const underway = new Map<string, AbortController>();
    const answered = new Map<string, { readonly of: readonly unknown[]; readonly value: unknown }>();
    let finding: AbortController | null = null;

    const readings = (ask: JoinAsk): readonly [Table, Table] | null => {
      const [a, b] = [get().tables[ask.from.table], get().tables[ask.to.table]];
      return a === undefined || b === undefined ? null : [a, b];
    };
    const note = (key: string, measure: JoinMeasure) =>
      set((s) => {
        const { [key]: _, ...rest } = s.joinMeasures;
        const old = Object.entries(rest).slice(1 - KEPT);
        return { joinMeasures: { ...Object.fromEntries(old), [key]: measure } };
      });

    const run = async (ask: JoinAsk, of: readonly [Table, Table]) => {
      const key = JSON.stringify(ask);
      const abort = new AbortController();
      underway.set(key, abort);
      const value = get().joinMeasures[key]?.value ?? null;
      note(key, { of, state: 'running', value, trouble: null });
      const reply = await client.ask('join:measure', ask, { signal: abort.signal });
      underway.delete(key);
      if (reply.ok) note(key, { of, state: 'done', value: reply.value, trouble: null });
      else if ('problem' in reply) {
        const stopped = ['query-cancelled', 'engine-restarted'].includes(reply.problem.code);
        const trouble = stopped ? null : { words: words(reply.problem), remedy: remedy(reply.problem) };
        note(key, { of, state: stopped ? 'stopped' : 'failed', value: null, trouble });
      } else {
        const trouble = { words: 'This is a fault of Assay, not of your data', remedy: reply.fault };
        note(key, { of, state: 'failed', value: null, trouble });
      }
      next();
    };
    const next = () => {
      if (underway.size > 0) return;
      const ask = waiting.shift();
      if (ask === undefined) return;
      const of = readings(ask);
      if (of === null) next();
      else void run(ask, of);
    };

    /** A join that has these ends already, either way. */
    const standing = (join: Pick<Join, 'from' | 'to' | 'on'>) =>
      get().design.joins.find((other) => endsKey(other) === endsKey(join));

    return {
      joinDraft: null,
      joinMarks: [],
      joinMeasures: {},
      joinsFound: null,
      findingJoins: false,
      joinsDismissed: [],
      cardPlaces: {},
      cardFolds: {},
      cardTurn: 0,

      draftJoin(from, to) {
        const on = [[from.column, to.column] as const];
        const known = standing({ from: from.table, to: to.table, on });
        if (known !== undefined) {
          get().openJoin(known);
          return;
        }
        get().lookAtJoin({ from: from.table, to: to.table, on }, 'value');
      },
      lookAtJoin({ from, to, on }, comparison) {
        const joinDraft: JoinDraft = { before: null, from, to, on, relationship: null, comparison };
        set({ joinDraft, joinMarks: [] });
      },
      openJoin(join) {
        const { from, to, on, relationship } = join;
        const comparison = join.comparison ?? 'value';
        set({ joinDraft: { before: join, from, to, on, relationship, comparison }, joinMarks: [] });
      },
      changeJoinDraft(change) {
        set((s) => {
          if (s.joinDraft === null) return {};
          return { joinDraft: { ...s.joinDraft, ...change } };
        });
      },
      closeJoin() {
        set({ joinDraft: null });
      },
      keepJoin() {
        const s = get();
        const draft = s.joinDraft;
        if (draft === null || draft.on.length === 0) return false;
        const measured = measureOf(s, joinAskOf(s, draft))?.value;
        const relationship = draft.relationship ?? declarable(measured?.cardinality ?? null);
        if (relationship === null) return false;
        const { before, from, to, on, comparison } = draft;
        const compared = comparison === 'value' ? {} : { comparison };
        const join: Join = { from, to, relationship, on, ...compared, extra: before?.extra ?? {} };
        if (before === null) s.edit({ verb: 'add-join', join });
        else
          s.edit({
            verb: 'change-join',
            join: before,
            change: { from, to, relationship, on, comparison: join.comparison },
          });
        set({ joinDraft: { ...draft, before: join, relationship } });
        return true;
      },
      removeJoin() {
        const { joinDraft, edit } = get();
        const before = joinDraft?.before ?? null;
        set({ joinDraft: null });
        if (before !== null) edit({ verb: 'remove-join', join: before });
      },
      markColumn(at, more) {
        set((s) => {
          const same = (one: typeof at) => one.table === at.table && one.column === at.column;
          if (!more) return { joinMarks: [at] };
          if (s.joinMarks.some(same)) return { joinMarks: s.joinMarks.filter((one) => !same(one)) };
          return { joinMarks: [...s.joinMarks.slice(-1), at] };
        });
      },
      clearMarks() {
        if (get().joinMarks.length > 0) set({ joinMarks: [] });
      },

      measureJoin(ask, first = false) {
        const key = JSON.stringify(ask);
        const of = readings(ask);
        const known = measureOf(get(), ask);
        if (of === null || known?.state === 'done' || underway.has(key)) return;
        const at = waiting.findIndex((other) => JSON.stringify(other) === key);
        if (at >= 0 && !first) return;
        if (at >= 0) waiting.splice(at, 1);
        note(key, { of, state: 'waiting', value: known?.value ?? null, trouble: null });
        if (first) void run(ask, of);
        else {
          waiting.push(ask);
          next();
        }
      },
      stopMeasure(ask) {
        underway.get(JSON.stringify(ask))?.abort();
      },
      async askJoin<R extends JoinRequest>(
        request: R,
        ask: Ask<R>,
        tables: readonly string[],
        signal?: AbortSignal,
      ) {
        const key = JSON.stringify([request, ask]);
        const of = tables.map((name) => get().tables[name]);
        const known = answered.get(key);
        if (known?.of.every((table, i) => table === of[i]))
          return { ok: true, value: known.value as AnswerOf<R> };
        const reply = await client.ask(request, ask, signal === undefined ? {} : { signal });
        if (reply.ok && tables.every((name, i) => get().tables[name] === of[i])) {
          answered.delete(key);
          answered.set(key, { of, value: reply.value });
          for (const old of [...answered.keys()].slice(0, -KEPT)) answered.delete(old);
        }
        return reply;
      },

      async findJoins() {
        if (finding !== null) {
          finding.abort();
          return;
        }
        const used = new Set(get().design.tables.map((table) => table.source));
        const names = get().order.filter((name) => used.has(name));
        const of = names.flatMap((name) => get().tables[name] ?? []);
        finding = new AbortController();
        set({ findingJoins: true });
        const reply = await client.ask('join:find', { tables: names }, { signal: finding.signal });
        finding = null;
        set({ findingJoins: false });
        if (!reply.ok) {
          if (problemOf(reply, '').code !== 'query-cancelled')
            get().notify(failed(reply, 'Joins could not be looked for'));
          return;
        }
        set({ joinsFound: { of, found: reply.value } });
        for (const { measured } of reply.value.candidates) {
          const read = readings(measured.ask);
          if (read !== null)
            note(JSON.stringify(measured.ask), { of: read, state: 'done', value: measured, trouble: null });
        }
        const { sure, unsure } = proposalsOf(get());
        if (sure.length + unsure.length === 0) {
          const { looked } = reply.value;
          get().notify({
            words: 'No further join was found in the values',
            remedy: `${looked.pairs} pairs of columns in ${looked.tables} tables were compared. Draw a line to join by hand.`,
            tone: 'good',
          });
        }
      },
      acceptJoin(key) {
        const { sure, unsure } = proposalsOf(get());
        const found = [...sure, ...unsure].find((one) => one.key === key);
        if (found === undefined) return;
        const { from, to, on, measured } = found;
        const relationship = declarable(measured.cardinality);
        const { comparison } = measured.ask;
        if (relationship !== null) {
          const compared = comparison === 'value' ? {} : { comparison };
          get().edit({ verb: 'add-join', join: { from, to, relationship, on, ...compared, extra: {} } });
          return;
        }
        // It cannot be declared as it is; the lab says what can be done.
        get().lookAtJoin(found, comparison);
      },
      dismissJoin(key) {
        set((s) => ({ joinsDismissed: [...s.joinsDismissed, key] }));
      },

      moveCard(table, at) {
        set((s) => ({ cardPlaces: { ...s.cardPlaces, [table]: at } }));
      },
      layOutCards() {
        set((s) => ({ cardPlaces: {}, cardTurn: s.cardTurn + 1 }));
      },
      forgetCards(but) {
        const stay = new Set(but);
        set((s) => ({
          cardPlaces: Object.fromEntries(Object.entries(s.cardPlaces).filter(([name]) => stay.has(name))),
        }));
      },
      foldCard(part, open) {
        set((s) => ({ cardFolds: { ...s.cardFolds, [part]: open } }));
      },
    };
  };

/** The lab closes when its join or a table of it leaves the design; it follows one that undo changed back. */
export function followJoins(store: AssayStore): void {
  store.subscribe((s, before) => {
    if (s.design === before.design || s.joinDraft === null) return;
    const { from, to, before: join } = s.joinDraft;
    const gone = [from, to].some((name) => tableOf(s.design, name) === undefined);
    if (gone) return store.setState({ joinDraft: null });
    if (join === null) return;
    if (s.design.joins.some((other) => joinKey(other) === joinKey(join))) return;
    const now = s.design.joins.filter((other) => other.from === from && other.to === to);
    const [only] = now;
    if (only === undefined || now.length > 1) store.setState({ joinDraft: null });
    else s.openJoin(only);
  });
}
