import { useEffect, useRef, useState } from 'react';
import type { Preview, Proposal } from '#core/source/receipt';
import { kindOf } from '#core/table';
import { useAssay } from '../../store/hooks';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { counted } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { ColumnForm } from './column-form';
import { visible } from './raw-line';
import { readAsWords, readingKind } from './reading-words';
import { Why } from './why';

const rowHeight = 28;

/** Every column with its type and what is proposed; below, the one that is looked at. */
export function ColumnsPane({
  draft,
  preview,
  proposals,
}: {
  draft: ImportDraft;
  preview: Preview;
  /** Those that are still open. */
  proposals: readonly Proposal[];
}) {
  const acceptAll = useAssay((s) => s.acceptProposals);
  const lookAt = useAssay((s) => s.lookAt);
  const chosen = draft.column ?? proposals[0]?.reading.column ?? null;
  const column = preview.columns.find((one) => one.name === chosen);
  return (
    <div className="import-columns">
      {proposals.length === 0 ? null : (
        <p className="import-all">
          <span>{counted(proposals.length, 'column')} can be read better</span>
          <Button tone="primary" onClick={() => acceptAll()}>
            Accept {proposals.length === 1 ? 'it' : `all ${proposals.length} proposals`}
          </Button>
        </p>
      )}
      <List
        draft={draft}
        preview={preview}
        open={new Set(proposals.map((proposal) => proposal.reading.column))}
        chosen={chosen}
        onChoose={(name) => lookAt({ column: name })}
      />
      {column === undefined ? (
        <p className="import-quiet import-choose">
          Choose a column to see why it is read as it is, and to read it otherwise.
        </p>
      ) : (
        <section className="import-column-detail" aria-label={`Reading of ${column.name}`} key={column.name}>
          <Why draft={draft} preview={preview} column={column} />
          <ColumnForm draft={draft} column={column} />
        </section>
      )}
    </div>
  );
}

function List({
  draft,
  preview,
  open,
  chosen,
  onChoose,
}: {
  draft: ImportDraft;
  preview: Preview;
  open: ReadonlySet<string>;
  chosen: string | null;
  onChoose: (column: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 240 });
  const at = preview.columns.findIndex((column) => column.name === chosen);
  const from = Math.max(0, Math.floor(sight.top / rowHeight) - 6);
  const to = Math.min(preview.columns.length, Math.ceil((sight.top + sight.height) / rowHeight) + 6);
  const told = new Map(draft.told.columns?.map((reading) => [reading.column, reading]));

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setSight((now) => ({ ...now, height: element.clientHeight })));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = list.current;
    if (element === null || at < 0) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [at]);

  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Columns"
      tabIndex={0}
      className="import-column-list"
      aria-activedescendant={at >= from && at < to ? `import-column-${at}` : undefined}
      onScroll={(event) => {
        const { scrollTop: top, clientHeight: height } = event.currentTarget;
        setSight({ top, height });
      }}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
        const to = event.key === 'Home' ? 0 : event.key === 'End' ? preview.columns.length - 1 : null;
        if (step === undefined && to === null) return;
        event.preventDefault();
        const next =
          preview.columns[Math.max(0, Math.min(preview.columns.length - 1, to ?? at + (step ?? 0)))];
        if (next !== undefined) onChoose(next.name);
      }}
    >
      <div
        role="presentation"
        style={{ height: preview.columns.length * rowHeight }}
        className="import-space"
      >
        {preview.columns.slice(from, to).map((column, i) => {
          const index = from + i;
          const reading = told.get(column.name) ?? column.reading;
          const state = open.has(column.name)
            ? 'proposed'
            : told.has(column.name)
              ? 'set by you'
              : reading !== null && reading !== undefined
                ? 'told'
                : '';
          return (
            <div
              key={column.name}
              id={`import-column-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              aria-label={`${column.name}, ${column.type}${state === '' ? '' : `, ${state}`}`}
              data-column={column.name}
              className="import-column-row"
              style={{ top: index * rowHeight }}
              onClick={() => onChoose(column.name)}
              onKeyDown={() => undefined}
            >
              <KindIcon kind={reading ? readingKind(reading.as) : kindOf(column.type)} />
              <span className="import-column-row-name" title={column.name}>
                {column.name === '' ? '(no name)' : visible(column.name)}
              </span>
              <span className="import-column-row-type">
                {reading ? readAsWords[reading.as].toLowerCase() : column.type.toLowerCase()}
              </span>
              <span className="import-column-row-state" data-state={state}>
                {state === 'proposed' ? <WarningIcon /> : null}
                {state === 'set by you' ? 'yours' : state}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
