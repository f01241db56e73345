/**
 * Gaps and spikes: steps of a calendar with far fewer or far more rows than their neighbours of the same weekday or hour.
 */
import { type Calendar, type Method, steps, unfit } from './method';

/** Seasons looked at before and after a step. */
const AROUND = 4;

export const seasonGrains = ['hour', 'day', 'week', 'month', 'year'] as const;
export type SeasonGrain = (typeof seasonGrains)[number];

/** Steps after which a grain repeats: hours and days by the week, months by the year. */
const period: Readonly<Record<string, number>> = { hour: 168, day: 7, week: 1, month: 12, year: 1 };
const seconds: Readonly<Record<SeasonGrain, number>> = {
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  year: 31_556_952,
};

/** Steps of a calendar at most, and rows a step should have on average for its count to say something. */
const STEPS = 4_000;
const ROWS = 4;
const LEAST = 8;

/**
 * The finest grain that gives steps enough rows and is not too fine to list; null if there is none.
 * @param span From the first to the last time, in seconds.
 * @param dateOnly Whether values have no time of day.
 */
export function seasonGrain(span: number, rows: number, dateOnly: boolean): SeasonGrain | null {
  const found = seasonGrains.find((grain) => {
    const n = span / seconds[grain] + 1;
    return !(dateOnly && grain === 'hour') && n <= STEPS && rows / n >= ROWS;
  });
  return found === undefined || span / seconds[found] + 1 < LEAST ? null : found;
}

/** What each step would have: the median of its neighbours of the same season, and how far out it is. */
export interface Judged {
  readonly start: string;
  readonly rows: number;
  readonly expected: number;
  /** Robust z of the count; negative for too few. */
  readonly score: number;
}

/**
 * Scores of the steps. The distance from the expected count is measured in its square root, as counts spread, and that in
 * the median distance of all steps where they spread more.
 */
export function judgeSteps({ grain, steps: all }: Calendar): readonly Judged[] {
  const every = period[grain] ?? 1;
  const expected = all.map((_, i) => {
    const near: number[] = [];
    for (let j = 1; near.length < 2 * AROUND && j <= 2 * AROUND; j++) {
      for (const at of [i - j * every, i + j * every]) {
        const rows = all[at]?.rows;
        if (rows !== undefined) near.push(rows);
      }
    }
    return medianOf(near.length > 0 ? near : all.map((step) => step.rows));
  });
  const scaled = all.map((step, i) => {
    const e = expected[i] ?? 0;
    return (step.rows - e) / Math.sqrt(Math.max(1, e));
  });
  const spread = Math.max(1, medianOf(scaled.map(Math.abs)) / 0.6745);
  return all.map((step, i) => ({
    start: step.start,
    rows: step.rows,
    expected: expected[i] ?? 0,
    score: (scaled[i] ?? 0) / spread,
  }));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0
    ? 0
    : ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

export const season: Method = {
  name: 'season',
  title: 'Gaps and spikes',
  short: 'Gaps, spikes',
  about:
    'Hours, days, weeks or months with far fewer or more rows than the nearest of the same weekday, hour or month (robust z).',
  kinds: ['time'],
  parameter: {
    title: 'z',
    stops: steps(2, 12, 0.25),
    standard: 3.5,
    least: 0.5,
    most: 1000,
    free: true,
    unit: 'plain',
  },
  judge({ calendar, column }, z) {
    if ('why' in calendar) return unfit(calendar.why);
    const { grain, steps: all } = calendar.value;
    const judged = judgeSteps(calendar.value);
    // The first and the last step may be cut off by the data's own ends.
    const partial = column.type !== 'DATE' || grain !== 'day';
    const whole = partial ? judged.slice(1, -1) : judged;
    const flagged = whole.filter((step) => Math.abs(step.score) > z);
    const sum = (list: readonly Judged[]) => list.reduce((n, step) => n + step.rows, 0);
    return {
      fits: true,
      flag: {
        kind: 'periods',
        grain,
        starts: flagged.filter((step) => step.rows > 0).map((step) => step.start),
      },
      low: null,
      high: null,
      remark: partial ? `The first and the last ${grain} are left out: they may be cut off.` : '',
      counted: {
        below: sum(flagged.filter((step) => step.score < 0)),
        above: sum(flagged.filter((step) => step.score > 0)),
        groups: flagged
          .toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score))
          .map((step) => ({ value: step.start, rows: step.rows, expected: step.expected })),
        of: all.length,
        noun: `${grain}s`,
      },
    };
  },
};
