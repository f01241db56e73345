/** What a join does to the measures of its tables, and what keeps their numbers right. */
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { Join } from '#core/design/design';
import { measureOf as measureNamed, tableOf } from '#core/design/member';
import { formatValue } from '#core/format';
import type { JoinEffect, MeasuredJoin } from '#core/join/join';
import type { Cell } from '#core/table';
import { useAssay } from '../../store/hooks';
import { growth, multiplies } from '../../store/join-reading';
import type { JoinDraft } from '../../store/state';
import { Button } from '../ui/button';
import { count, counted } from '../ui/figure';
import { factorWords, short } from './join-words';
import { useJoinAnswer } from './use-join-answer';

export function JoinEffects({
  draft,
  measured,
  relationship,
}: {
  draft: JoinDraft;
  measured: MeasuredJoin;
  relationship: Join['relationship'] | null;
}) {
  const design = useAssay((s) => s.design);
  const { from, to, on, comparison } = draft;
  const join = useMemo<Join>(
    () => ({
      from,
      to,
      on,
      relationship: relationship ?? 'many_to_one',
      ...(comparison === 'value' ? {} : { comparison }),
      extra: {},
    }),
    [from, to, on, relationship, comparison],
  );
  const tables = [tableOf(design, from), tableOf(design, to)];
  const has = tables.some((table) => (table?.measures.length ?? 0) > 0);
  const ask = has ? { design, join: { ...join, relationship: 'many_to_one' as const } } : null;
  const key = useMemo(
    () => JSON.stringify([[from, to].map((name) => tableOf(design, name)), on, comparison]),
    [design, from, to, on, comparison],
  );
  const answer = useJoinAnswer('join:effect', ask, key, [measured.ask.from.table, measured.ask.to.table]);
  const effects = answer.value ?? [];
  const moved = effects.filter((one) => one.factor !== null && Math.abs(one.factor - 1) > 1e-9);
  const ofFrom = moved.filter(({ member }) => member.startsWith(`${from}.`));
  const grows = multiplies(measured);
  const times = growth(measured);
  const crowded = measured.cardinality === 'many_to_many';

  return (
    <div className="join-effects" aria-busy={ask !== null && !answer.fresh}>
      {measured.cardinality === null ? (
        <p className="join-warning" role="status">
          <Head>The two columns have no key in common</Head>
          <span>
            No row of {from} meets one of {to}.{' '}
            {comparison === 'value'
              ? 'If keys are spelt differently, compare by number or by text; else choose other columns.'
              : 'Choose other columns.'}
          </span>
        </p>
      ) : crowded ? (
        <div className="join-warning" role="status">
          <Head>Many to many cannot be declared</Head>
          <span>
            Keys repeat at both ends: {counted(measured.pairs, 'pair')} of rows meet, and rows of {from} grow
            × {factorWords(times)}. Put a bridge table between the two, with one row for each pair of keys,
            and join both to it; or add the pair of columns that makes the key whole at one end.
          </span>
        </div>
      ) : null}
      {grows && !crowded && ofFrom.length === 0 ? (
        <div className="join-warning">
          <Head>
            Rows of {from} grow × {factorWords(times)}
          </Head>
          <span>
            {tableOf(design, from)?.measures.length
              ? `None of the measures of ${from} changes by it so far; sums and counts would.`
              : `A sum over ${from} after this join would count rows more than once.`}
          </span>
        </div>
      ) : null}
      {moved.length > 0 ? (
        [from, to].map((table) => (
          <Moved
            key={table}
            table={table}
            effects={moved.filter(({ member }) => member.startsWith(`${table}.`))}
            cause={causeOf(table, draft, measured)}
          />
        ))
      ) : effects.length > 0 && !crowded ? (
        <p className="join-good">
          {effects.length === 1 ? 'The one measure stays' : `All ${effects.length} measures stay`} the same
          over this join.
        </p>
      ) : null}
      <EffectWork answer={answer} />
      {measured.cardinality === null ? null : <Remedies draft={draft} measured={measured} moved={moved} />}
    </div>
  );
}

function Head({ children }: { children: ReactNode }) {
  return (
    <strong className="join-warning-head">
      <TriangleAlert size={14} aria-hidden="true" />
      {children}
    </strong>
  );
}

