import type { Dialect, Preview } from '#core/source/receipt';
import { count } from '../ui/figure';
import { roleWords } from './line-rows';
import { cellsOf, visible } from './raw-line';

/** Cells of a line that are listed; a line of thousands is read in the pane above. */
const most = 200;

/** One line in full: its place in the file, what became of it and why, and each cell as it stands and as it is read. */
export function LineDetail({
  preview,
  dialect,
  line,
  column,
  onColumn,
}: {
  preview: Preview;
  dialect: Dialect;
  line: number | null;
  column: string | null;
  onColumn: (column: string) => void;
}) {
  const at = preview.lines.find((one) => one.line === line);
  if (at === undefined) {
    return (
      <p className="receipt-nothing">Choose a line above to see each of its cells, and why it was read so.</p>
    );
  }
  const read = at.role === 'header' || at.role === 'record' || at.role === 'mended';
  const stands = read || at.role === 'rejected' ? cellsOf(at.text, dialect) : [];
  const cells = read ? at.cells : [];
  const length = Math.min(most, Math.max(stands.length, cells.length));
  return (
    <div className="import-detail" data-role={at.role}>
      <p className="import-detail-facts">
        <span className="import-badge">{roleWords[at.role]}</span>
        <span className="mono">
          line {count(at.line)}, byte {count(at.byte)}
        </span>
        {at.reason === '' ? null : <strong className="selectable">{at.reason}</strong>}
      </p>
      {length === 0 ? (
        <pre className="import-detail-text selectable">{visible(at.text) || '(nothing on this line)'}</pre>
      ) : (
        <div className="import-detail-cells">
          <table>
            <thead>
              <tr>
                <th scope="col">Column</th>
                {Array.from({ length }, (_, i) => {
                  const name = preview.columns[i]?.name;
                  return (
                    <th
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
                      key={i}
                      scope="col"
                      data-on={name !== undefined && name === column ? true : undefined}
                    >
                      {name === undefined ? (
                        <em>no column</em>
                      ) : (
                        <button type="button" className="ui-link" onClick={() => onColumn(name)}>
                          {name === '' ? '(no name)' : visible(name)}
                        </button>
                      )}
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">As it stands</th>
                {Array.from({ length }, (_, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
                  <td key={i} data-absent={stands[i] === undefined ? true : undefined}>
                    {stands[i] === undefined ? 'absent' : visible(stands[i] ?? '')}
                  </td>
                ))}
              </tr>
              {read ? (
                <tr>
                  <th scope="row">As it is read</th>
                  {Array.from({ length }, (_, i) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
                      key={i}
                      data-absent={cells[i] === undefined ? true : undefined}
                      data-changed={
                        at.role === 'mended' && cells[i] !== undefined && cells[i] !== stands[i]
                          ? true
                          : undefined
                      }
                    >
                      {cells[i] === undefined ? 'absent' : visible(cells[i] ?? '')}
                    </td>
                  ))}
                </tr>
              ) : null}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
