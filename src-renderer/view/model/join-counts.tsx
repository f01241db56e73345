/** What was counted at both ends of a join, and how many rows a key has. */
import { useState } from 'react';
import type { MeasuredEnd, MeasuredJoin } from '#core/join/join';
import type { JoinDraft } from '../../store/state';
import { CopySql } from '../ui/copy-sql';
import { count, counted, duration } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import type { Looked } from './join-lab';

const sides = ['from', 'to'] as const;

export function JoinCounts({
  draft,
  measured,
  looked,
  onLook,
}: {
  draft: JoinDraft;
  measured: MeasuredJoin;
  looked: Looked | null;
  onLook: (looked: Looked | null) => void;
}) {
  const names = { from: draft.from, to: draft.to };
  const sql = measured.sql.map((one) => `${one.replace(/[;\s]+$/, '')};`).join('\n\n');
  /** A count that leads to its rows. */
  const rows = (side: 'from' | 'to', kind: Looked['kind'], n: number, text: string, about: string) =>
    n === 0 ? (
      text
    ) : (
      <button
        type="button"
        className="ui-link"
        aria-pressed={looked?.side === side && looked.kind === kind}
        aria-label={`Show ${about} of ${names[side]}`}
        onClick={() => onLook({ side, kind })}
      >
        {text}
      </button>
    );
  const perKey = ({ fewest, most }: MeasuredEnd) =>
    most === 0 ? '–' : fewest === most ? count(most) : `${count(fewest)}–${count(most)}`;
  return (
    <div className="join-counts">
      <table>
        <thead>
          <tr>
            <th scope="col">Exact counts</th>
            {sides.map((side) => (
              <th key={side} scope="col" title={names[side]}>
                {names[side]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Rows</th>
            {sides.map((side) => (
              <td key={side}>{count(measured[side].rows)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">Distinct keys</th>
            {sides.map((side) => (
              <td key={side}>{count(measured[side].keys)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row" title="Fewest and most, of keys that both tables have">
              Rows per key
            </th>
            {sides.map((side) => (
              <td key={side}>
                {rows(
                  side,
                  'repeated',
                  measured[side].most > 1 ? 1 : 0,
                  perKey(measured[side]),
                  'rows with a key that repeats',
                )}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row" title="Rows whose key has a null; they meet nothing">
              Null keys
            </th>
            {sides.map((side) => (
              <td key={side}>
                {rows(
                  side,
                  'nulls',
                  measured[side].nulls,
                  count(measured[side].nulls),
                  `${counted(measured[side].nulls, 'row')} with a null key`,
                )}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row" title="Rows with a key that the other table does not have">
              Orphans
            </th>
            {sides.map((side) => (
              <td
                key={side}
                title={`${counted(measured[side].orphanKeys, 'key')} that ${names[side === 'from' ? 'to' : 'from']} does not have`}
              >
                {rows(
                  side,
                  'orphans',
                  measured[side].orphans,
                  counted(measured[side].orphans, 'row'),
                  counted(measured[side].orphans, 'orphan'),
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <RowsPerKey names={names} measured={measured} />
      <p className="ui-evidence">
        <span className="ui-dot ui-dot-exact" aria-hidden="true" />
        exact · all rows · {counted(measured.pairs, 'pair')} meet · {duration(measured.ms)}
        {sql === '' ? null : <CopySql sql={sql} />}
      </p>
    </div>
  );
}

/** How many keys have so many rows, of the end with the most. */
function RowsPerKey({ names, measured }: { names: Record<'from' | 'to', string>; measured: MeasuredJoin }) {
  const [form, setForm] = useState<Form>('chart');
  const side = measured.to.most > measured.from.most ? 'to' : 'from';
  const { perKey, keys, orphanKeys, most } = measured[side];
  if (most < 2) {
    return (
      <p className="join-per-key-note">
        {most === 0 ? 'The two have no key in common.' : 'Each key has one row at both ends.'}
      </p>
    );
  }
  const met = keys - orphanKeys;
  const tallest = Math.max(1, ...perKey.map((bin) => bin.keys));
  const words = (bin: (typeof perKey)[number]) => `${count(bin.rows)}${bin.andMore ? '+' : ''}`;
  const other = side === 'from' ? measured.to : measured.from;
  // Pairs are rows of this end, as often as their key stands at the other.
  const mean = other.most === 1 && met > 0 ? measured.pairs / met : null;
  return (
    <figure className="join-per-key">
      <figcaption>
        <span>
          Rows of {names[side]} per key{mean === null ? '' : `, mean ${mean.toFixed(2)}`}
        </span>
        <FormSwitch label="Rows per key as" value={form} onChange={setForm} />
      </figcaption>
      {form === 'chart' ? (
        <ul className="join-bars" aria-label={`Keys by their rows in ${names[side]}`}>
          {perKey.map((bin, i) => (
            <li
              key={`${bin.rows}${bin.andMore}`}
              title={`${counted(bin.keys, 'key')} with ${words(bin)} ${bin.rows === 1 && !bin.andMore ? 'row' : 'rows'}`}
            >
              <i
                style={{ height: bin.keys === 0 ? 0 : `${Math.max(4, (100 * bin.keys) / tallest)}%` }}
                aria-hidden="true"
              />
              <span data-quiet={perKey.length > 6 && i % 2 === 1 && i < perKey.length - 1}>{words(bin)}</span>
              <span className="visually-hidden">: {counted(bin.keys, 'key')}</span>
            </li>
          ))}
        </ul>
      ) : (
        <table className="join-per-key-table">
          <thead>
            <tr>
              <th scope="col">Rows</th>
              <th scope="col">Keys</th>
            </tr>
          </thead>
          <tbody>
            {perKey.map((bin) => (
              <tr key={`${bin.rows}${bin.andMore}`}>
                <th scope="row">{words(bin)}</th>
                <td>{count(bin.keys)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  );
}
