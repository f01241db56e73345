/**
 * A question as the REST interfaces of Cube and Lens take it.
 *
 * Source of the words: https://cube.dev/docs/product/apis-integrations/rest-api/query-format; Lens takes the same query.
 */
import type { Design } from '../design/design';
import type { Grain, ModelQuery } from '../design/query';
import { askedOf } from './question';

export interface RestQuery {
  readonly measures?: readonly string[];
  readonly dimensions?: readonly string[];
  readonly timeDimensions?: readonly {
    readonly dimension: string;
    readonly granularity?: Grain;
    readonly dateRange?: readonly [string, string];
  }[];
  readonly filters?: readonly {
    readonly member: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
  readonly segments?: readonly string[];
  readonly order?: readonly (readonly [string, 'asc' | 'desc'])[];
  readonly limit?: number;
  readonly offset?: number;
  readonly timezone: 'UTC';
}

/** Who answers it. */
export type RestTarget = 'lens' | 'cube';

/** @returns The query, and in words what it cannot say. */
export function restQuery(
  design: Design,
  query: ModelQuery,
): { readonly query: RestQuery; readonly losses: readonly string[] } {
  const losses: string[] = [];
  const whole = (word: string) => {
    const asked = askedOf(design, word);
    return asked === null ? word : `${asked.table.name}.${asked.member.name}`;
  };
  const segment = (word: string) => {
    const owners = design.tables.filter((t) => t.segments.some((s) => s.name === word));
    return owners.length === 1 ? `${owners[0]!.name}.${word}` : word;
  };
  const times = new Map<
    string,
    { dimension: string; granularity?: Grain; dateRange?: readonly [string, string] }[]
  >();
  const plain: string[] = [];
  for (const word of query.dimensions) {
    const asked = askedOf(design, word);
    const isTime = asked?.kind === 'dimension' && asked.member.type === 'time';
    const grain = isTime ? (asked.grain ?? query.grain) : undefined;
    const name = whole(word);
    if (grain === undefined) plain.push(name);
    else times.set(name, [...(times.get(name) ?? []), { dimension: name, granularity: grain }]);
  }
  if (query.range !== undefined) {
    const name = whole(query.range.dimension);
    const dateRange = [query.range.from, query.range.to] as const;
    const [first = { dimension: name }, ...more] = times.get(name) ?? [];
    times.set(name, [{ ...first, dateRange }, ...more]);
  }
  if ((query.where ?? '').trim() !== '') losses.push(`It takes no condition in SQL: ${query.where}`);
  if (query.fill) losses.push('Times without rows are put in by the one who asks, not by the query.');
  const filters = (query.filters ?? []).map(({ member, operator, values }) => ({
    member: whole(member),
    operator,
    ...(operator === 'set' || operator === 'notSet' ? {} : { values: values.map(String) }),
  }));
  const list = <T>(items: readonly T[]) => (items.length === 0 ? undefined : items);
  const said = {
    measures: list(query.measures.map(whole)),
    dimensions: list(plain),
    timeDimensions: list([...times.values()].flat()),
    filters: list(filters),
    segments: list(query.segments.map(segment)),
    order: list((query.order ?? []).map((o) => [whole(o.member), o.descending ? 'desc' : 'asc'] as const)),
    limit: query.limit,
    offset: query.offset,
    timezone: 'UTC' as const,
  };
  return {
    query: Object.fromEntries(
      Object.entries(said).filter(([, v]) => v !== undefined),
    ) as unknown as RestQuery,
    losses,
  };
}

/** The body of the request as text. */
export function restText(design: Design, query: ModelQuery): string {
  return JSON.stringify({ query: restQuery(design, query).query }, null, 2);
}

const paths: Readonly<Record<RestTarget, string>> = {
  lens: `/lens2/api/<workspace>:<lens>/v2/load`,
  cube: '/cubejs-api/v1/load',
};

/** The request for a shell; the address and the token are for the user to put in. */
export function restCurl(design: Design, query: ModelQuery, target: RestTarget): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    `curl -X POST ${quoted(`https://<address>${paths[target]}`)} \\`,
    `  -H ${quoted(`Authorization: ${target === 'lens' ? 'Bearer ' : ''}<token>`)} \\`,
    `  -H ${quoted('Content-Type: application/json')} \\`,
    `  --data ${quoted(restText(design, query))}`,
  ].join('\n');
}
