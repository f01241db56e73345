/**
 * Suggests a role for each column, with what speaks for it and against it. Nothing is applied unasked.
 *
 * Figures decide first; the name of a column only breaks ties, and says so.
 */
import type { Aggregation } from '../aggregation';
import { isWhole } from '../table';
import { isAmountName, isGroupName, readsAsIdentifier, readsAsRatio } from './name';
import { type ColumnProfile, isInexact, type Suggestion } from './profile';

/** At or above this, the command line accepts a suggestion. */
export const acceptedFrom = 0.7;

const count = (n: number) => n.toLocaleString('en-US');
const percent = (n: number, of: number) =>
  `${((100 * n) / of).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;

/**
 * @param table Name of the table, as it stands in the suggestion.
 * @param profile Profile of the column over all rows.
 */
export function suggest(table: string, profile: ColumnProfile): Suggestion {
  const say = (
    role: Suggestion['role'],
    confidence: number,
    reasons: readonly string[],
    against: readonly string[] = [],
    aggregation?: Aggregation,
  ): Suggestion => ({
    table,
    column: profile.name,
    role,
    confidence,
    reasons,
    against,
    ...(aggregation ? { aggregation } : {}),
  });

  const { rows, nulls, distinct, unique } = profile;
  const filled = rows - nulls;
  if (rows === 0) return say('ignored', 0.5, ['the table has no rows, so nothing is known']);
  if (filled === 0) return say('ignored', 0.95, ['every value is missing']);
  const many = filled > 1;
  if (distinct === 1 && many)
    return say('ignored', 0.85, [`every value is the same (${String(profile.top[0]?.value)})`]);
  const missing = nulls > 0 ? [`${percent(nulls, rows)} of the rows have no value`] : [];
  const named = readsAsIdentifier(profile.name);
  const allUnique = unique === filled && distinct === filled && !isInexact(profile, 'distinct');

  if (profile.kind === 'nested') return say('ignored', 0.75, ['nested values need to be unfolded first']);
  if (profile.kind === 'time') {
    return say(
      'time',
      0.95,
      [`${count(distinct)} distinct times, from ${String(profile.min)} to ${String(profile.max)}`],
      missing,
    );
  }
  if (profile.kind === 'boolean') return say('dimension', 0.95, ['two values that split the rows'], missing);

  const whole = profile.kind === 'number' && isWhole(profile.type);
  const couldBeKey = (whole || profile.kind === 'text') && allUnique && nulls === 0 && many;
  if (couldBeKey && named)
    return say('key', 0.97, [
      `all ${count(rows)} values are present and distinct`,
      'its name reads as an identifier',
    ]);
  if (profile.kind === 'text') return suggestText(profile, say, { couldBeKey, named, missing, filled });

  if (named && whole) {
    return say(
      'dimension',
      0.8,
      [
        `its name reads as an identifier, and ${count(distinct)} of ${count(filled)} values are distinct`,
        'adding identifiers up has no meaning',
      ],
      [...missing, 'counting them distinct may be a measure'],
    );
  }
  const groups = isGroupName(profile.name) && !isAmountName(profile.name);
  if (whole && groups)
    return say(
      'dimension',
      0.8,
      [`its name reads as a group, with ${count(distinct)} distinct values`],
      [...missing, 'its values are numbers'],
    );
  if (couldBeKey && rows >= 20 && steps(profile)) {
    return say(
      'key',
      0.72,
      [`all ${count(rows)} whole numbers are present and distinct, without a gap`],
      ['its name does not read as an identifier'],
    );
  }
  if (whole && distinct <= 2 && many)
    return say(
      'dimension',
      0.75,
      [`only ${distinct} distinct values`],
      [...missing, 'a flag can also be summed to count'],
    );
  const average = readsAsRatio(profile.name);
  const within = Number(profile.min) >= 0 && Number(profile.max) <= 1 && !whole;
  if (average || within) {
    return say(
      'measure',
      0.75,
      [
        within ? 'its values lie between 0 and 1, as shares do' : 'its name reads as a rate or a level',
        'averages of it have a meaning, sums do not',
      ],
      missing,
      'avg',
    );
  }
  if (whole && distinct <= 12 && distinct < filled / 20) {
    return say(
      'measure',
      0.6,
      [`whole numbers with ${distinct} distinct values`],
      [...missing, 'so few values may be groups rather than amounts'],
      'sum',
    );
  }
  return say(
    'measure',
    0.85,
    [
      `${whole ? 'whole numbers' : 'numbers'} with ${count(distinct)} distinct values, from ${String(profile.min)} to ${String(profile.max)}`,
    ],
    missing,
    'sum',
  );
}

type Say = (
  role: Suggestion['role'],
  confidence: number,
  reasons: readonly string[],
  against?: readonly string[],
  aggregation?: Aggregation,
) => Suggestion;

function suggestText(
  profile: ColumnProfile,
  say: Say,
  facts: { couldBeKey: boolean; named: boolean; missing: readonly string[]; filled: number },
): Suggestion {
  const { distinct } = profile;
  const { couldBeKey, named, missing, filled } = facts;
  const long = (profile.length?.mean ?? 0) > 60;
  if (long)
    return say(
      'ignored',
      0.7,
      [`free text of ${Math.round(profile.length?.mean ?? 0)} characters on average`],
      missing,
    );
  if (couldBeKey && (profile.length?.max ?? 0) <= 40 && profile.length?.min === profile.length?.max) {
    return say(
      'key',
      0.7,
      [`all ${count(filled)} values are present, distinct and equally long`],
      ['its name does not read as an identifier'],
    );
  }
  if (distinct > 50 && distinct > filled * 0.9) {
    return say(
      'dimension',
      named ? 0.7 : 0.45,
      [`${count(distinct)} distinct texts`],
      [
        ...missing,
        `${percent(distinct, filled)} of the values are distinct, so groups would hold about one row each`,
      ],
    );
  }
  return say(
    'dimension',
    distinct <= 100 ? 0.9 : 0.75,
    [`${count(distinct)} distinct texts that group ${count(filled)} rows`],
    missing,
  );
}

/** Whether whole numbers run without a gap from the least to the greatest. */
function steps(profile: ColumnProfile): boolean {
  return (
    typeof profile.min === 'number' &&
    typeof profile.max === 'number' &&
    profile.max - profile.min + 1 === profile.distinct
  );
}
