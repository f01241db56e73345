import { type KeyboardEvent, memo, useCallback, useState } from 'react';
import { type ColumnComparison, verdictOf, verdictTitle } from '#core/compare/comparison';
import type { Column } from '#core/table';
import { OverlaySpark } from '../chart/overlay-spark';
import { Badge, type BadgeTone } from '../ui/badge';
import { EvidenceDot, evidenceWords } from '../ui/evidence';
import { counted } from '../ui/figure';
import { ChevronIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { type CompareLine, keyOf, measure, points } from './compare-figures';
import { CompareSheet, compareSheetHeight } from './compare-sheet';
import { useOnScreen, useRowList } from './use-row-list';

/** Below this width a sheet with a chart stands in two rows. */
const narrow = 980;

/**
 * The lines of a comparison, of which only those on screen are drawn. One compared column can be open.
 *
 * @param onVisible Takes the columns of A on screen, so that they are compared first.
 * @param onFold Takes a side whose lone columns are to stand in a line each, or in one again.
 */
export function CompareList({
  lines,
  onVisible,
  onFold,
}: {
  lines: readonly CompareLine[];
  onVisible: (columns: readonly string[]) => void;
  onFold: (side: 'A' | 'B') => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  const openAt =
    open === null ? -1 : lines.findIndex((line) => line.kind === 'compared' && keyOf(line) === open);
  const opened = lines[openAt];
  const charted = opened?.kind === 'compared' && opened.comparison.bins !== null;
  const {
    frame,
    slice,
    sheet,
    topAt,
    onScroll,
    move: press,
  } = useRowList(lines.length, openAt, (width) =>
    charted && width < narrow ? compareSheetHeight.narrow : compareSheetHeight.wide,
  );
  useOnScreen(
    lines.slice(slice.first, slice.last).flatMap((line) => (line.kind === 'waiting' ? [line.a.name] : [])),
    onVisible,
  );
  const toggle = useCallback((key: string) => setOpen((now) => (now === key ? null : key)), []);

  return (
    <div className="profile-list">
      <div className="compare-row compare-row-head" aria-hidden="true">
        <span className="profile-open">Column</span>
        <span className="compare-type">Type</span>
        <span>Shares</span>
        <span>Drift</span>
        <span className="compare-number" title="Population stability index: 0.1 is moderate, 0.25 large">
          PSI
        </span>
        <span
          className="compare-number"
          title="Jensen–Shannon distance, base 2: 0 alike, 1 nothing in common"
        >
          JS
        </span>
        <span
          className="compare-number"
          title="Kolmogorov–Smirnov statistic: the widest gap of the two running shares"
        >
          KS
        </span>
        <span className="compare-number" title="Null share of B less that of A, in points">
          Nulls ±
        </span>
      </div>
      <div ref={frame} className="profile-scroll" onScroll={onScroll}>
        <ul style={{ height: slice.height }} aria-label="Compared columns">
          {lines.slice(slice.first, slice.last).map((line, i) => {
            const at = slice.first + i;
            const key = keyOf(line);
            return (
              <li key={key} style={{ top: topAt(at) }}>
                {line.kind === 'lones' ? (
                  <LonesRow line={line} at={at} onFold={onFold} onKey={press} />
                ) : (
                  <CompareRow line={line} at={at} open={at === openAt} onToggle={toggle} onKey={press} />
                )}
                {at === openAt && line.kind === 'compared' ? (
                  <CompareSheet comparison={line.comparison} height={sheet} />
                ) : null}
              </li>
            );
          })}
        </ul>
        {lines.length === 0 ? <p className="profile-none">No column matches.</p> : null}
      </div>
    </div>
  );
}

/** Many columns that only one side has, as one line that unfolds. */
function LonesRow({
  line,
  at,
  onFold,
  onKey,
}: {
  line: CompareLine & { readonly kind: 'lones' };
  at: number;
  onFold: (side: 'A' | 'B') => void;
  onKey: (event: KeyboardEvent<HTMLButtonElement>, at: number) => void;
}) {
  const names = line.columns.map((c) => c.name).join(', ');
  return (
    <div className={line.open ? 'compare-row compare-row-unfolded' : 'compare-row'}>
      <button
        type="button"
        className="profile-open compare-lones"
        data-at={at}
        aria-expanded={line.open}
        title={names.slice(0, 2000)}
        onClick={() => onFold(line.side)}
        onKeyDown={(event) => onKey(event, at)}
      >
        <span className="profile-arrow">
          <ChevronIcon />
        </span>
        <Badge tone="info">
          {counted(line.columns.length, 'column')} only in {line.side}
        </Badge>
        <span className="compare-lones-names">{names.slice(0, 400)}</span>
      </button>
    </div>
  );
}

const CompareRow = memo(function CompareRow({
  line,
  at,
  open,
  onToggle,
  onKey,
}: {
  line: Exclude<CompareLine, { readonly kind: 'lones' }>;
  at: number;
  open: boolean;
  onToggle: (key: string) => void;
  onKey: (event: KeyboardEvent<HTMLButtonElement>, at: number) => void;
}) {
  const column = line.kind === 'lone' ? line.column : line.kind === 'waiting' ? line.a : line.comparison.a;
  const other = line.kind === 'lone' ? null : line.kind === 'waiting' ? line.b : line.comparison.b;
  const compared = line.kind === 'compared' ? line.comparison : null;
  return (
    <div className={open ? 'compare-row compare-row-open' : 'compare-row'}>
      <button
        type="button"
        className="profile-open"
        data-at={at}
        {...(compared === null ? { 'aria-disabled': true } : { 'aria-expanded': open })}
        title={compared === null ? undefined : evidenceWords(compared.evidence)}
        onClick={() => compared !== null && onToggle(keyOf(line))}
        onKeyDown={(event) => onKey(event, at)}
      >
        <span className="profile-arrow">{compared === null ? null : <ChevronIcon />}</span>
        <KindIcon kind={column.kind} />
        <span className="profile-name">
          {column.name === '' ? '(no name)' : column.name}
          {other === null || other.name === column.name ? null : (
            <span
              className="compare-alias"
              title="Matched by letters and digits; case and punctuation differ"
            >
              {' '}
              = {other.name}
            </span>
          )}
        </span>
      </button>
      <TypeCell a={column} b={other} />
      {line.kind === 'lone' ? (
        <span className="compare-lone">
          <Badge tone="info">only in {line.side}</Badge>
        </span>
      ) : compared === null ? (
        <>
          <span className="ui-skeleton" style={{ width: 96, height: 8 }} />
          <span className="ui-skeleton" style={{ width: 56 }} />
        </>
      ) : (
        <ComparedCells comparison={compared} />
      )}
    </div>
  );
});

function TypeCell({ a, b }: { a: Column; b: Column | null }) {
  const changed = b !== null && a.type !== b.type;
  const words = changed ? `${a.type.toLowerCase()} → ${b.type.toLowerCase()}` : a.type.toLowerCase();
  return (
    <span className={changed ? 'compare-type compare-type-changed' : 'compare-type'} title={words}>
      {words}
    </span>
  );
}

const tones: Readonly<Record<ReturnType<typeof verdictOf>, BadgeTone>> = {
  kind: 'bad',
  large: 'bad',
  moderate: 'warning',
  chance: 'plain',
  stable: 'plain',
  same: 'good',
  none: 'plain',
};

/** The word for the drift of a column, with what it means. */
export function VerdictBadge({ comparison }: { comparison: ColumnComparison }) {
  const verdict = verdictOf(comparison);
  const { psi } = comparison.measures ?? {};
  const title =
    verdict === 'chance'
      ? `so few rows for ${psi?.count ?? 0} bins: chance alone gives a PSI of up to ${measure(psi?.chance)}`
      : verdict === 'same'
        ? 'both sides hold the same values, each equally often'
        : comparison.why;
  return (
    <Badge tone={tones[verdict]} title={title}>
      {verdictTitle(verdict)}
    </Badge>
  );
}

function ComparedCells({ comparison }: { comparison: ColumnComparison }) {
  const { measures, figures, bins, top, evidence } = comparison;
  const of = figures?.map((side) => side.rows - side.nulls) ?? [];
  return (
    <>
      <span>
        <OverlaySpark
          name={comparison.a.name}
          bins={bins}
          top={top}
          of={[of[0] ?? 0, of[1] ?? 0]}
          width={96}
          height={18}
        />
      </span>
      <span className="compare-verdict">
        <EvidenceDot evidence={evidence} />
        <VerdictBadge comparison={comparison} />
      </span>
      <span className="compare-number">{measure(measures?.psi.value)}</span>
      <span className="compare-number">{measure(measures?.js?.value)}</span>
      <span className="compare-number">{measure(measures?.ks?.value)}</span>
      <span className="compare-number">{figures === null ? '–' : points(comparison)}</span>
    </>
  );
}
