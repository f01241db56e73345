/**
 * A column of times on the wide road: counted by steps of its calendar.
 */
import { readSuspects, suspectsOf } from '../core/profile/disguise';
import { calendarSql, orderSql, probabilities } from '../core/profile/groups';
import type { Range } from '../core/profile/profile';
import { quantilesOf, readCalendar, shapeOf } from '../core/profile/read';
import { grainsFrom, stepsSql } from '../core/profile/regular';
import { stepFor, stepGroupsSql } from '../core/profile/wide';
import { identifier, value } from '../core/sql';
import { byName, cycleOf, rowsByName } from './profile';
import type { Begun, Part, Sampled } from './wide-part';

export async function timePart({ sampled, figures, marks }: Begun, from: string): Promise<Part | null> {
  const { column, book } = sampled;
  const step = stepFor(Number(figures.span ?? 0));
  const n = Number(figures.filled) - Number(figures.infinite);
  if (step === null || n === 0) return null;
  await book.ask(stepGroupsSql(from, column, step));
  const ordered = byName(await book.ask(orderSql(column, n, 0, 1)));
  const quantiles = quantilesOf(column, ordered, n);
  for (const p of probabilities) marks[`quantiles.${p}`] = { basis: 'estimate', error: step / 1_000_000 };
  const shape = shapeOf(column, figures, quantiles);
  if (shape?.kind !== 'time') return null;
  const of = rowsByName(
    (await book.ask(calendarSql({ ...column, type: 'TIMESTAMP' }, shape.grain, [], null))).rows,
  );
  const suspects = suspectsOf(column, figures.min ?? null, figures.max ?? null, null);
  const counts: number[] = [];
  const c = identifier(column.name);
  for (const s of suspects)
    counts.push(
      Number((await book.ask(`SELECT count(*) FROM ${from} WHERE ${c} = ${value(s)}`)).rows[0]?.[0]),
    );
  const disguised = readSuspects(suspects, counts);
  const range = await rangeOf(sampled, from, Number(figures.distinct));
  if (range !== null) marks['range.gaps'] = marks.distinct!;
  return {
    sampled,
    figures,
    marks,
    shape,
    suspects: [],
    more: {
      quantiles,
      histogram: readCalendar(of('bin')),
      weekdays: cycleOf(of('weekday'), 7),
      ...(step <= 3_600_000_000 ? { hours: cycleOf(of('hour'), 24) } : {}),
      ...(range === null ? {} : { range }),
      ...(disguised.length > 0 ? { disguised } : {}),
    },
  };
}

/** The grain that the sample has, or the next finer one that all rows have. */
async function rangeOf(
  { column, sample, book }: Sampled,
  from: string,
  distinct: number,
): Promise<Range | null> {
  const times = `(SELECT ${identifier(column.name)}::TIMESTAMP AS t FROM ${from} WHERE isfinite(${identifier(column.name)}))`;
  for (const grain of grainsFrom(sample.range?.grain)) {
    const statement = `SELECT ${grain.test}, ${stepsSql(grain.name)} FROM ${times}`;
    const [fits, steps] = (await book.ask(statement)).rows[0] ?? [];
    if (fits === true) return { grain: grain.name, gaps: Math.max(0, Number(steps) - distinct) };
  }
  return null;
}
