/**
 * Filters of a question in words.
 */
import type { Design, DimensionType } from '#core/design/design';
import type { MemberFilter, Operator } from '#core/design/query';
import { askedOf } from '#core/explore/question';
import { plainText } from '../ui/figure';

export const operatorWords: Readonly<Record<Operator, string>> = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'begins with',
  endsWith: 'ends with',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  set: 'is there',
  notSet: 'is null',
  inDateRange: 'from … to',
  notInDateRange: 'not from … to',
  beforeDate: 'before',
  afterDate: 'after',
};

/** Operators that suit a type, the most usual first. */
export function operatorsFor(type: DimensionType): readonly Operator[] {
  switch (type) {
    case 'string':
      return ['equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'endsWith', 'set', 'notSet'];
    case 'number':
      return ['gt', 'gte', 'lt', 'lte', 'equals', 'notEquals', 'set', 'notSet'];
    case 'time':
      return ['inDateRange', 'notInDateRange', 'beforeDate', 'afterDate', 'set', 'notSet'];
    default:
      return ['equals', 'notEquals', 'set', 'notSet'];
  }
}

/** How many values an operator takes. */
export function valuesOf(operator: Operator): 'none' | 'one' | 'two' | 'many' {
  switch (operator) {
    case 'set':
    case 'notSet':
      return 'none';
    case 'inDateRange':
    case 'notInDateRange':
      return 'two';
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'beforeDate':
    case 'afterDate':
      return 'one';
    default:
      return 'many';
  }
}

/** The title of what a filter is on. */
export function filterTitle(design: Design, filter: MemberFilter): string {
  const asked = askedOf(design, filter.member);
  return asked === null ? filter.member : asked.member.title || asked.member.name;
}

/** What a filter says of it: `is GROCERY, DRUG GM +3`. */
export function filterWords({ operator, values }: MemberFilter): string {
  const said = values.map(plainText);
  switch (valuesOf(operator)) {
    case 'none':
      return operatorWords[operator];
    case 'two':
      return `${operator === 'inDateRange' ? '' : 'not '}${said[0]} – ${said[1]}`;
    default: {
      const more = said.length > 3 ? ` +${said.length - 2}` : '';
      return `${operatorWords[operator]} ${(more === '' ? said : said.slice(0, 2)).join(', ')}${more}`;
    }
  }
}
