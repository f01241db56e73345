/**
 * Outliers: what methods make of a column, asked for when it is looked at, and the segment a rule becomes.
 */

import { memberNames } from '#core/design/member';
import { freeName, nameFrom, titleFrom } from '#core/design/names';
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import { designTableOf } from './select';
import type { OutlierSlice } from './state';

export const createOutlierSlice =
  ({ client }: Deps): Slice<OutlierSlice> =>
  (_set, get) => ({
    async askOutliers(request, ask, signal) {
      const reply = await client.ask(request, ask, signal === undefined ? {} : { signal });
      if (reply.ok) return reply.value;
      if (!('problem' in reply && reply.problem.code === 'query-cancelled'))
        get().notify(failed(reply, `The outliers of ${ask.table} could not be measured`));
      return null;
    },
    draftSegment(table, column, condition) {
      const over = designTableOf(get(), table);
      if (over === undefined) return null;
      const name = freeName(`${nameFrom(column)}_outliers`, memberNames(over));
      const segment = { name, title: titleFrom(name), description: '', condition, extra: {} };
      get().edit({ verb: 'add-segment', table: over.name, segment });
      return name;
    },
  });
