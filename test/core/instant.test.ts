import { expect, it } from 'vitest';
import { instant } from '#core/instant';

it('a time in transit is found on the line, whatever its year and its zone', () => {
  expect(instant('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  expect(instant('2024-02-29T12:34:56.789123')).toBe(Date.UTC(2024, 1, 29, 12, 34, 56, 789));
  expect(instant('2024-02-29 12:34:56Z')).toBe(Date.UTC(2024, 1, 29, 12, 34, 56));
  expect(instant('2024-03-31T01:30:00+02')).toBe(Date.UTC(2024, 2, 30, 23, 30));
  expect(instant('2024-03-31T01:30:00-05:30')).toBe(Date.UTC(2024, 2, 31, 7));
  expect(instant('1066-10-14')).toBe(Date.parse('1066-10-14'));
  expect(instant('0001-01-01') - instant('0001-12-31 (BC)')).toBe(86_400_000);
  expect(instant('4000-01-01T(BC) 06:00:00')).toBe(Date.parse('-003999-01-01T06:00:00Z'));
  expect(instant('99999-01-01')).toBe(Date.parse('+099999-01-01T00:00:00Z'));
  expect(instant('23:59:59.5')).toBe(86_399_500);
});

it('what is no time has no place', () => {
  for (const none of [
    null,
    undefined,
    true,
    '',
    'infinity',
    '-infinity',
    '2024-13-01',
    '290309-12-22',
    'soon',
  ])
    expect(instant(none)).toBeNaN();
});
