import { useState } from 'react';
import { leavesChoice, sourceWords } from '#core/source/part';
import type { Preview } from '#core/source/receipt';
import { keysText } from '../../store/commands';
import { failureName } from '../../store/failures';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { failedKey, fileOf, neighboursOf } from '../../store/import';
import { canApply, isToldAnew } from '../../store/select';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { bytes, counted } from '../ui/figure';
import type { Point } from '../ui/popover';
import { Remember } from './remember';

/** Whether it is written as text, or as the cells of a sheet, so that there is something to tell about that. */
export function isText(preview: Preview): boolean {
  return preview.format === 'csv' || preview.format === 'xlsx';
}

/** Which file, how large, and what can be done with the reading. */
export function Head({ draft }: { draft: ImportDraft }) {
  const store = useAssayStore();
  const bridge = useBridge();
  const able = useAssay(canApply);
  const order = useAssay((s) => s.order);
  const tables = useAssay((s) => s.tables);
  const beside = useAssay((s) => (draft.preview?.format === 'csv' ? neighboursOf(s, draft.path).length : 0));
  const [folder, setFolder] = useState(false);
  const [remembering, setRemembering] = useState<Point | null>(null);
  const texts = order.flatMap((name) => {
    const table = tables[name];
    return table !== undefined && leavesChoice(table.source) ? [table] : [];
  });
  const failures = useAssay((s) => s.failures);
  const size = draft.preview?.bytes;
  return (
    <header className="import-bar-head">
      <select
        className="ui-field import-file"
        aria-label="File"
        value={draft.key}
        onChange={(event) => {
          const { value } = event.target;
          if (value.startsWith('table ')) store.getState().importTable(value.slice(6));
          else store.getState().importFile(value.slice(5));
        }}
      >
        {texts.map((table) => (
          <option key={table.name} value={`table ${table.name}`}>
            {sourceWords(table.source)}
          </option>
        ))}
        {Object.entries(failures).map(([key, failed]) => (
          <option key={key} value={failedKey(key)}>
            {failureName(failed)} (could not be opened)
          </option>
        ))}
        {draft.table === null && !Object.keys(failures).some((key) => failedKey(key) === draft.key) ? (
          <option value={draft.key}>{fileOf(draft.path)}</option>
        ) : null}
      </select>
      <span className="import-quiet import-size" title={draft.path}>
        {size === undefined ? '' : bytes(size)}
        {draft.table === null
          ? ' · not open yet'
          : isToldAnew(draft)
            ? ' · tried out, not read yet'
            : ' · as it is read now'}
      </span>
      <span className="import-grow" />
      {beside === 0 ? null : (
        <label className="import-check" title="Reads the other open text files of this folder the same way">
          <input type="checkbox" checked={folder} onChange={(event) => setFolder(event.target.checked)} />
          and {counted(beside, 'file')} beside it
        </label>
      )}
      {draft.preview !== null && !isText(draft.preview) ? null : (
        <Button
          aria-haspopup="dialog"
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            setRemembering({ x: box.right - 340, y: box.bottom + 4 });
          }}
        >
          Remember…
        </Button>
      )}
      <Button onClick={() => store.getState().cancelImport()}>
        {isToldAnew(draft) ? 'Cancel' : 'Close'}
      </Button>
      <Button
        tone="primary"
        shortcut={keysText('Mod+Enter', bridge.platform === 'darwin')}
        disabled={!(able || (folder && draft.problem === null && !draft.applying))}
        onClick={() => void store.getState().applyReading(folder)}
      >
        {draft.applying ? 'Reading…' : 'Read it this way'}
      </Button>
      {remembering === null ? null : (
        <Remember draft={draft} at={remembering} onClose={() => setRemembering(null)} />
      )}
    </header>
  );
}
