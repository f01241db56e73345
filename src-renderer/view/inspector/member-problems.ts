/**
 * Which field of the form a problem of a member belongs to, so that it is shown beside the thing it is about.
 */
import { columnPlaces, folded, references } from '#core/design/expression';
import { type Problem, remedy, words } from '#core/problem';
import type { FieldProblem } from './member-field';

export type Field =
  | 'name'
  | 'aggregation'
  | 'column'
  | 'expression'
  | 'filter'
  | 'numerator'
  | 'denominator'
  | 'weight'
  | 'other';

/** The field a problem is about. `missing` of an incomplete measure names the field itself. */
export function fieldOf(problem: Problem): Field {
  switch (problem.code) {
    case 'name-invalid':
    case 'name-duplicate':
    case 'name-empty':
      return 'name';
    case 'aggregation-unfit':
      return 'aggregation';
    case 'column-missing':
      return 'column';
    case 'filter-invalid':
      return 'filter';
    case 'measure-incomplete': {
      const fields: readonly Field[] = [
        'numerator',
        'denominator',
        'weight',
        'expression',
        'filter',
        'column',
      ];
      return fields.find((field) => problem.about.missing.includes(field)) ?? 'other';
    }
    case 'expression-empty':
    case 'expression-invalid':
    case 'expression-no-column':
    case 'expression-not-aggregate':
    case 'expression-aggregate':
    case 'expression-unsafe':
    case 'expression-circular':
    case 'member-missing':
    case 'division-by-zero':
      return 'expression';
    default:
      return 'other';
  }
}

/** A problem in the words of a form. */
export function inWords(problem: Problem | undefined): FieldProblem | null {
  return problem ? { tone: problem.severity, words: words(problem), remedy: remedy(problem) } : null;
}

/** Where in an expression it stands: where it says so, or where the name stands that it is about. */
export function offsetOf(problem: Problem | undefined, text: string): number | null {
  switch (problem?.code) {
    case 'expression-invalid':
      return problem.about.at;
    case 'column-missing': {
      const missing = folded(problem.about.column);
      return columnPlaces(text, []).find((place) => folded(place.name) === missing)?.token.at ?? null;
    }
    case 'member-missing': {
      const { member } = problem.about;
      return references(text).find((one) => one.member === member)?.at ?? null;
    }
    default:
      return null;
  }
}

/** The first problem of each field, errors first; a field that the form does not show falls to 'other'. */
export function byField(
  problems: readonly Problem[],
  shown: readonly Field[],
): Readonly<Partial<Record<Field, Problem>>> {
  const found: Partial<Record<Field, Problem>> = {};
  for (const severity of ['error', 'warning'] as const) {
    for (const problem of problems) {
      if (problem.severity !== severity) continue;
      const field = fieldOf(problem);
      // A column that is missing may be one that the expression names.
      const places = field === 'column' ? (['column', 'expression', 'filter'] as const) : [field];
      found[places.find((place) => shown.includes(place)) ?? 'other'] ??= problem;
    }
  }
  return found;
}
