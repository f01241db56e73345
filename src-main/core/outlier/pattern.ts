import { rareOf, rarity } from './category';
import { type Method, unfit } from './method';

/** Different masks up to which rarity says something. */
export const MASKS = 1_000;

export const pattern: Method = {
  name: 'pattern',
  title: 'Rare pattern',
  short: 'Rare pattern',
  about:
    'Values written as fewer than this share of the filled rows are, with letters as A and a, digits as 9.',
  kinds: ['text'],
  parameter: rarity,
  judge({ masks }, share) {
    if ('why' in masks) return unfit(masks.why);
    const all = masks.value;
    if (all.length < 2)
      return unfit(all.length === 0 ? 'There are no values.' : 'All values are written alike.');
    const rare = rareOf(all, share);
    if (rare.length === all.length) return unfit('Every pattern is that rare: none is common beside them.');
    const known = new Set(rare.map((g) => g.value));
    return {
      fits: true,
      // What is common is the shorter list.
      flag: { kind: 'unlike', masks: all.filter((g) => !known.has(g.value)).map((g) => String(g.value)) },
      low: null,
      high: null,
      remark: '',
      counted: {
        below: rare.reduce((sum, g) => sum + g.rows, 0),
        above: 0,
        groups: rare,
        of: all.length,
        noun: 'patterns',
      },
    };
  },
};
