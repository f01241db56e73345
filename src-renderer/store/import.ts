/**
 * Import: how a file is read, tried out before it is read that way. What is told about a file is a draft that previews
 * itself; applying it is an edit of the design, so that undo reads the file as before.
 */
import { sourceFrom } from '#core/design/draft';
import type { Edit } from '#core/design/edit';
import type { Problem } from '#core/problem';
import type { ColumnReading, Dialect, Proposal } from '#core/source/receipt';
import { type Deps, debounced, type Slice } from './deps';
import { failed } from './notices';
import type { Reader } from './reading';
import { importOf, isToldAnew, openProposals, questionsOf } from './select';
import { problemOf, withoutFigures, withTable } from './sources';
import type { ImportDraft, ImportSlice, State } from './state';
import type { AssayStore } from './store';

/** Typing with shorter pauses than this asks for one preview. */
const previewMs = 80;
/** Steps back within a draft. */
const depth = 100;

/** The name of a file without its folder. */
export function fileOf(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/**
 * The pattern that files like this one share: what is counted up or dated in the name may be anything.
 * `orders_2024-01.csv` gives `orders_*.csv`; a name without digits is its own pattern.
 */
export function patternOf(path: string): string {
  const name = fileOf(path);
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const pattern = stem.replace(/\d+(?:[-_.T ]?\d+)*/g, '*');
  return `${pattern === '*' ? name.slice(0, stem.length) : pattern}${end}`;
}

/** Whether a file of this path is one of the pattern, in which `*` is anything. */
export function isOfPattern(path: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(fileOf(path));
}

/** What is told, without empty parts. */
function cleaned(told: Partial<Dialect>): Partial<Dialect> {
  const { columns, ...rest } = told;
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...kept, ...(columns === undefined || columns.length === 0 ? {} : { columns }) };
}

/** The readings of columns with one more, in the place of an older one of the same column. */
function withReading(told: Partial<Dialect>, reading: ColumnReading): Partial<Dialect> {
  const columns = told.columns ?? [];
  const known = columns.some((other) => other.column === reading.column);
  return {
    ...told,
    columns: known
      ? columns.map((other) => (other.column === reading.column ? reading : other))
      : [...columns, reading],
  };
}

function draftOf(path: string, table: string | null, told: Partial<Dialect>): ImportDraft {
  return {
    path,
    table,
    before: told,
    told,
    past: [],
    future: [],
    preview: null,
    waiting: true,
    problem: null,
    why: {},
    dismissed: [],
    chosen: false,
    line: null,
    column: null,
    applying: false,
  };
}

/** What the design says about how the table of this name is read. */
function toldIn(s: Pick<State, 'design'>, table: string | null): Partial<Dialect> {
  return s.design.sources.find((source) => source.name === table)?.dialect ?? {};
}

