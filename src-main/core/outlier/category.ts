import type { Group, GroupFlag, Method, Parameter } from './method';
import { unfit } from './method';

/** Different values up to which rarity says something; of numbers fewer, as they are seldom names. */
export const CATEGORIES = 1_000;
export const CODES = 100;

export const rarity: Parameter = {
  title: 'below',
  stops: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1],
  standard: 0.01,
  least: 0.000001,
  most: 0.5,
  free: true,
  unit: 'percent',
};

/** The groups with less than a share of the rows, rarest first. */
export function rareOf(groups: readonly Group[], share: number): readonly GroupFlag[] {
  const all = groups.reduce((sum, g) => sum + g.count, 0);
  return groups
    .filter((g) => g.count < share * all)
    .map((g) => ({ value: g.value, rows: g.count }))
    .sort((a, b) => a.rows - b.rows);
}

export const category: Method = {
  name: 'category',
  title: 'Rare value',
  short: 'Rare value',
  about: 'Values that fewer than this share of the filled rows have.',
  kinds: ['text', 'boolean', 'number'],
  parameter: rarity,
  judge({ groups }, share) {
    if ('why' in groups) return unfit(groups.why);
    const all = groups.value;
    if (all.length < 2) return unfit(all.length === 0 ? 'There are no values.' : 'All values are the same.');
    const rare = rareOf(all, share);
    if (rare.length === all.length) return unfit('Every value is that rare: none is common beside them.');
    return {
      fits: true,
      flag: { kind: 'values', values: rare.map((g) => g.value) },
      low: null,
      high: null,
      remark: '',
      counted: {
        below: rare.reduce((sum, g) => sum + g.rows, 0),
        above: 0,
        groups: rare,
        of: all.length,
        noun: 'values',
      },
    };
  },
};
