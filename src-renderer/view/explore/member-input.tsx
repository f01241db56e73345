/**
 * One field to type a question into: names are completed, Enter adds the member. A time may name its grain: `day.week`.
 */
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { type Grain, grains } from '#core/design/query';
import { askedOf, withGrain, withoutGrain } from '#core/explore/question';
import { useAssay, useAssayStore } from '../../store/hooks';
import { allListed, isFound } from './listed';
import { PartIcon } from './part-icon';

const most = 9;

/** The name and the grain behind it that were typed, as in `day.week` or `day week`; null if no grain was. */
function withItsGrain(text: string): { readonly name: string; readonly grain: Grain } | null {
  const parts = /^(.+)[. ](\w+)$/.exec(text);
  const grain = grains.find((g) => g === parts?.[2]?.toLowerCase());
  return parts === null || grain === undefined ? null : { name: parts[1]!, grain };
}

export function MemberInput() {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const members = useMemo(() => allListed(design), [design]);
  const typed = text.trim();
  const grained = useMemo(
    () => (members.some((m) => isFound(m, typed)) ? null : withItsGrain(typed)),
    [members, typed],
  );
  const search = grained?.name ?? typed;
  const found = useMemo(() => {
    const hits = members.filter((m) => isFound(m, search));
    const begins = (title: string) => (title.toLowerCase().startsWith(search.toLowerCase()) ? 0 : 1);
    return hits
      .map((m, i) => ({ m, i }))
      .sort((a, b) => begins(a.m.ref.name) - begins(b.m.ref.name) || a.i - b.i)
      .slice(0, most)
      .map(({ m }) => m);
  }, [members, search]);
  const shown = open && found.length > 0;
  const take = (i: number) => {
    const member = found[i];
    if (member === undefined) return;
    store.getState().exploreMember(member.ref);
    if (grained !== null) {
      const { grain } = grained;
      store.getState().changeAsked((query, model) => {
        const word = query.dimensions.find((d) => withoutGrain(model, d) === member.name);
        const asked = word === undefined ? null : askedOf(model, word);
        const isTime = asked?.kind === 'dimension' && asked.member.type === 'time';
        return word === undefined || !isTime ? query : withGrain(model, query, word, grain);
      });
    }
    setText('');
    setAt(0);
    setOpen(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((now) => (now + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && (shown || search !== '')) take(at);
    else if (event.key === 'Escape' && (open || text !== '')) {
      setOpen(false);
      setText('');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="explore-input">
      <input
        className="ui-field"
        role="combobox"
        aria-label="Add to the question"
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        placeholder="Add a measure, dimension or segment…"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
      />
      <div id={id} role="listbox" aria-label="Members" className="explore-input-list" hidden={!shown}>
        {found.map((member, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
          <div
            key={`${member.ref.kind} ${member.name}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onPointerDown={(event) => event.preventDefault()}
            onPointerEnter={() => setAt(i)}
            onClick={() => take(i)}
          >
            <PartIcon part={member.part} />
            <span className="explore-tree-name">{member.title}</span>
            <span className="explore-tree-count">{member.ref.table}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
