/**
 * The one line between the store and React: a context that holds the store, and the hooks that read it.
 */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Bridge } from '#contract';
import type { Client } from '../client';
import type { State } from './state';
import type { AssayStore } from './store';

export { useShallow } from 'zustand/react/shallow';
export type { Client, Page } from '../client';

/** What the window runs on; given once, at the top. */
export interface Assay {
  readonly store: AssayStore;
  readonly client: Client;
  readonly bridge: Bridge;
}

export const AssayContext = createContext<Assay | null>(null);

function useAssayParts(): Assay {
  const assay = useContext(AssayContext);
  if (assay === null) throw new Error('no AssayContext above this component');
  return assay;
}

/** A part of the state. Wrap the selector in `useShallow` if it makes a new array or object. */
export function useAssay<T>(selector: (state: State) => T): T {
  return useStore(useAssayParts().store, selector);
}

/** The store itself, for handlers that must read the state as it is at the moment of a gesture. */
export function useAssayStore(): AssayStore {
  return useAssayParts().store;
}

/** The door to the service, for rows to look at. Facts come from the state. */
export function useClient(): Client {
  return useAssayParts().client;
}

/** What only Electron can do: paths of dropped files, dialogs, the window. */
export function useBridge(): Bridge {
  return useAssayParts().bridge;
}
