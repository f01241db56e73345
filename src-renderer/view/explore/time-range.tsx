/**
 * The range of time that is asked for, and whether the one before stands beside it.
 */
import type { Design } from '#core/design/design';
import { dayText, rangeBefore } from '#core/explore/period';
import { tablesAsked } from '#core/explore/question';
import { instant } from '#core/instant';
import { useAssay, useAssayStore, useShallow } from '../../store/hooks';
import type { State } from '../../store/state';
import { span } from '../ui/figure';

/** Time dimensions: those of the asked tables first. */
function timesOf(design: Design, asked: ReadonlySet<string>) {
  const all = design.tables.flatMap((table) =>
    table.dimensions
      .filter((d) => d.type === 'time' && d.name !== '')
      .map((d) => ({ name: `${table.name}.${d.name}`, title: d.title || d.name, table, dimension: d })),
  );
  return [...all.filter((t) => asked.has(t.table.name)), ...all.filter((t) => !asked.has(t.table.name))];
}

/** First and last day of a time dimension, as far as its column is profiled; '' where it is not. */
function extentOf(s: Pick<State, 'design' | 'profiles'>, name: string): { from: string; to: string } {
  const table = s.design.tables.find((t) => name.startsWith(`${t.name}.`));
  const dimension = table?.dimensions.find((d) => name === `${table.name}.${d.name}`);
  const profile = table && dimension ? s.profiles[table.source]?.[dimension.column] : undefined;
  const day = (cell: Parameters<typeof instant>[0]) => {
    const at = profile?.kind === 'time' ? instant(cell) : Number.NaN;
    return Number.isNaN(at) ? '' : dayText(at);
  };
  return { from: day(profile?.min), to: day(profile?.max) };
}

const dayMs = 86_400_000;
/** Ranges that end with the last day of the data, in days; `months` are whole ones. */
const presets = [
  { label: 'Last 7 days', days: 7 },
  { label: 'Last 28 days', days: 28 },
  { label: 'Last 90 days', days: 90 },
  { label: 'Last 365 days', days: 365 },
] as const;

export function TimeRange() {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const query = useAssay((s) => s.question.query);
  const compare = useAssay((s) => s.question.compare);
  const { range } = query;
  const times = timesOf(design, new Set(tablesAsked(design, query).map((t) => t.name)));
  const extent = useAssay(
    useShallow((s) => (range === undefined ? { from: '', to: '' } : extentOf(s, range.dimension))),
  );
  if (times.length === 0) return null;
  const set = (next: { dimension: string; from: string; to: string } | null) =>
    store.getState().changeAsked((q) => {
      const { range: _, ...rest } = q;
      return next === null ? rest : { ...rest, range: next };
    });
  const choose = (name: string) => {
    if (name === '') return set(null);
    const known = extentOf(store.getState(), name);
    const today = dayText(Date.now());
    return set({ dimension: name, from: known.from || `${today.slice(0, 4)}-01-01`, to: known.to || today });
  };
  const before = range === undefined ? null : rangeBefore(range.from, range.to);
  return (
    <section className="explore-shelf" aria-label="Time">
      <h3>Time</h3>
      <div className="explore-chips">
        <select
          className="ui-field"
          aria-label="Time dimension of the range"
          value={range?.dimension ?? ''}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">all times</option>
          {times.map((t) => (
            <option key={t.name} value={t.name}>
              {t.title}
            </option>
          ))}
        </select>
        {range === undefined ? null : (
          <>
            <input
              className="ui-field"
              type="date"
              aria-label="First day"
              value={range.from}
              max={range.to}
              onChange={(event) => event.target.value !== '' && set({ ...range, from: event.target.value })}
            />
            <span className="explore-shelf-hint">–</span>
            <input
              className="ui-field"
              type="date"
              aria-label="Last day"
              value={range.to}
              min={range.from}
              onChange={(event) => event.target.value !== '' && set({ ...range, to: event.target.value })}
            />
            {extent.to === '' ? null : (
              <select
                className="ui-field"
                aria-label="Usual ranges"
                value=""
                title={`The data runs from ${extent.from} to ${extent.to}`}
                onChange={(event) => {
                  const preset = presets.find((p) => p.label === event.target.value);
                  if (event.target.value === 'all') set({ ...range, ...extent });
                  else if (preset !== undefined) {
                    const from = dayText(instant(extent.to) - (preset.days - 1) * dayMs);
                    set({ ...range, from, to: extent.to });
                  }
                }}
              >
                <option value="">Range…</option>
                <option value="all">All of the data</option>
                {presets.map((p) => (
                  <option key={p.label} value={p.label}>
                    {p.label}
                  </option>
                ))}
              </select>
            )}
            <label className="explore-check" title={before === null ? '' : `${before.from} to ${before.to}`}>
              <input
                type="checkbox"
                checked={compare}
                disabled={before === null}
                onChange={(event) => store.getState().changeQuestion({ compare: event.target.checked })}
              />
              Compare with {before === null ? 'the range before' : span(before.from, before.to)}
            </label>
          </>
        )}
      </div>
    </section>
  );
}
