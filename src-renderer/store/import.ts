/**
 * Import: how a file is read, tried out before it is read that way. What is told about a file is a draft that previews
 * itself; applying it is an edit of the design, so that undo reads the file as before.
 */
import { sourceFrom } from '#core/design/draft';
import type { Edit } from '#core/design/edit';
import type { Problem } from '#core/problem';
import { isSamePart, isSamePlace, partName, partsCalled } from '#core/source/part';
import type { ColumnReading, Dialect, Part, Proposal } from '#core/source/receipt';
import { type Deps, debounced, type Slice } from './deps';
import { failed } from './notices';
import type { Reader } from './reading';
import { dismissedIn, importOf, isToldAnew, openProposals, sourceOfDraft } from './select';
import { problemOf, withoutFigures, withTable } from './sources';
import type { ImportDraft, ImportSlice, State, Telling } from './state';

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

/** What is seen and decided of the part in front, at the beginning. */
export const unseen = { why: {}, dismissed: [], chosen: false, line: null, column: null } as const;

/** Where the draft of an open table is kept. */
const keyOf = (table: string): string => `table ${table}`;
/** Where that of something that could not be opened is kept. @param failure Its key. */
export const failedKey = (failure: string): string => `path ${failure}`;

function draftOf(of: Pick<ImportDraft, 'key' | 'path' | 'table' | 'source'>, before: Telling): ImportDraft {
  return {
    ...of,
    parts: null,
    picked: [],
    opening: null,
    before,
    ...before,
    past: [],
    future: [],
    preview: null,
    waiting: true,
    problem: null,
    ...unseen,
    applying: false,
  };
}

/** The edit of a reading, which also says what was dismissed in it. */
function withDismissed(edit: Edit, columns: readonly string[]): Edit {
  const dismissed = columns.length === 0 ? undefined : columns;
  if (edit.verb === 'change-source') return { ...edit, change: { ...edit.change, dismissed } };
  return edit.verb === 'add-source' && dismissed ? { ...edit, source: { ...edit.source, dismissed } } : edit;
}

/** What the design says about how the source of this name is read. */
function tellingIn(s: Pick<State, 'design'>, name: string | null): Telling {
  const source = s.design.sources.find((other) => other.name === name);
  return { part: source?.part ?? null, told: source?.dialect ?? {} };
}

