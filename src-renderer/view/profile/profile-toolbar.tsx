import type { Column, Kind } from '#core/table';
import { Button } from '../ui/button';
import { count } from '../ui/figure';
import { SearchField } from '../ui/search-field';
import { Segmented } from '../ui/segmented';
import { kindCounts, type Wish } from './column-list';
import { SortSelect } from './sort-select';

export const kindTitle: Readonly<Record<Kind, string>> = {
  number: 'Number',
  text: 'Text',
  time: 'Time',
  boolean: 'Boolean',
  nested: 'Nested',
};

/** Which columns the list shows, and in which order. */
export function ProfileToolbar({
  columns,
  wish,
  withAlerts,
  noRole,
  onWish,
}: {
  columns: readonly Column[];
  wish: Wish;
  /** How many columns have alerts, and how many have no role. */
  withAlerts: number;
  noRole: number;
  onWish: (change: Partial<Wish>) => void;
}) {
  const kinds = kindCounts(columns);
  return (
    <div className="profile-toolbar">
      <span className="profile-search">
        <SearchField label="Search columns" value={wish.text} onChange={(text) => onWish({ text })} />
      </span>
      <Segmented<Kind | 'all'>
        label="Kind"
        value={wish.kind}
        onChange={(kind) => onWish({ kind })}
        choices={[
          { value: 'all', label: 'All', count: columns.length },
          ...kinds.map((k) => ({ value: k.kind, label: kindTitle[k.kind], count: k.count })),
        ]}
      />
      <Button aria-pressed={wish.withAlerts} onClick={() => onWish({ withAlerts: !wish.withAlerts })}>
        With alerts <span className="profile-count">{count(withAlerts)}</span>
      </Button>
      <Button aria-pressed={wish.noRole} onClick={() => onWish({ noRole: !wish.noRole })}>
        No role yet <span className="profile-count">{count(noRole)}</span>
      </Button>
      <span className="profile-space" />
      <SortSelect sort={wish.sort} onSort={(sort) => onWish({ sort })} />
    </div>
  );
}
