/**
 * Alerts about what is missing, or only looks as if it were there.
 */
import { about, count, type Facts, listed, percent } from './say';
import { thresholds } from './thresholds';

export function missingAlerts({ profile }: Facts) {
  const { rows, nulls } = profile;
  const blanks = profile.blanks ?? 0;
  const disguised = profile.disguised ?? [];
  return [
    ...(nulls / rows >= thresholds.nulls
      ? [
          about(
            profile,
            'many-nulls',
            'warning',
            `${count(nulls)} of ${count(rows)} rows have no value (${percent(nulls, rows)})`,
            ['nulls', 'rows'],
            { kind: 'null' },
          ),
        ]
      : []),
    ...(blanks > 0
      ? [
          about(
            profile,
            'blanks',
            'warning',
            `${count(blanks)} values are empty or white space, and are not null`,
            ['blanks'],
          ),
        ]
      : []),
    ...(disguised.length > 0
      ? [
          about(
            profile,
            'disguised',
            'warning',
            `${listed(disguised, 3)}: values that usually stand for a missing one`,
            ['disguised'],
            { kind: 'values', values: disguised.map((d) => d.value) },
          ),
        ]
      : []),
  ];
}
