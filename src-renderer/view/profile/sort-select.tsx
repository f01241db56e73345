import { statisticGroups } from '#core/profile/statistic';
import { statistics } from '#core/profile/statistics';
import { IconButton } from '../ui/button';
import { AscendingIcon, DescendingIcon } from '../ui/icon';
import { type Sort, sortedFirst } from './column-list';

const groups = statisticGroups.map((group) => ({ group, of: statistics.filter((s) => s.group === group) }));

/** By which statistic the columns are sorted, and in which direction. */
export function SortSelect({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <span className="profile-sort">
      <label className="profile-sort">
        <span>Sort</span>
        <select
          className="ui-field"
          value={sort.by ?? ''}
          onChange={(event) => onSort(sortedFirst(event.target.value || null))}
        >
          <option value="">file order</option>
          {groups.map(({ group, of }) => (
            <optgroup key={group} label={group}>
              {of.map((statistic) => (
                <option key={statistic.key} value={statistic.key}>
                  {statistic.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <IconButton
        label={sort.descending ? 'Largest first: turn the order round' : 'Least first: turn the order round'}
        disabled={sort.by === null}
        onClick={() => onSort({ ...sort, descending: !sort.descending })}
      >
        {sort.descending ? <DescendingIcon /> : <AscendingIcon />}
      </IconButton>
    </span>
  );
}
