import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { isSamePart, isSamePlace, partName, partsCalled } from '#core/source/part';
import type { Part } from '#core/source/receipt';
import { useAssay, useAssayStore } from '../../store/hooks';
import { fileOf } from '../../store/import';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { count, counted } from '../ui/figure';
import { SearchField } from '../ui/search-field';
import { openPlaces, rangeFault } from './part-words';
import './parts.css';

/** From so many parts on they can be searched. */
const SEARCHED = 12;
/** Rows that stand in the list at most; a search finds the others. */
const LISTED = 50;

/** The sheets, files or tables that a file holds: which one is read here, and which become tables of their own. */
export function Parts({ draft, parts }: { draft: ImportDraft; parts: readonly Part[] }) {
  const store = useAssayStore();
  const openOrder = useAssay((s) => s.order);
  const tables = useAssay((s) => s.tables);
  const [search, setSearch] = useState('');
  const group = useId();
  const shown = draft.part ?? draft.preview?.part ?? parts[0];
  const inForce = draft.table === null ? undefined : tables[draft.table]?.source;
  const kind = partsCalled(parts[0], draft.preview?.format ?? inForce?.format ?? 'csv');
  const picked = new Set(draft.picked);
  const openTables = openPlaces({ order: openOrder, tables }, draft);
  const free = parts.filter((part) => !isSamePlace(part, inForce?.part) && !openTables.has(partName(part)));
  const chosen = free.filter((part) => picked.has(partName(part)));
  const wanted = search.trim().toLowerCase();
  const found = parts.filter((part) => partName(part).toLowerCase().includes(wanted));
  // What is read or tried out is in sight whatever is searched for, and what is ticked if there is room.
  const here = parts.filter((part) => isSamePlace(part, shown) || isSamePlace(part, inForce?.part));
  const order = wanted === '' ? [here, chosen, parts] : [here, found, chosen];
  const listed = new Set([...new Set(order.flat())].slice(0, LISTED));
  const left = found.filter((part) => !listed.has(part)).length;
  const freeFound = wanted === '' ? free : free.filter((part) => found.includes(part));
  const all = freeFound.length > 0 && freeFound.every((part) => picked.has(partName(part)));
  const { opening } = draft;
  return (
    <section className="import-parts" aria-label={`The ${kind}s of ${fileOf(draft.path)}`}>
      <header>
        <h3>{counted(parts.length, kind)}</h3>
        {freeFound.length < 2 ? null : (
          <button
            type="button"
            className="ui-link"
            onClick={() => store.getState().pickParts(freeFound, !all)}
          >
            {all
              ? 'Tick none'
              : wanted === ''
                ? 'Tick all others'
                : `Tick the ${count(freeFound.length)} found`}
          </button>
        )}
      </header>
      {parts.length < SEARCHED ? null : (
        <div className="import-parts-search">
          <SearchField label={`Search ${kind}s`} value={search} onChange={setSearch} />
        </div>
      )}
      <ul data-searched={parts.length < SEARCHED ? undefined : true}>
        {parts
          .filter((part) => listed.has(part))
          .map((part) => {
            const name = partName(part);
            const other = openTables.get(name);
            return (
              <li key={name} data-on={isSamePlace(part, shown) ? true : undefined}>
                <label title={name}>
                  <input
                    type="radio"
                    name={group}
                    aria-label={name}
                    checked={isSamePlace(part, shown)}
                    onChange={() => store.getState().tellPart(part)}
                  />
                  <PartName name={name} />
                </label>
                {isSamePlace(part, inForce?.part) ? (
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
                    disabled={opening !== null}
                    onChange={(event) => store.getState().pickParts([part], event.target.checked)}
                  />
                )}
              </li>
            );
          })}
      </ul>
      {parts.length < SEARCHED ? null : (
        <p className="import-parts-more" role="status">
          {wanted === ''
            ? left === 0
              ? 'All are listed.'
              : `${counted(left, `more ${kind}`)}; search to see them.`
            : `${found.length === 0 ? `No ${kind} has` : found.length === 1 ? `One ${kind} has` : `${count(found.length)} ${kind}s have`} this in the name${left === 0 ? '' : `; ${count(left)} are not listed`}.`}
        </p>
      )}
      {shown?.sheet === undefined ? null : <Range part={shown} sheet={shown.sheet} />}
      {free.length === 0 && opening === null ? null : (
        <footer>
          <span className="import-quiet" role="status">
            {opening !== null
              ? `Opening ${count(opening.done + 1)} of ${count(opening.of)}…`
              : chosen.length === 0
                ? 'Tick what else is to be a table.'
                : `${count(chosen.length)} ticked`}
          </span>
          {opening !== null ? (
            <Button onClick={() => store.getState().stopOpening()}>Stop</Button>
          ) : (
            <Button disabled={chosen.length === 0} onClick={() => void store.getState().openParts(chosen)}>
              {chosen.length < 2 ? 'Open as a table' : `Open as ${count(chosen.length)} tables`}
            </Button>
          )}
        </footer>
      )}
    </section>
  );
}

/** The name of a part; the folders in it give way before the file itself, by which it is told apart. */
function PartName({ name }: { name: string }) {
  const at = name.lastIndexOf('/') + 1;
  return (
    <span className="import-part-name">
      {at === 0 ? null : <span>{name.slice(0, at)}</span>}
      <span>{name.slice(at)}</span>
    </span>
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
