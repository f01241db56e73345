/**
 * Keeps the drafts of the Import place the same as what is open: what was closed leaves, what is read otherwise by undo or
 * elsewhere is looked at anew, and a table that opens with something in doubt says so.
 */
import { isSamePlace } from '#core/source/part';
import { fileOf, unseen } from './import';
import { isToldAnew, questionsOf, undismissed } from './select';
import type { State } from './state';
import type { AssayStore } from './store';

export function followImports(store: AssayStore): void {
  const said = new Set<string>();

  const offer = (s: State, before: State) => {
    for (const name of s.order) {
      const table = s.tables[name];
      if (table === undefined || before.tables[name] !== undefined || table.source.format !== 'csv') continue;
      const questions = questionsOf(undismissed(s, table));
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
        const { [draft.key]: _, ...imports } = s.imports;
        store.setState({ imports, ...(s.importKey === draft.key ? { importKey: null } : {}) });
        return;
      }
      const before = { part: source.part ?? null, told: source.dialect ?? {} };
      if (!isToldAnew({ ...before, before: draft.before })) continue;
      const untouched = !isToldAnew(draft);
      const elsewhere = isSamePlace(before.part, draft.part) ? {} : unseen;
      const next = {
        ...draft,
        before,
        ...(untouched ? { ...before, ...elsewhere, past: [], future: [] } : {}),
      };
      store.setState({ imports: { ...s.imports, [draft.key]: next } });
      if (untouched) store.getState().lookAgain(draft.key);
      return;
    }
  };

  store.subscribe((s, before) => {
    if (s.tables !== before.tables) offer(s, before);
    if (s.design.sources !== before.design.sources || s.imports !== before.imports) reconcile(s);
  });
}
