import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Merge, MissingTogether } from '#core/missing/missing';
import { count, none, percent, shortName } from '../ui/figure';
import './nullity.css';

/** Width of the tree and of the names at the left, in pixels. */
const TREE = 120;
const NAMES = 148;

interface At {
  readonly row: number;
  readonly column: number;
}

/**
 * How columns lack values together: at the left the tree in which they join, at the right the correlation of each two.
 * Arrow keys move, Enter picks as a click does.
 */
export function NullityMap({
  together,
  onPick,
}: {
  together: MissingTogether;
  onPick: (column: string) => void;
}) {
  const { columns, phi, merges } = together;
  const [at, setAt] = useState<At | null>(null);
  const side = columns.length <= 24 ? 22 : columns.length <= 40 ? 16 : 12;
  const tall = side * columns.length;
  const branches = useMemo(() => branchesOf(columns.length, merges), [columns.length, merges]);
  const cells = useMemo(
    () =>
      phi.flatMap((row, i) =>
        row.slice(0, i + 1).map((value, j) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a cell is.
            key={`${i} ${j}`}
            x={TREE + NAMES + j * side}
            y={i * side}
            width={side - 1}
            height={side - 1}
            className={value === null ? 'nullity-none' : value < 0 ? 'nullity-against' : 'nullity-with'}
            fillOpacity={value === null ? 1 : 0.06 + 0.94 * Math.abs(value)}
          />
        )),
      ),
    [phi, side],
  );
  const move = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const here = at ?? { row: Math.min(1, columns.length - 1), column: 0 };
    if (step !== undefined) {
      event.preventDefault();
      const row = Math.min(columns.length - 1, Math.max(0, here.row + step[0]!));
      setAt({ row, column: Math.min(row, Math.max(0, here.column + step[1]!)) });
    } else if (event.key === 'Enter' && at !== null) onPick(columns[at.row]!.name);
  };
  const place = (event: React.MouseEvent<SVGSVGElement>): At | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / side);
    const column = Math.floor((event.clientX - box.left - TREE - NAMES) / side);
    return row < columns.length && row >= 0 && column <= row && column >= 0 ? { row, column } : null;
  };
  return (
    <div className="nullity">
      <p className="nullity-readout" role="status">
        {at === null
          ? 'Branches join at the names if columns always lack together, at the left edge if they never do'
          : wordsAt(together, at)}
      </p>
      <div className="nullity-scroll">
        <svg
          role="application"
          aria-label={`Correlation of missing between ${columns.length} columns. Arrow keys read it out.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by arrow keys.
          tabIndex={0}
          width={TREE + NAMES + tall}
          height={tall}
          onKeyDown={move}
          onMouseMove={(event) => setAt(place(event))}
          onMouseLeave={() => setAt(null)}
          onClick={(event) => {
            const picked = place(event);
            if (picked !== null) onPick(columns[picked.row]!.name);
          }}
        >
          {branches.map((b) => (
            <path
              key={b.id}
              className="nullity-branch"
              d={`M${x(b.left.height)} ${b.left.y * side}H${x(b.height)}V${b.right.y * side}H${x(b.right.height)}`}
            />
          ))}
          {columns.map((c, i) => (
            <text
              key={c.name}
              className="nullity-name"
              x={TREE + 8}
              y={(i + 0.5) * side}
              dominantBaseline="central"
              data-here={at?.row === i || at?.column === i}
            >
              {shortName(c.name, 20)}
              <title>{`${c.name}: ${count(c.nulls)} missing`}</title>
            </text>
          ))}
          {cells}
          {at === null ? null : (
            <rect
              className="nullity-ring"
              x={TREE + NAMES + at.column * side}
              y={at.row * side}
              width={side - 1}
              height={side - 1}
            />
          )}
        </svg>
      </div>
    </div>
  );
}

/** Where a height stands: 0 at the names, 1 at the left edge, so that what is alike joins near the names. */
const x = (height: number) => 4 + (TREE - 4) * (1 - height);

interface Branch {
  readonly id: number;
  readonly y: number;
  readonly height: number;
  readonly left: { readonly y: number; readonly height: number };
  readonly right: { readonly y: number; readonly height: number };
}

function branchesOf(leaves: number, merges: readonly Merge[]): readonly Branch[] {
  const made: Branch[] = [];
  const end = (id: number) => made[id - leaves] ?? { y: id + 0.5, height: 0 };
  for (const [i, merge] of merges.entries()) {
    const [left, right] = [end(merge.left), end(merge.right)];
    made.push({ id: leaves + i, y: (left.y + right.y) / 2, height: merge.height, left, right });
  }
  return made;
}

function wordsAt({ columns, phi, both }: MissingTogether, { row, column }: At): string {
  const [a, b] = [columns[row], columns[column]];
  if (a === undefined || b === undefined) return '';
  if (row === column) return `${a.name} · ${count(a.nulls)} missing`;
  const value = phi[row]?.[column] ?? null;
  const n = both[row]?.[column] ?? 0;
  return `${shortName(a.name, 32)} · ${shortName(b.name, 32)} · φ ${phiWords(value)} · both missing in ${count(n)} rows`;
}

/** Two decimals; what is not 0 but would read so keeps its sign. */
function phiWords(phi: number | null): string {
  if (phi === null) return none;
  if (phi !== 0 && Math.abs(phi) < 0.005) return phi < 0 ? '−<0.01' : '<0.01';
  return phi.toFixed(2).replace('-', '−');
}

/** The pairs as a table, strongest first. @param limit Pairs that are written out. */
export function NullityPairs({ together, limit = 300 }: { together: MissingTogether; limit?: number }) {
  const { columns, phi, both } = together;
  const pairs = columns
    .flatMap((a, i) =>
      columns.slice(0, i).map((b, j) => {
        const n = both[i]![j]!;
        const either = both[i]![i]! + both[j]![j]! - n;
        return { a: a.name, b: b.name, phi: phi[i]![j]!, both: n, either };
      }),
    )
    .sort((p, q) => Math.abs(q.phi ?? 0) - Math.abs(p.phi ?? 0));
  return (
    <>
      {pairs.length > limit ? (
        <p className="nullity-readout">
          the {count(limit)} strongest of {count(pairs.length)} pairs
        </p>
      ) : null}
      <section
        className="chart-table-frame nullity-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        aria-label="Pairs of columns that lack together"
      >
        <table className="chart-table nullity-pairs">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Column</th>
              <th scope="col">φ</th>
              <th scope="col">Both missing</th>
              <th scope="col">of either</th>
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, limit).map((p) => (
              <tr key={`${p.a}\u0000${p.b}`}>
                <td>{p.a}</td>
                <td>{p.b}</td>
                <td>{phiWords(p.phi)}</td>
                <td>{count(p.both)}</td>
                <td>{percent(p.both, p.either)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
