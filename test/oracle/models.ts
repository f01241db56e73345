/**
 * Random models and questions, the same ones for the same seed: two to six tables with keys, null keys, orphans and fan-outs.
 */
import type { Design, DesignTable, Join } from '../../src-main/core/design/design';
import type { MemberFilter, ModelQuery } from '../../src-main/core/design/query';
import { dimension, measure, segment, table } from '../support/designs';

/** Numbers from 0 to 1. Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014 (mixing of 32 bits). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    z ^= z >>> 15;
    return (z >>> 0) / 4294967296;
  };
}

export interface Model {
  readonly design: Design;
  /** Statements that make the tables. */
  readonly rows: readonly string[];
}

export function randomModel(seed: number): Model {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const count = 2 + below(5);
  const names = Array.from({ length: count }, (_, i) => `t${i}`);
  const sizes = names.map(() => (below(8) === 0 ? 0 : 1 + below(25)));
  const rows: string[] = [];
  const joins: Join[] = [];
  const foreign = names.map((): string[] => []);
  const values = names.map((_, i) =>
    Array.from({ length: sizes[i]! }, (_, r) => ({
      id: String(r + 1),
      name: random() < 0.15 ? 'NULL' : `'${['red', 'green', 'blue'][below(3)]}'`,
      amount: random() < 0.2 ? 'NULL' : String(below(400) / 4 - 20),
      pieces: random() < 0.1 ? 'NULL' : String(below(9)),
      at:
        random() < 0.1
          ? 'NULL'
          : `TIMESTAMP '2024-0${1 + below(4)}-${String(1 + below(28)).padStart(2, '0')} 1${below(9)}:00:00'`,
      keys: [] as string[],
    })),
  );
  for (let i = 1; i < count; i++) {
    const to = below(i);
    // One table leads to the other: the later one has the key of the earlier, or the other way round.
    const [many, one] = random() < 0.6 ? [i, to] : [to, i];
    const key = `t${one}_id`;
    if (foreign[many]!.includes(key)) continue;
    foreign[many]!.push(key);
    const single = random() < 0.2;
    const free = Array.from({ length: sizes[one]! + 2 }, (_, k) => k + 1);
    for (const row of values[many]!) {
      const orphan = sizes[one]! + 1 + below(2);
      const picked = single
        ? (free.splice(below(free.length), 1)[0] ?? null)
        : random() < 0.1
          ? orphan
          : 1 + below(Math.max(1, sizes[one]!));
      row.keys.push(random() < 0.1 || picked === null ? 'NULL' : String(picked));
    }
    const declared = random() < 0.5 && !single;
    joins.push(
      declared
        ? { from: names[one]!, to: names[many]!, relationship: 'one_to_many', on: [['id', key]], extra: {} }
        : {
            from: names[many]!,
            to: names[one]!,
            relationship: single ? 'one_to_one' : 'many_to_one',
            on: [[key, 'id']],
            extra: {},
          },
    );
  }
  const columnsOf = (i: number) => [
    { name: 'id', type: 'INTEGER' },
    { name: 'name', type: 'VARCHAR' },
    { name: 'amount', type: 'DOUBLE' },
    { name: 'pieces', type: 'INTEGER' },
    { name: 'at', type: 'TIMESTAMP' },
    ...foreign[i]!.map((name) => ({ name, type: 'INTEGER' })),
  ];
  names.forEach((name, i) => {
    const list = columnsOf(i).map((c) => `"${c.name}" ${c.type}`);
    rows.push(`CREATE TABLE "${name}" (${list.join(', ')})`);
    const all = values[i]!.map((v) => `(${[v.id, v.name, v.amount, v.pieces, v.at, ...v.keys].join(', ')})`);
    if (all.length > 0) rows.push(`INSERT INTO "${name}" VALUES ${all.join(', ')}`);
  });
  const design: Design = {
    name: 'random',
    title: '',
    description: '',
    sources: names.map((name, i) => ({
      name,
      path: `/${name}.csv`,
      format: 'csv',
      columns: columnsOf(i),
      extra: {},
    })),
    tables: names.map(members),
    joins,
    explorations: [],
    extra: {},
  };
  return { design, rows };
}

