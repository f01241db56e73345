/**
 * Alerts about text that the profile cannot show: damaged letters, values cut at a length, numbers with units, labels that
 * are one. One statement a column, over its distinct values.
 */
import { identifier, literal } from '../../sql';
import type { Cell } from '../../table';
import type { Alert, Evidence } from '../profile';
import type { AlertHint } from './ask';
import { keySql, type Label } from './label';
import { count, listed, percent, quoted } from './say';
import { labelAlerts } from './text';
import { thresholds } from './thresholds';

/** Longer values are looked at one by one only for damage. */
const LONG = 200;
/** Values longer than this on average are no numbers with a unit. */
const MEASURED = 24;
/** Beyond so many different values labels are no labels. */
const LABELS = 50_000;
/** Labels that are compared letter by letter. */
const FREQUENT = 200;

/** What UTF-8 looks like that was read as Latin-1 or Windows-1252, and what stands for a letter that was lost. */
const damage = '\uFFFD|Ã[\u0080-\u00BF\u2018-\u201D\u2020-\u203A\u20AC\u0152-\u0178]|â€|Â[\u00A0-\u00BF]';

/** A number with a sign, a code or a word before or behind it, which are groups 1 and 2. */
const measured = `^[-+(]?\\s*([^0-9\\s.,'()+-]{1,3})?\\s*[0-9][0-9.,' ]*([^0-9\\s.,'()+-]{1,8})?\\)?$`;

const isLong = (hint: AlertHint) => (hint.length?.mean ?? 0) > LONG;
const hasLabels = (hint: AlertHint) => hint.distinct > 20 && hint.distinct <= LABELS && !isLong(hint);

/** Rows of (what, key, value, values written so). */
export function spellSql(from: string, hint: AlertHint): string {
  const c = hint.type === 'VARCHAR' ? identifier(hint.column) : `${identifier(hint.column)}::VARCHAR`;
  const longest = hint.length?.max ?? 0;
  const parts = [
    `SELECT 'damage', NULL, min(v), sum(n)::BIGINT FROM g WHERE regexp_matches(v, ${literal(damage)})`,
  ];
  if (longest >= thresholds.cutLength) {
    parts.push(
      `SELECT 'cut', count(*)::VARCHAR, min(v), sum(n)::BIGINT FROM g WHERE length(v) = ${longest}`,
      `SELECT 'short of it', NULL, NULL, sum(n)::BIGINT FROM g WHERE length(v) BETWEEN ${longest - 10} AND ${longest - 1}`,
    );
  }
  if ((hint.length?.mean ?? 0) <= MEASURED) {
    const m = literal(measured);
    parts.push(
      `(SELECT 'unit', u, min(v), sum(n)::BIGINT FROM (SELECT v, n, regexp_extract(trim(v), ${m}, 1) || trim(regexp_extract(trim(v), ${m}, 2)) AS u FROM g WHERE regexp_matches(trim(v), ${m})) GROUP BY 2 ORDER BY 4 DESC, 2 LIMIT 20)`,
    );
  }
  if (hasLabels(hint)) {
    parts.push(
      `(SELECT 'label', k, v, n FROM (SELECT v, n, ${keySql('v')} AS k FROM g) WHERE lower(k) <> upper(k) QUALIFY count(*) OVER (PARTITION BY k) > 1 ORDER BY n DESC, v LIMIT ${FREQUENT})`,
    );
    if (hint.distinct <= FREQUENT) parts.push(`SELECT 'all', NULL, v, n FROM g`);
  }
  return `WITH g AS MATERIALIZED (SELECT ${c} AS v, count(*) AS n FROM ${from} WHERE ${identifier(hint.column)} IS NOT NULL GROUP BY 1)
${parts.join('\nUNION ALL ')}`;
}

