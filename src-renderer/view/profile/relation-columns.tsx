import { useState } from 'react';
import { scaleOf } from '#core/relation/plan';
import { MATRIX_COLUMNS } from '#core/relation/relation';
import type { Table } from '#core/table';
import { Button } from '../ui/button';
import { count } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';
import { below, type Point, Popover } from '../ui/popover';
import { SearchField } from '../ui/search-field';

/** Columns listed at a time. */
const LISTED = 200;

/** Which columns the matrix shows: the first that can be related, or up to 60 that are chosen. */
export function RelationColumns({
  table,
  chosen,
  shown,
  onChoose,
}: {
  table: Table;
  /** Empty: the first that can be related. */
  chosen: readonly string[];
  shown: readonly string[];
  onChoose: (columns: readonly string[]) => void;
}) {
  const [at, setAt] = useState<Point | null>(null);
  const [text, setText] = useState('');
  const [wish, setWish] = useState<ReadonlySet<string>>(new Set());
  const found = table.columns.filter(
    (c) => scaleOf(c) !== null && c.name.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const toggle = (name: string) => {
    const next = new Set(wish);
    if (!next.delete(name)) next.add(name);
    setWish(next);
  };
  const close = () => setAt(null);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={(event) => {
          setWish(new Set(chosen.length > 0 ? chosen : shown));
          setAt(below(event.currentTarget));
        }}
      >
        Columns{' '}
        <span className="profile-count">
          {count(shown.length)} of {count(table.columns.length)}
        </span>
      </Button>
      {at === null ? null : (
        <Popover at={at} label="Columns of the matrix" className="relation-picker" onClose={close}>
          <SearchField label="Search columns" value={text} onChange={setText} />
          <ul>
            {found.slice(0, LISTED).map((c) => (
              <li key={c.name}>
                <label>
                  <input
                    type="checkbox"
                    checked={wish.has(c.name)}
                    disabled={!wish.has(c.name) && wish.size >= MATRIX_COLUMNS}
                    onChange={() => toggle(c.name)}
                  />
                  <KindIcon kind={c.kind} />
                  <span>{c.name}</span>
                </label>
              </li>
            ))}
          </ul>
          {found.length > LISTED ? <p>{count(found.length - LISTED)} more: search to see them.</p> : null}
          <p>
            {count(wish.size)} chosen, at most {MATRIX_COLUMNS}.
          </p>
          <div className="relation-picker-foot">
            <Button onClick={() => setWish(new Set())}>None</Button>
            <Button
              onClick={() => {
                onChoose([]);
                close();
              }}
            >
              The first that fit
            </Button>
            <Button
              tone="primary"
              disabled={wish.size < 2}
              onClick={() => {
                onChoose([...wish]);
                close();
              }}
            >
              Relate
            </Button>
          </div>
        </Popover>
      )}
    </>
  );
}
