/**
 * What the store needs of the world: the service, Electron, a clock, a timer and a place to remember settings.
 */
import type { StateCreator } from 'zustand/vanilla';
import type { Bridge } from '#contract';
import type { Client } from '../client';
import type { State } from './state';

/** Runs `action` once, `ms` milliseconds from now, unless the returned function is called before. */
export type Later = (action: () => void, ms: number) => () => void;

/** Settings of the window that outlive it. Not for anything of the design. */
export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export interface Deps {
  readonly client: Client;
  readonly bridge: Bridge;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: Later;
  readonly memory: Memory;
}

export type Slice<T> = StateCreator<State, [], [], T>;

/** One action at a time: a new one takes the place of one that still waits. */
export function debounced(later: Later): (action: () => void, ms: number) => void {
  let drop: (() => void) | null = null;
  return (action, ms) => {
    drop?.();
    drop = later(() => {
      drop = null;
      action();
    }, ms);
  };
}
