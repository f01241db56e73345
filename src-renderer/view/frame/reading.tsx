import type { ColumnProfile } from '#core/profile/profile';
import { useAssay } from '../../store/hooks';
import type { Arriving } from '../../store/state';
import { Spark } from '../chart/spark';
import { Button } from '../ui/button';
import { count, counted, percent } from '../ui/figure';
import { NullBar } from '../ui/null-bar';
import { useSlowly } from './tree-row';

/** In the middle while the first files are read: which, how far, and a way out. */
export function Reading() {
  const reading = useAssay((s) => s.reading);
  const job = useAssay((s) => s.jobs.find((other) => other.kind === 'open' && other.state === 'running'));
  const arriving = useAssay((s) => s.arriving);
  const cancel = useAssay((s) => s.cancelJob);
  const slow = useSlowly(reading.length > 0);
  const first = reading.flatMap((what) => arriving[what] ?? [])[0];
  // Rows that have come are no spinner: they are shown as soon as they are there.
  if (!slow && first === undefined) return null;
  const names = reading.map((what) => what.split(/[\\/]/).at(-1));
  return (
    <div className="reading" role="status">
      <h2>Reading {names.join(', ')}</h2>
      <progress
        className="job-progress"
        aria-label="Reading"
        max={1}
        {...(job === undefined || job.progress === null ? {} : { value: job.progress })}
      />
      {job === undefined ? null : (
        <>
          <p>{job.detail}</p>
          <Button onClick={() => cancel(job.id)}>Cancel</Button>
        </>
      )}
      {first === undefined ? null : <FirstRows arriving={first} />}
    </div>
  );
}

/** What is already known of a file that is still being read: its first rows as they are spelt, and a sample's profile. */
function FirstRows({ arriving }: { arriving: Arriving }) {
  const { first, glance } = arriving;
  const profiles = new Map((glance?.profiles ?? []).map((profile) => [profile.name, profile]));
  const more = first.of - first.columns.length;
  return (
    <section className="first-rows" aria-label="First rows">
      <p>
        {glance === null
          ? 'The first rows, while the rest is read'
          : `The first rows, while the rest is read. Figures are of a sample: ${counted(glance.rows, 'row')}, ${percent(glance.seen, glance.bytes)} of the file`}
        {more === 0 ? null : `. ${counted(more, 'more column')} not shown yet`}
      </p>
      <div className="first-rows-scroll">
        <table>
          <thead>
            <tr>
              {first.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                  <SampleProfile profile={profiles.get(name)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is where it stands
              <tr key={at}>
                {first.columns.map((name, i) => (
                  <td key={name}>{row[i] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A column of the sample at a glance; its room is kept until it comes. */
function SampleProfile({ profile }: { profile: ColumnProfile | undefined }) {
  return (
    <div className="first-rows-profile">
      {profile === undefined ? null : (
        <>
          <Spark profile={profile} width={128} height={26} />
          <NullBar nulls={profile.nulls} rows={profile.rows} />
          <span>{count(profile.distinct)} distinct</span>
          <span>{percent(profile.nulls, profile.rows)} null</span>
        </>
      )}
    </div>
  );
}
