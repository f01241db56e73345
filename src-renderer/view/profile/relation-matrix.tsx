import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Filter } from '#contract';
import { clusteredOrder } from '#core/relation/cluster';
import {
  type Association,
  type AssociationMatrix,
  type Coefficient,
  coefficients,
  coefficientTitle,
} from '#core/relation/relation';
import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { HeatMatrix } from '../chart/heat-matrix';
import { useWidth } from '../chart/width';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { coefficient as coefficientText, count } from '../ui/figure';
import { Segmented } from '../ui/segmented';
import { RelationColumns } from './relation-columns';
import { LeftOutNote } from './relation-left-out';
import { RelationList } from './relation-list';
import { RelationPair } from './relation-pair';
import { RelationProgress } from './relation-progress';
import { pairWords } from './relation-words';

/** Pairs times rows up to which all rows are asked for without being told: a few seconds. */
const AT_ONCE = 4e8;
const noFilters: readonly Filter[] = [];

/** How the columns of a table go together: a matrix, a ranked list, and one pair of them at a time. */
export function RelationMatrix({ table, parts }: { table: Table; parts: ReactNode }) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table.name] ?? noFilters);
  const [coefficient, setCoefficient] = useState<Coefficient | 'auto'>('auto');
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [order, setOrder] = useState<'file' | 'clustered'>('file');
  const [twin, setTwin] = useState<'chart' | 'table'>('chart');
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const [matrix, setMatrix] = useState<AssociationMatrix | null>(null);
  const [running, setRunning] = useState(true);
  const abort = useRef<AbortController>(null);
  const [frame, width] = useWidth();

  const ask = useCallback(
    async (all: boolean) => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      setRunning(true);
      const wish = { columns, coefficient };
      const relate = (everything: boolean) =>
        store.getState().relateColumns(table.name, { ...wish, all: everything }, mine.signal);
      const first = all ? null : await relate(false);
      if (mine.signal.aborted) return;
      if (first !== null) setMatrix(first);
      const goOn =
        all ||
        (first !== null &&
          first.evidence.basis === 'sample' &&
          first.pairs.length * first.rows <= AT_ONCE &&
          coefficient !== 'kendall' &&
          coefficient !== 'mutual');
      const second = goOn ? await relate(true) : null;
      if (mine.signal.aborted) return;
      if (second !== null) setMatrix(second);
      setRunning(false);
    },
    [store, table, columns, coefficient],
  );
  useEffect(() => {
    void ask(false);
    return () => abort.current?.abort();
  }, [ask]);

  const stop = () => {
    abort.current?.abort();
    setRunning(false);
  };
  const places = useMemo(() => {
    if (matrix === null) return [];
    const file = matrix.columns.map((_, i) => i);
    return order === 'file' ? file : clusteredOrder(matrix.columns.length, matrix.pairs);
  }, [matrix, order]);
  const byPair = useMemo(() => new Map(matrix?.pairs.map((p) => [p.a * 1000 + p.b, p])), [matrix]);
  const pairAt = (row: number, column: number): Association | undefined => {
    const [i, j] = [places[row]!, places[column]!];
    return byPair.get(Math.min(i, j) * 1000 + Math.max(i, j));
  };
  const names = places.map((i) => matrix?.columns[i]?.column.name ?? '');
  const open = (a: string, b: string) => setPair([a, b]);
  const sampled = matrix !== null && matrix.evidence.basis === 'sample';

  return (
    <div className={pair === null ? 'relations' : 'relations relations-paired'}>
      <div className="profile-toolbar">
        {parts}
        <label className="profile-sort">
          <span>Coefficient</span>
          <select
            className="ui-field"
            value={coefficient}
            onChange={(event) => setCoefficient(event.target.value as Coefficient | 'auto')}
          >
            <option value="auto">what fits each pair</option>
            {coefficients.map((c) => (
              <option key={c} value={c}>
                {coefficientTitle[c]}
              </option>
            ))}
          </select>
        </label>
        <RelationColumns
          table={table}
          chosen={columns}
          shown={matrix?.columns.map((c) => c.column.name) ?? []}
          onChoose={setColumns}
        />
        <Segmented
          label="Order"
          value={order}
          choices={[
            { value: 'file', label: 'File order' },
            { value: 'clustered', label: 'Clustered' },
          ]}
          onChange={setOrder}
        />
        <Segmented
          label="Show as"
          value={twin}
          choices={[
            { value: 'chart', label: 'Matrix' },
            { value: 'table', label: 'Table' },
          ]}
          onChange={setTwin}
        />
      </div>
      <div className="relation-basis">
        {matrix === null ? null : (
          <span className="ui-evidence">
            <span className={sampled ? 'ui-dot ui-dot-estimate' : 'ui-dot ui-dot-exact'} aria-hidden="true" />
            {sampled ? basisOf(matrix) : `exact · all ${count(matrix.rows)} rows`}
            {matrix.evidence.ms > 0 ? ` · ${count(matrix.evidence.ms)} ms` : ''}
          </span>
        )}
        {running ? (
          <RelationProgress table={table.name} onCancel={stop} />
        ) : sampled && canGoOn(matrix) ? (
          <Button onClick={() => void ask(true)}>All rows</Button>
        ) : null}
        {matrix === null ? null : <LeftOutNote leftOut={matrix.leftOut} notes={matrix.notes} />}
      </div>
      <div className="relation-body">
        <div className="relation-main" ref={frame}>
          {matrix === null ? null : matrix.columns.length < 2 ? (
            <EmptyState title="Fewer than two columns can be related">
              The reasons stand above, under “left out”.
            </EmptyState>
          ) : matrix.pairs.length === 0 ? (
            <EmptyState
              title={`No pair of these columns fits ${coefficientTitle[coefficient as Coefficient]}`}
            >
              Choose another coefficient, or “what fits each pair”.
            </EmptyState>
          ) : twin === 'chart' ? (
            <>
              <HeatMatrix
                label={`Associations of ${table.name}`}
                names={names}
                width={width - 24}
                chosen={chosenAt(names, pair)}
                cell={(row, column) => {
                  const one = row === column ? undefined : pairAt(row, column);
                  return one === undefined
                    ? null
                    : {
                        strength: one.value,
                        text: coefficientText(one.value),
                        words: pairWords(names[row]!, names[column]!, one),
                      };
                }}
                onChoose={(row, column) => open(names[row]!, names[column]!)}
                onName={(i) =>
                  store.getState().select({ kind: 'column', table: table.name, column: names[i]! })
                }
              />
              <Legend signed={matrix.pairs.some((p) => p.value !== null && p.value < 0)} />
            </>
          ) : (
            <RelationList table={table.name} matrix={matrix} filters={filters} onOpen={open} />
          )}
        </div>
        {pair === null ? null : (
          <RelationPair
            key={pair.join(' ')}
            table={table}
            a={pair[0]}
            b={pair[1]}
            onClose={() => setPair(null)}
            onTurn={() => setPair([pair[1], pair[0]])}
          />
        )}
      </div>
    </div>
  );
}

