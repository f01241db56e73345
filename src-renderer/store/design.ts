/**
 * The design, its history and its file. Every change is an edit; problems are derived, never stored.
 */
import { emptyDesign } from '#core/design/design';
import { applyEdit, type Edit, editWords } from '#core/design/edit';
import { emptyQuestion } from '#core/explore/question';
import { remedy, words } from '#core/problem';
import type { Deps, Slice } from './deps';
import { followQuestion } from './explore';
import { failuresOf } from './failures';
import type { Journal } from './journal';
import { failed } from './notices';
import type { Reader } from './reading';
import type { DesignSlice, Selection, State, Step } from './state';

/** Typing in the same field with shorter pauses than this is one step of the history. */
const togetherMs = 900;
/** Fields that are typed; a choice made twice is two steps, however quick. */
const typed = new Set(['title', 'description', 'expression', 'filter', 'condition']);
/** Steps kept for undo. */
const depth = 500;

/** The field that an edit types in, if a further edit of the same may join it. */
function typedField(edit: Edit): string | null {
  switch (edit.verb) {
    case 'rename-design': {
      const { verb, ...change } = edit;
      return typedIn([verb], change);
    }
    case 'change-table':
      return typedIn([edit.verb, edit.table], edit.change);
    case 'change-dimension':
    case 'change-measure':
      return typedIn([edit.verb, edit.table, edit.name], edit.change);
    default:
      return null;
  }
}

function typedIn(part: readonly string[], change: object): string | null {
  const fields = Object.keys(change);
  return fields.every((name) => typed.has(name)) ? JSON.stringify([...part, ...fields]) : null;
}

/** The selection after an edit: it follows a part that was renamed and leaves one that is gone. */
function follow(selection: Selection, edit: Edit): Selection {
  if (selection.kind !== 'member') return selection;
  const { member } = selection;
  switch (edit.verb) {
    case 'together':
      return edit.edits.reduce(follow, selection as Selection);
    case 'change-dimension':
    case 'change-measure': {
      const kind = edit.verb === 'change-dimension' ? 'dimension' : 'measure';
      if (member.table !== edit.table || member.kind !== kind || member.name !== edit.name) return selection;
      return { kind: 'member', member: { ...member, name: edit.change.name ?? member.name } };
    }
    case 'change-table':
      return member.table === edit.table
        ? { kind: 'member', member: { ...member, table: edit.change.name ?? member.table } }
        : selection;
    default:
      return selection;
  }
}

/** The selection if what it names still is in the design, else none. */
function standing(s: State): Partial<State> {
  const { selection, design } = s;
  if (selection.kind !== 'member') return {};
  const { kind, name, table } = selection.member;
  const in_ = design.tables.find((t) => t.name === table);
  const members = kind === 'dimension' ? in_?.dimensions : kind === 'measure' ? in_?.measures : in_?.segments;
  return members?.some((m) => m.name === name) ? {} : { selection: { kind: 'none' } };
}

/** Whether there is something to save. */
export function isUnsaved(s: Pick<DesignSlice, 'design' | 'saved'>): boolean {
  return s.design !== s.saved;
}

