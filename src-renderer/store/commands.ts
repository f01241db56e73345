/**
 * Commands: what menus, keys and the palette share. One list, so that a shortcut is told the same everywhere.
 */
import type { Bridge } from '#contract';
import type { Edit } from '#core/design/edit';
import { canApply, openProposals, redoWords, toldStep, undoWords } from './select';
import type { Place, State } from './state';
import type { AssayStore } from './store';

export interface Command {
  /** The word by which menus name it. */
  readonly id: string;
  readonly title: string;
  readonly group: 'File' | 'Edit' | 'Draft' | 'Go' | 'Window';
  /** `Mod` is ⌘ on a Mac and Ctrl elsewhere. The first is shown. */
  readonly keys: readonly string[];
  /** Whether it makes sense now; always, unless said. */
  readonly able?: (s: State) => boolean;
  readonly run: (store: AssayStore, bridge: Bridge) => void;
}

const place = (id: Place, title: string, key: string): Command => ({
  id,
  title: `Go to ${title}`,
  group: 'Go',
  keys: [key],
  able: (s) => s.order.length > 0 || s.design.sources.length > 0,
  run: (store) => store.getState().go(id),
});

const draft = (id: string, title: string, key: string, kind: 'dimension' | 'measure'): Command => ({
  id,
  title,
  group: 'Draft',
  keys: [key],
  able: (s) => s.selection.kind === 'column',
  run(store) {
    const s = store.getState();
    if (s.selection.kind !== 'column') return;
    const { table, column } = s.selection;
    if (kind === 'measure') s.draftMeasure(table, column);
    else s.draftDimension(table, column);
  },
});

/** Whether the question asks for anything. */
function isAsked({ question }: State): boolean {
  return question.query.measures.length + question.query.dimensions.length > 0;
}

const copying = (what: 'sql' | 'lens' | 'curl', title: string): Command => ({
  id: `copy-${what}`,
  title: `Copy the question as ${title}`,
  group: 'Edit',
  keys: [],
  able: (s) => s.place === 'explore' && isAsked(s),
  run: (store) => store.getState().askCopy(what),
});

/** Takes the selected member out of the design. */
function removal(s: State): Edit | null {
  return s.selection.kind === 'member' ? { verb: 'remove-member', member: s.selection.member } : null;
}

