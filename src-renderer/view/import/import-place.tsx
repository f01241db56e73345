/**
 * Import: the bytes of a file and how they are read, side by side, before they are read that way.
 */
import { useEffect, useMemo, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { remedy, words } from '#core/problem';
import { isSamePlace, leavesChoice } from '#core/source/part';
import type { Dialect, Preview } from '#core/source/receipt';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { fileOf } from '../../store/import';
import { importOf, isToldAnew, openProposals } from '../../store/select';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { bytes, count, counted } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { Balance } from './balance';
import { ColumnsPane } from './columns-pane';
import { DialectForm } from './dialect-form';
import { Doubt } from './doubt';
import { Head, isText } from './head';
import { LineDetail } from './line-detail';
import { LinesPane } from './lines-pane';
import { Parts } from './parts';
import { ReceiptLists, type ReceiptTab } from './receipt-lists';
import './import.css';

export function ImportPlace() {
  const store = useAssayStore();
  const draft = useAssay(importOf);
  const front = useAssay((s) => s.table);
  // The place follows the tree: another table in front is another file here; what was told about the first one waits.
  useEffect(() => {
    const s = store.getState();
    const shown = importOf(s)?.table;
    // A file that is not open is no table, and stays until one is chosen.
    if (front !== null && shown !== front && shown !== null) s.importTable(front);
  }, [front, store]);
  const derived = useAssay((s) => s.table !== null && s.tables[s.table]?.source.made !== undefined);
  if (derived && front !== null && draft?.table !== null) return <Made table={front} />;
  if (draft === null) return <Nothing />;
  return <Draft key={draft.key} draft={draft} />;
}

/** A derived table in front has no file whose reading could be told. */
function Made({ table }: { table: string }) {
  const store = useAssayStore();
  return (
    <EmptyState
      title={`${table} is made by a query`}
      action={
        <Button tone="primary" onClick={() => store.getState().draftQuery(table)}>
          Edit the query…
        </Button>
      }
    >
      It comes from no file, so there is no reading to tell. Change its query, or how the files under it are
      read.
    </EmptyState>
  );
}

function Nothing() {
  const store = useAssayStore();
  const bridge = useBridge();
  return (
    <EmptyState
      title="No file to look at"
      action={
        <Button
          tone="primary"
          onClick={() =>
            void bridge.openFiles().then((paths) => {
              if (paths.length > 0) return store.getState().openPaths(paths);
            })
          }
        >
          Open files…
        </Button>
      }
    >
      Open a text file; here you see each of its lines and how it is read, and can read it otherwise.
    </EmptyState>
  );
}

function Draft({ draft }: { draft: ImportDraft }) {
  const store = useAssayStore();
  const source = useAssay((s) => (draft.table === null ? undefined : s.tables[draft.table]?.source));
  if (source !== undefined && !leavesChoice(source)) {
    return (
      <EmptyState
        title={`${fileOf(draft.path)} says itself how it is read`}
        action={
          <Button tone="primary" onClick={() => store.getState().go('data')}>
            See its rows
          </Button>
        }
      >
        Its types and columns are written in the file. Only text leaves something to decide.
      </EmptyState>
    );
  }
  return (
    <section
      className="import-place"
      aria-label={`Reading of ${fileOf(draft.path)}`}
      data-waiting={draft.waiting}
    >
      <Head draft={draft} />
      {draft.problem === null ? null : (
        <div className="import-problem" role="alert">
          <WarningIcon />
          <span className="selectable">
            {words(draft.problem)}. <span className="import-quiet">{remedy(draft.problem)}</span>
          </span>
        </div>
      )}
      {draft.preview === null ? (
        <div className="import-body">
          <p className="import-first" role="status">
            {draft.problem === null ? 'Looking at the file…' : 'There is no preview of this reading.'}
          </p>
          {draft.parts === null || draft.parts.length < 2 ? null : (
            <aside className="import-side" aria-label="How it is read">
              <Parts draft={draft} parts={draft.parts} />
            </aside>
          )}
        </div>
      ) : (
        <Body draft={draft} preview={draft.preview} />
      )}
    </section>
  );
}

/** What part of the file the preview rests on; null if all of it. */
function partial(preview: Preview): string | null {
  if (preview.seenRows !== undefined) return `Of the first ${counted(preview.seenRows, 'row')}`;
  return preview.seen >= preview.bytes
    ? null
    : `Of the first ${bytes(preview.seen)} of ${bytes(preview.bytes)}`;
}

function Body({ draft, preview }: { draft: ImportDraft; preview: Preview }) {
  const store = useAssayStore();
  const proposals = useAssay(openProposals);
  const inForce = useAssay((s) => (draft.table === null ? undefined : s.tables[draft.table]));
  const [side, setSide] = useState<'file' | 'columns'>(
    draft.column !== null || proposals.length > 0 ? 'columns' : 'file',
  );
  const [tab, setTab] = useState<ReceiptTab>('line');
  const dialect = useMemo<Dialect>(() => preview.dialect, [preview.dialect]);
  const proposed = useMemo(() => new Set(proposals.map((one) => one.reading.column)), [proposals]);
  const doubtful = preview.candidates.length > 0 && !draft.chosen;
  const look = (at: { line?: number | null; column?: string | null }) => {
    store.getState().lookAt(at);
    if (at.column !== undefined && at.column !== null) setSide('columns');
    if (at.line !== undefined && at.line !== null) setTab('line');
  };
  const whole = partial(preview) === null;
  // Figures of another sheet or file are no measure of this one.
  const here = isSamePlace(draft.part, draft.before.part);
  const text = isText(preview);
  const parts = draft.parts ?? [];
  const raw = preview.format === 'xlsx' ? 'As it stands in the sheet' : 'As it stands in the file';
  // What is read already is known whole; of what is tried out only the preview tells.
  const read = inForce !== undefined && !isToldAnew(draft) ? inForce : null;
  return (
    <>
      <Balance
        receipt={preview.receipt}
        before={whole && here && isToldAnew(draft) ? (inForce?.receipt ?? null) : null}
        partial={partial(preview)}
      />
      {doubtful ? (
        <Doubt preview={preview} onChoose={(candidate) => store.getState().chooseReading(candidate)} />
      ) : null}
      <div className="import-body">
        <Group id="import-middle" orientation="vertical" className="import-middle">
          <Panel id="import-lines" minSize={120}>
            <LinesPane
              preview={preview}
              dialect={dialect}
              look={draft}
              raw={text ? raw : null}
              proposed={proposed}
              onLook={look}
            />
          </Panel>
          {!text ? null : (
            <>
              <Separator
                className="frame-separator frame-separator-flat"
                aria-label="Height of the details"
              />
              <Panel
                id="import-detail"
                defaultSize={168}
                minSize={72}
                groupResizeBehavior="preserve-pixel-size"
              >
                <ReceiptLists
                  receipt={(read ?? preview).receipt}
                  table={read?.name ?? null}
                  tab={tab}
                  onTab={setTab}
                  lead={{
                    title: draft.line === null ? 'Line' : `Line ${count(draft.line)}`,
                    content: (
                      <LineDetail
                        preview={preview}
                        dialect={dialect}
                        line={draft.line}
                        column={draft.column}
                        onColumn={(column) => look({ column })}
                      />
                    ),
                  }}
                  action={
                    draft.table === null ? null : (
                      <Button
                        title="Writes what was rejected, put right, skipped and did not fit, as the table is read now, to a CSV file"
                        onClick={() => void store.getState().exportReceipt(draft.table ?? '')}
                      >
                        Export…
                      </Button>
                    )
                  }
                  onLine={(line) => store.getState().lookAt({ line })}
                  reach={preview.lines.at(-1)?.line ?? 0}
                  onColumn={(column) => look({ column })}
                />
              </Panel>
            </>
          )}
        </Group>
        <aside className="import-side" aria-label="How it is read">
          {parts.length < 2 ? null : <Parts draft={draft} parts={parts} />}
          {!text ? (
            <p className="import-quiet import-no-choice">
              Its columns and their types are written in the file; nothing else is left to decide.
            </p>
          ) : (
            <>
              <div role="tablist" aria-label="How it is read" className="import-tabs">
                <SideTab
                  id="file"
                  here={side}
                  title="File"
                  onShow={setSide}
                  note={Object.keys(draft.told).filter((key) => key !== 'columns' && key !== 'header').length}
                />
                <SideTab
                  id="columns"
                  here={side}
                  title="Columns"
                  onShow={setSide}
                  note={proposals.length}
                  urgent
                />
              </div>
              <div
                role="tabpanel"
                id="import-side-panel"
                aria-labelledby={`import-tab-${side}`}
                className={`import-panel import-panel-${side}`}
              >
                {side === 'file' ? (
                  <DialectForm draft={draft} />
                ) : (
                  <ColumnsPane draft={draft} preview={preview} proposals={proposals} />
                )}
              </div>
            </>
          )}
        </aside>
      </div>
    </>
  );
}

function SideTab({
  id,
  here,
  title,
  note,
  urgent = false,
  onShow,
}: {
  id: 'file' | 'columns';
  here: string;
  title: string;
  /** How many parts were set by the user, or how many proposals are open. */
  note: number;
  urgent?: boolean;
  onShow: (id: 'file' | 'columns') => void;
}) {
  const said = urgent ? `${note} proposed` : `${note} set by you`;
  return (
    <button
      type="button"
      role="tab"
      id={`import-tab-${id}`}
      aria-selected={here === id}
      aria-controls="import-side-panel"
      tabIndex={here === id ? 0 : -1}
      className="import-tab"
      onClick={() => onShow(id)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        const other = id === 'file' ? 'columns' : 'file';
        onShow(other);
        document.getElementById(`import-tab-${other}`)?.focus();
      }}
    >
      {title}
      {note === 0 ? null : (
        <span className={urgent ? 'import-tab-note import-tab-urgent' : 'import-tab-note'}>{said}</span>
      )}
    </button>
  );
}
