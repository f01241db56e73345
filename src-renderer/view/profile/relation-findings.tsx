import { type ReactNode, useState } from 'react';
import type { Filter } from '#contract';
import type { Dependency, Redundancy } from '#core/relation/relation';
import type { Table } from '#core/table';
import { useAssay } from '../../store/hooks';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { CopySql } from '../ui/copy-sql';
import { EmptyState } from '../ui/empty-state';
import { EvidenceLine } from '../ui/evidence';
import { count, counted } from '../ui/figure';
import { FilterNote } from './filter-note';
import { RelationBreaks } from './relation-breaks';
import { LeftOutNote } from './relation-left-out';
import { filterOf } from './relation-words';
import { RelationWork } from './relation-work';
import { useAnswer } from './use-answer';

const noFilters: readonly Filter[] = [];

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
  const filters = useAssay((s) => s.filters[table.name] ?? noFilters);
  const asked = useAnswer('relation:findings', { table: table.name, ...filterOf(filters) });
  const findings = asked.value;
  const [open, setOpen] = useState<string | null>(null);

  return (
    <div className="relations">
      <div className="profile-toolbar">{parts}</div>
      <div className="relation-basis">
        {findings === null ? null : (
          <>
            <EvidenceLine evidence={findings.evidence} />
            <span className="profile-quiet">{counted(findings.looked, 'column')} looked at</span>
          </>
        )}
        <RelationWork table={table.name} answer={asked} doing="Looking for what columns determine" />
        {findings === null ? null : <LeftOutNote leftOut={findings.leftOut} notes={findings.notes} />}
        <span className="profile-space" />
        <FilterNote table={table.name} />
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
  const { left, rows, agree, support, sentence, sql } = dependency;
  const exact = rows === agree;
  return (
    <li>
      <Badge tone={exact ? 'good' : 'warning'}>{exact ? 'Exact' : 'Nearly'}</Badge>
      <div>
        <p className="selectable">{sentence}</p>
        <p className="relation-support">
          {count(support)} of {counted(rows, 'row')} share their {left.join(' and ')} with another row; only
          these can speak for it or against it.
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
