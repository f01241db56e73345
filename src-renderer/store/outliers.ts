/**
 * Outliers: the segment that a rule becomes.
 */
import { memberNames } from '#core/design/member';
import { freeName, nameFrom, titleFrom } from '#core/design/names';
import type { Slice } from './deps';
import { designTableOf } from './select';
import type { OutlierSlice } from './state';

export const createOutlierSlice = (): Slice<OutlierSlice> => (_set, get) => ({
  draftSegment(table, column, condition) {
    const over = designTableOf(get(), table);
    if (over === undefined) return null;
    const name = freeName(`${nameFrom(column)}_outliers`, memberNames(over));
    const segment = { name, title: titleFrom(name), description: '', condition, extra: {} };
    get().edit({ verb: 'add-segment', table: over.name, segment });
    return name;
  },
});
