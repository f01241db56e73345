/** What a card of the canvas must know of the whole, and can do beyond itself. */
import { createContext } from 'react';

export interface CanvasVerbs {
  /** The table that Tab goes to. */
  readonly current: string | null;
  /** Tables that the search found; null while nothing is searched. */
  readonly found: ReadonlySet<string> | null;
  /** Whether text is too small to be read. */
  readonly far: boolean;
  /** Makes a table the one that has the keyboard; `focus` also moves the focus and brings it on screen. */
  enter(table: string, focus: boolean): void;
  /** The table before or after one; null at the ends. */
  beside(table: string, step: 1 | -1): string | null;
}

export const CanvasContext = createContext<CanvasVerbs>({
  current: null,
  found: null,
  far: false,
  enter: () => undefined,
  beside: () => null,
});
