/**
 * The inspector of a column: what it is, what it is proposed for, its figures under the filter and over all rows, and
 * the gestures on its values.
 */
import type { Filter } from '#contract';
import type { Cell, Column } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { columnOf, profileOf } from '../../store/select';
import { Distribution } from '../chart/distribution';
import { TopValues } from '../chart/top-values';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy';
import { EmptyState } from '../ui/empty-state';
import { EvidenceLine, evidenceSql } from '../ui/evidence';
import { namesThings } from '../ui/figure';
import { CopyIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { KeyFigures, OutlierFigures } from './column-figures';
import { ColumnRoles } from './column-roles';
import './column.css';

const noFilters: readonly Filter[] = [];

export function ColumnInspector({ table, column: name }: { table: string; column: string }) {
  const column = useAssay((s) => columnOf(s, table, name));
  if (column === undefined) {
    return (
      <EmptyState title={name === '' ? 'A column without a name' : name}>
        {table} no longer has this column. Choose another, or reload the source that should have it.
      </EmptyState>
    );
  }
  return <OpenColumn table={table} column={column} />;
}

function OpenColumn({ table, column }: { table: string; column: Column }) {
  const store = useAssayStore();
  const name = column.name;
  const total = useAssay((s) => profileOf(s, table, name));
  const under = useAssay((s) => profileOf({ profiles: s.filtered }, table, name));
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  const filter = filters.find((f) => f.column === name);
  const profile = under ?? total;
  const ghost = under === undefined ? undefined : total;
  const put = (next: Filter | null) => store.getState().filter(table, name, next);
  const range = filter?.test.kind === 'range' && filter.not !== true ? filter.test : null;
  const picked: readonly Cell[] =
    filter?.test.kind === 'values' && filter.not !== true ? filter.test.values : [];
  const asMeasure = column.kind === 'number' && (total === undefined || !namesThings(total));
  const ordered = column.kind === 'number' || column.kind === 'time';

  return (
    <div className="column-inspector">
      <header className="column-head">
        <h2 title={name}>
          <KindIcon kind={column.kind} size={12} />
          <span>{name === '' ? '(no name)' : name}</span>
        </h2>
        <p>
          <span className="column-type" title={column.type}>
            {column.type}
          </span>{' '}
          · reads as {column.kind}
        </p>
        <ColumnRoles table={table} column={name} />
        <div className="column-actions">
          <Button
            tone={asMeasure ? 'primary' : 'plain'}
            shortcut="M"
            onClick={() => store.getState().draftMeasure(table, name)}
          >
            → Measure
          </Button>
          <Button
            tone={asMeasure ? 'plain' : 'primary'}
            shortcut="D"
            onClick={() => store.getState().draftDimension(table, name)}
          >
            → Dimension
          </Button>
          <Button
            icon={<CopyIcon />}
            disabled={profile === undefined}
            onClick={() => profile !== undefined && void copyText(evidenceSql(profile.evidence))}
          >
            Copy SQL
          </Button>
        </div>
      </header>
      {profile === undefined ? (
        <Waiting />
      ) : (
        <div className="column-scroll">
          <KeyFigures profile={profile} total={ghost} />
          {ordered ? (
            <div className="column-part">
              <Distribution
                profile={profile}
                total={ghost}
                selection={range}
                onSelect={(next) =>
                  put(next === null ? null : { column: name, test: { kind: 'range', ...next } })
                }
                height={124}
              />
            </div>
          ) : null}
          <OutlierFigures profile={total ?? profile} />
          <div className="column-part">
            <TopValues
              profile={profile}
              total={ghost}
              limit={10}
              picked={picked}
              onPick={(value) => {
                const again = picked.length === 1 && picked[0] === value;
                put(again ? null : { column: name, test: { kind: 'values', values: [value] } });
              }}
            />
          </div>
        </div>
      )}
      <footer className="column-foot">
        {profile === undefined ? <span>not profiled yet</span> : <EvidenceLine evidence={profile.evidence} />}
      </footer>
    </div>
  );
}

/** The room of the figures, kept while they are computed. */
function Waiting() {
  return (
    <div className="column-scroll" aria-busy="true">
      <div className="column-part">
        {[70, 88, 64, 80, 72, 60].map((width) => (
          <span key={width} className="ui-skeleton" style={{ width: `${width}%`, margin: '6px 0 12px' }} />
        ))}
      </div>
      <div className="column-part">
        <span className="ui-skeleton" style={{ height: 124 }} />
      </div>
    </div>
  );
}
