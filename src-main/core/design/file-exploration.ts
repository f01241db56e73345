/**
 * Explorations in the design file.
 */
import type { z } from 'zod';
import type { Exploration, Extra } from './design';
import { isKeys, type Keys, keepEntries, kept, said, unknownOf, withExtra } from './file-keys';
import type { MemberFilter, ModelQuery } from './query/question';
import { explorationShape, filterShape, orderShape, queryShape, rangeShape } from './schema';

export function writtenExploration(e: Exploration): Keys {
  const { name, title, chart, pivot, compare, extra } = e;
  const known = {
    name,
    ...said({ title }),
    query: writtenQuery(e.query, isKeys(extra.query) ? extra.query : {}),
    ...said({ chart: chart === 'auto' ? '' : chart, pivot, compare: compare || undefined }),
  };
  return withExtra(known, extra, ['query']);
}

function filterKey(f: { readonly member: string; readonly operator: string }): string {
  return JSON.stringify([f.member, f.operator]);
}

function writtenQuery(query: ModelQuery, extra: Extra): Keys {
  const {
    measures,
    dimensions,
    segments,
    grain,
    filters = [],
    where,
    order = [],
    range,
    fill,
    limit,
    offset,
  } = query;
  const known = said({
    measures,
    dimensions,
    segments,
    grain,
    filters: filters.map((f) =>
      withExtra(
        { member: f.member, operator: f.operator, ...said({ values: f.values }) },
        kept(extra, 'filters', filterKey(f)),
      ),
    ),
    where,
    order: order.map((o) =>
      withExtra(
        { member: o.member, ...said({ descending: o.descending || undefined }) },
        kept(extra, 'order', o.member),
      ),
    ),
    range: range && withExtra({ ...range }, isKeys(extra.range) ? extra.range : {}),
    fill,
    limit,
    offset,
  });
  return withExtra(known, extra, ['filters', 'order', 'range']);
}

export function readExploration(data: z.output<typeof explorationShape>): Exploration {
  const { name, title, chart, pivot, compare } = data;
  const inRange = data.query.range === undefined ? {} : unknownOf(data.query.range, rangeShape);
  const inQuery = {
    ...unknownOf(data.query, queryShape),
    ...keepEntries('filters', data.query.filters ?? [], filterShape, filterKey),
    ...(Object.keys(inRange).length > 0 ? { range: inRange } : {}),
    ...keepEntries('order', data.query.order ?? [], orderShape, (o) => o.member),
  };
  return {
    name,
    title,
    query: readQuery(data.query),
    chart,
    pivot,
    compare,
    extra: {
      ...unknownOf(data, explorationShape),
      ...(Object.keys(inQuery).length > 0 ? { query: inQuery } : {}),
    },
  };
}

function readQuery(data: z.output<typeof queryShape>): ModelQuery {
  const { measures, dimensions, segments, grain, where, range, fill, limit, offset } = data;
  const filters = (data.filters ?? []).map(
    ({ member, operator, values }): MemberFilter => ({ member, operator, values }),
  );
  const order = (data.order ?? []).map(({ member, descending }) => ({ member, descending }));
  return {
    measures,
    dimensions,
    segments,
    ...(grain === undefined ? {} : { grain }),
    ...(filters.length === 0 ? {} : { filters }),
    ...(where === undefined || where === '' ? {} : { where }),
    ...(order.length === 0 ? {} : { order }),
    ...(range === undefined ? {} : { range: { dimension: range.dimension, from: range.from, to: range.to } }),
    ...(fill === undefined ? {} : { fill }),
    ...(limit === undefined ? {} : { limit }),
    ...(offset === undefined ? {} : { offset }),
  };
}
