import { useEffect, useState } from 'react';
import { useAssay } from '../../store/hooks';
import { isOfPattern, patternOf } from '../../store/import';
import type { ImportDraft } from '../../store/state';
import { Button } from '../ui/button';
import { counted } from '../ui/figure';
import { CloseIcon } from '../ui/icon';
import { type Point, Popover } from '../ui/popover';

/** Keeps what is told for files of a pattern, and shows what is kept already. */
export function Remember({ draft, at, onClose }: { draft: ImportDraft; at: Point; onClose: () => void }) {
  const [pattern, setPattern] = useState(() => patternOf(draft.path));
  const [done, setDone] = useState(false);
  const remembered = useAssay((s) => s.remembered);
  const sources = useAssay((s) => s.design.sources);
  const remember = useAssay((s) => s.rememberReading);
  const refresh = useAssay((s) => s.refreshRemembered);
  useEffect(() => void refresh(), [refresh]);
  const mine = isOfPattern(draft.path, pattern);
  const others = sources.filter((source) => source.path !== draft.path && isOfPattern(source.path, pattern));
  const told = Object.keys(draft.told).length;
  const able = told > 0 && mine && pattern.replaceAll('*', '').trim() !== '';
  const keep = () => void remember(pattern).then(setDone);
  return (
    <Popover at={at} label="Remember this reading" className="import-remember" onClose={onClose}>
      <h3>Remember for files like</h3>
      <p className="import-remember-row">
        <input
          className="ui-field mono"
          aria-label="Pattern of file names"
          value={pattern}
          spellCheck={false}
          onChange={(event) => {
            setPattern(event.target.value);
            setDone(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && able) keep();
          }}
        />
        <Button tone="primary" disabled={!able} onClick={keep}>
          {done ? 'Remembered' : 'Remember'}
        </Button>
      </p>
      <p className="import-quiet">
        {told === 0
          ? 'Nothing is set by you yet: what is detected is detected in every file anew.'
          : !mine
            ? 'This file is not one of the pattern.'
            : `* is anything. ${others.length === 0 ? 'No other open file is one of them.' : `${counted(others.length, 'other open file is', 'other open files are')} one of them.`}`}
      </p>
      {remembered.length === 0 ? null : (
        <>
          <h3>Remembered</h3>
          <ul>
            {remembered.map((one) => (
              <li key={one.pattern}>
                <span className="mono">{one.pattern}</span>
                <button
                  type="button"
                  aria-label={`Forget ${one.pattern}`}
                  onClick={() => void remember(one.pattern, true)}
                >
                  <CloseIcon size={12} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  );
}