function members(name: string): DesignTable {
  return table(name, {
    dimensions: [
      dimension('id', { column: 'id', type: 'number', primaryKey: true }),
      dimension('name', { column: 'name' }),
      dimension('size', { expression: "CASE WHEN amount >= 20 THEN 'big' ELSE 'small' END" }),
      dimension('at', { column: 'at', type: 'time' }),
    ],
    measures: [
      measure('rows', { aggregation: 'count' }),
      measure('filled', { aggregation: 'count', column: 'amount' }),
      measure('names', { aggregation: 'count_distinct', column: 'name' }),
      measure('total', { column: 'amount' }),
      measure('value', { expression: 'amount * pieces' }),
      measure('average', { aggregation: 'avg', column: 'amount' }),
      measure('least', { aggregation: 'min', column: 'amount' }),
      measure('most', { aggregation: 'max', column: 'pieces' }),
      measure('middle', { aggregation: 'median', column: 'amount' }),
      measure('p90', { aggregation: 'percentile', column: 'amount', percentile: 0.9 }),
      measure('weighted', {
        aggregation: 'weighted_avg',
        column: 'amount',
        weight: 'pieces',
        filter: "{size} = 'big'",
      }),
      measure('about', { aggregation: 'count_distinct_approx', column: 'name' }),
      measure('big_total', { column: 'amount', filter: "{size} = 'big'" }),
      measure('big_rows', { aggregation: 'count', filter: "{size} = 'big'" }),
      measure('big_share', { aggregation: 'ratio', numerator: 'big_total', denominator: 'total' }),
      measure('per_piece', {
        aggregation: 'expression',
        expression: 'sum(amount) / nullif(sum(pieces), 0)',
      }),
    ],
    segments: [segment('some', 'pieces > 2'), segment('early', '"at" < TIMESTAMP \'2024-03-01\'')],
  });
}

/** A question over one to three tables of a model that are near one another, or not. */
export function randomQuery(model: Model, seed: number): ModelQuery {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const { tables } = model.design;
  const used = Array.from({ length: 1 + below(3) }, () => tables[below(tables.length)]!);
  const pick = () => used[below(used.length)]!;
  const measures = Array.from({ length: 1 + below(3) }, () => {
    const t = pick();
    return `${t.name}.${t.measures[below(t.measures.length)]!.name}`;
  });
  const dimensions = Array.from({ length: below(3) }, () => {
    const t = pick();
    const open = t.dimensions.filter((d) => !d.primaryKey);
    return `${t.name}.${open[below(open.length)]!.name}`;
  });
  const segments: string[] = [];
  if (random() < 0.2) {
    const from = pick();
    segments.push(`${from.name}.${from.segments[below(from.segments.length)]!.name}`);
  }
  const filters: MemberFilter[] = [];
  const t = pick();
  const words = t.dimensions.filter((d) => d.type === 'string');
  if (random() < 0.25 && words.length > 0) {
    const member = `${t.name}.${words[below(words.length)]!.name}`;
    filters.push(
      random() < 0.5
        ? { member, operator: random() < 0.5 ? 'equals' : 'notEquals', values: ['red'] }
        : { member, operator: random() < 0.5 ? 'set' : 'contains', values: ['RE'] },
    );
  }
  if (random() < 0.15) filters.push({ member: measures[0]!, operator: 'gt', values: [1] });
  return {
    measures: [...new Set(measures)],
    // Cube answers with times last.
    dimensions: [...new Set(dimensions)].sort(
      (a, b) => Number(a.endsWith('.at')) - Number(b.endsWith('.at')),
    ),
    segments,
    filters,
    grain: 'month',
  };
}
