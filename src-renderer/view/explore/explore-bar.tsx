/**
 * The explorations that are kept, and what can be done with the question: keep it, begin anew, copy it.
 */
import { useEffect, useState } from 'react';
import { restCurl, restText } from '#core/explore/payload';
import { isChanged, queryAsked, titleOf } from '../../store/explore';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { State } from '../../store/state';
import { Badge } from '../ui/badge';
import { Button, IconButton } from '../ui/button';
import { copyText } from '../ui/copy';
import { counted } from '../ui/figure';
import { CloseIcon } from '../ui/icon';
import { below, Menu, type Point, Popover } from '../ui/popover';

type Copied = NonNullable<State['copyAsked']>;

const copyWords: Readonly<Record<Copied, string>> = {
  sql: 'SQL',
  lens: 'Payload for Lens or Cube',
  curl: 'curl for Lens',
  cube: 'curl for Cube',
};

/** The question as text; '' where there is none yet. */
function textOf(s: State, what: Copied): string {
  const query = queryAsked(s.design, s.question);
  switch (what) {
    case 'sql':
      return s.explored === null ? '' : `${s.explored.answer.sql};\n`;
    case 'lens':
      return restText(s.design, query);
    case 'cube':
    case 'curl':
      return restCurl(s.design, query, what === 'cube' ? 'cube' : 'lens');
  }
}

export function ExploreBar() {
  const store = useAssayStore();
  const explorations = useAssay((s) => s.design.explorations);
  const openName = useAssay((s) => s.explorationOpen);
  const changed = useAssay(isChanged);
  const asked = useAssay((s) => s.question.query.measures.length + s.question.query.dimensions.length > 0);
  const title = useAssay((s) => titleOf(s.design, s.question.query));
  const [list, setList] = useState<Point | null>(null);
  const [naming, setNaming] = useState<Point | null>(null);
  const [copying, setCopying] = useState<Point | null>(null);
  const [said, setSaid] = useState('');
  const open = explorations.find((e) => e.name === openName);
  const copyAsked = useAssay((s) => s.copyAsked);

  useEffect(() => {
    if (copyAsked === null) return;
    const s = store.getState();
    s.askCopy(null);
    const text = textOf(s, copyAsked);
    if (text === '') return;
    void copyText(text).then((done) =>
      setSaid(done ? `${copyWords[copyAsked]} copied` : 'The clipboard refused it'),
    );
  }, [copyAsked, store]);
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 2500);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <header className="explore-bar">
      <h2 title={open?.name}>
        {open === undefined ? (asked ? title : 'New exploration') : open.title || open.name}
      </h2>
      {open === undefined ? null : changed ? (
        <Badge tone="warning" title="The question is not the one that is kept">
          changed
        </Badge>
      ) : (
        <Badge>kept</Badge>
      )}
      <span className="explore-space" />
      <span className="explore-quiet" role="status">
        {said}
      </span>
      {explorations.length === 0 ? null : (
        <Button
          aria-haspopup="dialog"
          aria-expanded={list !== null}
          onClick={(event) => setList(below(event.currentTarget))}
        >
          {counted(explorations.length, 'exploration')}
        </Button>
      )}
      <Button onClick={() => store.getState().newExploration()}>New</Button>
      {open !== undefined && changed ? (
        <Button onClick={() => store.getState().openExploration(open.name)}>Revert</Button>
      ) : null}
      {open !== undefined && changed ? (
        <Button tone="primary" onClick={() => store.getState().keepExploration()}>
          Save
        </Button>
      ) : null}
      <Button
        tone={open === undefined && asked ? 'primary' : 'plain'}
        disabled={!asked}
        onClick={(event) => setNaming(below(event.currentTarget))}
      >
        {open === undefined ? 'Save…' : 'Save as…'}
      </Button>
      <Button
        disabled={!asked}
        aria-haspopup="menu"
        aria-expanded={copying !== null}
        onClick={(event) => setCopying(below(event.currentTarget))}
      >
        Copy as…
      </Button>
      {copying === null ? null : (
        <Menu
          at={copying}
          label="Copy the question as"
          groups={[
            (Object.keys(copyWords) as Copied[]).map((what) => ({
              label: copyWords[what],
              run: () => store.getState().askCopy(what),
            })),
          ]}
          onClose={() => setCopying(null)}
        />
      )}
      {naming === null ? null : (
        <Naming
          at={naming}
          usual={title}
          onClose={() => setNaming(null)}
          onName={(name) => {
            store.getState().keepExploration(name);
            setNaming(null);
          }}
        />
      )}
      {list === null ? null : (
        <Popover at={list} label="Explorations" className="explore-list" onClose={() => setList(null)}>
          <ul>
            {explorations.map((e) => (
              <li key={e.name}>
                <button
                  type="button"
                  aria-current={e.name === openName ? 'true' : undefined}
                  onClick={() => {
                    store.getState().openExploration(e.name);
                    setList(null);
                  }}
                >
                  <span>{e.title || e.name}</span>
                  {e.name === openName && changed ? <Badge tone="warning">changed</Badge> : null}
                </button>
                <IconButton
                  label={`Remove ${e.title || e.name}`}
                  onClick={() => store.getState().removeExploration(e.name)}
                >
                  <CloseIcon size={12} />
                </IconButton>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </header>
  );
}

function Naming({
  at,
  usual,
  onName,
  onClose,
}: {
  at: Point;
  usual: string;
  onName: (name: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(usual);
  return (
    <Popover at={at} label="Save the exploration" className="explore-naming" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onName(name.trim());
        }}
      >
        <input
          className="ui-field"
          aria-label="Title of the exploration"
          value={name}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="ui-button ui-button-primary" disabled={name.trim() === ''}>
          Save
        </button>
      </form>
    </Popover>
  );
}
