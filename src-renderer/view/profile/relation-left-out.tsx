import { useState } from 'react';
import type { LeftOut } from '#core/relation/relation';
import { counted } from '../ui/figure';
import { below, type Point, Popover } from '../ui/popover';

/** What was not looked at or not done, as a link to the reasons; nothing if all was. */
export function LeftOutNote({ leftOut, notes }: { leftOut: readonly LeftOut[]; notes: readonly string[] }) {
  const [at, setAt] = useState<Point | null>(null);
  if (leftOut.length === 0 && notes.length === 0) return null;
  const words = [
    ...(leftOut.length === 0 ? [] : [`${counted(leftOut.length, 'column')} left out`]),
    ...(notes.length === 0 ? [] : [counted(notes.length, 'note')]),
  ].join(', ');
  return (
    <>
      <button
        type="button"
        className="ui-link"
        aria-haspopup="dialog"
        onClick={(event) => setAt(below(event.currentTarget))}
      >
        {words}
      </button>
      {at === null ? null : (
        <Popover at={at} label={words} className="relation-reasons" onClose={() => setAt(null)}>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {leftOut.length === 0 ? null : (
            <dl>
              {leftOut.map(({ column, reason }) => (
                <div key={column}>
                  <dt>{column}</dt>
                  <dd>{reason}</dd>
                </div>
              ))}
            </dl>
          )}
          <button type="button" className="ui-link" onClick={() => setAt(null)}>
            Close
          </button>
        </Popover>
      )}
    </>
  );
}
