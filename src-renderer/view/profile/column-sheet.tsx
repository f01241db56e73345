/**
 * The full sheet of a column, opened in place below its row. Its height is fixed, so that the list does not jump.
 */
import type { Filter } from '#contract';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell, Column } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Distribution } from '../chart/distribution';
import { TopValues } from '../chart/top-values';
import { Button } from '../ui/button';
import { EvidenceLine } from '../ui/evidence';
import { duration, namesThings } from '../ui/figure';
import { ColumnDetail, hasDetail } from './column-detail';
import type { Entry } from './column-list';
import { ColumnOutliers } from './column-outliers';
import { ColumnMissing, ColumnPatterns, ColumnStatistics } from './column-statistics';
import './sheet.css';

const noFilters: readonly Filter[] = [];

/** Heights of the sheet in pixels: its parts beside one another where there is room, else in two rows. */
export const sheetHeight = { wide: 416, narrow: 700 } as const;

export function ColumnSheet({ table, entry, height }: { table: string; entry: Entry; height: number }) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  const { column, profile, total } = entry;
  const filter = filters.find((f) => f.column === column.name);
  const put = (next: Filter | null) => store.getState().filter(table, column.name, next);
  const style = { height };

  if (profile === undefined) {
    return (
      <div className="profile-sheet" style={style}>
        <p className="profile-waiting">This column is still being profiled.</p>
      </div>
    );
  }
  const range = filter?.test.kind === 'range' && filter.not !== true ? filter.test : null;
  const picked: readonly Cell[] =
    filter?.test.kind === 'values' && filter.not !== true ? filter.test.values : [];
  const ordered = column.kind === 'number' || column.kind === 'time';
  const asMeasure = column.kind === 'number' && !namesThings(total ?? profile);
  const showRows = (side: 'below' | 'above') => {
    const fences = (total ?? profile).outliers?.[0];
    if (fences === undefined) return;
    put(beyond(column, side === 'above' ? fences.upper : fences.lower, side));
    store.getState().showTable(table);
    store.getState().select({ kind: 'column', table, column: column.name });
    store.getState().go('data');
  };

  return (
    <section className="profile-sheet" style={style} aria-label={`Profile of ${column.name}`}>
      <h2 className="visually-hidden">{column.name}</h2>
      <div
        className={`profile-sheet-body${ordered ? '' : ' profile-sheet-plain'}${column.kind === 'nested' ? ' profile-sheet-nested' : ''}`}
      >
        <div className="profile-sheet-part">
          <ColumnStatistics profile={profile} total={total} />
          <ColumnMissing profile={profile} />
        </div>
        {ordered ? (
          <div className="profile-sheet-part profile-sheet-chart">
            <Distribution
              profile={profile}
              total={total}
              selection={range}
              onSelect={(next) =>
                put(next === null ? null : { column: column.name, test: { kind: 'range', ...next } })
              }
              height={252}
              legend
            />
          </div>
        ) : null}
        <div className="profile-sheet-side">
          {ordered ? (
            <div className="profile-sheet-part profile-sheet-outliers">
              <ColumnOutliers profile={total ?? profile} onShow={showRows} />
              {hasDetail(profile) ? <ColumnDetail profile={profile} /> : null}
            </div>
          ) : null}
          <div className="profile-sheet-part profile-sheet-top">
            <TopValues
              profile={profile}
              total={total}
              limit={12}
              picked={picked}
              onPick={(value) => {
                const again = picked.length === 1 && picked[0] === value;
                put(again ? null : { column: column.name, test: { kind: 'values', values: [value] } });
              }}
            />
          </div>
        </div>
        {ordered || ((profile.patterns ?? []).length === 0 && !hasDetail(profile)) ? null : (
          <div className="profile-sheet-part profile-sheet-patterns">
            <ColumnDetail profile={profile} />
            <ColumnPatterns profile={profile} />
          </div>
        )}
      </div>
      <footer className="profile-sheet-foot">
        <EvidenceLine evidence={profile.evidence} />
        {profile.evidence.basis === 'estimate' ? (
          <Button
            title="Counts every value, so that nothing is estimated"
            onClick={() => void store.getState().makeExact(table, column.name, total !== undefined)}
          >
            Make exact · about {duration(exactMs(profile))}
          </Button>
        ) : null}
        <span className="profile-space" />
        <Button
          tone={asMeasure ? 'plain' : 'primary'}
          shortcut="D"
          onClick={() => store.getState().draftDimension(table, column.name)}
        >
          → Dimension
        </Button>
        <Button
          tone={asMeasure ? 'primary' : 'plain'}
          shortcut="M"
          onClick={() => store.getState().draftMeasure(table, column.name)}
        >
          → Measure
        </Button>
      </footer>
    </section>
  );
}

/** Milliseconds that counting every value takes, roughly: measured on two cores, per million rows. */
function exactMs({ kind, rows }: ColumnProfile): number {
  return (rows / 1_000_000) * (kind === 'text' ? 500 : 250);
}

/** Values strictly beyond a fence: the range up to the fence and not in it, nulls aside. */
function beyond(column: Column, fence: number, side: 'below' | 'above'): Filter {
  const step = Math.max(Number.EPSILON * Math.abs(fence), Number.MIN_VALUE);
  const test =
    side === 'above'
      ? { kind: 'range' as const, low: fence + step, high: null }
      : { kind: 'range' as const, low: null, high: fence - step };
  return { column: column.name, test };
}