export const createImportSlice =
  ({ client, bridge, later }: Deps, reader: Reader): Slice<ImportSlice> =>
  (set, get) => {
    const soon = debounced(later);

    const change = (path: string, news: (draft: ImportDraft) => Partial<ImportDraft>) =>
      set((s) => {
        const draft = s.imports[path];
        return draft === undefined ? {} : { imports: { ...s.imports, [path]: { ...draft, ...news(draft) } } };
      });

    const preview = async (path: string) => {
      const draft = get().imports[path];
      if (draft === undefined) return;
      const { told } = draft;
      const ask = { path, ...(Object.keys(told).length === 0 ? {} : { dialect: told }) };
      const reply = await client.ask('source:preview', ask, { key: `preview ${path}` });
      // Only the answer to what is told now counts; an older one would make the window jump back.
      if (get().imports[path]?.told !== told) return;
      if (!reply.ok) {
        const met = problemOf(reply, path);
        if (met.code === 'query-cancelled') return;
        change(path, () => ({ problem: met, waiting: false }));
        return;
      }
      const made = reply.value;
      change(path, (now) => ({
        preview: made,
        waiting: false,
        problem: null,
        why: {
          ...now.why,
          ...Object.fromEntries(made.proposals.map((p): [string, Proposal] => [p.reading.column, p])),
        },
        column:
          now.column === null || made.columns.some((column) => column.name === now.column)
            ? now.column
            : null,
      }));
    };

    const show = (path: string, table: string | null, column?: string) => {
      const known = get().imports[path];
      if (known === undefined || known.table !== table) {
        const fresh = draftOf(path, table, toldIn(get(), table));
        set((s) => ({ imports: { ...s.imports, [path]: fresh } }));
      }
      if (column !== undefined) change(path, () => ({ column }));
      set({ importPath: path, place: 'import' });
      void preview(path);
    };

    /** Tells the file in front something else, and looks at it. */
    const tell = (next: (draft: ImportDraft) => Partial<Dialect>, more: Partial<ImportDraft> = {}) => {
      const draft = importOf(get());
      if (draft === null) return;
      const told = cleaned(next(draft));
      if (!isToldAnew({ told, before: draft.told })) {
        change(draft.path, () => more);
        return;
      }
      const past = [...draft.past.slice(1 - depth), draft.told];
      change(draft.path, () => ({ told, past, future: [], waiting: true, ...more }));
      soon(() => void preview(draft.path), previewMs);
    };

    /** Goes to another thing told, without a step of its own. */
    const goTo = (
      draft: ImportDraft,
      told: Partial<Dialect>,
      steps: Pick<ImportDraft, 'past' | 'future'>,
    ) => {
      change(draft.path, () => ({ told, ...steps, waiting: true }));
      soon(() => void preview(draft.path), previewMs);
    };

    interface Read {
      readonly edit: Edit;
      readonly named: string;
    }
    /** Reads one open table as told; the state holds the new table, the edit is still to be made. */
    const readAnew = async (name: string, path: string, told: Partial<Dialect>): Promise<Read | Problem> => {
      set((s) => ({ reading: [...s.reading, name] }));
      const reply = await reader.open(path, name, Object.keys(told).length === 0 ? undefined : told);
      set((s) => ({ reading: s.reading.filter((other) => other !== name) }));
      if (!reply.ok) {
        get().notify(failed(reply, `Could not read ${fileOf(path)} this way`));
        return problemOf(reply, path);
      }
      set((s) => ({ ...withoutFigures(s, name), ...withTable(s, reply.value) }));
      const { columns, format } = sourceFrom(reply.value);
      const dialect = Object.keys(told).length === 0 ? undefined : told;
      return {
        edit: { verb: 'change-source', source: name, change: { columns, format, dialect } },
        named: name,
      };
    };

    /** Opens a file that could not be opened, as told. */
    const readFirst = async (path: string, told: Partial<Dialect>): Promise<boolean> => {
      set((s) => ({ reading: [...s.reading, path] }));
      const reply = await reader.open(path, undefined, told);
      set((s) => ({ reading: s.reading.filter((other) => other !== path) }));
      if (!reply.ok) {
        get().notify(failed(reply, `Could not read ${fileOf(path)} this way`));
        return false;
      }
      const table = reply.value;
      set((s) => withTable(s, table));
      const source = { ...sourceFrom(table), ...(Object.keys(told).length === 0 ? {} : { dialect: told }) };
      get().edit({ verb: 'add-source', source });
      bridge.noteRecent(table.source.path, 'source');
      get().showTable(table.name);
      get().profile(table.name);
      change(path, () => ({ table: table.name, before: told }));
      return true;
    };

    return {
      imports: {},
      importPath: null,
      remembered: [],
      importTable(name, column) {
        const table = get().tables[name];
        if (table === undefined) return;
        if (get().table !== name) get().showTable(name);
        set((s) => ({ notices: s.notices.filter((notice) => notice.look !== name) }));
        show(table.source.path, name, column);
      },
      importFile(path) {
        show(path, null);
      },
      tellDialect(told) {
        tell((draft) => ({ ...draft.told, ...told }));
      },
      untellDialect(...keys) {
        tell((draft) =>
          Object.fromEntries(
            Object.entries(draft.told).filter(([key]) => !(keys as readonly string[]).includes(key)),
          ),
        );
      },
      tellColumn(reading) {
        tell((draft) => withReading(draft.told, reading));
      },
      untellColumn(column) {
        tell((draft) => ({
          ...draft.told,
          columns: draft.told.columns?.filter((reading) => reading.column !== column) ?? [],
        }));
      },
      acceptProposals(columns) {
        const wanted = openProposals(get()).filter(
          (p) => columns === undefined || columns.includes(p.reading.column),
        );
        if (wanted.length > 0)
          tell((draft) => wanted.reduce((told, p) => withReading(told, p.reading), draft.told));
      },
      dismissProposal(column) {
        const draft = importOf(get());
        if (draft !== null) change(draft.path, (now) => ({ dismissed: [...now.dismissed, column] }));
      },
      chooseReading(candidate) {
        tell((draft) => ({ ...draft.told, ...candidate?.dialect }), { chosen: true });
      },
      undoTold() {
        const draft = importOf(get());
        const told = draft?.past.at(-1);
        if (draft === null || told === undefined) return;
        goTo(draft, told, { past: draft.past.slice(0, -1), future: [draft.told, ...draft.future] });
      },
      redoTold() {
        const draft = importOf(get());
        const [told, ...future] = draft?.future ?? [];
        if (draft === null || told === undefined) return;
        goTo(draft, told, { past: [...draft.past, draft.told], future });
      },
      lookAgain(path) {
        change(path, () => ({ waiting: true }));
        void preview(path);
      },
      lookAt(at) {
        const draft = importOf(get());
        if (draft !== null) change(draft.path, () => at);
      },
      async applyReading(folder = false) {
        const draft = importOf(get());
        if (draft === null || draft.applying) return false;
        const { path, table, told } = draft;
        change(path, () => ({ applying: true }));
        if (table === null) {
          const read = await readFirst(path, told);
          change(path, () => ({ applying: false, ...(read ? { past: [], future: [] } : {}) }));
          return read;
        }
        const edits: Edit[] = [];
        const names: string[] = [];
        const first = await readAnew(table, path, told);
        if ('edit' in first) {
          edits.push(first.edit);
          names.push(table);
          for (const other of folder ? neighboursOf(get(), path) : []) {
            const known = new Set(get().tables[other.name]?.columns.map((column) => column.name));
            const columns = told.columns?.filter((reading) => known.has(reading.column)) ?? [];
            const read = await readAnew(other.name, other.path, cleaned({ ...told, columns }));
            if (!('edit' in read)) continue;
            edits.push(read.edit);
            names.push(other.name);
          }
        }
        change(path, () => ({ applying: false }));
        const [only] = edits;
        if (only === undefined) return false;
        change(path, () => ({ before: told, past: [], future: [] }));
        get().edit(
          edits.length === 1
            ? only
            : { verb: 'together', words: `read ${edits.length} files differently`, edits },
        );
        for (const name of names) get().profile(name);
        return true;
      },
      cancelImport() {
        const draft = importOf(get());
        if (draft === null) return;
        set((s) => {
          const { [draft.path]: _, ...imports } = s.imports;
          return { imports, importPath: null, place: 'data' };
        });
      },
      async refreshRemembered() {
        const reply = await client.ask('reading:list', null, { key: 'readings' });
        if (reply.ok) set({ remembered: reply.value });
      },
      async rememberReading(pattern, forget = false) {
        const draft = importOf(get());
        if (draft === null && !forget) return false;
        const dialect = forget || draft === null ? null : draft.told;
        const reply = await client.ask('reading:remember', { pattern, dialect });
        if (!reply.ok) {
          get().notify(failed(reply, 'The reading could not be remembered'));
          return false;
        }
        await get().refreshRemembered();
        return true;
      },
      async exportReceipt(table) {
        const folder = await bridge.chooseFolder();
        if (folder === null) return false;
        const between = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
        const path = `${folder.replace(/[\\/]+$/, '')}${between}${table.replace(/[\\/:*?"<>|]+/g, '-')}-receipt.csv`;
        const reply = await client.ask('source:receipt', { table, path });
        if (!reply.ok) {
          get().notify(failed(reply, `Could not write to ${path}`));
          return false;
        }
        const { written } = reply.value;
        get().notify({
          words: `Wrote ${written} ${written === 1 ? 'line' : 'lines'} of the receipt`,
          remedy: path,
          tone: 'good',
        });
        return true;
      },
    };
  };

