/**
 * The values beside the drafts: computed again when what they are made of changes, the newest wins, the last good one stays.
 */
import type { Design, DesignTable, MemberRef } from '#core/design/design';
import type { Problem } from '#core/problem';
import { problem } from '#core/problem';
import type { Table } from '#core/table';
import { type Deps, debounced } from './deps';
import { breakdownOf, memberKey } from './select';
import type { DraftSlice, State } from './state';
import type { AssayStore } from './store';

/** How long a form must rest before its value is computed. */
const draftMs = 180;
const checkMs = 400;

type Values = Pick<DraftSlice, 'measureValues' | 'dimensionValues' | 'valueProblems' | 'computing'>;

/** The measures and dimensions of a design: those with a value of their own. */
function valued(design: Design): readonly { table: DesignTable; member: MemberRef }[] {
  return design.tables.flatMap((table) => [
    ...table.dimensions.map((d) => ({
      table,
      member: { table: table.name, kind: 'dimension', name: d.name } as const,
    })),
    ...table.measures.map((m) => ({
      table,
      member: { table: table.name, kind: 'measure', name: m.name } as const,
    })),
  ]);
}

/** All that a member's value depends on; the same text means the same value. What only words it is left out. */
function basis(s: State, table: DesignTable, ref: MemberRef, reading: number): string {
  const measure = ref.kind === 'measure' ? table.measures.find((m) => m.name === ref.name) : undefined;
  const dimension = ref.kind === 'dimension' ? table.dimensions.find((d) => d.name === ref.name) : undefined;
  const parts = measure
    ? [
        measure.aggregation,
        measure.column,
        measure.expression,
        measure.numerator,
        measure.denominator,
        measure.filter,
      ]
    : [dimension?.type ?? '', dimension?.column ?? '', dimension?.expression ?? ''];
  // Names in braces, and the two measures of a ratio, reach other members of the table.
  const reaches = parts.some((text) => text.includes('{')) || measure?.aggregation === 'ratio';
  const by = ref.kind === 'measure' ? breakdownOf(s, ref) : null;
  const broken = by === null ? null : table.dimensions.find((d) => d.name === by);
  return JSON.stringify([
    table.source,
    reading,
    parts,
    reaches ? [table.dimensions, table.measures] : [],
    [broken?.column, broken?.expression, by],
  ]);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

export function followValues(store: AssayStore, { client, later }: Deps): void {
  const computed = new Map<string, string>();
  const readings = new Map<Table, number>();
  let reading = 0;
  const soon = debounced(later);
  const checkSoon = debounced(later);

  const readingOf = (table: Table): number => {
    const known = readings.get(table);
    if (known !== undefined) return known;
    readings.set(table, ++reading);
    return reading;
  };

  const patch = (key: string, change: (s: State) => Partial<Values>) =>
    store.setState((s) => ({ computing: without(s.computing, key), ...change(s) }));

  const compute = async (member: MemberRef, made: string) => {
    const key = memberKey(member);
    computed.set(key, made);
    const { design } = store.getState();
    store.setState((s) => ({ computing: { ...s.computing, [key]: true } }));
    const by = member.kind === 'measure' ? breakdownOf(store.getState(), member) : null;
    const ask = { design, member };
    const failedWith = (found: Problem) =>
      patch(key, (s) => ({ valueProblems: { ...s.valueProblems, [key]: found } }));
    const reply =
      member.kind === 'measure'
        ? await client.ask(
            'draft:measure',
            { ...ask, ...(by === null ? {} : { by }) },
            { key: `value:${key}` },
          )
        : await client.ask('draft:dimension', ask, { key: `value:${key}` });
    if (computed.get(key) !== made) return;
    if (!reply.ok) {
      if (!('problem' in reply)) {
        failedWith(problem('query-failed', { reason: reply.fault, sql: '' }));
      } else if (reply.problem.code === 'query-cancelled' || reply.problem.code === 'engine-restarted') {
        computed.delete(key);
        patch(key, () => ({}));
      } else {
        failedWith(reply.problem);
      }
      return;
    }
    const { value } = reply;
    patch(key, (s) => ({
      valueProblems: without(s.valueProblems, key),
      ...('distinct' in value
        ? { dimensionValues: { ...s.dimensionValues, [key]: value } }
        : { measureValues: { ...s.measureValues, [key]: value } }),
    }));
  };

  const follow = () => {
    const s = store.getState();
    const live = new Set<string>();
    for (const { table, member } of valued(s.design)) {
      const read = s.tables[table.source];
      const key = memberKey(member);
      live.add(key);
      if (read === undefined) continue;
      const made = basis(s, table, member, readingOf(read));
      if (computed.get(key) !== made) void compute(member, made);
    }
    const gone = [...computed.keys()].filter((key) => !live.has(key));
    if (gone.length === 0) return;
    for (const key of gone) computed.delete(key);
    const drop = <T>(record: Readonly<Record<string, T>>) => gone.reduce(without<T>, record);
    store.setState((now) => ({
      measureValues: drop(now.measureValues),
      dimensionValues: drop(now.dimensionValues),
      valueProblems: drop(now.valueProblems),
      computing: drop(now.computing),
    }));
  };

  const check = async () => {
    const { design } = store.getState();
    if (design.tables.length === 0) {
      if (store.getState().dataProblems.length > 0) store.setState({ dataProblems: [] });
      return;
    }
    const reply = await client.ask('design:check', { design }, { key: 'check' });
    if (reply.ok && store.getState().design === design) store.setState({ dataProblems: reply.value });
  };

  store.subscribe((s, before) => {
    const changed = s.design !== before.design || s.tables !== before.tables;
    if (changed || s.breakdownBy !== before.breakdownBy) soon(follow, draftMs);
    if (changed) checkSoon(() => void check(), checkMs);
  });

  client.onReady(async (again) => {
    if (!again) return;
    soon(follow, 0);
    checkSoon(() => void check(), checkMs);
  });
}
