/**
 * Alerts about amounts over time: a trend, and a season.
 */
import { identifier } from '../../sql';
import type { Cell } from '../../table';
import type { Alert, Evidence } from '../profile';
import type { AlertHint } from './ask';
import { thresholds } from './thresholds';

/** Amounts that are looked at. */
const AMOUNTS = 40;
/** Points below which a line through them says nothing. */
const POINTS = 24;
/** Days of three years, of which some may lack. */
const YEARS = 1000;

/** Steps after which a season comes again. */
const seasons: Readonly<Record<string, number>> = { hour: 24, day: 7, week: 52, month: 12, quarter: 4 };

export interface Series {
  readonly time: string;
  readonly grain: string;
  readonly amounts: readonly string[];
}

/** The times of a table and what to follow along them; null if there are none, or times have no even step. */
export function seriesOf(hints: readonly AlertHint[]): Series | null {
  const times = hints.filter((hint) => hint.kind === 'time' && hint.grain !== undefined);
  const time = times.find((hint) => hint.distinct >= POINTS);
  const amounts = hints.filter((hint) => hint.amount).map((hint) => hint.column);
  if (time === undefined || amounts.length === 0) return null;
  // Days of several years are followed month by month, where the season is that of a year.
  const grain =
    time.grain === 'minute' || time.grain === 'second'
      ? 'hour'
      : time.grain === 'day' && time.distinct > YEARS
        ? 'month'
        : String(time.grain);
  return { time: time.column, grain, amounts: amounts.slice(0, AMOUNTS) };
}

/** One row: points, then for each amount its correlation with time and, of its steps, with themselves a season ago. */
export function seriesSql(from: string, { time, grain, amounts }: Series): string {
  const t = identifier(time);
  const lag = seasons[grain];
  const finite = `isfinite(${t})`;
  const means = amounts.map((c, i) => `avg(${finiteSql(c)}) AS a${i}`).join(', ');
  const steps = amounts.map((_, i) => `a${i}, a${i} - lag(a${i}) OVER (ORDER BY t) AS d${i}`).join(', ');
  const ago =
    lag === undefined
      ? amounts.map((_, i) => `NULL AS s${i}`)
      : amounts.map((_, i) => `lag(d${i}, ${lag}) OVER (ORDER BY t) AS s${i}`);
  const asked = amounts.map(
    (_, i) => `corr(epoch(t), a${i})${lag === undefined ? ', NULL' : `, corr(d${i}, s${i})`}`,
  );
  return `WITH p AS (SELECT date_trunc('${grain}', ${t}::TIMESTAMP) AS t, ${means} FROM ${from} WHERE ${finite} GROUP BY 1),
d AS (SELECT t, ${steps} FROM p),
s AS (SELECT *, ${ago.join(', ')} FROM d)
SELECT count(*), ${asked.join(', ')} FROM s`;
}

const finiteSql = (column: string) => {
  const x = `${identifier(column)}::DOUBLE`;
  return `CASE WHEN isfinite(${x}) AND abs(${x}) < 1e100 THEN ${x} END`;
};

export function readSeries(row: readonly Cell[], series: Series, evidence: Evidence): readonly Alert[] {
  const points = Number(row[0] ?? 0);
  if (points < POINTS) return [];
  const { time, grain, amounts } = series;
  const said = (r: number) => r.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return amounts.flatMap((column, i): Alert[] => {
    const [along, season] = [row[1 + 2 * i], row[2 + 2 * i]].map((cell) => Number(cell ?? 0)) as [
      number,
      number,
    ];
    const found: Alert[] = [];
    const say = (code: Alert['code'], message: string) =>
      found.push({ code, column, severity: 'info', message, evidence });
    if (Math.abs(along) >= thresholds.trend) {
      say(
        'trend',
        `its mean ${along > 0 ? 'rises' : 'falls'} with ${time} (correlation ${said(along)} over ${points} ${grain}s), so one mean over all times says little`,
      );
    }
    const lag = seasons[grain] ?? 0;
    if (season >= thresholds.season && points >= 3 * lag) {
      say('seasonal', `its mean repeats every ${lag} ${grain}s along ${time} (correlation ${said(season)})`);
    }
    return found;
  });
}
