import { type ColumnProfile, isInexact } from '#core/profile/profile';
import { evidenceWords } from '../ui/evidence';
import { count, counted, number, percent, share, valueText } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';

/** What besides its shape says something of a column: first digits of numbers, rhythm of times, letters of texts, nested parts. */
export function ColumnDetail({ profile }: { profile: ColumnProfile }) {
  if (profile.kind === 'number') return <Digits profile={profile} />;
  if (profile.kind === 'time') return <Rhythm profile={profile} />;
  if (profile.kind === 'nested') return <Inside profile={profile} />;
  return profile.kind === 'text' ? <Letters profile={profile} /> : null;
}

/** Whether there is anything to show. */
export function hasDetail({ kind, digits, weekdays, inside, letterCase }: ColumnProfile): boolean {
  if (kind === 'number') return digits?.some((n) => n > 0) ?? false;
  if (kind === 'time') return weekdays !== undefined;
  return kind === 'nested' ? inside !== undefined : letterCase !== undefined;
}

interface Bar {
  readonly label: string;
  /** What stands below the bar. Default: its label. */
  readonly tick?: string;
  readonly count: number;
  /** Share of all that would be expected, drawn behind. */
  readonly expected?: number;
}

/** Few bars with their labels below; each says its count to a pointer and to a reader. */
function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const all = bars.reduce((sum, bar) => sum + bar.count, 0);
  const most = Math.max(...bars.map((bar) => Math.max(bar.count, (bar.expected ?? 0) * all)), 1);
  return (
    <table className="profile-bars">
      <caption className="visually-hidden">{label}</caption>
      <tbody>
        <tr>
          {bars.map((bar) => {
            const expected =
              bar.expected === undefined ? '' : `, ${number(100 * bar.expected, 1)} % expected`;
            const words = `${bar.label}: ${count(bar.count)} (${percent(bar.count, all)}${expected})`;
            return (
              <td key={bar.label} title={words}>
                <span className="profile-bar" aria-hidden="true">
                  {bar.expected === undefined ? null : (
                    <i
                      className="profile-bar-ghost"
                      style={{ height: `${(100 * bar.expected * all) / most}%` }}
                    />
                  )}
                  <i style={{ height: `${(100 * bar.count) / most}%` }} />
                </span>
                <span className="visually-hidden">{words}</span>
                <small aria-hidden="true">{bar.tick ?? bar.label}</small>
              </td>
            );
          })}
        </tr>
      </tbody>
    </table>
  );
}

/** Leading digits beside Benford's law, and multiples of round numbers. */
function Digits({ profile }: { profile: ColumnProfile }) {
  const digits = profile.digits ?? [];
  const filled = profile.rows - profile.nulls - (profile.zeros ?? 0);
  if (!hasDetail(profile)) return null;
  const heaps = Object.entries(profile.heaps ?? {}).filter(([, n]) => n > 0);
  const bars = digits.map((n, i) => ({
    label: String(i + 1),
    count: n,
    expected: Math.log10(1 + 1 / (i + 1)),
  }));
  return (
    <section className="profile-detail" title={evidenceWords(profile.evidence)}>
      <h3>
        First digits
        <span>grey: Benford's law</span>
      </h3>
      <Bars label="Values by their first digit" bars={bars} />
      {heaps.length === 0 ? null : (
        <dl className="profile-figures">
          {heaps.map(([step, n]) => (
            <div key={step}>
              <dt>Multiples of {count(Number(step))}</dt>
              <dd>{percent(n, filled)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

const weekdays = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];

/** Values by day of the week, Monday first, and by hour of the day. */
function Rhythm({ profile }: { profile: ColumnProfile }) {
  const days = profile.weekdays ?? [];
  const bars = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ label: weekdays[day] ?? '', count: days[day] ?? 0 }));
  const hours = profile.hours;
  return (
    <section className="profile-detail" title={evidenceWords(profile.evidence)}>
      <h3>Weekdays</h3>
      <Bars label="Values by day of the week" bars={bars} />
      {hours === undefined || hours.filter((n) => n > 0).length < 2 ? null : (
        <>
          <h3>Hours</h3>
          <Bars
            label="Values by hour of the day"
            bars={hours.map((n, hour) => ({
              label: `${hour}:00`,
              tick: hour % 6 === 0 ? String(hour) : '',
              count: n,
            }))}
          />
        </>
      )}
    </section>
  );
}

/** Letter cases, scripts, and marks that do not show. */
function Letters({ profile }: { profile: ColumnProfile }) {
  const filled = profile.rows - profile.nulls;
  const { letterCase, scripts = [] } = profile;
  const about = isInexact(profile, 'letterCase') ? '≈ ' : '';
  const rows: (readonly [string, number])[] = [];
  if (letterCase !== undefined) {
    rows.push(
      ['All capitals', letterCase.upper],
      ['All small letters', letterCase.lower],
      ['Capitals and small letters', letterCase.mixed],
    );
    rows.push(['No letters of either case', filled - letterCase.upper - letterCase.lower - letterCase.mixed]);
  }
  for (const { script, count: n } of scripts) rows.push([script, n]);
  return (
    <section className="profile-detail" title={evidenceWords(profile.evidence)}>
      <h3>Letters</h3>
      <dl className="profile-figures">
        {rows
          .filter(([, n]) => n > 0)
          .map(([name, n]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {about}
                {percent(n, filled)}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** What nested values hold, a line each, to any depth. */
function Inside({ profile }: { profile: ColumnProfile }) {
  return (
    <section className="profile-detail" title={evidenceWords(profile.evidence)}>
      <h3>Inside</h3>
      <table className="sheet-table profile-inside">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Values</th>
            <th scope="col">Distinct</th>
            <th scope="col">Null %</th>
            <th scope="col">Range</th>
          </tr>
        </thead>
        <tbody>{partRows(profile.inside ?? [], 0)}</tbody>
      </table>
    </section>
  );
}

function partRows(parts: readonly ColumnProfile[], depth: number): readonly React.ReactNode[] {
  return parts.flatMap((part) => [
    <tr key={`${depth} ${part.name}`}>
      <th scope="row" style={{ paddingLeft: depth * 12 }} title={`${part.name}, ${part.type.toLowerCase()}`}>
        <KindIcon kind={part.kind} /> {part.name}
      </th>
      <td>{count(part.rows - part.nulls)}</td>
      <td>{count(part.distinct)}</td>
      <td>{share(part.nulls, part.rows)}</td>
      <td>{rangeOf(part)}</td>
    </tr>,
    ...partRows(part.inside ?? [], depth + 1),
  ]);
}

function rangeOf(part: ColumnProfile): string {
  if (part.length !== undefined && part.kind === 'nested')
    return `${count(part.length.min)} – ${counted(part.length.max, 'element')}`;
  if (part.min === undefined || part.min === null) return '';
  const say = (v: ColumnProfile['min']) => valueText(v, part).slice(0, 24);
  return `${say(part.min)} … ${say(part.max)}`;
}
