import { useState } from 'react';
import type { Kind, Table } from '#core/table';
import { Button } from '../ui/button';
import { count, counted } from '../ui/figure';
import { CopyIcon } from '../ui/icon';
import { below, Menu, type Point } from '../ui/popover';
import { SearchField } from '../ui/search-field';
import { Segmented } from '../ui/segmented';
import { kindCounts } from './column-list';
import { FilterNote } from './filter-note';
import { ProfileProgress } from './profile-progress';
import { kindTitle } from './profile-toolbar';
import { StatisticsChooser } from './statistics-chooser';
import type { GroupBy, StatisticsWish } from './statistics-list';

/** What the table of statistics shows, and what can be taken out of it. */
export function StatisticsToolbar({
  table,
  wish,
  onWish,
  filters,
  allRows,
  onAllRows,
  hidden,
  onHide,
  found,
  chosen,
  said,
  copyKeys,
  onCopy,
  onCopyMarkdown,
  onWrite,
  onClear,
}: {
  table: Table;
  wish: StatisticsWish;
  onWish: (change: Partial<StatisticsWish>) => void;
  /** How many filters the table is under. */
  filters: number;
  /** Whether the figures of all rows are shown though it is under a filter. */
  allRows: boolean;
  onAllRows: (allRows: boolean) => void;
  hidden: readonly string[];
  onHide: (keys: readonly string[]) => void;
  /** How many columns are shown, and how many of them are selected. */
  found: number;
  chosen: number;
  /** What came of the last copy. */
  said: string;
  /** By which keys the table copies. */
  copyKeys: string;
  onCopy: () => void;
  onCopyMarkdown: () => void;
  onWrite: () => void;
  onClear: () => void;
}) {
  const [menu, setMenu] = useState<Point | null>(null);
  return (
    <>
      <div className="profile-toolbar">
        <span className="profile-search">
          <SearchField label="Search columns" value={wish.text} onChange={(text) => onWish({ text })} />
        </span>
        <Segmented<Kind | 'all'>
          label="Kind"
          value={wish.kind}
          onChange={(kind) => onWish({ kind })}
          choices={[
            { value: 'all', label: 'All', count: table.columns.length },
            ...kindCounts(table.columns).map((k) => ({
              value: k.kind,
              label: kindTitle[k.kind],
              count: k.count,
            })),
          ]}
        />
        <label className="profile-sort">
          <span>Group</span>
          <select
            className="ui-field"
            value={wish.group}
            onChange={(event) => onWish({ group: event.target.value as GroupBy })}
          >
            <option value="none">not at all</option>
            <option value="alert">by alert</option>
            <option value="kind">by kind</option>
          </select>
        </label>
        {filters === 0 ? null : (
          <Segmented
            label="Rows"
            value={allRows ? 'all' : 'filter'}
            onChange={(rows) => onAllRows(rows === 'all')}
            choices={[
              { value: 'filter', label: 'In filter' },
              { value: 'all', label: 'All rows' },
            ]}
          />
        )}
      </div>
      <div className="statistics-status">
        <span role="status">
          {counted(found, 'column')}
          {found === table.columns.length ? '' : ` of ${count(table.columns.length)}`}
          {chosen === 0 ? '' : `, ${count(chosen)} selected`}
          {said === '' ? '' : ` · ${said}`}
        </span>
        {chosen === 0 ? null : (
          <button type="button" className="ui-link" onClick={onClear}>
            Clear
          </button>
        )}
        <span className="profile-space" />
        <FilterNote table={table.name} />
        <ProfileProgress table={table} />
        <StatisticsChooser hidden={hidden} onHide={onHide} />
        <Button
          icon={<CopyIcon />}
          aria-haspopup="menu"
          aria-expanded={menu !== null}
          onClick={(event) => setMenu(below(event.currentTarget))}
        >
          Copy
        </Button>
        <Button title="Write these figures to a CSV file" onClick={onWrite}>
          Export CSV…
        </Button>
      </div>
      {menu === null ? null : (
        <Menu
          at={menu}
          label="Copy"
          onClose={() => setMenu(null)}
          groups={[
            [
              { label: 'For a spreadsheet', shortcut: copyKeys, run: onCopy },
              { label: 'As Markdown', run: onCopyMarkdown },
            ],
          ]}
        />
      )}
    </>
  );
}
