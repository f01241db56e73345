/** The columns of a join, how they are compared, and what is declared of it. */
import type { Join } from '#core/design/design';
import type { Comparison } from '#core/join/join';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { JoinDraft } from '../../store/state';
import { Button, IconButton } from '../ui/button';
import { ColumnSelect } from '../ui/column-select';
import { CloseIcon, PlusIcon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { columnsOfTable } from './columns-of';
import { comparisonWords, short } from './join-words';

const comparisons: readonly Comparison[] = ['value', 'number', 'text'];
const declared = ['one_to_one', 'one_to_many', 'many_to_one'] as const;

export function JoinKeys({
  draft,
  relationship,
}: {
  draft: JoinDraft;
  relationship: Join['relationship'] | null;
}) {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const tables = useAssay((s) => s.tables);
  const { from, to, on, comparison } = draft;
  const [left, right] = [columnsOfTable(design, tables, from), columnsOfTable(design, tables, to)];
  const change = store.getState().changeJoinDraft;
  const setPair = (at: number, pair: readonly [string, string]) =>
    change({ on: on.map((one, i) => (i === at ? pair : one)) });
  /** Columns of one name that are not yet a pair, else the first that are free. */
  const further = (): readonly [string, string] => {
    const [usedLeft, usedRight] = [new Set(on.map(([a]) => a)), new Set(on.map(([, b]) => b))];
    const [freeLeft, freeRight] = [
      left.filter(({ name }) => !usedLeft.has(name)),
      right.filter(({ name }) => !usedRight.has(name)),
    ];
    const same = freeLeft.find(({ name }) => freeRight.some((other) => other.name === name));
    return [(same ?? freeLeft[0] ?? left[0])?.name ?? '', (same ?? freeRight[0] ?? right[0])?.name ?? ''];
  };
  return (
    <div className="join-keys">
      <div className="join-pairs">
        {on.map(([a, b], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no other name than its place.
          <span className="join-pair" key={i}>
            <ColumnSelect
              label={on.length > 1 ? `${from} ${i + 1}` : from}
              columns={left}
              value={a}
              onChange={(name) => setPair(i, [name, b])}
            />
            <span aria-hidden="true">=</span>
            <ColumnSelect
              label={on.length > 1 ? `${to} ${i + 1}` : to}
              columns={right}
              value={b}
              onChange={(name) => setPair(i, [a, name])}
            />
            {on.length === 1 ? null : (
              <IconButton
                label={`Take out ${a} = ${b}`}
                onClick={() => change({ on: on.filter((_, j) => j !== i) })}
              >
                <CloseIcon size={12} />
              </IconButton>
            )}
          </span>
        ))}
        <Button
          tone="quiet"
          title="A key of several columns: all of them must be the same"
          onClick={() => change({ on: [...on, further()] })}
        >
          <PlusIcon />
          Pair
        </Button>
      </div>
      <div className="join-choices">
        <span className="join-choice">
          Declare
          <Segmented<Join['relationship'] | ''>
            small
            label="Relationship"
            value={relationship ?? ''}
            choices={declared.map((value) => ({ value, label: short[value] }))}
            onChange={(value) => value !== '' && change({ relationship: value })}
          />
        </span>
        <span className="join-choice" title="How keys are brought to one spelling before they are compared">
          Compare by
          <Segmented
            small
            label="Compare by"
            value={comparison}
            choices={comparisons.map((value) => ({ value, label: comparisonWords[value] }))}
            onChange={(value) => change({ comparison: value })}
          />
        </span>
      </div>
    </div>
  );
}
