/**
 * The words of an expression: which of them are columns, which are members, and what could be typed next.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { columnPlaces, folded, references } from '#core/design/expression';
import { asWritten } from '#core/design/names';

/** A column that an expression may name. `type` is shown beside it. */
export interface ExpressionColumn {
  readonly name: string;
  readonly type: string;
}

/** A member that an expression may name in braces. `detail` is shown beside it. */
export interface ExpressionMember {
  readonly name: string;
  readonly detail: string;
}

/** A part of an expression that is coloured; offsets are UTF-16, `to` is exclusive. */
export interface ExpressionWord {
  readonly from: number;
  readonly to: number;
  readonly sort: 'column' | 'member' | 'unknown';
}

/** Functions worth offering, as `name|what it does`; anything DuckDB knows may be typed. */
const functions: readonly (readonly [string, string])[] = [
  ['sum', 'aggregate'],
  ['avg', 'aggregate'],
  ['count', 'aggregate'],
  ['min', 'aggregate'],
  ['max', 'aggregate'],
  ['median', 'aggregate'],
  ['stddev_samp', 'aggregate'],
  ['nullif', 'null where equal'],
  ['coalesce', 'first that is not null'],
  ['round', 'number'],
  ['floor', 'number'],
  ['abs', 'number'],
  ['lower', 'text'],
  ['upper', 'text'],
  ['trim', 'text'],
  ['length', 'text'],
  ['substr', 'text'],
  ['date_trunc', 'time'],
  ['year', 'time'],
  ['month', 'time'],
];
const keywords = [
  'case',
  'when',
  'then',
  'else',
  'end',
  'and',
  'or',
  'not',
  'in',
  'is null',
  'between',
  'like',
];

/** The columns and members that an expression names, and names in quotes or braces that nothing goes by. */
export function expressionWords(
  text: string,
  columns: readonly ExpressionColumn[],
  members: readonly ExpressionMember[],
): readonly ExpressionWord[] {
  const names = columns.map((column) => column.name);
  const known = new Set(names.map(folded));
  const defined = new Set(members.map((member) => member.name));
  const found: ExpressionWord[] = [];
  for (const { token, name } of columnPlaces(text, names)) {
    const span = { from: token.at, to: token.at + token.text.length };
    if (known.has(folded(name))) found.push({ ...span, sort: 'column' });
    else if (token.kind === 'quoted') found.push({ ...span, sort: 'unknown' });
  }
  for (const reference of references(text)) {
    const sort = defined.has(reference.member ?? '') ? 'member' : 'unknown';
    found.push({ from: reference.at, to: reference.at + reference.length, sort });
  }
  return found;
}

/** Completion of columns, `{members}` and functions, in this order. */
export function completeWith(
  columns: readonly ExpressionColumn[],
  members: readonly ExpressionMember[],
): (context: CompletionContext) => CompletionResult | null {
  const memberOptions: readonly Completion[] = members.map((member) => ({
    label: `{${member.name}}`,
    detail: member.detail,
    type: 'variable',
    boost: 20,
  }));
  const others: readonly Completion[] = [
    ...columns.map((column) => ({
      label: column.name,
      apply: asWritten(column.name),
      detail: column.type.toLowerCase(),
      type: 'property',
      boost: 40,
    })),
    ...functions.map(([name, detail]) => ({
      label: name,
      detail,
      type: 'function',
      apply: `${name}(`,
    })),
    ...keywords.map((label) => ({ label, type: 'keyword', boost: -20 })),
  ];
  return (context) => {
    const brace = context.matchBefore(/\{[\w]*/);
    if (brace) {
      return { from: brace.from, options: memberOptions.slice(), validFor: /^\{\w*\}?$/ };
    }
    const word = context.matchBefore(/"[^"]*|[\p{L}_][\p{L}\p{N}_]*/u);
    if (!word && !context.explicit) return null;
    return {
      from: word?.text.startsWith('"') ? word.from : (word?.from ?? context.pos),
      options: [...others, ...memberOptions],
      validFor: /^[\p{L}_][\p{L}\p{N}_]*$/u,
    };
  };
}
