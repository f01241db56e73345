/**
 * Times without rows in the answer of a question, put in.
 */
import { identifier, literal } from '../../sql';
import type { Grain } from './ask';

/** Beyond so many steps gaps are left: nobody looks at so many, and they have to be made. */
const MOST = 20_000;

export interface Gaps {
  /** The column of the answer that holds the time, and its grain. */
  readonly time: string;
  readonly grain: Grain;
  /** The columns that group, the time among them, and the measures; in the order of the answer. */
  readonly groups: readonly string[];
  readonly measures: readonly string[];
  /** First and last time; null where those of the answer are meant. */
  readonly from: string | null;
  readonly to: string | null;
  /** The name for each part, which nothing else has. */
  name(wished: string): string;
}

const interval: Readonly<Record<Grain, string>> = {
  second: '1 second',
  minute: '1 minute',
  hour: '1 hour',
  day: '1 day',
  week: '7 days',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

/**
 * The query around an answer that has a row for every step of time, and for each of the other groups that it has. Measures of a
 * step without rows are null. Rows without a time stay.
 * @param lines A query without an order.
 */
export function filled(lines: readonly string[], gaps: Gaps): string[] {
  const { time, grain, measures } = gaps;
  const others = gaps.groups.filter((g) => g !== time);
  const [answer, times, groups] = ['answer', 'times', 'other groups'].map(gaps.name).map(identifier) as [
    string,
    string,
    string,
  ];
  const t = identifier(time);
  const bound = (end: 'min' | 'max', given: string | null) =>
    given === null
      ? `(SELECT ${end}(${t})::TIMESTAMP FROM ${answer})`
      : `date_trunc('${grain}', TIMESTAMP ${literal(given)})`;
  const [low, high] = [bound('min', gaps.from), bound('max', gaps.to)];
  const list = others.map(identifier);
  const steps = list.length === 0 ? times : `${times} CROSS JOIN ${groups}`;
  const same = list.map((c) => `AND a.${c} IS NOT DISTINCT FROM s.${c}`).join(' ');
  return [
    `WITH ${answer} AS (`,
    ...lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`),
    `), ${times} AS ( -- every ${grain} from the first to the last`,
    `  SELECT unnest(generate_series(${low}, ${high}, INTERVAL '${interval[grain]}')) AS ${t}`,
    `  WHERE date_diff('${grain}', ${low}, ${high}) <= ${MOST}`,
    ...(list.length === 0
      ? [')']
      : [`), ${groups} AS (`, `  SELECT DISTINCT ${list.join(', ')} FROM ${answer}`, ')']),
    'SELECT',
    [
      ...gaps.groups.map((g) => {
        const c = identifier(g);
        return g === time
          ? `  coalesce(s.${c}, a.${c}::TIMESTAMP) AS ${c}`
          : `  CASE WHEN s.${t} IS NULL THEN a.${c} ELSE s.${c} END AS ${c}`;
      }),
      ...measures.map((m) => `  a.${identifier(m)}`),
    ].join(',\n'),
    `FROM (SELECT * FROM ${steps}) AS s`,
    `FULL JOIN ${answer} AS a ON a.${t}::TIMESTAMP = s.${t} ${same}`.trimEnd(),
  ];
}
