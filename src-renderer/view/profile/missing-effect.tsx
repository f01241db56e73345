import { useState } from 'react';
import type { ColumnLack, Effect, MissingAsk, MissingEffect } from '#core/missing/missing';
import { isFractional, type Table } from '#core/table';
import { ColumnSelect } from '../ui/column-select';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, none, number, percent } from '../ui/figure';
import { Answer } from './answer';
import { useAnswer } from './use-answer';

const wayTitle: Readonly<Record<Effect['way'], string>> = {
  present: 'As it is, nulls left out',
  drop: 'Drop the rows ticked',
  zero: 'Fill with 0',
  mean: 'Fill with the mean',
  median: 'Fill with the median',
  mode: 'Fill with the mode',
};
/** Columns that can be ticked. */
const TICKS = 60;

/** What dropping rows or filling values in would change. Nothing is changed here. */
export function MissingEffectPane({
  ask,
  table,
  lacks,
  chosen,
  onChoose,
}: {
  ask: MissingAsk;
  table: Table;
  lacks: readonly ColumnLack[];
  chosen: string | null;
  onChoose: (column: string) => void;
}) {
  const [ticked, setTicked] = useState<readonly string[] | null>(null);
  const drop = ticked ?? (chosen === null ? [] : [chosen]);
  const answer = useAnswer('missing:effect', chosen === null ? null : { ...ask, column: chosen, drop });
  if (chosen === null) return <p className="profile-note">No column has a null in these rows.</p>;
  const some = lacks.filter((c) => c.nulls > 0).toSorted((a, b) => b.nulls - a.nulls);
  const shown = some.slice(0, TICKS);
  const column = table.columns.find((c) => c.name === chosen);
  return (
    <>
      <ColumnSelect
        label="Figures of"
        columns={lacks.filter((c) => c.nulls > 0 || c.name === chosen)}
        value={chosen}
        note={(c) => `${count(c.nulls)} missing`}
        onChange={onChoose}
      />
      <div className="missing-two missing-effect">
        <fieldset className="missing-ticks">
          <legend>Drop rows that lack</legend>
          <div className="missing-tick-actions">
            <button type="button" className="ui-link" onClick={() => setTicked(shown.map((c) => c.name))}>
              All
            </button>
            <button type="button" className="ui-link" onClick={() => setTicked([])}>
              None
            </button>
            {shown.length < some.length ? (
              <span className="profile-quiet">the {count(TICKS)} that lack most</span>
            ) : null}
          </div>
          <ul>
            {shown.map((c) => (
              <li key={c.name}>
                <label>
                  <input
                    type="checkbox"
                    checked={drop.includes(c.name)}
                    onChange={(event) =>
                      setTicked(
                        event.target.checked ? [...drop, c.name] : drop.filter((name) => name !== c.name),
                      )
                    }
                  />
                  <span title={c.name}>{c.name}</span>
                  <b>{count(c.nulls)}</b>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Answer answer={answer} doing="Computing the figures" height={280}>
          {(effect) => (
            <>
              <RowsLeft effect={effect} />
              {column?.kind !== 'number' ? (
                <p className="profile-note">
                  {chosen} holds no numbers, so there are no mean, median and deviation to compare.
                </p>
              ) : effect.effects.length === 0 ? (
                <p className="profile-note">The values are too large for a deviation to be computed.</p>
              ) : (
                <Figures effects={effect.effects} decimals={isFractional(column.type) ? 2 : 0} />
              )}
              <footer className="missing-foot">
                <EvidenceLine evidence={effect.evidence} />
              </footer>
            </>
          )}
        </Answer>
      </div>
    </>
  );
}

function RowsLeft({ effect: { rows, left, alone } }: { effect: MissingEffect }) {
  const dropped = rows - left;
  const sole = alone.filter((a) => a.rows > 0).toSorted((a, b) => b.rows - a.rows);
  return (
    <div className="missing-left">
      <p>
        <b>{count(left)}</b> of {counted(rows, 'row')} are left; {count(dropped)} are dropped (
        {percent(dropped, rows)}
        ).
      </p>
      <span className="missing-bar" role="img" aria-label={`${percent(left, rows)} of the rows are left`}>
        <i className="missing-tone-rows" style={{ width: `${(100 * left) / Math.max(1, rows)}%` }} />
      </span>
      {alone.length > 1 && sole.length > 0 ? (
        <p className="profile-quiet">
          Dropped for one column alone:{' '}
          {sole
            .slice(0, 4)
            .map((a) => `${a.column} ${count(a.rows)}`)
            .join(', ')}
          {sole.length > 4 ? ` and ${count(sole.length - 4)} more` : ''}.
        </p>
      ) : null}
    </div>
  );
}

function Figures({ effects, decimals }: { effects: readonly Effect[]; decimals: number }) {
  const [present] = effects;
  // Cents mean nothing beside hundreds of thousands.
  const places = Math.abs(present?.mean ?? 0) >= 1e5 ? 0 : Math.max(2, decimals);
  const cell = (value: number | null, before: number | null | undefined, of: number) => {
    const change = value === null || before === null || before === undefined ? null : value - before;
    return (
      <td>
        {value === null ? none : number(value, of)}
        <small>{change === null || value === before ? '' : changeWords(change, before ?? 0)}</small>
      </td>
    );
  };
  return (
    <table className="profile-table missing-figures">
      <thead>
        <tr>
          <th scope="col">Way</th>
          <th scope="col">Filled in</th>
          <th scope="col">Values</th>
          <th scope="col">Mean</th>
          <th scope="col">Median</th>
          <th scope="col">Std dev</th>
        </tr>
      </thead>
      <tbody>
        {effects.map((e) => (
          <tr key={e.way}>
            <th scope="row">{wayTitle[e.way]}</th>
            <td>{e.fill === null ? none : number(e.fill, Number.isInteger(Number(e.fill)) ? 0 : places)}</td>
            <td>{count(e.values)}</td>
            {cell(e.mean, e === present ? undefined : present?.mean, places)}
            {cell(e.median, e === present ? undefined : present?.median, decimals)}
            {cell(e.stddev, e === present ? undefined : present?.stddev, places)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How far a figure moved, in percent of what it was. */
function changeWords(change: number, before: number): string {
  if (before === 0) return change > 0 ? 'up from 0' : 'down from 0';
  const share = (100 * change) / Math.abs(before);
  const text = Math.abs(share) < 0.05 ? '<0.1' : Math.abs(share).toFixed(1);
  return `${change > 0 ? '+' : '−'}${text}\u00a0%`;
}
