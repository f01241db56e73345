/**
 * The outlier bench: every method on one column side by side, the threshold of the chosen one, where methods agree, the
 * values drawn, and the flagged rows with what can be made of the rule; or several columns at once.
 */
import { useEffect, useMemo, useState } from 'react';
import type { Filter } from '#contract';
import type { BenchAnswer, Found } from '#core/outlier/bench';
import type { MethodName } from '#core/outlier/method';
import { methodNamed } from '#core/outlier/methods';
import type { ColumnProfile } from '#core/profile/profile';
import type { Column, Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { profileOf } from '../../store/select';
import { ColumnSelect } from '../ui/column-select';
import { EmptyState } from '../ui/empty-state';
import { EvidenceLine } from '../ui/evidence';
import { counted, namesThings } from '../ui/figure';
import { Segmented } from '../ui/segmented';
import { Work } from './answer';
import { FilterNote } from './filter-note';
import { OutlierActions } from './outlier-actions';
import { OutlierAgreement } from './outlier-agreement';
import { OutlierDistance } from './outlier-distance';
import { OutlierGroups } from './outlier-groups';
import { OutlierMethods } from './outlier-methods';
import { OutlierRows } from './outlier-rows';
import { OutlierStrip } from './outlier-strip';
import { OutlierThreshold } from './outlier-threshold';
import { sayNumber } from './outlier-words';
import { type Asked, useAnswer } from './use-answer';
import './outliers.css';

const noProfiles: Readonly<Record<string, ColumnProfile>> = {};
const noFilters: readonly Filter[] = [];
/** How long a threshold must rest before rows, values and agreement follow it. */
const restMs = 250;

export function OutliersView({ table: name }: { table: string }) {
  const store = useAssayStore();
  const table = useAssay((s) => s.tables[name]);
  const profiles = useAssay((s) => s.profiles[name] ?? noProfiles);
  const filters = useAssay((s) => s.filters[name] ?? noFilters);
  const selected = useAssay((s) =>
    s.selection.kind === 'column' && s.selection.table === name ? s.selection.column : null,
  );
  const [mode, setMode] = useState<'one' | 'several'>('one');
  const [before, setBefore] = useState<string | null>(null);
  const wanted = selected ?? before;
  const column =
    table?.columns.find((c) => c.name === wanted) ?? (table && firstColumn(table.columns, profiles));
  useEffect(() => setBefore(column?.name ?? null), [column?.name]);
  useEffect(
    () => store.getState().profile(name, column === undefined ? [] : [column.name]),
    [store, name, column],
  );
  // A column's own filter would leave only the rows it was made to show.
  const others = useMemo(() => filters.filter((f) => f.column !== column?.name), [filters, column?.name]);

  if (table === undefined) return null;
  if (column === undefined) return <EmptyState title={`${name} has no columns`} />;
  return (
    <div className="outliers">
      <div className="profile-toolbar">
        <Segmented
          label="Columns judged"
          value={mode}
          onChange={setMode}
          choices={[
            { value: 'one', label: 'One column' },
            { value: 'several', label: 'Several at once' },
          ]}
        />
        {mode === 'one' ? (
          <ColumnSelect
            label="Column"
            columns={table.columns}
            value={column.name}
            onChange={(to) => store.getState().select({ kind: 'column', table: name, column: to })}
          />
        ) : null}
        <span className="profile-space" />
        <FilterNote table={name} except={mode === 'one' ? column.name : undefined} />
      </div>
      <div className="outlier-all">
        {mode === 'several' ? (
          <OutlierDistance table={table} filter={filters} profiles={profiles} />
        ) : (
          <ColumnBench key={column.name} table={table} column={column} filter={others} />
        )}
      </div>
    </div>
  );
}

/** The first column of amounts; failing that of numbers, of times, any. */
function firstColumn(
  columns: readonly Column[],
  profiles: Readonly<Record<string, ColumnProfile>>,
): Column | undefined {
  const known = (c: Column) => (Object.hasOwn(profiles, c.name) ? profiles[c.name] : undefined);
  const amount = (c: Column) => {
    const profile = known(c);
    return c.kind === 'number' && profile !== undefined && !namesThings(profile) ? profile.distinct : 0;
  };
  return (
    columns.find((c) => amount(c) > 20) ??
    columns.find((c) => amount(c) > 2) ??
    columns.find((c) => c.kind === 'number') ??
    columns.find((c) => c.kind === 'time') ??
    columns[0]
  );
}

function ColumnBench({ table, column, filter }: { table: Table; column: Column; filter: readonly Filter[] }) {
  const at = { table: table.name, column: column.name, filter };
  const profile = useAssay((s) => profileOf(s, table.name, column.name));
  const bench = useAnswer('outlier:bench', at);
  const [told, setTold] = useState<MethodName | null>(null);
  const [parameters, setParameters] = useState<Partial<Record<MethodName, number>>>({});
  const [rested, setRested] = useState<Partial<Record<MethodName, Found>>>({});
  const say = useMemo(() => sayNumber(profile), [profile]);

  const answer = bench.value;
  const fits = answer?.outcomes.filter((one): one is Found => one.fits) ?? [];
  const chosen = fits.find((one) => one.method === told)?.method ?? fits[0]?.method ?? null;
  const method = chosen === null ? undefined : methodNamed(chosen);
  const setting = chosen === null ? undefined : parameters[chosen];
  const curve = useAnswer('outlier:curve', chosen === null ? null : { ...at, method: chosen });
  const count = useAnswer(
    'outlier:count',
    chosen === null || setting === undefined ? null : { ...at, method: chosen, parameter: setting },
    restMs,
  );
  const agreement = useAnswer('outlier:agreement', fits.length < 2 ? null : { ...at, parameters }, restMs);
  const settledCount = count.value;
  useEffect(() => {
    if (settledCount?.fits) setRested((all) => ({ ...all, [settledCount.method]: settledCount }));
  }, [settledCount]);
  // Other filters make other figures; what was counted under the old ones is no answer any more.
  const filterKey = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the filter that makes them old.
  useEffect(() => setRested({}), [filterKey]);

  const current = curve.value?.method === chosen ? curve.value : null;
  const now = (one: Found): Found => {
    const wanted = parameters[one.method] ?? one.parameter;
    const still = rested[one.method];
    if (wanted === one.parameter) return one;
    if (still?.parameter === wanted) return still;
    const point = one.method === chosen ? current?.points.find((p) => p?.parameter === wanted) : undefined;
    return point ? { ...one, ...point } : { ...(still ?? one), parameter: wanted };
  };
  const found = fits.map(now);
  const live = found.find((one) => one.method === chosen);
  const settled = fits.find((one) => one.method === chosen);
  const resting =
    settled === undefined || setting === undefined || setting === settled.parameter
      ? settled
      : (rested[settled.method] ?? settled);

  return (
    <div className="outlier-body" aria-busy={bench.slow}>
      <h2 className="visually-hidden">Outliers of {column.name}</h2>
      <Foundation
        bench={bench}
        parts={[curve, count, agreement]}
        answer={answer}
        time={column.kind === 'time'}
      />
      {answer === null ? null : (
        <>
          <OutlierMethods answer={answer} found={found} chosen={chosen} say={say} onChoose={setTold} />
          {method === undefined || live === undefined || resting === undefined ? null : (
            <>
              <div className="outlier-pair">
                <OutlierThreshold
                  key={method.name}
                  method={method}
                  found={live}
                  curve={current}
                  filled={answer.filled}
                  say={say}
                  onSet={(parameter) => setParameters((all) => ({ ...all, [method.name]: parameter }))}
                />
                {live.groups !== undefined ? (
                  <OutlierGroups found={resting} column={column} say={say} />
                ) : agreement.value === null ? null : (
                  <OutlierAgreement answer={agreement.value} />
                )}
              </div>
              {live.groups !== undefined && agreement.value !== null && fits.length > 1 ? (
                <OutlierAgreement answer={agreement.value} />
              ) : null}
              {live.groups === undefined ? (
                <OutlierStrip table={table.name} answer={answer} found={resting} filter={filter} say={say} />
              ) : null}
              <OutlierActions table={table.name} answer={answer} found={resting} />
              <OutlierRows table={table} column={column} found={resting} filter={filter} />
            </>
          )}
        </>
      )}
    </div>
  );
}

const notFinite = ['NaN or infinity', 'NaN or infinities'] as const;
const infinities = ['infinite time', 'infinite times'] as const;

/** What the figures rest on, and how the work on them stands. */
function Foundation({
  bench,
  parts,
  answer,
  time,
}: {
  bench: Asked<BenchAnswer>;
  /** What is worked out beside it; only what went wrong with it is said. */
  parts: readonly Asked<unknown>[];
  answer: BenchAnswer | null;
  /** Whether the values are times, of which none is NaN. */
  time: boolean;
}) {
  const broken = parts.find(({ trouble }) => trouble !== null && trouble !== 'stopped');
  const [one, many] = time ? infinities : notFinite;
  return (
    <div className="outlier-foundation">
      {answer === null ? null : (
        <>
          <span>
            <b>{counted(answer.filled, 'value')}</b> judged
            {answer.nulls > 0 ? `, ${counted(answer.nulls, 'null')} left out` : ''}
            {answer.notFinite > 0 ? `, ${counted(answer.notFinite, one, many)} left out` : ''}
          </span>
          <EvidenceLine evidence={answer.evidence} />
        </>
      )}
      <Work answer={bench.trouble === null && broken !== undefined ? broken : bench} doing="Measuring" />
    </div>
  );
}
