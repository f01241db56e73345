/**
 * One column on the wide road: what a sample said of it, and what is known of it on the way.
 */
import type { Inexact } from '../core/profile/profile';
import type { Drawn, Figures, Shape } from '../core/profile/read';
import type { Rough } from '../core/profile/wide';
import type { Cell, Column } from '../core/table';
import type { Book } from './profile';

/** A column with the profile of a sample of it, its counts those of the sample and its counts grown to all rows. */
export interface Sampled {
  readonly column: Column;
  readonly sample: Drawn;
  readonly scaled: Drawn;
  readonly book: Book;
}

/** How figures may be off, by their key. */
export type Marks = Record<string, Inexact>;

/** What is known of one column on the way. */
export interface Part {
  readonly sampled: Sampled;
  readonly figures: Figures;
  readonly shape: Shape | null;
  readonly suspects: readonly Cell[];
  more: Partial<Drawn>;
  readonly marks: Marks;
}

/** The same before the statements that are its kind's own. */
export type Begun = Pick<Part, 'sampled' | 'figures' | 'marks'>;

/** About what its numbers are summed, and in which unit. */
export function roughOf({ column, sample }: Sampled): Rough {
  const scale = sample.stddev ?? 0;
  return { column, center: sample.mean ?? 0, scale: scale > 0 && Number.isFinite(1 / scale) ? scale : 1 };
}
