/**
 * The value of a measure on the loaded data, what it rests on, and its breakdown. Heights are reserved, and the last good
 * value stays, dimmed, while a newer one is computed or cannot be.
 */
import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Measure, MemberRef } from '#core/design/design';
import { tableOf } from '#core/design/member';
import { alignedFormat, formatValue } from '#core/format';
import type { Problem } from '#core/problem';
import type { Cell, Kind } from '#core/table';
import { useAssay } from '../../store/hooks';
import { count, counted, duration } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { Breakdown } from './member-breakdown';
import { CopySql } from './member-copy';

/** A spinner before this many milliseconds would only flicker. */
const patience = 200;

/** Whether something has gone on for longer than a blink. */
export function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
}

export interface MeasureFigureProps {
  readonly member: MemberRef;
  readonly measure: Measure;
  /** The kind of its value, which decides how it is written where no format is set. */
  readonly kind: Kind;
  /** Why there is no value now; its words stand beside the field it is about. */
  readonly problem: Problem | null;
}

export function MeasureFigure({ member, measure, kind, problem }: MeasureFigureProps) {
  const key = `${member.table}.${member.name}`;
  const value = useAssay((s) => s.measureValues[key]);
  const computing = useAssay((s) => s.computing[key] === true);
  const table = useAssay((s) => tableOf(s.design, member.table));
  const opened = useAssay((s) => s.tables[table?.source ?? ''] !== undefined);
  const breakDown = useAssay((s) => s.breakDown);
  const slow = useSlow(computing);

  const broken = problem?.severity === 'error';
  const stale = broken || computing;
  const format = (cell: Cell) => formatValue(cell, measure.format, navigator.language, { kind });
  const groups = value?.breakdown?.groups.map((group) => group.value) ?? [];
  const aligned = alignedFormat(groups, measure.format);
  const formatGroup = (cell: Cell) => formatValue(cell, aligned, navigator.language, { kind });
  const dimensions = table?.dimensions ?? [];
  const additive = measure.aggregation === 'sum' || measure.aggregation === 'count';

  return (
    <section className="inspect-figure" aria-label="Value" aria-busy={computing}>
      <div className="inspect-value-line">
        <output className="inspect-value" data-stale={stale} data-value={value ? String(value.value) : ''}>
          {value ? (value.value === null ? 'null' : format(value.value)) : '–'}
        </output>
        {slow && <span className="inspect-quiet">computing…</span>}
      </div>
      <div className="inspect-evidence">
        {broken ? (
          <>
            <WarningIcon />
            <span className="bad">{value ? 'last good value' : 'no value'}</span>
          </>
        ) : value ? (
          <>
            <span className="ui-dot ui-dot-exact" aria-hidden="true" />
            <span>
              exact · {value.rows === value.of ? '' : `${count(value.rows)} of `}
              {counted(value.of, 'row')} · {duration(value.ms)}
            </span>
          </>
        ) : (
          <span>{opened ? 'not computed yet' : 'its source is not open, so it has no value'}</span>
        )}
        {value && <CopySql sql={value.sql} />}
      </div>
      {problem?.severity === 'warning' && value?.value === null && (
        <p className="inspect-quiet">It is not defined on the loaded rows.</p>
      )}
      <div className="inspect-breakdown-head">
        <span id="breakdown-label">By</span>
        <Select
          size="xs"
          aria-labelledby="breakdown-label"
          className="inspect-breakdown-choice"
          classNames={{ input: 'inspect-choice mono' }}
          data={dimensions.map((dimension) => dimension.name)}
          value={value?.breakdown?.dimension ?? null}
          placeholder={dimensions.length === 0 ? 'no dimension yet' : 'choose a dimension'}
          disabled={dimensions.length === 0}
          searchable={dimensions.length > 10}
          allowDeselect={false}
          limit={100}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(name) => {
            if (name !== null) breakDown(member, name);
          }}
        />
      </div>
      <div className="inspect-breakdown-room" data-stale={stale}>
        {value?.breakdown ? (
          <Breakdown value={value} additive={additive} format={formatGroup} />
        ) : (
          <p className="inspect-quiet">
            {dimensions.length === 0
              ? `Draft a dimension of ${member.table} to see the figure by its values.`
              : 'Choose a dimension to see the figure by its values.'}
          </p>
        )}
      </div>
    </section>
  );
}
