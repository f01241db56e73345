/**
 * Drafting: from a column to a member, and the member's value on the loaded data.
 */

import { firstAggregation } from '#core/accept';
import type { DesignTable } from '#core/design/design';
import { dimensionFrom, expressionDimension, expressionMeasure, measureFrom } from '#core/design/draft';
import type { Column } from '#core/table';
import type { Slice } from './deps';
import { designTableOf, memberKey, suggestionOf } from './select';
import type { DraftSlice } from './state';

export const createDraftSlice = (): Slice<DraftSlice> => (set, get) => {
  const parts = (table: string, column: string): { over: DesignTable; column: Column } | null => {
    const over = designTableOf(get(), table);
    const found = get().tables[table]?.columns.find((c) => c.name === column);
    return over === undefined || found === undefined ? null : { over, column: found };
  };
  const show = (table: string, kind: 'measure' | 'dimension', name: string) => {
    get().select({ kind: 'member', member: { table, kind, name } });
    // The spec has no room for the form; the model shows it.
    set((s) => ({ inspectorOpen: true, place: s.place === 'spec' ? 'model' : s.place }));
    return name;
  };

  return {
    measureValues: {},
    dimensionValues: {},
    valueProblems: {},
    computing: {},
    dataProblems: [],
    breakdownBy: {},
    breakDown(member, dimension) {
      set((s) => ({ breakdownBy: { ...s.breakdownBy, [memberKey(member)]: dimension } }));
    },
    draftMeasure(table, column, aggregation) {
      const found = parts(table, column);
      if (found === null) return null;
      const measure = measureFrom(
        found.over,
        found.column,
        aggregation ?? firstAggregation(found.column, suggestionOf(get(), table, column)),
      );
      get().edit({ verb: 'add-measure', table: found.over.name, measure });
      return show(found.over.name, 'measure', measure.name);
    },
    draftDimension(table, column, type) {
      const found = parts(table, column);
      if (found === null) return null;
      const drafted = dimensionFrom(found.over, found.column, type);
      const key = suggestionOf(get(), table, column)?.role === 'key' && found.over.grain.length === 0;
      const dimension = key ? { ...drafted, primaryKey: true } : drafted;
      get().edit({ verb: 'add-dimension', table: found.over.name, dimension });
      return show(found.over.name, 'dimension', dimension.name);
    },
    draftExpression(table, kind) {
      const over = designTableOf(get(), table) ?? get().design.tables.find((t) => t.name === table);
      if (over === undefined) throw new Error(`no table to draft on: ${table}`);
      if (kind === 'measure') {
        const measure = expressionMeasure(over);
        get().edit({ verb: 'add-measure', table: over.name, measure });
        return show(over.name, kind, measure.name);
      }
      const dimension = expressionDimension(over);
      get().edit({ verb: 'add-dimension', table: over.name, dimension });
      return show(over.name, kind, dimension.name);
    },
  };
};
