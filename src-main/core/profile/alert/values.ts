/**
 * Alerts about how the values are spread: how many differ, and which of them rule or are rare.
 */
import { isWhole } from '../../table';
import { readsAsIdentifier } from '../name';
import type { Alert, ColumnProfile } from '../profile';
import { about, count, counted, type Facts, isExact, listed, percent, quoted } from './say';
import { thresholds } from './thresholds';

export function valueAlerts(facts: Facts): readonly Alert[] {
  return [...keyAlerts(facts), ...shareAlerts(facts), ...rareAlerts(facts)];
}

function keyAlerts({ profile, filled }: Facts): readonly Alert[] {
  const { distinct, unique, nulls, rows } = profile;
  if (unique === filled && filled > 1 && profile.kind !== 'time' && isExact(profile, 'unique')) {
    const lacking =
      nulls > 0 && nulls / rows <= thresholds.violations && namesRows(profile)
        ? [
            about(
              profile,
              'key-violated',
              'warning',
              `all ${count(filled)} values are distinct, but ${counted(nulls, 'row')} ${nulls === 1 ? 'has' : 'have'} none`,
              ['unique', 'nulls'],
              { kind: 'null' },
            ),
          ]
        : [];
    return [
      ...lacking,
      about(profile, 'unique', 'info', `all ${count(filled)} values are distinct`, ['unique', 'rows']),
    ];
  }
  const again = filled - distinct;
  const nearly = again > 0 && again / filled <= thresholds.violations && distinct > 1;
  if (!nearly || !isExact(profile, 'distinct') || !namesRows(profile)) return [];
  const repeated = profile.top.filter((t) => t.count > 1);
  const told = repeated.length === 0 ? '' : `: ${listed(repeated, 3)}`;
  return [
    about(
      profile,
      'key-violated',
      'warning',
      `${count(distinct)} of ${count(filled)} values are distinct; ${counted(again, 'row')} ${again === 1 ? 'repeats' : 'repeat'} an earlier one${told}`,
      ['distinct', 'rows', 'top'],
      repeated.length === 0 ? undefined : { kind: 'values', values: repeated.map((t) => t.value) },
    ),
  ];
}

/** Whether the values are meant to name rows, by what they mean or what the column is called. */
function namesRows(profile: ColumnProfile): boolean {
  const couldName = profile.kind === 'text' || (profile.kind === 'number' && isWhole(profile.type));
  const means = profile.meaning?.name === 'identifier' || profile.meaning?.name === 'uuid';
  return couldName && (means || readsAsIdentifier(profile.name));
}

function shareAlerts({ profile, filled }: Facts): readonly Alert[] {
  const { distinct, unique } = profile;
  const found: Alert[] = [];
  const most = profile.top[0];
  if (most !== undefined && most.count / filled >= thresholds.imbalance && distinct > 1) {
    found.push(
      about(
        profile,
        'imbalanced',
        'info',
        `${percent(most.count, filled)} of the values are ${quoted(most.value)}`,
        ['top'],
        { kind: 'values', values: [most.value] },
      ),
    );
  }
  if (
    profile.kind === 'text' &&
    unique !== filled &&
    distinct > thresholds.cardinalityFrom &&
    distinct / filled >= thresholds.cardinality
  ) {
    found.push(
      about(
        profile,
        'high-cardinality',
        'info',
        `${count(distinct)} distinct values in ${count(filled)} rows`,
        ['distinct'],
      ),
    );
  }
  return found;
}

function rareAlerts({ profile, filled }: Facts): readonly Alert[] {
  const { distinct, top } = profile;
  if (profile.kind !== 'text' || distinct < 2 || distinct > top.length) return [];
  const rare = top.filter((t) => t.count / filled < thresholds.rare);
  if (rare.length === 0 || rare.length === distinct) return [];
  return [
    about(
      profile,
      'rare-values',
      'info',
      `${listed(rare)}: fewer than ${percent(thresholds.rare, 1)} of the values each`,
      ['top'],
      { kind: 'values', values: rare.map((t) => t.value) },
    ),
  ];
}
