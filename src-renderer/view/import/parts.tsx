import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { isSamePart, isSamePlace, partName, partsCalled } from '#core/source/part';
import type { Part } from '#core/source/receipt';
import { useAssay, useAssayStore } from '../../store/hooks';
import { fileOf } from '../../store/import';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { openAs, rangeFault } from './part-words';
import './parts.css';

/** The sheets, files or tables that a file holds: which one is read here, and which become tables of their own. */
export function Parts({ draft, parts }: { draft: ImportDraft; parts: readonly Part[] }) {
  const store = useAssayStore();
  const order = useAssay((s) => s.order);
  const tables = useAssay((s) => s.tables);
  const group = useId();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [opening, setOpening] = useState(false);
  const shown = draft.part ?? draft.preview?.part ?? parts[0];
  const inForce = draft.table === null ? undefined : tables[draft.table]?.source;
  const kind = partsCalled(parts[0], draft.preview?.format ?? inForce?.format ?? 'csv');
  const free = parts.filter(
    (part) => !isSamePlace(part, inForce?.part) && openAs({ order, tables }, draft, part) === undefined,
  );
  const chosen = free.filter((part) => picked.has(partName(part)));
  const all = free.length > 0 && chosen.length === free.length;
  const pick = (part: Part, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(partName(part));
    else next.delete(partName(part));
    setPicked(next);
  };
  return (
    <section className="import-parts" aria-label={`The ${kind}s of ${fileOf(draft.path)}`}>
      <header>
        <h3>
          {parts.length} {kind}s
        </h3>
        {free.length < 2 ? null : (
          <button
            type="button"
            className="ui-link"
            onClick={() => setPicked(all ? new Set() : new Set(free.map(partName)))}
          >
            {all ? 'Tick none' : 'Tick all others'}
          </button>
        )}
      </header>
      <ul>
        {parts.map((part) => {
          const name = partName(part);
          const other = openAs({ order, tables }, draft, part);
          const here = isSamePlace(part, inForce?.part);
          return (
            <li key={name} data-on={isSamePlace(part, shown) ? true : undefined}>
              <label title={name}>
                <input
                  type="radio"
                  name={group}
                  checked={isSamePlace(part, shown)}
                  onChange={() => store.getState().tellPart(part)}
                />
                <span className="import-part-name">{name}</span>
              </label>
              {here ? (
                <span className="import-mark">read now</span>
              ) : other !== undefined ? (
                <button
                  type="button"
                  className="ui-link import-part-open"
                  title={`Open as ${other}; go to it`}
                  onClick={() => store.getState().importTable(other)}
                >
                  open: {other}
                </button>
              ) : (
                <input
                  type="checkbox"
                  aria-label={`Open ${name} as a table of its own`}
                  title="Open as a table of its own"
                  checked={picked.has(name)}
                  onChange={(event) => pick(part, event.target.checked)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {shown?.sheet === undefined ? null : <Range part={shown} sheet={shown.sheet} />}
      {free.length === 0 ? null : (
        <footer>
          <span className="import-quiet">
            {chosen.length === 0 ? 'Tick what else is to be a table.' : `${chosen.length} ticked`}
          </span>
          <Button
            disabled={chosen.length === 0 || opening}
            onClick={() => {
              setOpening(true);
              void store
                .getState()
                .openParts(chosen)
                .finally(() => {
                  setOpening(false);
                  setPicked(new Set());
                });
            }}
          >
            {opening ? 'Opening…' : 'Open as tables'}
          </Button>
        </footer>
      )}
    </section>
  );
}

/** Which cells of a sheet are read. What is typed counts once it is left or entered, and only if it is a range. */
function Range({ part, sheet }: { part: Part; sheet: string }) {
  const tellPart = useAssay((s) => s.tellPart);
  const id = useId();
  const [typed, setTyped] = useState(part.range ?? '');
  useEffect(() => setTyped(part.range ?? ''), [part.range]);
  const fault = rangeFault(typed);
  const take = () => {
    const range = typed.trim().toUpperCase();
    const next = range === '' ? { sheet } : { sheet, range };
    if (fault === null && !isSamePart(next, part)) tellPart(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') setTyped(part.range ?? '');
  };
  return (
    <div className="import-range">
      <label htmlFor={id}>Cells</label>
      <input
        id={id}
        className="ui-field mono"
        placeholder="all that are filled; or B3:F200"
        value={typed}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={press}
      />
      {fault === null ? null : (
        <p id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
