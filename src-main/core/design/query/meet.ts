/**
 * When rows of two joined tables meet.
 */
import { meetsSql } from '../../key';
import { type Column, kindOf } from '../../table';
import type { Design } from '../design';
import { folded } from '../expression';
import { sourceOf } from '../member';
import type { Step } from './tree';

/**
 * The condition of a step.
 * @param from How a column of the table it begins at is named; `to` of the one it leads to.
 * @throws ProblemError `join-unfit` if the columns do not compare as the join says.
 */
export function joinSql(
  design: Design,
  step: Pick<Step, 'from' | 'to' | 'on' | 'join'>,
  from: (column: string) => string,
  to: (column: string) => string,
): string {
  const columns = (table: string, end: 0 | 1) => step.on.map((pair) => columnOf(design, table, pair[end]));
  const [left, right] = [columns(step.from, 0), columns(step.to, 1)];
  // Of a column that the source is not known to have there is no type to judge by.
  if ([...left, ...right].includes(null))
    return step.on.map(([a, b]) => `${from(a)} = ${to(b)}`).join(' AND ');
  return meetsSql(left as Column[], right as Column[], step.join.comparison ?? 'value', {
    from: (c) => from(c.name),
    to: (c) => to(c.name),
  });
}

function columnOf(design: Design, table: string, name: string): Column | null {
  const column = sourceOf(design, table)?.columns.find((c) => folded(c.name) === folded(name));
  return column === undefined ? null : { name, type: column.type, kind: kindOf(column.type) };
}
