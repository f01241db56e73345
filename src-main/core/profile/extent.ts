/**
 * Statistics of the size of texts and lists, of order and time, of the most frequent value, and the alerts.
 */
import { alertTitle } from './alerts';
import { all, fact, figure, type Statistic, sized, text, time, unknown } from './statistic';

/** Finest first. */
const grains: readonly string[] = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

export const extent: readonly Statistic[] = [
  figure(
    'Text and size',
    'shortest',
    'Shortest',
    sized,
    'count',
    'Characters of the shortest text; elements of the smallest list or map.',
    (p) => p.length?.min,
    {
      figures: ['length.min'],
    },
  ),
  figure(
    'Text and size',
    'longest',
    'Longest',
    sized,
    'count',
    'Characters of the longest text; elements of the largest list or map.',
    (p) => p.length?.max,
    {
      figures: ['length.max'],
    },
  ),
  figure(
    'Text and size',
    'mean_length',
    'Mean length',
    sized,
    'number',
    'Mean of the characters of a text; of the elements of a list or map.',
    (p) => p.length?.mean,
    {
      figures: ['length.mean'],
      decimals: 1,
    },
  ),
  figure(
    'Text and size',
    'padded',
    'Padded',
    text,
    'count',
    'Texts with white space before or after other characters.',
    (p) => p.padded,
  ),
  figure(
    'Text and size',
    'unseen',
    'Unseen marks',
    text,
    'count',
    'Texts with control characters or characters without width.',
    (p) => p.unseen,
  ),

  figure(
    'Order and time',
    'sorted',
    'Sorted',
    all,
    'word',
    'How the rows are ordered by this column, if they are; strictly where no value repeats.',
    (p) => p.sorted?.replace('-', ' '),
  ),
  figure(
    'Order and time',
    'grain',
    'Grain',
    time,
    'word',
    'The coarsest unit of time that loses nothing of the values.',
    (p) => p.range?.grain,
    {
      figures: ['range.grain'],
      rank: ({ profile }) => {
        const at = grains.indexOf(profile?.range?.grain ?? '');
        return at < 0 ? undefined : at;
      },
    },
  ),
  figure(
    'Order and time',
    'gaps',
    'Gaps',
    time,
    'count',
    'Steps of the grain between the first and the last time that no row has.',
    (p) => p.range?.gaps,
    {
      figures: ['range.gaps'],
    },
  ),

  figure(
    'Most frequent',
    'top',
    'Top value',
    all,
    'value',
    'The most frequent value; of several the first in order.',
    (p) => p.top[0]?.value,
    {
      error: unknown,
      figures: ['top.0'],
    },
  ),
  figure(
    'Most frequent',
    'top_count',
    'Top count',
    all,
    'count',
    'Rows with the most frequent value.',
    (p) => p.top[0]?.count,
    {
      figures: ['top.0'],
    },
  ),

  fact(
    'Alerts',
    'alerts',
    'Alerts',
    'What about the column deserves a look.',
    ({ alerts }) => (alerts.length === 0 ? undefined : alerts.map((a) => alertTitle[a.code]).join(', ')),
    {
      rank: ({ alerts }) =>
        alerts.length === 0
          ? undefined
          : alerts.reduce((sum, a) => sum + (a.severity === 'warning' ? 100 : 1), 0),
    },
  ),
];
