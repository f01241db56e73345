/**
 * Expressions as Lens reads them: columns as {TABLE}.column, members as {member}, and no other brace anywhere.
 */
import { callsIn, columnPlaces, folded, type Reference, reference, tokens } from '../design/expression';
import { legalName } from '../design/names';
import type { Token } from '../design/token';
import { literal } from '../sql';
import type { LensPlan, LensTable } from './lens-plan';

/** Functions that DuckDB, Trino and Spark have in common. */
const portable = new Set(
  (
    'abs avg ceil ceiling char_length coalesce concat corr cos count covar_pop covar_samp date_trunc day exp extract ' +
    'floor greatest hour if least length ln log10 lower ltrim max min minute mod month nullif power quarter round rtrim ' +
    'second sign sin sqrt stddev stddev_pop stddev_samp substr substring sum tan trim upper var_pop var_samp variance ' +
    'week year cast in exists values join row_number rank dense_rank lag lead replace position bool_and bool_or any_value max_by min_by'
  ).split(' '),
);

/** What an expression rests on that another engine may read differently, in words that follow `uses`. */
export function peculiarities(text: string): readonly string[] {
  const functions = new Set(callsIn(text).map((c) => c.name));
  const marks = new Set(tokens(text).map((t) => t.text));
  return [
    ...[...functions].filter((f) => !portable.has(f)).map((f) => `${f}(), a function of DuckDB`),
    ...(marks.has('::') ? [':: casts of DuckDB'] : []),
    ...(marks.has('/') ? ['/, which gives a fraction of whole numbers in DuckDB but not everywhere'] : []),
  ];
}

/** A string literal without braces, which Lens would read as references: they are put together from their codes. */
function stringText(token: Token): string {
  const dollar = /^\$[^$]*\$/.exec(token.text)?.[0];
  const text = dollar ? literal(token.text.slice(dollar.length, -dollar.length || undefined)) : token.text;
  if (!/[{}]/.test(text)) return text;
  const prefix = /^[eE]/.test(text) ? text.slice(0, 1) : '';
  const inside = text.slice(prefix.length + 1, -1);
  const parts = inside.split(/([{}])/).filter((part) => part !== '');
  return `(${parts
    .map((part) => (part === '{' ? 'chr(123)' : part === '}' ? 'chr(125)' : `${prefix}'${part}'`))
    .join(' || ')})`;
}

function bare(text: string): string {
  return text.replaceAll('{', '(').replaceAll('}', ')');
}

/**
 * A reference as Lens has it; in parentheses if what it stands for is not one term, because Lens adds none.
 * @param alone Whether nothing stands beside it.
 */
export function lensReference(
  plan: LensPlan,
  here: LensTable,
  r: Pick<Reference, 'table' | 'member'>,
  alone: boolean,
): string {
  if (r.member === null) return '{TABLE}';
  const there = r.table === null ? here : plan.tables.find((t) => t.table.name === r.table);
  const dimension = there?.table.dimensions.find((d) => d.name === r.member);
  const measure = dimension ? undefined : there?.table.measures.find((m) => m.name === r.member);
  const member = dimension ?? measure;
  const name = (member && there?.names.get(member)) ?? legalName(r.member);
  const text = there === here || !there ? `{${name}}` : `{${there.name}.${name}}`;
  const compound =
    (dimension && dimension.column === '') ||
    measure?.aggregation === 'expression' ||
    measure?.aggregation === 'ratio';
  return compound && !alone ? `(${text})` : text;
}

/** An expression or a condition of a table's member in Lens' terms. One line, and never an unintended brace. */
export function lensSql(plan: LensPlan, here: LensTable, text: string): string {
  const known = here.source?.columns.map((c) => c.name) ?? [];
  const places = columnPlaces(text.trim(), known, here.table.source);
  const at = new Map(places.map((p) => [p.token.at, p]));
  const qualifiers = new Set(places.map((p) => p.qualifier?.at));
  const all = tokens(text.trim());
  return all
    .map((token): string => {
      if (qualifiers.has(token.at)) return '{TABLE}';
      const place = at.get(token.at);
      const alias = place && here.aliases.get(folded(place.name));
      if (place && alias) return place.qualifier ? alias : `{TABLE}.${alias}`;
      switch (token.kind) {
        case 'space':
          return /[\r\n]/.test(token.text) ? ' ' : token.text;
        case 'comment':
          return ' ';
        case 'string':
          return stringText(token);
        case 'reference': {
          const r = reference(token);
          return r ? lensReference(plan, here, r, all.length === 1) : bare(token.text);
        }
        default:
          return bare(token.text);
      }
    })
    .join('');
}

/** A delivered column in Lens' terms. */
export function lensColumn(here: LensTable, column: string): string {
  return `{TABLE}.${here.aliases.get(folded(column)) ?? legalName(column)}`;
}

/** A whole query in Lens' terms: as it is, but without a brace. `braces` tells whether one had to go that meant something. */
export function lensQuery(text: string): { readonly text: string; readonly braces: boolean } {
  let braces = false;
  const written = tokens(text).map((token): string => {
    if (token.kind === 'string') return stringText(token);
    if (token.kind !== 'comment' && /[{}]/.test(token.text)) braces = true;
    return bare(token.text);
  });
  return { text: written.join('').replace(/\r\n?/g, '\n'), braces };
}
