import { type KeyboardEvent, useState } from 'react';
import { CloseIcon } from '../ui/icon';

/** A list of words that can be added to and taken from. The empty word reads `(empty)`. */
export function Chips({
  label,
  words,
  placeholder,
  proposals = [],
  meaning,
  onChange,
}: {
  label: string;
  words: readonly string[];
  placeholder: string;
  proposals?: readonly string[];
  /** What a word stands for, beside it. */
  meaning?: (word: string) => string;
  onChange: (words: readonly string[]) => void;
}) {
  const [typed, setTyped] = useState('');
  const list = `chips-${label.replace(/\W+/g, '-')}`;
  const add = (word: string) => {
    setTyped('');
    if (word !== '' && !words.includes(word)) onChange([...words, word]);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      add(typed.trim());
    } else if (event.key === 'Backspace' && typed === '' && words.length > 0) onChange(words.slice(0, -1));
  };
  return (
    <div className="import-chips">
      <ul aria-label={label}>
        {words.map((word) => (
          <li key={word} className={word === '' ? 'import-chip import-chip-empty' : 'import-chip'}>
            <span>{word === '' ? '(empty)' : word.trim() === '' ? '(blank)' : word}</span>
            {meaning === undefined || meaning(word) === '' ? null : <small>{meaning(word)}</small>}
            <button
              type="button"
              aria-label={`Take ${word === '' ? 'the empty word' : word} out`}
              onClick={() => onChange(words.filter((other) => other !== word))}
            >
              <CloseIcon size={10} />
            </button>
          </li>
        ))}
      </ul>
      <input
        className="ui-field"
        aria-label={`Add to ${label.toLowerCase()}`}
        placeholder={placeholder}
        value={typed}
        list={proposals.length > 0 ? list : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.target;
          // A word picked from the list is meant as it stands; one that is typed ends with Enter.
          if (proposals.includes(value) && !(event.nativeEvent instanceof InputEvent)) add(value);
          else setTyped(value);
        }}
        onKeyDown={press}
        onBlur={() => add(typed.trim())}
      />
      {proposals.length === 0 ? null : (
        <datalist id={list}>
          {proposals
            .filter((word) => !words.includes(word))
            .map((word) => (
              <option key={word} value={word} label={meaning?.(word)} />
            ))}
        </datalist>
      )}
    </div>
  );
}
