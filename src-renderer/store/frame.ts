/**
 * The frame: which place and part is in front, and what is folded away.
 */
import type { Memory, Slice } from './deps';
import { importOf } from './select';
import { inFront } from './sources';
import type { FrameSlice, State } from './state';

const remembered = ['theme', 'headerProfile', 'bottom', 'inspectorOpen', 'treeOpen', 'modelView'] as const;

function recall(memory: Memory): Partial<FrameSlice> {
  const text = memory.get('frame');
  if (text === null) return {};
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return {};
    const values = kept as Record<string, unknown>;
    const one = <T>(key: string, legal: readonly T[]) => legal.find((value) => value === values[key]);
    return Object.fromEntries(
      Object.entries({
        theme: one('theme', ['system', 'light', 'dark'] as const),
        headerProfile: one('headerProfile', ['off', 'compact', 'full'] as const),
        bottom: one('bottom', ['problems', 'jobs', 'history', null] as const),
        inspectorOpen: one('inspectorOpen', [true, false]),
        treeOpen: one('treeOpen', [true, false]),
        modelView: one('modelView', ['canvas', 'members', 'yaml'] as const),
      }).filter(([, value]) => value !== undefined),
    );
  } catch {
    // A damaged note of settings is worth no message: the defaults serve.
    return {};
  }
}

/** In the Import place a file that is not open gives way to a table that is chosen. */
function leaving(s: State): Partial<State> {
  return importOf(s)?.table === null ? { importKey: null } : {};
}

export const createFrameSlice =
  (memory: Memory): Slice<FrameSlice> =>
  (set, get) => ({
    place: 'data',
    selection: { kind: 'none' },
    table: null,
    theme: 'system',
    headerProfile: 'full',
    bottom: null,
    inspectorOpen: true,
    treeOpen: true,
    palette: false,
    shortcuts: false,
    profileView: 'columns',
    modelView: 'canvas',
    receiptOf: null,
    ...recall(memory),
    go(place) {
      set({ place });
    },
    select(selection) {
      const table =
        selection.kind === 'table' || selection.kind === 'column'
          ? selection.table
          : selection.kind === 'member'
            ? get().design.tables.find((t) => t.name === selection.member.table)?.source
            : undefined;
      set((s) => ({
        selection,
        ...(table !== undefined && s.tables[table] ? { table, arrivingShown: null, ...leaving(s) } : {}),
      }));
    },
    showTable(table) {
      set((s) => ({ ...inFront(table), ...leaving(s) }));
    },
    set(key, value) {
      set({ [key]: value });
      // The pane lists what could not be opened; saying it twice would cover the list.
      if (key === 'bottom' && value === 'problems') {
        const listed = new Set(Object.values(get().failures).map(({ problem }) => problem));
        set((s) => ({ notices: s.notices.filter((n) => n.problem === undefined || !listed.has(n.problem)) }));
      }
      if ((remembered as readonly string[]).includes(key)) {
        const s = get();
        memory.set('frame', JSON.stringify(Object.fromEntries(remembered.map((k) => [k, s[k]]))));
      }
    },
  });
