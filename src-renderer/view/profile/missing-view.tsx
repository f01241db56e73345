/**
 * Missing: what the columns of a table lack, where in the file, together with what, why, and what to do about it.
 */
import { useMemo, useState } from 'react';
import type { Filter } from '#contract';
import { useAssay, useAssayStore } from '../../store/hooks';
import { EmptyState } from '../ui/empty-state';
import { Segmented } from '../ui/segmented';
import { FilterNote } from './filter-note';
import { MissingAboutPane } from './missing-about';
import { MissingBars } from './missing-bars';
import { MissingDisguisedPane } from './missing-disguised';
import { MissingEffectPane } from './missing-effect';
import { MissingMatrixPane } from './missing-matrix';
import { MissingTogetherPane } from './missing-together';
import { useAnswer } from './use-answer';
import './missing.css';

const noFilters: readonly Filter[] = [];
type Part = 'columns' | 'matrix' | 'together' | 'disguised' | 'about' | 'effect';

export function MissingView({ table: name }: { table: string }) {
  const store = useAssayStore();
  const table = useAssay((s) => s.tables[name]);
  const filters = useAssay((s) => s.filters[name] ?? noFilters);
  const selected = useAssay((s) =>
    s.selection.kind === 'column' && s.selection.table === name ? s.selection.column : null,
  );
  const [part, setPart] = useState<Part>('columns');
  const [wished, setWished] = useState<string | null>(null);
  const ask = useMemo(
    () => ({ table: name, ...(filters.length === 0 ? {} : { filter: filters }) }),
    [name, filters],
  );
  const overview = useAnswer('missing:overview', ask);
  const disguised = useAnswer('missing:disguised', ask);
  if (table === undefined) return null;
  if (table.columns.length === 0) return <EmptyState title={`${name} has no columns`} />;

  const lacks = overview.value?.columns ?? [];
  const most = lacks.toSorted((a, b) => b.nulls - a.nulls)[0];
  const lacking = (column: string | null) => lacks.some((c) => c.name === column && c.nulls > 0);
  const chosen =
    wished ?? (lacking(selected) ? selected : most !== undefined && most.nulls > 0 ? most.name : null);
  const choose = (column: string) => {
    setWished(column);
    store.getState().select({ kind: 'column', table: name, column });
  };
  const only = (filter: Filter) => store.getState().filter(name, filter.column, filter);
  const explain = (column: string) => {
    choose(column);
    setPart('about');
  };
  const common = { ask, table, lacks, chosen, onChoose: choose, onFilter: only };

  return (
    <>
      <div className="profile-toolbar">
        <Segmented<Part>
          label="Part of Missing"
          value={part}
          onChange={setPart}
          choices={[
            { value: 'columns', label: 'Columns', count: lacks.filter((c) => c.nulls > 0).length },
            { value: 'matrix', label: 'In the file' },
            { value: 'together', label: 'Together' },
            { value: 'disguised', label: 'Disguised', count: disguised.value?.suspects.length ?? 0 },
            { value: 'about', label: 'Depends on' },
            { value: 'effect', label: 'Drop or fill' },
          ]}
        />
        <span className="profile-space" />
        <FilterNote table={name} />
      </div>
      <section className="missing-body" aria-label="Missing">
        <h2 className="visually-hidden">What {name} lacks</h2>
        {part === 'columns' ? (
          <MissingBars
            overview={overview}
            suspects={disguised.value?.suspects ?? []}
            chosen={chosen}
            onChoose={choose}
            onFilter={only}
            onExplain={explain}
            onDisguised={() => setPart('disguised')}
          />
        ) : part === 'matrix' ? (
          <MissingMatrixPane ask={ask} onFilter={only} onChoose={choose} />
        ) : part === 'together' ? (
          <MissingTogetherPane ask={ask} onFilter={only} onChoose={choose} />
        ) : part === 'disguised' ? (
          <MissingDisguisedPane answer={disguised} table={table} onFilter={only} onChoose={choose} />
        ) : part === 'about' ? (
          <MissingAboutPane {...common} />
        ) : (
          <MissingEffectPane {...common} />
        )}
      </section>
    </>
  );
}