export const commands: readonly Command[] = [
  {
    id: 'open-files',
    title: 'Open files…',
    group: 'File',
    keys: ['Mod+O'],
    run: (store, bridge) =>
      void bridge.openFiles().then((paths) => {
        if (paths.length > 0) return store.getState().openPaths(paths);
      }),
  },
  {
    id: 'open-design',
    title: 'Open design…',
    group: 'File',
    keys: ['Shift+Mod+O'],
    run: (store, bridge) =>
      void bridge.openDesign().then((path) => {
        if (path !== null) return store.getState().openDesign(path);
      }),
  },
  {
    id: 'sample',
    title: 'Try the sample',
    group: 'File',
    keys: [],
    run: (store) => void store.getState().openSample(),
  },
  {
    id: 'new',
    title: 'New design',
    group: 'File',
    keys: ['Mod+N'],
    run: (s) => void s.getState().newDesign(),
  },
  { id: 'save', title: 'Save design', group: 'File', keys: ['Mod+S'], run: (s) => void s.getState().save() },
  {
    id: 'save-as',
    title: 'Save design as…',
    group: 'File',
    keys: ['Shift+Mod+S'],
    run: (s) => void s.getState().save(true),
  },
  {
    id: 'export',
    title: 'Export spec…',
    group: 'File',
    keys: ['Mod+E'],
    able: (s) => s.design.tables.length > 0,
    run: (s) => void s.getState().writeSpec(),
  },
  {
    id: 'report',
    title: 'Report on the table…',
    group: 'File',
    keys: [],
    able: (s) => s.order.length > 0,
    run(store) {
      const { table, order, writeReport } = store.getState();
      void writeReport([table ?? order[0] ?? '']);
    },
  },
  {
    id: 'report-all',
    title: 'Report on all tables…',
    group: 'File',
    keys: [],
    able: (s) => s.order.length > 1,
    run: (store) => void store.getState().writeReport(store.getState().order),
  },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    able: (s) => undoWords(s) !== null,
    run(store) {
      const s = store.getState();
      if (toldStep(s, 'past')) s.undoTold();
      else s.undo();
    },
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Shift+Mod+Z', 'Mod+Y'],
    able: (s) => redoWords(s) !== null,
    run(store) {
      const s = store.getState();
      if (toldStep(s, 'future')) s.redoTold();
      else s.redo();
    },
  },
  draft('draft-dimension', 'Draft a dimension from the selected column', 'D', 'dimension'),
  draft('draft-measure', 'Draft a measure from the selected column', 'M', 'measure'),
  {
    id: 'draft-expression',
    title: 'Draft a measure by expression',
    group: 'Draft',
    keys: [],
    able: (s) => s.table !== null && s.design.tables.some((t) => t.source === s.table),
    run(store) {
      const s = store.getState();
      if (s.table !== null) s.draftExpression(s.table, 'measure');
    },
  },
  {
    id: 'derive',
    title: 'New table from a query…',
    group: 'Draft',
    keys: ['Q'],
    able: (s) => s.order.length > 0,
    run: (store) => store.getState().draftQuery(),
  },
  {
    id: 'edit-query',
    title: 'Edit the query of the table…',
    group: 'Draft',
    keys: [],
    able: (s) => s.design.sources.some((source) => source.name === s.table && source.query !== undefined),
    run(store) {
      const { table, draftQuery } = store.getState();
      if (table !== null) draftQuery(table);
    },
  },
  {
    id: 'find-joins',
    title: 'Find joins between the open tables',
    group: 'Draft',
    keys: [],
    able: (s) => s.order.length > 1 && !s.findingJoins,
    run(store) {
      const s = store.getState();
      s.go('model');
      s.set('modelView', 'canvas');
      void s.findJoins();
    },
  },
  {
    id: 'remove',
    title: 'Remove the selected member',
    group: 'Draft',
    keys: [],
    able: (s) => removal(s) !== null,
    run(store) {
      const edit = removal(store.getState());
      if (edit !== null) store.getState().edit(edit);
    },
  },
  place('data', 'Data', 'Mod+1'),
  {
    id: 'import',
    title: 'Fix the reading of the table',
    group: 'Go',
    keys: ['I'],
    able: (s) => (s.table !== null && s.tables[s.table]?.source.format !== 'query') || s.importKey !== null,
    run(store) {
      const s = store.getState();
      if (s.table === null) s.go('import');
      else s.importTable(s.table, s.selection.kind === 'column' ? s.selection.column : undefined);
    },
  },
  {
    id: 'accept-readings',
    title: 'Accept all proposed readings of columns',
    group: 'Edit',
    keys: [],
    able: (s) => s.place === 'import' && openProposals(s).length > 0,
    run: (s) => s.getState().acceptProposals(),
  },
  {
    id: 'apply-reading',
    title: 'Read the file this way',
    group: 'File',
    keys: ['Mod+Enter'],
    able: (s) => s.place === 'import' && canApply(s),
    run: (s) => void s.getState().applyReading(),
  },
  place('profile', 'Profile', 'Mod+2'),
  place('model', 'Model', 'Mod+3'),
  place('explore', 'Explore', 'Mod+4'),
  place('spec', 'Spec', 'Mod+5'),
  {
    id: 'new-exploration',
    title: 'New exploration',
    group: 'Go',
    keys: [],
    able: (s) => s.design.tables.length > 0,
    run: (s) => s.getState().newExploration(),
  },
  {
    id: 'keep-exploration',
    title: 'Keep the question in the design',
    group: 'Edit',
    keys: [],
    able: (s) => s.place === 'explore' && isAsked(s),
    run: (s) => s.getState().keepExploration(),
  },
  {
    id: 'explore-member',
    title: 'Explore the selected member',
    group: 'Go',
    keys: [],
    able: (s) => s.selection.kind === 'member',
    run(store) {
      const { selection, exploreMember } = store.getState();
      if (selection.kind === 'member') exploreMember(selection.member);
    },
  },
  copying('sql', 'SQL'),
  copying('lens', 'a Lens or Cube payload'),
  copying('curl', 'curl'),
  {
    id: 'palette',
    title: 'Search columns and commands',
    group: 'Go',
    keys: ['Mod+K'],
    run: (s) => s.getState().set('palette', !s.getState().palette),
  },
  {
    id: 'filter',
    title: 'Filter the columns',
    group: 'Go',
    keys: ['/'],
    able: (s) => s.order.length > 0,
    run: (s) => s.getState().set('treeOpen', true),
  },
  {
    id: 'toggle-tree',
    title: 'Show or hide the sources',
    group: 'Window',
    keys: ['Mod+B'],
    run: (s) => s.getState().set('treeOpen', !s.getState().treeOpen),
  },
  {
    id: 'toggle-inspector',
    title: 'Show or hide the inspector',
    group: 'Window',
    keys: ['Mod+I'],
    run: (s) => s.getState().set('inspectorOpen', !s.getState().inspectorOpen),
  },
  {
    id: 'toggle-bottom',
    title: 'Show or hide problems, jobs and history',
    group: 'Window',
    keys: ['Mod+J'],
    run: (s) => s.getState().set('bottom', s.getState().bottom === null ? 'problems' : null),
  },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Window',
    keys: ['?'],
    run: (s) => s.getState().set('shortcuts', !s.getState().shortcuts),
  },
];

/** Does what a menu entry, a key or the palette names, if it makes sense now. Unknown words do nothing. */
export function runCommand(id: string, store: AssayStore, bridge: Bridge): void {
  const command = commands.find((c) => c.id === id);
  if (command === undefined || command.able?.(store.getState()) === false) return;
  command.run(store, bridge);
}

/** What a key press asks for, as it stands in `keys`; null if it is none of a command. */
export function commandAt(
  press: { key: string; metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; altKey: boolean },
  mac: boolean,
): Command | null {
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey)) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const letter = /^[A-Z]$/.test(key);
  const word = `${press.shiftKey && letter ? 'Shift+' : ''}${mod ? 'Mod+' : ''}${key}`;
  return commands.find((command) => command.keys.includes(word)) ?? null;
}

/** A shortcut as this platform writes it: `⇧⌘Z`, `Ctrl+Shift+Z`. */
export function keysText(keys: string, mac: boolean): string {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const [shift, mod] = [parts.includes('Shift'), parts.includes('Mod')];
  if (mac) return `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${key}`;
  return [...(mod ? ['Ctrl'] : []), ...(shift ? ['Shift'] : []), key].join('+');
}
