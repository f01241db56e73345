/**
 * Explore: a question through the model, asked anew when it or what it rests on changes. The newest wins, and the last answer
 * stays until a newer one has come.
 */
import type { Answer } from '#contract';
import type { Design, Exploration } from '#core/design/design';
import { applyEdit, type Edit } from '#core/design/edit';
import { freeName, nameFrom } from '#core/design/names';
import type { ModelQuery } from '#core/design/query';
import { queryBefore } from '#core/explore/before';
import { chartFor } from '#core/explore/chart';
import {
  type AskedColumn,
  columnsOf,
  emptyQuestion,
  type Question,
  questionOf,
  withMember,
} from '#core/explore/question';
import { type Problem, problem } from '#core/problem';
import { type Deps, debounced, type Slice } from './deps';
import { memberProblems } from './select';
import type { Explored, ExploreSlice, State } from './state';
import type { AssayStore } from './store';

/** How long a question must rest before it is put. */
const restMs = 120;
/** Work that takes less than this is not spoken of. */
const slowMs = 200;

/** Answers of leaderboards that are kept, the latest. */
const KEPT = 120;

/** What an answer rests on beside the question. */
function basisOf(s: State): readonly unknown[] {
  return [s.design.tables, s.design.joins, s.design.sources, s.tables];
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** Whether the question is another than the exploration that is open keeps; false if none is. */
export function isChanged(s: Pick<State, 'question' | 'explorationOpen' | 'design'>): boolean {
  const kept = s.design.explorations.find((e) => e.name === s.explorationOpen);
  return kept !== undefined && JSON.stringify(questionOf(kept)) !== JSON.stringify(s.question);
}

/** The question after an edit: members that were renamed keep their place in it. @param design Before the edit. */
export function followQuestion(question: Question, design: Design, edit: Edit): Question {
  if (edit.verb === 'together')
    return edit.edits.reduce(
      ({ asked, at }, one) => ({ asked: followQuestion(asked, at, one), at: applyEdit(at, one) }),
      { asked: question, at: design },
    ).asked;
  const renames =
    (edit.verb === 'change-dimension' || edit.verb === 'change-measure' || edit.verb === 'change-table') &&
    edit.change.name !== undefined;
  if (!renames) return question;
  const kept: Exploration = { name: '', title: '', ...question, extra: {} };
  const [followed] = applyEdit({ ...design, explorations: [kept] }, edit).explorations;
  return followed === undefined || followed === kept ? question : questionOf(followed);
}

/** What is wrong with a member of a query, as its form says it; null if nothing is known to be. */
function brokenMember(s: State, query: ModelQuery): Problem | null {
  for (const { kind, name } of columnsOf(s.design, query)) {
    const dot = name.indexOf('.');
    const member = { table: name.slice(0, dot), kind, name: name.slice(dot + 1) };
    const found = memberProblems(s, member).find((p) => p.severity === 'error');
    if (found !== undefined) return found;
  }
  return null;
}

/** A title for a question, made of what it asks. */
export function titleOf(design: Design, query: ModelQuery): string {
  const columns = columnsOf(design, query);
  const list = (kind: AskedColumn['kind']) =>
    columns
      .filter((c) => c.kind === kind)
      .map((c) => c.title)
      .join(', ');
  const [measures, dimensions] = [list('measure'), list('dimension')];
  if (measures === '') return dimensions === '' ? 'Exploration' : `Values of ${dimensions}`;
  return dimensions === '' ? measures : `${measures} by ${dimensions}`;
}

/** The query as it is put: with steps of time that have no rows where a line would otherwise join what is apart. */
export function queryAsked(design: Design, question: Question): ModelQuery {
  const { query } = question;
  const columns = columnsOf(design, query);
  const times = columns.filter((c) => c.grain !== null);
  const kind = chartFor(columns, question.chart);
  const fills = query.fill === undefined && times.length === 1 && (kind === 'line' || kind === 'area');
  return fills ? { ...query, fill: true } : query;
}

export const createExploreSlice = ({ client }: Deps): Slice<ExploreSlice> => {
  const kept = new Map<string, { readonly of: readonly unknown[]; readonly value: Answer }>();
  return (set, get) => ({
    question: emptyQuestion,
    explored: null,
    exploring: 'rest',
    exploreTrouble: null,
    exploreTurn: 0,
    explorationOpen: null,
    copyAsked: null,
    changeAsked(change) {
      set((s) => {
        const query = change(s.question.query, s.design);
        if (query === s.question.query) return {};
        const pivot =
          query.dimensions.includes(s.question.pivot) && query.dimensions.length > 1 ? s.question.pivot : '';
        const compare = s.question.compare && query.range !== undefined;
        return { question: { ...s.question, query, pivot, compare } };
      });
    },
    changeQuestion(change) {
      set((s) => ({ question: { ...s.question, ...change } }));
    },
    exploreMember(member) {
      get().changeAsked((query, design) => withMember(design, query, member));
      get().go('explore');
    },
    newExploration() {
      set({ question: emptyQuestion, explorationOpen: null, explored: null, exploreTrouble: null });
      get().go('explore');
    },
    openExploration(name) {
      const found = get().design.explorations.find((e) => e.name === name);
      if (found === undefined) return;
      set({ question: questionOf(found), explorationOpen: name });
      get().go('explore');
    },
    keepExploration(title) {
      const { design, question, explorationOpen } = get();
      const open = design.explorations.find((e) => e.name === explorationOpen);
      if (open !== undefined && title === undefined) {
        get().edit({ verb: 'change-exploration', name: open.name, change: question });
        return;
      }
      const said = title?.trim() || titleOf(design, question.query);
      const name = freeName(
        nameFrom(said),
        design.explorations.map((e) => e.name),
      );
      const exploration: Exploration = { name, title: said, ...question, extra: {} };
      get().edit({ verb: 'add-exploration', exploration });
      set({ explorationOpen: name });
    },
    removeExploration(name) {
      get().edit({ verb: 'remove-exploration', name });
      if (get().explorationOpen === name) set({ explorationOpen: null });
    },
    stopExploring() {
      if (get().exploring !== 'rest')
        set({ exploring: 'rest', exploreTrouble: problem('query-cancelled', {}) });
    },
    askAgain() {
      set((s) => ({ exploreTurn: s.exploreTurn + 1 }));
    },
    askCopy(what) {
      set({ copyAsked: what });
    },
    async askModel(query, signal) {
      const { design } = get();
      const key = JSON.stringify(query);
      const of = basisOf(get());
      const known = kept.get(key);
      if (known !== undefined && isSame(known.of, of)) return { ok: true, value: known.value };
      const reply = await client.ask(
        'design:query',
        { design, query },
        signal === undefined ? {} : { signal },
      );
      if (reply.ok) {
        kept.delete(key);
        kept.set(key, { of, value: reply.value });
        for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
      }
      return reply;
    },
  });
};

/** Puts the question while Explore is in front, whenever it or what it rests on has changed. */
export function followExplore(store: AssayStore, { client, later, now }: Deps): void {
  const rest = debounced(later);
  let asked: readonly unknown[] = [];
  let turn = 0;
  let abort: AbortController | null = null;
  let unslow: () => void = () => undefined;

  const stop = () => {
    turn += 1;
    abort?.abort();
    abort = null;
    unslow();
  };

  const put = async () => {
    stop();
    const mine = turn;
    const { design, question } = store.getState();
    const query = queryAsked(design, question);
    if (query.measures.length + query.dimensions.length === 0) {
      store.setState({ explored: null, exploring: 'rest', exploreTrouble: null });
      return;
    }
    const broken = brokenMember(store.getState(), query);
    if (broken !== null) {
      store.setState({ exploring: 'rest', exploreTrouble: broken });
      return;
    }
    const ours = new AbortController();
    store.setState({ exploring: 'busy', exploreTrouble: null });
    abort = ours;
    unslow = later(() => {
      if (mine === turn) store.setState({ exploring: 'slow' });
    }, slowMs);
    const ask = (what: ModelQuery) =>
      client.ask('design:query', { design, query: what }, { signal: ours.signal });
    const reply = await ask(query);
    if (mine !== turn) return;
    if (!reply.ok) {
      abort = null;
      unslow();
      const trouble = 'problem' in reply ? reply.problem : { fault: reply.fault };
      store.setState({ exploring: 'rest', exploreTrouble: trouble });
      return;
    }
    const explored: Explored = {
      query,
      design,
      columns: columnsOf(design, query),
      answer: reply.value,
      totals: null,
      before: null,
      totalsBefore: null,
      at: now(),
    };
    store.setState({ explored });
    const patch = (part: Partial<Explored>) =>
      store.setState((s) => (s.explored === null ? {} : { explored: { ...s.explored, ...part } }));
    const grouped = query.dimensions.length > 0 && query.measures.length > 0;
    const before = question.compare ? queryBefore(query) : null;
    const more: [keyof Explored, ModelQuery | null][] = [
      ['totals', grouped ? totalOf(query) : null],
      ['before', before],
      ['totalsBefore', grouped && before !== null ? totalOf(before) : null],
    ];
    for (const [part, what] of more) {
      if (what === null) continue;
      const found = await ask(what);
      if (mine !== turn) return;
      if (found.ok) patch({ [part]: found.value });
    }
    abort = null;
    unslow();
    store.setState({ exploring: 'rest' });
  };

  store.subscribe((s) => {
    // The user said to stop.
    if (abort !== null && s.exploring === 'rest') stop();
    if (s.place !== 'explore') return;
    const basis = [
      JSON.stringify([queryAsked(s.design, s.question), s.question.compare]),
      s.exploreTurn,
      ...basisOf(s),
    ];
    if (isSame(basis, asked)) return;
    asked = basis;
    rest(() => void put(), restMs);
  });
}

function totalOf(query: ModelQuery): ModelQuery {
  const { order: _, fill: __, limit: ___, offset: ____, ...rest } = query;
  return { ...rest, dimensions: [] };
}
