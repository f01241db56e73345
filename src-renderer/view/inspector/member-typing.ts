/**
 * Typing into a field of a member: what is typed is seen at once and becomes one edit after a pause or on leaving.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** Milliseconds without a key after which what was typed becomes an edit. */
const pause = 400;

export interface Typing {
  /** What the field shows. */
  readonly text: string;
  type(text: string): void;
  /** Commits what is typed, now. */
  done(): void;
  /** Goes back to the value as it is in the design. */
  revert(): void;
}

export interface TypingOptions {
  /** 'pause' also commits after a pause; 'leave' only on `done`, for names, which others refer to. Default: 'pause'. */
  readonly when?: 'pause' | 'leave';
  /** Texts that it refuses are never committed; leaving the field reverts them. Default: all are accepted. */
  readonly accepts?: (text: string) => boolean;
}

/**
 * @param value The value in the design. When it changes by another hand (undo, another pane), the field follows.
 * @param commit Makes the edit.
 */
export function useTyping(
  value: string,
  commit: (text: string) => void,
  options: TypingOptions = {},
): Typing {
  const [typed, setTyped] = useState<string | null>(null);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ value, typed, commit, options });

  useEffect(() => {
    latest.current = { value, typed, commit, options };
  });

  const flush = useCallback((text: string | null) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const now = latest.current;
    if (text === null || text === now.value || now.options.accepts?.(text) === false) return;
    sent.current = text;
    now.commit(text);
  }, []);

  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setTyped(null);
  }, [value]);

  // A field that goes away without being left still makes its edit.
  useEffect(() => () => flush(latest.current.typed), [flush]);

  return {
    text: typed ?? value,
    type: (text) => {
      setTyped(text);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        timer.current = null;
        if (latest.current.options.when !== 'leave') flush(text);
      }, pause);
    },
    done: () => {
      flush(typed);
      setTyped(null);
    },
    revert: () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      setTyped(null);
    },
  };
}
