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
  if (!slow) return null;
  const first = reading.flatMap((what) => arriving[what] ?? [])[0];
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

const ROWS = 60;

/** What is already known of a file that is still being read: its first rows as they are spelt, and a sample's profile. */
function FirstRows({ arriving }: { arriving: Arriving }) {
  const { preview, glance } = arriving;
  const rows = preview.lines
    .filter((line) => line.role === 'record' || line.role === 'mended')
    .slice(0, ROWS);
  const profiles = new Map((glance?.profiles ?? []).map((profile) => [profile.name, profile]));
  return (
    <section className="first-rows" aria-label="First rows">
      <p>
        {glance === null
          ? 'The first rows, while the rest is read'
          : `The first rows, while the rest is read. Figures are of a sample: ${counted(glance.rows, 'row')}, ${percent(glance.seen, glance.bytes)} of the file`}
      </p>
      <div className="first-rows-scroll">
        <table>
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                  <SampleProfile profile={profiles.get(column.name)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                {preview.columns.map((column, i) => (
                  <td key={column.name}>{row.cells[i] ?? ''}</td>
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
