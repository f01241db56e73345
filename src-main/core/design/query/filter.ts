/**
 * Conditions on one member as SQL, as Cube and Lens understand them.
 */
import { ProblemError, problem } from '../../problem';
import { value } from '../../sql';
import type { MemberFilter } from './ask';

/**
 * @param sql The member's value.
 * @param type The type of a dimension; `number` for a measure.
 * @throws ProblemError `filter-invalid` if the values do not suit the operator.
 */
export function memberFilterSql(
  filter: MemberFilter,
  sql: string,
  type: 'string' | 'number' | 'time' | 'boolean',
): string {
  const { operator, values } = filter;
  const wrong = (reason: string) =>
    new ProblemError(problem('filter-invalid', { name: filter.member, reason }));
  if (operator === 'set') return `${sql} IS NOT NULL`;
  if (operator === 'notSet') return `${sql} IS NULL`;
  const needed = operator.endsWith('DateRange') ? 2 : 1;
  if (values.length < needed) throw wrong(`${operator} needs ${needed === 2 ? 'two dates' : 'a value'}`);
  // Not before they are needed: the part of a word, or a date, need not be a value of the member.
  const all = () => values.map((v) => typed(v, type, wrong));
  switch (operator) {
    case 'equals': {
      const literals = all();
      return literals.length === 1 ? `${sql} = ${literals[0]}` : `${sql} IN (${literals.join(', ')})`;
    }
    case 'notEquals': {
      const literals = all();
      const test =
        literals.length === 1 ? `${sql} <> ${literals[0]}` : `${sql} NOT IN (${literals.join(', ')})`;
      return `(${test} OR ${sql} IS NULL)`;
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return `${sql} ${comparisons[operator]} ${all()[0]}`;
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'notContains':
      return textTest(operator, type === 'string' ? sql : `CAST(${sql} AS VARCHAR)`, values.map(String));
    case 'inDateRange':
      return `${sql} BETWEEN ${instant(values[0], 'first', wrong)} AND ${instant(values[1], 'last', wrong)}`;
    case 'notInDateRange':
      return `${sql} NOT BETWEEN ${instant(values[0], 'first', wrong)} AND ${instant(values[1], 'last', wrong)}`;
    case 'beforeDate':
      return `${sql} < ${instant(values[0], 'first', wrong)}`;
    case 'afterDate':
      return `${sql} > ${instant(values[0], 'last', wrong)}`;
  }
}

const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function typed(
  v: string | number | boolean,
  type: 'string' | 'number' | 'time' | 'boolean',
  wrong: (reason: string) => ProblemError,
): string {
  if (type === 'string') return value(String(v));
  if (type === 'time') return instant(v, 'first', wrong);
  if (type === 'boolean') {
    if (!/^(true|false)$/i.test(String(v))) throw wrong(`“${v}” is neither true nor false`);
    return String(v).toUpperCase();
  }
  const text = String(v).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw wrong(`“${v}” is not a number`);
  return text;
}

function textTest(
  operator: 'contains' | 'notContains' | 'startsWith' | 'endsWith',
  sql: string,
  values: readonly string[],
): string {
  const tests = values.map((v) => {
    const mask = v.replace(/[\\%_]/g, '\\$&');
    const around =
      operator === 'startsWith' ? `${mask}%` : operator === 'endsWith' ? `%${mask}` : `%${mask}%`;
    const test = `${sql} ILIKE ${value(around)} ESCAPE '\\'`;
    return operator === 'notContains' ? `NOT (${test})` : test;
  });
  if (operator !== 'notContains') return tests.length === 1 ? tests[0]! : `(${tests.join(' OR ')})`;
  return `(${tests.join(' AND ')} OR ${sql} IS NULL)`;
}

/** The first or the last instant of what a text names: a day, or a time to the second. */
function instant(
  v: string | number | boolean | undefined,
  end: 'first' | 'last',
  wrong: (reason: string) => ProblemError,
): string {
  const text = String(v).trim();
  const named = /^\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?Z?)?$/.test(text);
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  // A day that its month does not have is another day to JavaScript.
  if (!named || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text.slice(0, 10))
    throw wrong(`“${text}” is not a date such as 2024-01-31`);
  const day = text.length === 10;
  const last = day && end === 'last' ? ' 23:59:59.999999' : '';
  return `TIMESTAMP ${value(`${text.replace('T', ' ').replace('Z', '')}${last}`)}`;
}
