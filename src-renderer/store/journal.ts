/**
 * The journal: what is not saved yet is written to the app's data folder shortly after each edit.
 */
import { type Deps, debounced } from './deps';
import { isUnsaved } from './design';
import type { AssayStore } from './store';

/** Within a second of an edit it must be safe on disk; this leaves the other half to the disk. */
const journalMs = 500;

export function followJournal(store: AssayStore, { client, later }: Deps): void {
  const soon = debounced(later);

  const write = () => {
    const { design, path, saved, restorable } = store.getState();
    // What the last session left is not overwritten before the user has said what becomes of it.
    if (restorable !== null) return;
    const journal = isUnsaved({ design, saved }) ? { design, path } : { design: null, path: null };
    void client.ask('design:journal', journal, { key: 'journal' });
  };

  store.subscribe((s, before) => {
    if (s.design !== before.design || s.saved !== before.saved) soon(write, journalMs);
  });
}
