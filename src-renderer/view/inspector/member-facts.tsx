/**
 * The values of a dimension on the loaded data: how many there are, how many rows lack one, and which come most often.
 */
import type { Dimension, MemberRef } from '#core/design/design';
import { tableOf } from '#core/design/member';
import { formatValue } from '#core/format';
import type { Problem } from '#core/problem';
import type { Kind } from '#core/table';
import { useAssay } from '../../store/hooks';
import { count, counted, duration, percent } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { groupWords } from './member-breakdown';
import { CopySql } from './member-copy';
import { useSlow } from './member-figure';

export interface DimensionFactsProps {
  readonly member: MemberRef;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly problem: Problem | null;
}

export function DimensionFacts({ member, dimension, kind, problem }: DimensionFactsProps) {
  const key = `${member.table}.${member.name}`;
  const value = useAssay((s) => s.dimensionValues[key]);
  const computing = useAssay((s) => s.computing[key] === true);
  const source = useAssay((s) => tableOf(s.design, member.table)?.source ?? '');
  const opened = useAssay((s) => s.tables[source] !== undefined);
  const slow = useSlow(computing);
  const broken = problem?.severity === 'error';
  const most = Math.max(1, ...(value?.top.map((one) => one.count) ?? []));

  return (
    <section className="inspect-figure" aria-label="Values" aria-busy={computing}>
      <div className="inspect-value-line">
        <output className="inspect-value" data-stale={broken || computing}>
          {value ? count(value.distinct) : '–'}
        </output>
        <span className="inspect-quiet">distinct</span>
        {value && (
          <span className="inspect-nulls" data-some={value.nulls > 0}>
            {value.nulls === 0 ? 'no nulls' : `${percent(value.nulls, value.rows)} null`}
          </span>
        )}
        {slow && <span className="inspect-quiet">computing…</span>}
      </div>
      <div className="inspect-evidence">
        {broken ? (
          <>
            <WarningIcon />
            <span className="bad">{value ? 'last good values' : 'no values'}</span>
          </>
        ) : value ? (
          <>
            <span className="ui-dot ui-dot-exact" aria-hidden="true" />
            <span>
              exact · {counted(value.rows, 'row')} · {duration(value.ms)}
            </span>
          </>
        ) : (
          <span>{opened ? 'not computed yet' : 'its source is not open, so it has no values'}</span>
        )}
        {value && <CopySql sql={value.sql} />}
      </div>
      {dimension.primaryKey && value && (value.nulls > 0 || value.distinct < value.rows) && !broken && (
        <p className="inspect-warning">
          <WarningIcon />
          <span>
            Not a key on the loaded rows: {counted(value.distinct, 'distinct value')} in{' '}
            {counted(value.rows, 'row')}
            {value.nulls > 0 ? `, ${count(value.nulls)} of them null` : ''}.
          </span>
        </p>
      )}
      <div className="inspect-breakdown-room" data-stale={broken || computing}>
        {value && value.top.length > 0 && (
          <table className="inspect-breakdown">
            <colgroup>
              <col className="inspect-group-column" />
              <col span={3} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col" colSpan={2}>
                  Top values
                </th>
                <th scope="col" className="num">
                  rows
                </th>
                <th scope="col" className="num">
                  share
                </th>
              </tr>
            </thead>
            <tbody>
              {value.top.slice(0, 12).map((one) => {
                const { words, quiet } = groupWords(one.value);
                const shown = quiet
                  ? words
                  : formatValue(one.value, dimension.format, navigator.language, { kind });
                return (
                  <tr key={String(one.value)}>
                    <th scope="row" className={quiet ? 'quiet' : undefined} title={shown}>
                      {shown}
                    </th>
                    <td className="inspect-mark-column">
                      <span className="inspect-bar" aria-hidden="true">
                        <i style={{ left: 0, width: `${(100 * one.count) / most}%` }} />
                      </span>
                    </td>
                    <td className="num">{count(one.count)}</td>
                    <td className="num quiet">{percent(one.count, value.rows)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
