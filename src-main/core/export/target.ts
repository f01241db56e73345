/**
 * Targets: the formats a design is exported to. A target is one file of this folder and one entry of `targets.ts`.
 */
import type { Design, MemberRef } from '../design/design';
import type { Problem } from '../problem';

export interface SpecFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly language: 'yaml' | 'sql' | 'json' | 'markdown' | 'text';
  /** Where a member, or a table, starts in the text: 1-based line. Lets a line and a member find each other. */
  readonly lines: readonly {
    readonly line: number;
    readonly about: MemberRef | { readonly table: string };
  }[];
}

/** What a target cannot say, and where it was put instead. */
export interface Loss {
  readonly what: string;
  readonly about?: MemberRef;
  /** A path of the export, or '' if it is left out. */
  readonly instead: string;
}

/** A problem at a line of a file. */
export interface SpecProblem {
  readonly path: string;
  readonly line: number;
  readonly problem: Problem;
}

export interface Spec {
  readonly target: string;
  readonly files: readonly SpecFile[];
  readonly losses: readonly Loss[];
  readonly problems: readonly SpecProblem[];
}

/** Settings of a target that the design does not hold. */
export interface TargetOptions {
  /** Catalog and schema (or depot and collection) under which the physical tables will stand. */
  readonly catalog: string;
  readonly schema: string;
}

export interface Target {
  /** As typed on the command line. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** The same function gives the text that is shown and the text that is written. */
  write(design: Design, options: TargetOptions): Spec;
}