export const createDesignSlice =
  ({ client, bridge, now }: Deps, reader: Reader, journal: Journal): Slice<DesignSlice> =>
  (set, get) => {
    let lastEdit: Edit | null = null;
    let answer: ((answer: 'save' | 'discard' | 'cancel') => void) | null = null;

    /** Whether the present design may go; asks if it is unsaved. */
    const mayGo = async (why: 'close' | 'new' | 'open'): Promise<boolean> => {
      if (!isUnsaved(get())) return true;
      answer?.('cancel');
      set({ unsavedAsked: why });
      const said = await new Promise<'save' | 'discard' | 'cancel'>((resolve) => {
        answer = resolve;
      });
      answer = null;
      set({ unsavedAsked: null });
      if (said === 'cancel') return false;
      return said === 'discard' || get().save();
    };

    const fresh = {
      past: [],
      future: [],
      measureValues: {},
      dimensionValues: {},
      valueProblems: {},
      question: emptyQuestion,
      explored: null,
      explorationOpen: null,
    } as const;

    return {
      design: emptyDesign,
      path: null,
      saved: emptyDesign,
      past: [],
      future: [],
      restorable: null,
      unsavedAsked: null,

      edit(edit) {
        const { design, past } = get();
        const after = applyEdit(design, edit);
        if (after === design) return;
        const at = now();
        const last = past.at(-1);
        const joins =
          last !== undefined &&
          lastEdit !== null &&
          get().future.length === 0 &&
          design !== get().saved &&
          at - last.at < togetherMs &&
          typedField(edit) !== null &&
          typedField(edit) === typedField(lastEdit);
        const step: Step = { words: editWords(edit, design), at, before: joins ? last.before : design };
        lastEdit = edit;
        set((s) => ({
          design: after,
          past: [...(joins ? past.slice(0, -1) : past.slice(1 - depth)), step],
          future: [],
          selection: follow(s.selection, edit),
          question: followQuestion(s.question, design, edit),
        }));
        set(standing);
      },
      undo() {
        const { past, future, design } = get();
        const step = past.at(-1);
        if (step === undefined) return;
        lastEdit = null;
        set({
          design: step.before,
          past: past.slice(0, -1),
          future: [{ ...step, after: design }, ...future],
        });
        set(standing);
      },
      redo() {
        const { past, future } = get();
        const [next, ...rest] = future;
        if (next === undefined) return;
        lastEdit = null;
        const { after, ...step } = next;
        set({ design: after, past: [...past, step], future: rest });
        set(standing);
      },
      travel(index) {
        const { past, future, design } = get();
        const here = past.length - 1;
        const to = Math.max(-1, Math.min(index, here + future.length));
        if (to === here) return;
        lastEdit = null;
        const steps = [
          ...past.map((step, i) => ({ ...step, after: past[i + 1]?.before ?? design })),
          ...future,
        ];
        set({
          design: to < 0 ? (steps[0]?.before ?? design) : (steps[to]?.after ?? design),
          past: steps.slice(0, to + 1).map(({ after: _, ...step }) => step),
          future: steps.slice(to + 1),
        });
        set(standing);
      },

      async newDesign() {
        if (!(await mayGo('new'))) return;
        lastEdit = null;
        set({
          design: emptyDesign,
          saved: emptyDesign,
          path: null,
          failures: {},
          ...fresh,
          lastExport: null,
        });
        set({ selection: { kind: 'none' }, place: 'data' });
        await journal.forget();
      },
      async openDesign(path) {
        if (!(await mayGo('open'))) return;
        set((s) => ({ reading: [...s.reading, path] }));
        const reply = await client.ask('design:open', { path });
        set((s) => ({ reading: s.reading.filter((other) => other !== path) }));
        if (!reply.ok) {
          get().notify(failed(reply, `Could not open ${path}`));
          return;
        }
        const { design, tables, problems } = reply.value;
        lastEdit = null;
        for (const source of design.sources) reader.note(source.name, source);
        const kept = new Set(tables.map((table) => table.name));
        for (const name of get().order.filter((other) => !kept.has(other))) {
          if (!design.sources.some((source) => source.name === name)) reader.forget(name);
          void client.ask('source:close', { table: name });
        }
        set({
          ...fresh,
          profiles: {},
          filtered: {},
          filters: {},
          stale: {},
          receiptOf: null,
          design,
          saved: design,
          path: reply.value.path,
          tables: Object.fromEntries(tables.map((table) => [table.name, table])),
          order: tables.map((table) => table.name),
          table: tables[0]?.name ?? null,
          selection: tables[0] ? { kind: 'table', table: tables[0].name } : { kind: 'none' },
          failures: failuresOf(reply.value),
          lastExport: null,
        });
        for (const p of problems)
          get().notify({ problem: p, words: words(p), remedy: remedy(p), tone: p.severity });
        bridge.noteRecent(reply.value.path, 'design');
        void get().refreshRecent();
        for (const table of tables) get().profile(table.name);
        await journal.forget();
      },
      async save(as = false) {
        const { design } = get();
        const name = design.title.trim() || design.name || 'untitled';
        const path =
          get().path === null || as
            ? await bridge.saveDesign(get().path ?? `${name.replace(/[\\/:*?"<>|]+/g, '-')}.assay.yaml`)
            : get().path;
        if (path === null) return false;
        const reply = await client.ask('design:save', { design, path });
        if (!reply.ok) {
          get().notify(failed(reply, `Could not save to ${path}`));
          return false;
        }
        set({ path, saved: design });
        lastEdit = null;
        bridge.noteRecent(path, 'design');
        void get().refreshRecent();
        if (get().design === design) await journal.forget();
        return true;
      },

      async restore(accept) {
        const left = get().restorable;
        if (left === null) return;
        lastEdit = null;
        if (!accept) {
          set({ restorable: null });
          await journal.forget();
          return;
        }
        // What is on disk is another design than the one restored, even where there is no file yet.
        set({ restorable: null, design: left.design, path: left.path, saved: { ...left.design }, ...fresh });
      },
      answerUnsaved(said) {
        answer?.(said);
      },
      async closeWindow() {
        if (!(await mayGo('close'))) return;
        await journal.end();
        bridge.window('close');
      },
    };
  };
