import { expect, it } from 'vitest';
import type { Design } from '#core/design/design';
import type { ModelQuery } from '#core/design/query';
import { restCurl, restQuery, restText } from '#core/explore/payload';
import { dimension, measure, salesDesign, segment, table } from '../../support/designs';

const base = salesDesign({
  dimensions: [dimension('region', { column: 'region' }), dimension('day', { column: 'day', type: 'time' })],
  measures: [measure('total', { column: 'amount' })],
  segments: [segment('north', `region = 'north'`)],
});
const design: Design = {
  ...base,
  tables: [
    ...base.tables,
    table('others', { source: 'sales', dimensions: [dimension('region', { column: 'region' })] }),
  ],
};
const query: ModelQuery = {
  measures: ['total'],
  dimensions: ['sales.region', 'sales.day.month'],
  segments: ['north'],
  filters: [
    { member: 'sales.region', operator: 'equals', values: ["it's", 1, true] },
    { member: 'others.region', operator: 'set', values: [] },
    { member: 'total', operator: 'gt', values: [5] },
  ],
  range: { dimension: 'day', from: '2024-01-01', to: '2024-03-31' },
  order: [
    { member: 'sales.day.month', descending: false },
    { member: 'sales.total', descending: true },
  ],
  limit: 10,
  offset: 5,
};

it('a question is said in the words of Cube and Lens, with whole names and values as text', () => {
  expect(restQuery(design, query)).toEqual({
    losses: [],
    query: {
      measures: ['sales.total'],
      dimensions: ['sales.region'],
      timeDimensions: [
        { dimension: 'sales.day', granularity: 'month', dateRange: ['2024-01-01', '2024-03-31'] },
      ],
      filters: [
        { member: 'sales.region', operator: 'equals', values: ["it's", '1', 'true'] },
        { member: 'others.region', operator: 'set' },
        { member: 'sales.total', operator: 'gt', values: ['5'] },
      ],
      segments: ['sales.north'],
      order: [
        ['sales.day', 'asc'],
        ['sales.total', 'desc'],
      ],
      limit: 10,
      offset: 5,
      timezone: 'UTC',
    },
  });
});

it('a range without a grain, a time as it is and a grain for all times have their place', () => {
  const { query: said } = restQuery(design, {
    measures: [],
    dimensions: ['sales.day'],
    segments: [],
    range: { dimension: 'sales.day', from: '2024-01-01', to: '2024-01-31' },
  });
  expect(said).toEqual({
    dimensions: ['sales.day'],
    timeDimensions: [{ dimension: 'sales.day', dateRange: ['2024-01-01', '2024-01-31'] }],
    timezone: 'UTC',
  });
  const all = restQuery(design, { measures: [], dimensions: ['day'], segments: [], grain: 'year' });
  expect(all.query.timeDimensions).toEqual([{ dimension: 'sales.day', granularity: 'year' }]);
});

it('what the interface cannot say is told', () => {
  const { losses } = restQuery(design, { ...query, where: '{region} <> 1', fill: true });
  expect(losses).toHaveLength(2);
  expect(losses[0]).toContain('{region} <> 1');
});

it('the shell gets one word, whatever the values are', () => {
  const text = restCurl(design, query, 'lens');
  expect(text).toContain(`"it'\\''s"`);
  expect(text).toContain(`'Authorization: Bearer <token>'`);
  expect(text).toContain(`'https://<address>/lens2/api/<workspace>:<lens>/v2/load'`);
  expect(restCurl(design, query, 'cube')).toContain(`'https://<address>/cubejs-api/v1/load'`);
  // A shell takes quotes away and joins what stands beside each other.
  const body = /--data ('.*')$/s.exec(text)?.[1] ?? '';
  const read = body.replace(/'((?:[^'])*)'|\\(.)/gs, (_, quoted, escaped) => escaped ?? quoted);
  expect(read).toBe(restText(design, query));
  expect(JSON.parse(read)).toEqual({ query: restQuery(design, query).query });
});
