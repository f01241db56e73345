import { type KeyboardEvent, useState } from 'react';
import type { Filter } from '#contract';
import type { MissingAbout } from '#core/missing/missing';
import { useWidth } from '../chart/width';
import { count, counted, percent } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { MissingGroups } from './missing-groups';

const TALL = 120;
/** Room for the scale at the left and the labels below. */
const LEFT = 40;
const BELOW = 18;

/** The share missing along time, a bar for each step. */
export function MissingAlong({
  time,
  times,
  onTime,
  onFilter,
}: {
  time: NonNullable<MissingAbout['time']>;
  times: readonly string[];
  onTime: (column: string) => void;
  onFilter: (filter: Filter) => void;
}) {
  const [form, setForm] = useState<Form>('chart');
  return (
    <section className="missing-along">
      <div className="profile-head">
        <h3>By {time.grain}</h3>
        <label className="missing-select">
          <span className="visually-hidden">Time column</span>
          <select className="ui-field" value={time.column} onChange={(event) => onTime(event.target.value)}>
            {times.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {time.without === 0 ? null : (
          <span className="profile-quiet">{counted(time.without, 'row')} without a time</span>
        )}
        <span className="profile-space" />
        <FormSwitch label="Missing as" value={form} onChange={setForm} />
      </div>
      {form === 'chart' ? (
        <Course time={time} onFilter={onFilter} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        <section className="missing-scroll" tabIndex={0} aria-label={`Missing by ${time.grain}`}>
          <MissingGroups groups={time.groups} label={`Missing by ${time.grain}`} onFilter={onFilter} />
        </section>
      )}
    </section>
  );
}

function Course({
  time,
  onFilter,
}: {
  time: NonNullable<MissingAbout['time']>;
  onFilter: (filter: Filter) => void;
}) {
  const [frame, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const { groups } = time;
  const step = Math.max(1, Math.min(28, (width - LEFT) / Math.max(1, groups.length)));
  const here = at === null ? undefined : groups[at];
  const pick = (i: number) => {
    const filter = groups[i]?.filter;
    if (filter) onFilter(filter);
  };
  const onKey = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move !== 0) {
      event.preventDefault();
      setAt(Math.min(groups.length - 1, Math.max(0, (at ?? -move) + move)));
    } else if (event.key === 'Enter' && at !== null) pick(at);
  };
  const top = scaleTop(groups);
  const y = (share: number) => TALL - ((TALL - 6) * share) / top;
  const every = Math.max(1, Math.ceil(76 / step));
  return (
    <div ref={frame}>
      <p className="nullity-readout" role="status">
        {here === undefined
          ? `${counted(groups.length, time.grain, time.grain === 'century' ? 'centuries' : `${time.grain}s`)} with rows`
          : `${here.label} · ${count(here.missing)} of ${count(here.rows)} missing · ${percent(here.missing, here.rows)}`}
      </p>
      <svg
        className="missing-course"
        role="application"
        aria-label={`Share missing by ${time.grain}. Arrow keys read it out, Enter filters.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by arrow keys.
        tabIndex={0}
        width={Math.max(1, width)}
        height={TALL + BELOW}
        onKeyDown={onKey}
        onMouseMove={(event) => {
          const i = Math.floor(
            (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / step,
          );
          setAt(i >= 0 && i < groups.length ? i : null);
        }}
        onMouseLeave={() => setAt(null)}
        onClick={() => at !== null && pick(at)}
      >
        {[0, top / 2, top].map((share) => (
          <g key={share}>
            <line className="missing-grid" x1={LEFT} x2={width} y1={y(share)} y2={y(share)} />
            <text
              className="nullity-name"
              x={LEFT - 6}
              y={y(share)}
              textAnchor="end"
              dominantBaseline="central"
            >
              {Number((100 * share).toPrecision(3))} %
            </text>
          </g>
        ))}
        {groups.map((g, i) => {
          const tall = TALL - y(g.missing / Math.max(1, g.rows));
          return (
            <g key={g.low}>
              {i === at ? (
                <rect className="missing-band" x={LEFT + i * step} y={6} width={step} height={TALL - 6} />
              ) : null}
              <rect
                className="missing-share"
                x={LEFT + i * step}
                y={TALL - (g.missing === 0 ? 0 : Math.max(1.5, tall))}
                width={Math.max(1, step - 1)}
                height={g.missing === 0 ? 0 : Math.max(1.5, tall)}
              />
              {i % every === 0 && LEFT + i * step + 60 < width ? (
                <text className="nullity-name" x={LEFT + i * step} y={TALL + 13}>
                  {g.label.replace('week of ', '')}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** A round share that no step exceeds, at least one in a thousand. */
function scaleTop(groups: readonly { readonly rows: number; readonly missing: number }[]): number {
  const most = Math.max(0, ...groups.map((g) => g.missing / Math.max(1, g.rows)));
  const round = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
  return round.find((share) => share >= most) ?? 1;
}
