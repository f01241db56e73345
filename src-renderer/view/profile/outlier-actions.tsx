import type { Filter } from '#contract';
import type { BenchAnswer, Found } from '#core/outlier/bench';
import { segmentCondition } from '#core/outlier/segment';
import { useAssay, useAssayStore } from '../../store/hooks';
import { designTableOf } from '../../store/select';
import { Button } from '../ui/button';

const noFilters: readonly Filter[] = [];

/** What the chosen rule can become: a filter of all places, or a segment of the design. */
export function OutlierActions({
  table,
  answer,
  found,
}: {
  table: string;
  answer: BenchAnswer;
  found: Found;
}) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  const designed = useAssay((s) => designTableOf(s, table) !== undefined);
  const column = answer.column.name;
  const test = found.flag;
  const set = filters.find((f) => f.column === column);
  const same = set !== undefined && JSON.stringify(set.test) === JSON.stringify(test);
  const rows = found.below + found.above;
  const ends = answer.notFinite > 0 && answer.box !== null ? ([answer.box[0], answer.box[4]] as const) : null;
  const condition = segmentCondition(column, test, ends);
  const put = (filter: Filter | null) => store.getState().filter(table, column, filter);
  const look = () => {
    put({ column, test });
    store.getState().showTable(table);
    store.getState().select({ kind: 'column', table, column });
    store.getState().go('data');
  };
  const draft = () => {
    if (condition === null) return;
    const name = store.getState().draftSegment(table, column, condition);
    if (name === null) return;
    store.getState().notify({
      words: `Drafted the segment ${name}`,
      remedy: 'It stands in Spec with its table; undo takes it back.',
      tone: 'good',
    });
  };
  return (
    <div className="outlier-actions">
      <Button
        aria-pressed={same && set?.not !== true}
        disabled={rows === 0}
        title="Leave only the flagged rows, in every place"
        onClick={() => put(same && set?.not !== true ? null : { column, test })}
      >
        Filter to them
      </Button>
      <Button
        aria-pressed={same && set?.not === true}
        disabled={rows === 0}
        title="Leave all other rows, in every place"
        onClick={() => put(same && set?.not === true ? null : { column, test, not: true })}
      >
        Filter them out
      </Button>
      <Button disabled={rows === 0} onClick={look}>
        Show in Data
      </Button>
      {designed && condition !== null && rows > 0 ? (
        <Button title={`A segment of the design: ${condition}`} onClick={draft}>
          Make segment
        </Button>
      ) : null}
    </div>
  );
}