export function readSpell(
  rows: readonly (readonly Cell[])[],
  hint: AlertHint,
  evidence: Evidence,
): readonly Alert[] {
  const of = (what: string) =>
    rows
      .filter((row) => row[0] === what)
      .map((row) => ({ key: String(row[1] ?? ''), value: String(row[2] ?? ''), count: Number(row[3] ?? 0) }));
  const say = (code: Alert['code'], message: string, rest: Partial<Alert> = {}): Alert => ({
    code,
    column: hint.column,
    severity: 'warning',
    message,
    evidence,
    ...rest,
  });
  const found: Alert[] = [];
  const damaged = of('damage')[0];
  if (damaged !== undefined && damaged.count > 0) {
    const message = `${count(damaged.count)} values hold letters that were damaged by a wrong encoding, such as ${quoted(damaged.value)}`;
    found.push(say('encoding-damage', message));
  }
  const cut = of('cut')[0];
  const longest = hint.length?.max ?? 0;
  if (cut !== undefined && looksCut(hint, Number(cut.key), cut.count, of('short of it')[0]?.count ?? 0)) {
    const message = `${count(cut.count)} values end at exactly ${count(longest)} characters, the greatest length, as text does that was cut`;
    found.push(say('truncated', message));
  }
  found.push(...unitAlerts(of('unit'), hint, say));
  const labels: readonly Label[] = of('all').length > 0 ? of('all') : of('label');
  const same = labelAlerts({ name: hint.column, ...meant(hint) }, labels);
  found.push(...same.map(({ figures: _, ...alert }) => ({ ...alert, evidence })));
  return found;
}

const meant = (hint: AlertHint) =>
  hint.meaning === undefined ? {} : { meaning: { name: hint.meaning, reason: '' } };

/** Many different values at the greatest length, and few just below it. */
function looksCut(hint: AlertHint, distinct: number, values: number, below: number): boolean {
  const { length } = hint;
  if (length === undefined || length.min === length.max || length.mean > 0.9 * length.max) return false;
  if (distinct < thresholds.cutValues || values < thresholds.cutShare * hint.filled) return false;
  return values > (3 * below) / 10;
}

/** Units of measure and of money, in any case; the letters of house numbers and sizes are none. */
const unit =
  /^(\p{Sc}|%|°\s?[CFK]?|[kmgµun]?g|mcg|lbs?|oz|tons?|kgs?|[kmcdµn]?m[²³]?|km|ft|feet|in|inch|inches|mi|miles?|yd|[mcd]?l|liters?|litres?|gal|h|hrs?|hours?|min|mins|minutes?|s|secs?|seconds?|ms|days?|weeks?|months?|years?|yrs?|k?w|[km]?wh|hz|[kmgt]i?b|bytes?|px|pt|pcs|ct|pk|ea|dz|usd|eur|gbp|chf|jpy|cny|inr|cad|aud|sek|nok|dkk|pln|czk|brl|mxn|rub|try|zar)$/iu;
const money =
  /^(\p{Sc}\s?(k|m|mn|bn?|t|thousand|million|billion)?|USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|RUB|TRY|ZAR)$/iu;

function unitAlerts(
  found: readonly { readonly key: string; readonly value: string; readonly count: number }[],
  hint: AlertHint,
  say: (code: Alert['code'], message: string) => Alert,
): readonly Alert[] {
  const filled = Math.max(1, hint.filled);
  const common = found.filter(
    ({ key, count: n }) =>
      (key === '' || unit.test(key) || money.test(key)) && n / filled >= thresholds.spelling,
  );
  const explained = common.reduce((sum, { count: n }) => sum + n, 0) / filled;
  const units = common.filter(({ key }) => key !== '');
  if (explained < thresholds.explained || units.length === 0) return [];
  if (common.length > 1) {
    const told = common.map(({ key, count: n }) => ({ value: key === '' ? 'no unit' : key, count: n }));
    return [say('mixed-units', `numbers are written in ${common.length} units: ${listed(told)}`)];
  }
  const [only] = units;
  if (only === undefined) return [];
  const message = `${percent(only.count, filled)} of the values are numbers with ${only.key}, such as ${quoted(only.value)}`;
  return [say(money.test(only.key) ? 'money-text' : 'number-text', message)];
}
