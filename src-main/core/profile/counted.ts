/**
 * Statistics that say what a column is, what it lacks, and how many different values it holds.
 */
import { meaningTitle } from './meaning';
import {
  all,
  type Described,
  fact,
  figure,
  ordered,
  type Statistic,
  shareOf,
  text,
  unknown,
} from './statistic';

export const counted: readonly Statistic[] = [
  fact('Column', 'name', 'Name', 'The name of the column as it stands in the file.', (c) => c.column.name),
  fact(
    'Column',
    'type',
    'Type',
    'The type the column was read as, in the words of DuckDB.',
    (c) => c.column.type,
  ),
  fact(
    'Column',
    'kind',
    'Kind',
    'What the values are to a reader: number, text, time, boolean or nested.',
    (c) => c.column.kind,
    {
      rank: (c) => all.indexOf(c.column.kind),
    },
  ),
  fact(
    'Column',
    'meaning',
    'Meaning',
    'What the values seem to be, by their shape and the name of the column.',
    (c) => (c.profile?.meaning === undefined ? undefined : meaningTitle[c.profile.meaning.name]),
  ),
  fact(
    'Column',
    'role',
    'Role',
    'What the design uses the column as; “proposed” until it is accepted.',
    roleWords,
  ),

  figure('Missing', 'rows', 'Rows', all, 'count', 'Rows that were looked at.', (p) => p.rows),
  figure('Missing', 'nulls', 'Nulls', all, 'count', 'Rows without a value.', (p) => p.nulls),
  figure(
    'Missing',
    'null_percent',
    'Null %',
    all,
    'percent',
    'Rows without a value, of all rows.',
    (p) => shareOf(p.nulls, p.rows),
    {
      figures: ['nulls', 'rows'],
      error: (p, [nulls]) => (nulls === undefined ? undefined : shareOf(nulls, p.rows)),
    },
  ),
  figure(
    'Missing',
    'blanks',
    'Blanks',
    text,
    'count',
    'Texts that are empty or only white space; they count as values.',
    (p) => p.blanks,
  ),
  figure(
    'Missing',
    'disguised',
    'Disguised',
    ['number', 'text', 'time'],
    'count',
    'Values that usually stand for a missing one, such as NA or −999; they count as values.',
    (p) => (p.disguised ?? []).reduce((sum, d) => sum + d.count, 0),
    { error: unknown },
  ),

  figure(
    'Distinct values',
    'distinct',
    'Distinct',
    all,
    'count',
    'Different values, nulls left out.',
    (p) => p.distinct,
  ),
  figure(
    'Distinct values',
    'distinct_percent',
    'Distinct %',
    all,
    'percent',
    'Different values, of all rows with a value; 100 means that no value repeats.',
    (p) => shareOf(p.distinct, p.rows - p.nulls),
    {
      figures: ['distinct', 'nulls', 'rows'],
      error: (p, [distinct]) => (distinct === undefined ? undefined : shareOf(distinct, p.rows - p.nulls)),
    },
  ),
  figure(
    'Distinct values',
    'unique',
    'Unique',
    all,
    'count',
    'Values that occur exactly once.',
    (p) => p.unique,
  ),
  figure(
    'Distinct values',
    'entropy',
    'Entropy',
    ordered,
    'number',
    'Shannon entropy of the values in bits: 0 if all are equal, one more for each doubling of equally frequent values.',
    (p) => p.entropy,
  ),
];

function roleWords({ roles }: Described): string | undefined {
  const told = roles.filter((r) => r.state !== 'dismissed');
  return told.length === 0
    ? undefined
    : told.map((r) => (r.state === 'accepted' ? r.role : `${r.role} (proposed)`)).join('; ');
}