export const createImportSlice =
  ({ client, bridge, later }: Deps, reader: Reader): Slice<ImportSlice> =>
  (set, get) => {
    const soon = debounced(later);

    const change = (key: string, news: (draft: ImportDraft) => Partial<ImportDraft>) =>
      set((s) => {
        const draft = s.imports[key];
        return draft === undefined ? {} : { imports: { ...s.imports, [key]: { ...draft, ...news(draft) } } };
      });

    const preview = async (key: string) => {
      const draft = get().imports[key];
      if (draft === undefined) return;
      const { path, told, part } = draft;
      const ask = {
        path,
        ...(Object.keys(told).length === 0 ? {} : { dialect: told }),
        ...(part === null ? {} : { part }),
      };
      const reply = await client.ask('source:preview', ask, { key: `preview ${key}` });
      // Only the answer to what is told now counts; an older one would make the window jump back.
      const now = get().imports[key];
      if (now?.told !== told || now.part !== part) return;
      if (!reply.ok) {
        const met = problemOf(reply, path);
        if (met.code === 'query-cancelled') return;
        change(key, () => ({ problem: met, waiting: false }));
        return;
      }
      const made = reply.value;
      change(key, (now) => ({
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

    /** Asks what the file holds. A file that cannot be looked into holds nothing to choose; its preview says why. */
    const listParts = async (key: string, path: string) => {
      const reply = await client.ask('source:parts', { path });
      change(key, () => ({ parts: reply.ok ? reply.value : [] }));
    };

    const show = (of: Pick<ImportDraft, 'key' | 'path' | 'table' | 'source'>, column?: string) => {
      const { key, path } = of;
      if (get().imports[key]?.path !== path) {
        const fresh = draftOf(of, tellingIn(get(), of.source));
        set((s) => ({ imports: { ...s.imports, [key]: fresh } }));
      }
      if (column !== undefined) change(key, () => ({ column }));
      set({ importKey: key, place: 'import' });
      void preview(key);
      void listParts(key, path);
    };

    /** Goes to another thing told; what was seen of another part does not speak for this one. */
    const goTo = (draft: ImportDraft, { part, told }: Telling, more: Partial<ImportDraft>) => {
      const elsewhere = isSamePlace(part, draft.part) ? {} : unseen;
      change(draft.key, () => ({ part, told, waiting: true, ...elsewhere, ...more }));
      soon(() => void preview(draft.key), previewMs);
    };

    /** Tells the file in front something else, as a step of its own. */
    const tellAll = (draft: ImportDraft, telling: Telling, more: Partial<ImportDraft> = {}) => {
      const { part, told } = draft;
      if (!isToldAnew({ ...telling, before: { part, told } })) {
        change(draft.key, () => more);
        return;
      }
      goTo(draft, telling, { past: [...draft.past.slice(1 - depth), { part, told }], future: [], ...more });
    };

    const tell = (next: (draft: ImportDraft) => Partial<Dialect>, more: Partial<ImportDraft> = {}) => {
      const draft = importOf(get());
      if (draft !== null) tellAll(draft, { part: draft.part, told: cleaned(next(draft)) }, more);
    };

    interface Read {
      readonly edit: Edit;
      readonly named: string;
    }
    /** Reads one open table as told; the state holds the new table, the edit is still to be made. */
    const readAnew = async (name: string, path: string, { part, told }: Telling): Promise<Read | Problem> => {
      const dialect = Object.keys(told).length === 0 ? undefined : told;
      set((s) => ({ reading: [...s.reading, name] }));
      const reply = await reader.open(path, name, dialect, false, part ?? undefined);
      set((s) => ({ reading: s.reading.filter((other) => other !== name) }));
      if (!reply.ok) {
        get().notify(failed(reply, `Could not read ${fileOf(path)} this way`));
        return problemOf(reply, path);
      }
      set((s) => ({ ...withoutFigures(s, name), ...withTable(s, reply.value) }));
      const { columns, format, part: read } = sourceFrom(reply.value);
      return {
        edit: { verb: 'change-source', source: name, change: { columns, format, dialect, part: read } },
        named: name,
      };
    };

    /** Opens a file as told; the state holds the table, the edit is still to be made. */
    const readNew = async (path: string, { part, told }: Telling): Promise<Read | Problem> => {
      const dialect = Object.keys(told).length === 0 ? undefined : told;
      set((s) => ({ reading: [...s.reading, path] }));
      const reply = await reader.open(path, undefined, dialect, false, part ?? undefined);
      set((s) => ({ reading: s.reading.filter((other) => other !== path) }));
      if (!reply.ok) {
        get().notify(failed(reply, `Could not read ${fileOf(path)} this way`));
        return problemOf(reply, path);
      }
      const table = reply.value;
      set((s) => withTable(s, table));
      const source = { ...sourceFrom(table), ...(dialect ? { dialect } : {}) };
      return { edit: { verb: 'add-source', source }, named: table.name };
    };

    /**
     * Opens a file that could not be opened, as told; its draft becomes that of the table. Of a source of the design it
     * changes that source. Answers the key of the draft.
     */
    const readFirst = async (draft: ImportDraft): Promise<string | null> => {
      const { path, part, told, source } = draft;
      const dismissed = dismissedIn(get(), draft);
      const stands = source !== null && get().design.sources.some(({ name }) => name === source);
      const read = stands ? await readAnew(source, path, draft) : await readNew(path, draft);
      if (!('edit' in read)) return null;
      const { named } = read;
      const edit = withDismissed(read.edit, dismissed);
      const key = keyOf(named);
      set((s) => {
        const { [draft.key]: own = draft, ...imports } = s.imports;
        const next = { ...own, key, table: named, source: named, before: { part, told }, dismissed: [] };
        const front = s.importKey === draft.key ? { importKey: key } : {};
        return { imports: { ...imports, [key]: next }, ...front };
      });
      get().edit(edit);
      bridge.noteRecent(path, 'source');
      get().showTable(named);
      get().profile(named);
      return key;
    };

    return {
      imports: {},
      importKey: null,
      remembered: [],
      importTable(name, column) {
        const table = get().tables[name];
        if (table === undefined || table.source.format === 'query') return;
        if (get().table !== name) get().showTable(name);
        set((s) => ({ notices: s.notices.filter((notice) => notice.look !== name) }));
        show({ key: keyOf(name), path: table.source.path, table: name, source: name }, column);
      },
      importFile(failure) {
        const { path = failure, source = null } = get().failures[failure] ?? {};
        show({ key: failedKey(failure), path, table: null, source });
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
      tellPart(part) {
        const draft = importOf(get());
        if (draft === null) return;
        const { before, told } = draft;
        const here = draft.part ?? draft.preview?.part;
        if (isSamePlace(part, here)) tellAll(draft, { part, told });
        else tellAll(draft, isSamePlace(part, before.part) ? before : { part, told: {} });
      },
      pickParts(parts, on) {
        const draft = importOf(get());
        if (draft === null) return;
        const names = parts.map(partName);
        change(draft.key, ({ picked }) => ({
          picked: on ? [...new Set([...picked, ...names])] : picked.filter((name) => !names.includes(name)),
        }));
      },
      stopOpening() {
        const draft = importOf(get());
        if (draft !== null) change(draft.key, () => ({ opening: null }));
      },
      async openParts(parts) {
        const draft = importOf(get());
        if (draft === null) return 0;
        const { path } = draft;
        const edits: Edit[] = [];
        const names: string[] = [];
        const { key } = draft;
        for (const [done, part] of parts.entries()) {
          if (done > 0 && get().imports[key]?.opening === null) break;
          change(key, () => ({ opening: { done, of: parts.length } }));
          const held = get().order.some((name) => {
            const source = get().tables[name]?.source;
            return source?.path === path && isSamePart(source.part, part);
          });
          if (held) continue;
          const read = await readNew(path, { part, told: {} });
          if (!('edit' in read)) continue;
          edits.push(read.edit);
          names.push(read.named);
          change(key, (now) => ({ picked: now.picked.filter((name) => name !== partName(part)) }));
        }
        change(key, () => ({ opening: null }));
        const [only] = edits;
        if (only === undefined) return 0;
        const kind = partsCalled(parts[0], get().tables[names[0] ?? '']?.source.format ?? 'csv');
        get().edit(
          edits.length === 1
            ? only
            : { verb: 'together', words: `opened ${edits.length} ${kind}s of ${fileOf(path)}`, edits },
        );
        get().notify({
          words: `Opened ${names.join(', ')}`,
          remedy: '',
          tone: 'good',
        });
        for (const name of names) get().profile(name);
        return edits.length;
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
        if (draft === null) return;
        const source = sourceOfDraft(get(), draft);
        // What is no source yet, or not this part of it, keeps it until it is.
        if (source === undefined) change(draft.key, (now) => ({ dismissed: [...now.dismissed, column] }));
        else {
          const dismissed = [...new Set([...(source.dismissed ?? []), column])];
          get().edit({ verb: 'change-source', source: source.name, change: { dismissed } });
        }
      },
      chooseReading(candidate) {
        tell((draft) => ({ ...draft.told, ...candidate?.dialect }), { chosen: true });
      },
      undoTold() {
        const draft = importOf(get());
        const telling = draft?.past.at(-1);
        if (draft === null || telling === undefined) return;
        const { part, told } = draft;
        goTo(draft, telling, { past: draft.past.slice(0, -1), future: [{ part, told }, ...draft.future] });
      },
      redoTold() {
        const draft = importOf(get());
        const [telling, ...future] = draft?.future ?? [];
        if (draft === null || telling === undefined) return;
        const { part, told } = draft;
        goTo(draft, telling, { past: [...draft.past, { part, told }], future });
      },
      lookAgain(key) {
        change(key, () => ({ waiting: true }));
        void preview(key);
      },
      lookAt(at) {
        const draft = importOf(get());
        if (draft !== null) change(draft.key, () => at);
      },
      async applyReading(folder = false) {
        const draft = importOf(get());
        if (draft === null || draft.applying) return false;
        const { key, path, table, part, told } = draft;
        change(key, () => ({ applying: true }));
        if (table === null) {
          const read = await readFirst(draft);
          const over = read === null ? {} : { past: [], future: [] };
          change(read ?? key, () => ({ applying: false, ...over }));
          return read !== null;
        }
        const edits: Edit[] = [];
        const names: string[] = [];
        const dismissed = dismissedIn(get(), draft);
        const first = await readAnew(table, path, draft);
        if ('edit' in first) {
          edits.push(withDismissed(first.edit, dismissed));
          names.push(table);
          for (const other of folder ? neighboursOf(get(), path) : []) {
            const known = new Set(get().tables[other.name]?.columns.map((column) => column.name));
            const columns = told.columns?.filter((reading) => known.has(reading.column)) ?? [];
            const telling = { part: other.part, told: cleaned({ ...told, columns }) };
            const read = await readAnew(other.name, other.path, telling);
            if (!('edit' in read)) continue;
            edits.push(read.edit);
            names.push(other.name);
          }
        }
        change(key, () => ({ applying: false }));
        const [only] = edits;
        if (only === undefined) return false;
        const read = get().tables[table]?.source.part ?? part;
        change(key, () => ({
          part: read,
          before: { part: read, told },
          past: [],
          future: [],
          dismissed: [],
        }));
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
          const { [draft.key]: _, ...imports } = s.imports;
          return { imports, importKey: null, place: 'data' };
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
): readonly { readonly name: string; readonly path: string; readonly part: Part | null }[] {
  const folder = folderOf(path);
  return s.design.sources
    .filter((source) => source.format === 'csv' && source.path !== path && folderOf(source.path) === folder)
    .map(({ name, path: at, part }) => ({ name, path: at, part: part ?? null }));
}