/** The other open text files in the folder of a path. */
export function neighboursOf(
  s: Pick<State, 'design'>,
  path: string,
): readonly { readonly name: string; readonly path: string }[] {
  const folder = folderOf(path);
  return s.design.sources.filter(
    (source) => source.format === 'csv' && source.path !== path && folderOf(source.path) === folder,
  );
}

/**
 * Keeps the drafts the same as what is open: what was closed leaves, what is read otherwise by undo or elsewhere is looked at
 * anew, and a table that opens with something in doubt says so.
 */
export function followImports(store: AssayStore): void {
  const said = new Set<string>();

  const offer = (s: State, before: State) => {
    for (const name of s.order) {
      const table = s.tables[name];
      if (table === undefined || before.tables[name] !== undefined || table.source.format !== 'csv') continue;
      const questions = questionsOf(table);
      const [first] = questions;
      const key = `${table.source.path}\n${table.source.modified}`;
      if (first === undefined || said.has(key) || s.bottom === 'problems') continue;
      said.add(key);
      s.notify({
        words: `${fileOf(table.source.path)}: ${first}`,
        remedy: questions.length > 1 ? `Also: ${questions.slice(1).join(', ')}.` : '',
        tone: 'warning',
        look: name,
      });
    }
  };

  const reconcile = (s: State) => {
    for (const draft of Object.values(s.imports)) {
      if (draft.table === null || draft.applying) continue;
      const source = s.design.sources.find((other) => other.name === draft.table);
      if (source === undefined || source.path !== draft.path) {
        const { [draft.path]: _, ...imports } = s.imports;
        store.setState({ imports, ...(s.importPath === draft.path ? { importPath: null } : {}) });
        return;
      }
      const before = source.dialect ?? {};
      if (!isToldAnew({ told: before, before: draft.before })) continue;
      const untouched = !isToldAnew(draft);
      const next = { ...draft, before, ...(untouched ? { told: before, past: [], future: [] } : {}) };
      store.setState({ imports: { ...s.imports, [draft.path]: next } });
      if (untouched) store.getState().lookAgain(draft.path);
      return;
    }
  };

  store.subscribe((s, before) => {
    if (s.tables !== before.tables) offer(s, before);
    if (s.design.sources !== before.design.sources || s.imports !== before.imports) reconcile(s);
  });
}
