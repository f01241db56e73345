import type { Candidate, Preview } from '#core/source/receipt';
import { Button } from '../ui/button';
import { counted } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { visible } from './raw-line';
import { dialectWords } from './reading-words';

/** Rows and columns of a reading that are shown of each. */
const [rowsShown, columnsShown] = [3, 6];

/** Where a file can be read in more than one way: the readings side by side, one to choose. */
export function Doubt({
  preview,
  onChoose,
}: {
  preview: Preview;
  onChoose: (candidate: Candidate | null) => void;
}) {
  const records = preview.lines.filter((line) => line.role === 'record' || line.role === 'mended');
  return (
    <section className="import-doubt" aria-label="Ways to read the file">
      <h3>
        <WarningIcon />
        This file can be read in {counted(preview.candidates.length + 1, 'way')}; which one is meant?
      </h3>
      <ul>
        <Way
          words={dialectWords(preview.dialect)}
          note="in use"
          columns={preview.columns.map((column) => column.name)}
          rows={records.slice(0, rowsShown).map((line) => line.cells)}
          onChoose={() => onChoose(null)}
          button="Keep this one"
        />
        {preview.candidates.map((candidate) => (
          <Way
            key={JSON.stringify(candidate.dialect)}
            words={candidate.words}
            note={`${Math.round(candidate.score * 100)}\u00a0% as consistent`}
            columns={candidate.columns}
            rows={candidate.rows.slice(0, rowsShown)}
            onChoose={() => onChoose(candidate)}
            button="Take this one"
          />
        ))}
      </ul>
    </section>
  );
}

function Way({
  words,
  note,
  columns,
  rows,
  button,
  onChoose,
}: {
  words: string;
  note: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  button: string;
  onChoose: () => void;
}) {
  const shown = columns.slice(0, columnsShown);
  return (
    <li className="import-way">
      <header>
        <strong>{words}</strong>
        <span className="import-quiet">
          {note} · {counted(columns.length, 'column')}
        </span>
        <Button aria-label={`${button}: ${words}`} onClick={onChoose}>
          {button}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard. */}
      <div className="import-way-rows" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {shown.map((name, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and their order is what they are.
                <th key={i} scope="col">
                  {name === '' ? '(no name)' : visible(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the first rows, in their order.
              <tr key={r}>
                {shown.map((_, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
                  <td key={i}>{visible(row[i] ?? '')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </li>
  );
}
