/**
 * All methods, in the order in which they are offered. A new one is a file beside this one and an entry here.
 */
import type { Kind } from '../table';
import { category } from './category';
import { esd } from './esd';
import { grubbs } from './grubbs';
import { iqr } from './iqr';
import { logIqr } from './log-iqr';
import { mad } from './mad';
import { type Facts, type Method, type MethodName, unfit, type Verdict } from './method';
import { pattern } from './pattern';
import { percentile } from './percentile';
import { season } from './season';
import { zScore } from './z-score';

export const methods: readonly Method[] = [
  iqr,
  logIqr,
  mad,
  zScore,
  percentile,
  grubbs,
  esd,
  category,
  pattern,
  season,
];

/** The method of this name; undefined if there is none. */
export function methodNamed(name: string): Method | undefined {
  return methods.find((method) => method.name === name);
}

const kinds: Readonly<Record<Kind, string>> = {
  number: 'numbers',
  text: 'text',
  time: 'times',
  boolean: 'booleans',
  nested: 'nested values',
};

/** What a method makes of a column: a rule, or in words why none. The parameter is the usual one unless given. */
export function judge(method: Method, facts: Facts, parameter = method.parameter.standard): Verdict {
  const { kind } = facts.column;
  if (!method.kinds.includes(kind))
    return unfit(`It is for ${method.kinds.map((k) => kinds[k]).join(', ')}, and these are ${kinds[kind]}.`);
  if (facts.filled === 0) return unfit(facts.rows === 0 ? 'There are no rows.' : 'There are no values.');
  const { least, most, title } = method.parameter;
  if (!(parameter >= least && parameter <= most)) return unfit(`${title} lies between ${least} and ${most}.`);
  return method.judge(facts, parameter);
}

/** The parameters to use: as told, the usual ones otherwise. */
export function parameterOf(method: Method, told: Partial<Readonly<Record<MethodName, number>>>): number {
  return told[method.name] ?? method.parameter.standard;
}
