/**
 * The journal: what is not saved yet is written to the app's data folder shortly after each edit.
 */
import type { Design } from '#core/design/design';
import type { Client } from '../client';
import { type Deps, debounced } from './deps';
import { isUnsaved } from './design';
import type { AssayStore } from './store';

/** Within a second of an edit it must be safe on disk; this leaves the other half to the disk. */
const journalMs = 500;

/** One writing at a time, so that an older one can never come after a newer; of those that wait, the newest. */
export interface Journal {
  write(design: Design, path: string | null): Promise<void>;
  /** There is nothing to restore. */
  forget(): Promise<void>;
  /** Forgets, and takes no more: the window is closing. */
  end(): Promise<void>;
}

export function createJournal(client: Client): Journal {
  let next: { design: Design | null; path: string | null } | null = null;
  let writing: Promise<void> | null = null;
  let ended = false;

  const drain = async () => {
    while (next !== null) {
      const entry = next;
      next = null;
      await client.ask('design:journal', entry);
    }
    writing = null;
  };
  const put = (design: Design | null, path: string | null): Promise<void> => {
    if (ended) return Promise.resolve();
    next = { design, path };
    writing ??= drain();
    return writing;
  };
  return {
    write: put,
    forget: () => put(null, null),
    end() {
      const done = put(null, null);
      ended = true;
      return done;
    },
  };
}

export function followJournal(store: AssayStore, { later }: Deps, journal: Journal): void {
  const soon = debounced(later);

  const write = () => {
    const { design, path, saved, restorable } = store.getState();
    // What the last session left is not overwritten before the user has said what becomes of it.
    if (restorable !== null) return;
    if (isUnsaved({ design, saved })) void journal.write(design, path);
    else void journal.forget();
  };

  store.subscribe((s, before) => {
    if (s.design !== before.design || s.saved !== before.saved) soon(write, journalMs);
  });
}
