import { useState } from 'react';
import { statisticGroups } from '#core/profile/statistic';
import { statistics } from '#core/profile/statistics';
import { Button } from '../ui/button';
import { count } from '../ui/figure';
import { below, type Point, Popover } from '../ui/popover';

/** All but the name, which always stands first. */
const choices = statistics.filter((s) => s.key !== 'name');
const groups = statisticGroups
  .map((group) => ({ group, of: choices.filter((s) => s.group === group) }))
  .filter(({ of }) => of.length > 0);

/** Which statistics the table shows. */
export function StatisticsChooser({
  hidden,
  onHide,
}: {
  /** By their key. */
  hidden: readonly string[];
  onHide: (keys: readonly string[]) => void;
}) {
  const [at, setAt] = useState<Point | null>(null);
  const shut = new Set(hidden);
  const put = (keys: readonly string[], shown: boolean) => {
    const next = new Set(shut);
    for (const key of keys) {
      if (shown) next.delete(key);
      else next.add(key);
    }
    onHide([...next]);
  };
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        onClick={(event) => setAt(below(event.currentTarget))}
      >
        Statistics{' '}
        <span className="profile-count">
          {count(choices.length - shut.size)} of {count(choices.length)}
        </span>
      </Button>
      {at === null ? null : (
        <Popover at={at} label="Statistics shown" className="statistics-chooser" onClose={() => setAt(null)}>
          <div className="statistics-choices">
            {groups.map(({ group, of }) => (
              <fieldset key={group}>
                <legend>{group}</legend>
                {of.map(({ key, title, means }) => (
                  <label key={key} title={means}>
                    <input
                      type="checkbox"
                      checked={!shut.has(key)}
                      onChange={(event) => put([key], event.target.checked)}
                    />
                    {title}
                  </label>
                ))}
              </fieldset>
            ))}
          </div>
          <div className="statistics-choose-foot">
            <Button onClick={() => onHide([])}>All</Button>
            <Button onClick={() => onHide(choices.map(({ key }) => key))}>None</Button>
          </div>
        </Popover>
      )}
    </>
  );
}