function basisOf({ pairs, rows, evidence }: AssociationMatrix): string {
  const exact = pairs.filter((p) => p.basis === 'exact').length;
  const sample = `sample of ${count(evidence.rows)} of ${count(rows)} rows`;
  return exact === 0
    ? sample
    : `${count(exact)} of ${count(pairs.length)} pairs exact, the others from a ${sample}`;
}

/** Whether all rows can say more than the sample does. */
function canGoOn(matrix: AssociationMatrix): boolean {
  return matrix.pairs.every(
    (p) => p.basis === 'sample' && p.coefficient !== 'kendall' && p.coefficient !== 'mutual',
  );
}

function chosenAt(
  names: readonly string[],
  pair: readonly [string, string] | null,
): readonly [number, number] | null {
  if (pair === null) return null;
  const [row, column] = pair.map((name) => names.indexOf(name));
  return row === undefined || column === undefined || row < 0 || column < 0 ? null : [row, column];
}

function Legend({ signed }: { signed: boolean }) {
  return (
    <p className="relation-legend">
      {signed ? '−1' : '0'}
      <i className={signed ? 'relation-scale relation-scale-signed' : 'relation-scale'} aria-hidden="true" />1
      <span>
        Signed: Pearson, Spearman, Kendall. From 0 to 1: Cramér’s V of two categories, eta of a category and a
        number, mutual information.
      </span>
    </p>
  );
}
