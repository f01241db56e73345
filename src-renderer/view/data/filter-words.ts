/**
 * Filters in words: what stands on a chip, and how what was typed becomes a condition.
 */
import type { Filter } from '#contract';
import { instant } from '#core/instant';
import type { Cell, Kind } from '#core/table';
import { plainText, time } from '../ui/figure';

const say = (cell: Cell) => (cell === null ? 'null' : time(plainText(rounded(cell))));

/** The least step a double can take reads as `>` or `<` the number beside it. */
const rounded = (cell: Cell) => (typeof cell === 'number' ? Number(cell.toPrecision(12)) : cell);
const atLeast = (cell: Cell) => (Number(rounded(cell)) < Number(cell) ? '>' : '≥');
const atMost = (cell: Cell) => (Number(rounded(cell)) > Number(cell) ? '<' : '≤');

/** A computed fence, in as many digits as one reads. */
const fence = (x: number) => String(Number(x.toPrecision(6)));

/** The condition without its column: `1.00 – 7.99`, `is not null`, `contains “x”`. */
export function filterWords(filter: Filter): string {
  const { test, not } = filter;
  switch (test.kind) {
    case 'null':
      return not ? 'is not null' : 'is null';
    case 'contains':
      return `${not ? 'lacks' : 'contains'} “${test.text}”`;
    case 'range': {
      const range =
        test.low === null
          ? `${atMost(test.high)} ${say(test.high)}`
          : test.high === null
            ? `${atLeast(test.low)} ${say(test.low)}`
            : `${say(test.low)} – ${say(test.high)}`;
      return not ? `not ${range}` : range;
    }
    case 'outside': {
      const sides = [
        ...(test.low === null ? [] : [`< ${fence(test.low)}`]),
        ...(test.high === null ? [] : [`> ${fence(test.high)}`]),
      ].join(' or ');
      const words = test.positive ? `${sides}, of those > 0` : sides;
      return not ? `not ${words}` : words;
    }
    case 'unlike': {
      const [first = '', ...rest] = test.masks;
      const more = rest.length > 0 ? ` or ${rest.length} more` : '';
      return `${not ? 'written' : 'not written'} like ${first}${more}`;
    }
    case 'periods': {
      const [first = '', ...rest] = test.starts;
      const more = rest.length > 0 ? ` and ${rest.length} more` : '';
      return `${not ? 'not ' : ''}in the ${test.grain} of ${time(first)}${more}`;
    }
    default: {
      const shown = test.values.slice(0, 3).map(say).join(', ');
      const more = test.values.length > 3 ? ` and ${test.values.length - 3} more` : '';
      return `${not ? '≠' : '='} ${shown}${more}`;
    }
  }
}

/** The tests of the form, in the words of its list. */
export type FormTest = 'equals' | 'contains' | 'range' | 'null';

/** Tests that make sense on a kind, the likeliest first. */
export function testsOf(kind: Kind): readonly FormTest[] {
  switch (kind) {
    case 'number':
    case 'time':
      return ['range', 'equals', 'null'];
    case 'boolean':
      return ['equals', 'null'];
    default:
      return ['equals', 'contains', 'null'];
  }
}

export interface Typed {
  readonly column: string;
  readonly kind: Kind;
  readonly test: FormTest;
  readonly not: boolean;
  /** What was typed; `high` for ranges only. */
  readonly low: string;
  readonly high: string;
}

/** The condition that was typed, or in words what it still lacks. */
export function filterFrom(typed: Typed): Filter | string {
  const { column, kind, test, not } = typed;
  const whole = (test: Filter['test']): Filter => (not ? { column, not, test } : { column, test });
  switch (test) {
    case 'null':
      return whole({ kind: 'null' });
    case 'contains':
      return typed.low === '' ? 'Type the text to look for.' : whole({ kind: 'contains', text: typed.low });
    case 'equals': {
      const value = cellFrom(kind, typed.low);
      if (value === null) return wanted(kind);
      return whole({ kind: 'values', values: [value] });
    }
    default: {
      const [low, high] = [cellFrom(kind, typed.low.trim()), cellFrom(kind, typed.high.trim())];
      if ((typed.low.trim() !== '' && low === null) || (typed.high.trim() !== '' && high === null)) {
        return wanted(kind);
      }
      if (low === null && high === null) return 'Type at least one end of the range.';
      if (low !== null && high !== null && order(kind, low) > order(kind, high)) {
        return 'The range ends before it begins.';
      }
      return whole({ kind: 'range', low, high });
    }
  }
}

const order = (kind: Kind, cell: Cell) => (kind === 'time' ? instant(cell) : Number(cell));

function wanted(kind: Kind): string {
  if (kind === 'number') return 'Type a number, such as 1250.5.';
  if (kind === 'boolean') return 'Type true or false.';
  return kind === 'time' ? 'Type a date, such as 2017-03-31.' : 'Type a value.';
}

/** What was typed as a value of the kind; null if it is none. Text may be empty, and is then the empty text. */
export function cellFrom(kind: Kind, typed: string): Cell {
  switch (kind) {
    case 'number': {
      const plain = typed.trim().replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return null;
      // Beyond 2^53 a number would be another one; text keeps its digits.
      return Number.isInteger(Number(plain)) && !Number.isSafeInteger(Number(plain)) ? plain : Number(plain);
    }
    case 'boolean':
      return /^(true|t|yes|1)$/i.test(typed.trim())
        ? true
        : /^(false|f|no|0)$/i.test(typed.trim())
          ? false
          : null;
    case 'time':
      return Number.isNaN(instant(typed)) ? null : typed.trim();
    default:
      return typed;
  }
}
