/**
 * The JSON that the command line prints, version 1. Its JSON Schemas lie in resources/schema; tests keep the two together.
 */

import type { DesignProblem } from '../design/check';
import type { Spec } from '../export/target';
import type { JoinCandidate } from '../join/join';
import { type Problem, remedy, words } from '../problem';
import { type Alert, type ColumnProfile, isInexact } from '../profile/profile';
import { suggest } from '../profile/suggest';
import type { Source, Warning } from '../source/receipt';
import type { Cell, Table } from '../table';
import { figuresAnswer } from './json';

export const VERSION = 1;

/** A table with its profile. */
export interface Profiled {
  readonly table: Table;
  readonly profiles: readonly ColumnProfile[];
  /** Rows equal to an earlier row in every column. */
  readonly duplicates: number;
  /** Of the table and of its columns, as `tableAlerts` puts them. */
  readonly alerts: readonly Alert[];
}

/** A problem as others read it. */
export function problemAnswer(p: Problem) {
  return { code: p.code, severity: p.severity, message: words(p), remedy: remedy(p), about: p.about };
}

export function problemsAnswer(problems: readonly Problem[]) {
  return { assay: VERSION, problems: problems.map(problemAnswer) };
}

/** How a path is told: as it was given, not as it was resolved. */
export type TellPath = (path: string) => string;

function sourceAnswer(source: Source, tell: TellPath) {
  const { modified: _, files, differences, ...told } = source;
  return {
    ...told,
    path: tell(source.path),
    ...(files ? { files: files.map(({ path, bytes }) => ({ path: tell(path), bytes })) } : {}),
    ...(differences ? { differences: differences.map((d) => ({ ...d, path: tell(d.path) })) } : {}),
  };
}

function warningAnswer(warning: Warning) {
  const { code, column, message, remedy } = warning;
  return { code, ...(column === undefined ? {} : { column }), message, remedy };
}

/** Of `assay load`. */
export function loadAnswer(tables: readonly Table[], tell: TellPath) {
  return { assay: VERSION, tables: tables.map((table) => tableAnswer(table, tell)) };
}

function tableAnswer(table: Table, tell: TellPath) {
  return {
    name: table.name,
    source: sourceAnswer(table.source, tell),
    receipt: table.receipt,
    warnings: table.warnings.map(warningAnswer),
    proposals: table.proposals,
    candidates: table.candidates,
    rows: table.rows,
    columns: table.columns.map(({ name, type, kind }) => ({ name, type, kind })),
  };
}

/** Of `assay profile`. */
export function profileAnswer(
  profiled: readonly Profiled[],
  tell: TellPath,
  joins: readonly JoinCandidate[] = [],
) {
  return {
    assay: VERSION,
    tables: profiled.map(({ table, profiles, duplicates, alerts }) => ({
      ...tableAnswer(table, tell),
      columns: profiles.map((profile) => columnAnswer(table.name, profile)),
      keys: profiles
        .filter((p) => p.nulls === 0 && p.rows > 0 && p.unique === p.rows && !isInexact(p, 'unique'))
        .map((p) => ({ columns: [p.name], unique: true, violations: 0 })),
      duplicates,
      alerts: alerts.map(alertAnswer),
    })),
    relations: joins.filter((j) => j.confident).map(relationAnswer),
  };
}

/** Orphans are rows of `from` whose key `to` does not have. */
function relationAnswer({ measured, reasons }: JoinCandidate) {
  const { ask, from, cardinality } = measured;
  return {
    from: { table: ask.from.table, columns: ask.from.columns },
    to: { table: ask.to.table, columns: ask.to.columns },
    cardinality,
    orphans: from.orphans,
    evidence: reasons.join('; '),
  };
}

/** An alert about the table names no column. */
function alertAnswer({ code, column, severity, message }: Alert) {
  return { code, ...(column === undefined ? {} : { column }), severity, message };
}

function columnAnswer(table: string, profile: ColumnProfile) {
  const { meaning } = profile;
  return {
    ...figuresAnswer(profile),
    ...(meaning === undefined ? {} : { semantic: meaning.name }),
    role: suggest(table, profile).role,
  };
}

/** Of `assay query`. */
export function queryAnswer(answer: {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly sql: string;
  readonly more: boolean;
}) {
  const { columns, rows, sql, more } = answer;
  return { assay: VERSION, columns, rows, more, sql };
}

/** Of `assay lint`: problems with the place they stand at. */
export function lintAnswer(found: readonly DesignProblem[]) {
  return {
    assay: VERSION,
    problems: found.map(({ problem, about }) => ({
      ...problemAnswer(problem),
      ...(about === undefined ? {} : { at: about }),
    })),
  };
}

/** Of `assay export`: per target what was written, what was lost and what is wrong. */
export function exportAnswer(
  written: readonly { readonly spec: Spec; readonly folder: string; readonly written: readonly string[] }[],
) {
  return {
    assay: VERSION,
    targets: written.map(({ spec, folder, written: files }) => ({
      target: spec.target,
      folder,
      files,
      losses: spec.losses,
      problems: spec.problems.map(({ path, line, problem }) => ({ path, line, ...problemAnswer(problem) })),
    })),
  };
}
