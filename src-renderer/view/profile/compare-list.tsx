import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ColumnComparison, verdictOf, verdictTitle } from '#core/compare/comparison';
import type { Column } from '#core/table';
import { OverlaySpark } from '../chart/overlay-spark';
import { Badge, type BadgeTone } from '../ui/badge';
import { EvidenceDot, evidenceWords } from '../ui/evidence';
import { counted } from '../ui/figure';
import { ChevronIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { sliceOf, topOf } from './column-list';
import { type CompareLine, keyOf, measure, points } from './compare-figures';
import { CompareSheet, compareSheetHeight } from './compare-sheet';

const rowHeight = 28;
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
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ top: 0, view: 600, width: 1200 });
  const [open, setOpen] = useState<string | null>(null);
  const [focusAt, setFocusAt] = useState<number | null>(null);
  const openAt =
    open === null ? -1 : lines.findIndex((line) => line.kind === 'compared' && keyOf(line) === open);
  const opened = lines[openAt];
  const charted = opened?.kind === 'compared' && opened.comparison.bins !== null;
  const sheet = charted && box.width < narrow ? compareSheetHeight.narrow : compareSheetHeight.wide;
  const slice = sliceOf(lines.length, rowHeight, openAt, sheet, box.top, box.view);

  useLayoutEffect(() => {
    const here = frame.current;
    if (here === null) return;
    const look = () => setBox((b) => ({ top: b.top, view: here.clientHeight, width: here.clientWidth }));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(here);
    return () => observer.disconnect();
  }, []);

  // The sheet comes into view with its row when it opens.
  useLayoutEffect(() => {
    const here = frame.current;
    if (here === null || openAt === -1) return;
    const top = topOf(openAt, rowHeight, openAt, sheet);
    const bottom = top + rowHeight + sheet;
    if (bottom > here.scrollTop + here.clientHeight) {
      here.scrollTop = Math.min(top, bottom - here.clientHeight);
    } else if (top < here.scrollTop) here.scrollTop = top;
  }, [openAt, sheet]);

  const tell = useRef(onVisible);
  tell.current = onVisible;
  const waiting = JSON.stringify(
    lines.slice(slice.first, slice.last).flatMap((line) => (line.kind === 'waiting' ? [line.a.name] : [])),
  );
  useEffect(() => {
    const timer = setTimeout(() => tell.current(JSON.parse(waiting) as string[]), 120);
    return () => clearTimeout(timer);
  }, [waiting]);

  useEffect(() => {
    if (focusAt === null) return;
    frame.current?.querySelector<HTMLElement>(`[data-at="${focusAt}"]`)?.focus({ preventScroll: true });
    setFocusAt(null);
  }, [focusAt]);

  const place = useRef({ lines, openAt, sheet });
  place.current = { lines, openAt, sheet };
  const press = useCallback((event: KeyboardEvent<HTMLButtonElement>, at: number) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const here = frame.current;
    if (move === undefined || here === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const now = place.current;
    const to = Math.max(0, Math.min(now.lines.length - 1, at + move));
    const top = topOf(to, rowHeight, now.openAt, now.sheet);
    if (top < here.scrollTop) here.scrollTop = top;
    else if (top + rowHeight > here.scrollTop + here.clientHeight)
      here.scrollTop = top + rowHeight - here.clientHeight;
    setBox((b) => ({ ...b, top: here.scrollTop }));
    setFocusAt(to);
  }, []);
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
      <div
        ref={frame}
        className="profile-scroll"
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          setBox((b) => (Math.abs(b.top - top) < 1 ? b : { ...b, top }));
        }}
      >
        <ul style={{ height: slice.height }} aria-label="Compared columns">
          {lines.slice(slice.first, slice.last).map((line, i) => {
            const at = slice.first + i;
            const key = keyOf(line);
            return (
              <li key={key} style={{ top: topOf(at, rowHeight, openAt, sheet) }}>
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
