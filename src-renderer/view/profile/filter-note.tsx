import type { Filter } from '#contract';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';
import { counted } from '../ui/figure';

const noFilters: readonly Filter[] = [];

/**
 * Under which filters the figures of a view are, with a way to take them all off; nothing where there is none.
 *
 * @param except A column whose own filter the view leaves out.
 */
export function FilterNote({ table, except }: { table: string; except?: string | undefined }) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  if (filters.length === 0) return null;
  const applied = filters.filter((f) => f.column !== except);
  const words = [
    ...(applied.length === 0
      ? []
      : [`under ${counted(applied.length, 'filter')} on ${applied.map((f) => f.column).join(', ')}`]),
    ...(applied.length < filters.length ? [`the filter on ${except} itself is left out`] : []),
  ].join('; ');
  return (
    <span className="profile-filtered">
      <span title={words}>{words}</span>
      <Button onClick={() => store.getState().clearFilters(table)}>Reset</Button>
    </span>
  );
}
