import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Dependency, Findings, Redundancy } from '#core/relation/relation';
import type { Table } from '#core/table';
import { useAssayStore } from '../../store/hooks';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy';
import { EmptyState } from '../ui/empty-state';
import { count, counted, duration, percent } from '../ui/figure';
import { CopyIcon } from '../ui/icon';
import { RelationBreaks } from './relation-breaks';
import { LeftOutNote } from './relation-left-out';
import { RelationProgress } from './relation-progress';

const kindWords: Readonly<Record<Redundancy['kind'], string>> = {
  equal: 'Equal',
  spelling: 'Spelling',
  nulls: 'Equal but nulls',
  coding: 'One to one',
  linear: 'Linear',
  sum: 'Sum',
  product: 'Product',
};

/** Which columns determine others, or which say the same twice: a sentence each, with what it rests on. */
export function RelationFindings({
  table,
  kind,
  parts,
}: {
  table: Table;
  kind: 'dependencies' | 'redundancies';
  parts: ReactNode;
}) {
  const store = useAssayStore();
  const [findings, setFindings] = useState<Findings | null>(null);
  const [running, setRunning] = useState(true);
  const [open, setOpen] = useState<string | null>(null);
  const abort = useRef<AbortController>(null);
  const look = useCallback(async () => {
    const mine = new AbortController();
    abort.current = mine;
    setRunning(true);
    const found = await store.getState().findRelations(table.name, mine.signal);
    if (mine.signal.aborted) return;
    setFindings(found);
    setRunning(false);
  }, [store, table]);
  useEffect(() => {
    void look();
    return () => abort.current?.abort();
  }, [look]);

  return (
    <div className="relations">
      <div className="profile-toolbar">{parts}</div>
      <div className="relation-basis">
        {findings === null ? null : (
          <span className="ui-evidence">
            <span className="ui-dot ui-dot-exact" aria-hidden="true" />
            exact · all {counted(findings.rows, 'row')} · {counted(findings.looked, 'column')} ·{' '}
            {duration(findings.evidence.ms)}
          </span>
        )}
        {running ? (
          <RelationProgress
            table={table.name}
            onCancel={() => {
              abort.current?.abort();
              setRunning(false);
            }}
          />
        ) : findings === null ? (
          <Button onClick={() => void look()}>Look again</Button>
        ) : null}
        {findings === null ? null : <LeftOutNote leftOut={findings.leftOut} notes={findings.notes} />}
      </div>
      <div className="relation-findings">
        {findings === null ? null : kind === 'redundancies' ? (
          findings.redundancies.length === 0 ? (
            <EmptyState title="No column says what another says">
              Looked for: equal columns, equal but for spelling or nulls, lines, sums, products, one-to-one
              codings.
            </EmptyState>
          ) : (
            <ul>
              {findings.redundancies.map((r) => (
                <li key={r.sentence}>
                  <Badge tone="info">{kindWords[r.kind]}</Badge>
                  <p className="selectable">{r.sentence}</p>
                  <CopySql sql={r.sql} />
                </li>
              ))}
            </ul>
          )
        ) : findings.dependencies.length === 0 ? (
          <EmptyState title="No column determines another">
            Keys determine every column and are not told; neither is what chance alone would give.
          </EmptyState>
        ) : (
          <ul>
            {findings.dependencies.map((d) => (
              <DependencyRow
                key={d.sentence}
                table={table.name}
                dependency={d}
                open={open === d.sentence}
                onOpen={(wish) => setOpen(wish ? d.sentence : null)}
              />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function DependencyRow({
  table,
  dependency,
  open,
  onOpen,
}: {
  table: string;
  dependency: Dependency;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const { rows, agree, support, sentence, sql } = dependency;
  const exact = rows === agree;
  return (
    <li>
      <Badge tone={exact ? 'good' : 'warning'}>{exact ? 'Exact' : percent(agree, rows)}</Badge>
      <div>
        <p className="selectable">{sentence}</p>
        <p className="relation-support">
          {count(support)} of {counted(rows, 'row')} share their left value with another row, and speak for
          it.
        </p>
        {open ? <RelationBreaks table={table} dependency={dependency} /> : null}
      </div>
      {exact ? null : (
        <Button aria-pressed={open} onClick={() => onOpen(!open)}>
          {open ? 'Hide rows' : `Show ${counted(rows - agree, 'row')}`}
        </Button>
      )}
      <CopySql sql={sql} />
    </li>
  );
}

function CopySql({ sql }: { sql: string }) {
  return (
    <button type="button" className="ui-link" title={sql} onClick={() => void copyText(sql)}>
      <CopyIcon />
      Copy SQL
    </button>
  );
}
