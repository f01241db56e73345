import type { Preview } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import { Button } from '../ui/button';
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
      {first === undefined ? null : <FirstRows preview={first} />}
    </div>
  );
}

const ROWS = 60;

/** What is already known of a file that is still being read: its columns and first rows, as they are spelt. */
function FirstRows({ preview }: { preview: Preview }) {
  const rows = preview.lines
    .filter((line) => line.role === 'record' || line.role === 'mended')
    .slice(0, ROWS);
  return (
    <section className="first-rows" aria-label="First rows">
      <p>The first rows, while the rest is read</p>
      <div className="first-rows-scroll">
        <table>
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
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
