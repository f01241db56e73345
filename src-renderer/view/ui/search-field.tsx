import type { KeyboardEvent, Ref } from 'react';
import { SearchIcon } from './icon';
import './ui.css';

/** A field to search in. Escape empties it. `shortcut` is shown while it is empty, not bound. */
export function SearchField({
  label,
  value,
  onChange,
  onKeyDown,
  shortcut,
  list,
  inputRef,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  shortcut?: string;
  /** Id of a datalist with proposals. */
  list?: string;
  inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <label className="ui-search">
      <SearchIcon />
      <input
        ref={inputRef}
        type="text"
        aria-label={label}
        placeholder={label}
        value={value}
        list={list}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
            return;
          }
          onKeyDown?.(event);
        }}
      />
      {shortcut !== undefined && value === '' ? (
        <span className="ui-key" aria-hidden="true">
          {shortcut}
        </span>
      ) : null}
    </label>
  );
}
