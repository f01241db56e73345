/**
 * Edits: every change to a design is one of these values. Undo, redo, history, autosave and the command line share them.
 */
import type {
  Design,
  DesignSource,
  DesignTable,
  Dimension,
  Join,
  Measure,
  MemberRef,
  Segment,
} from './design';

export type Edit =
  | {
      readonly verb: 'rename-design';
      readonly name?: string;
      readonly title?: string;
      readonly description?: string;
    }
  /** Adds the source and, if there is none over it yet, a logical table of the same name. */
  | { readonly verb: 'add-source'; readonly source: DesignSource }
  /** What was detected or the path changed; members stay. */
  | {
      readonly verb: 'change-source';
      readonly source: string;
      readonly change: Partial<Omit<DesignSource, 'name' | 'extra'>>;
    }
  /** Takes the source and the logical tables over it out, with their joins. */
  | { readonly verb: 'remove-source'; readonly source: string }
  | {
      readonly verb: 'change-table';
      readonly table: string;
      readonly change: Partial<Pick<DesignTable, 'name' | 'title' | 'description' | 'grain'>>;
    }
  | { readonly verb: 'add-dimension'; readonly table: string; readonly dimension: Dimension }
  /** Renaming follows through to every reference. */
  | {
      readonly verb: 'change-dimension';
      readonly table: string;
      readonly name: string;
      readonly change: Partial<Omit<Dimension, 'extra'>>;
    }
  | { readonly verb: 'add-measure'; readonly table: string; readonly measure: Measure }
  | {
      readonly verb: 'change-measure';
      readonly table: string;
      readonly name: string;
      readonly change: Partial<Omit<Measure, 'extra'>>;
    }
  | { readonly verb: 'add-segment'; readonly table: string; readonly segment: Segment }
  | { readonly verb: 'remove-member'; readonly member: MemberRef }
  /** Moves a member to stand before another of its kind; null means last. */
  | { readonly verb: 'move-member'; readonly member: MemberRef; readonly before: string | null }
  | { readonly verb: 'dismiss'; readonly table: string; readonly column: string; readonly reason: string }
  | { readonly verb: 'add-join'; readonly join: Join }
  | { readonly verb: 'remove-join'; readonly join: Join }
  /** Several edits that the user made as one. */
  | { readonly verb: 'together'; readonly words: string; readonly edits: readonly Edit[] };

export type EditResult = Design;