/** Why measures of a table change over a join, as a head and a sentence. */
function causeOf(
  table: string,
  { from, to }: JoinDraft,
  measured: MeasuredJoin,
): { readonly head: string; readonly why: string } {
  if (table === from)
    return {
      head: `This join multiplies measures of ${from}`,
      why: `Rows of ${from} grow × ${factorWords(growth(measured))}.`,
    };
  if (measured.from.most > 1)
    return {
      head: `Over this join measures of ${to} multiply`,
      why: `A row of ${to} stands once for each of its rows of ${from}, ${count(measured.from.most)} at most.`,
    };
  return {
    head: `Rows of ${to} fall out of its measures`,
    why: `${counted(measured.to.orphans, 'row')} of ${to} ${measured.to.orphans === 1 ? 'has' : 'have'} no partner in ${from}.`,
  };
}

function Moved({
  table,
  effects,
  cause,
}: {
  table: string;
  effects: readonly JoinEffect[];
  cause: { readonly head: string; readonly why: string };
}) {
  if (effects.length === 0) return null;
  // A wrong figure that looks right is the one to fear.
  const close = effects.find(({ factor }) => factor !== null && factor > 0.8 && factor < 1.25);
  return (
    <div className="join-warning">
      <Head>{cause.head}</Head>
      <EffectTable table={table} effects={effects} />
      <span>
        {cause.why}
        {close === undefined
          ? ''
          : ` ${close.member.slice(table.length + 1)} still looks plausible, and is wrong.`}
      </span>
    </div>
  );
}

function EffectTable({ table, effects }: { table: string; effects: readonly JoinEffect[] }) {
  const design = useAssay((s) => s.design);
  const nameOf = (member: string) => member.slice(table.length + 1);
  const text = (member: string, value: Cell) => {
    const measure = measureNamed(design, table, nameOf(member));
    return value === null ? 'null' : formatValue(value, measure?.format ?? '', navigator.language);
  };
  return (
    <table className="join-effect-table">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Alone</th>
          <th scope="col">Joined</th>
          <th scope="col">Factor</th>
        </tr>
      </thead>
      <tbody>
        {effects.slice(0, 50).map(({ member, alone, joined, factor }) => (
          <tr key={member}>
            <th scope="row" title={member}>
              {nameOf(member)}
            </th>
            <td>{text(member, alone)}</td>
            <td className="join-after">
              <span aria-hidden="true">→ </span>
              {text(member, joined)}
            </td>
            <td className="join-factor">(× {factorWords(factor ?? 1)})</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EffectWork({ answer }: { answer: ReturnType<typeof useJoinAnswer<'join:effect'>> }) {
  const { slow, trouble, stop, again } = answer;
  if (slow)
    return (
      <p className="join-note" role="status">
        <i className="join-spinner" aria-hidden="true" /> Computing the measures over the join…{' '}
        <Button onClick={stop}>Cancel</Button>
      </p>
    );
  if (trouble === null) return null;
  return (
    <p className="join-note" role="status">
      {trouble === 'stopped' ? (
        'Cancelled. '
      ) : (
        <>
          <b>{trouble.words}.</b> {trouble.remedy}{' '}
        </>
      )}
      <Button onClick={again}>Try again</Button>
    </p>
  );
}

/** Ways to keep the figures as they are alone. */
function Remedies({
  draft: { from, to, on },
  measured,
  moved,
}: {
  draft: JoinDraft;
  measured: MeasuredJoin;
  moved: readonly JoinEffect[];
}) {
  const { cardinality } = measured;
  if (cardinality === null || (!multiplies(measured) && moved.length === 0)) {
    return (
      <p className="join-note">
        {cardinality === null
          ? ''
          : `Measured ${short[cardinality]}: no row of ${from} meets more than one of ${to}.`}
      </p>
    );
  }
  const many = multiplies(measured) ? to : from;
  const one = many === to ? from : to;
  const keys = on.map(([a, b]) => (many === to ? b : a)).join(', ');
  const each = many === to ? measured.to : measured.from;
  return (
    <section className="join-remedies" aria-label="What keeps the numbers right">
      <h3>What keeps the numbers right</h3>
      <ul>
        <li>
          <b>Each table at its own grain</b>
          <span>
            Assay's own queries aggregate each table first and join the results, so that they never multiply.
          </span>
        </li>
        <li>
          <b>Roll {many} up</b>
          <span>
            One row per {keys}, {counted(each.keys, 'row')}, before it is joined.
          </span>
        </li>
        <li>
          <b>Ask {many} from its own end</b>
          <span>
            Sum measures of {one} without columns of {many}; group {many} by columns of {one}.
          </span>
        </li>
      </ul>
    </section>
  );
}
