import { type KeyboardEvent, memo, useState } from 'react';
import { alertTitle } from '#core/profile/alerts';
import { type Alert, type ColumnProfile, isInexact } from '#core/profile/profile';
import type { Statistic } from '#core/profile/statistic';
import { Spark } from '../chart/spark';
import { Badge } from '../ui/badge';
import { EvidenceDot, evidenceWords } from '../ui/evidence';
import { count, counted, namesThings, none, numberOf, percent, share, time } from '../ui/figure';
import { ChevronIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { NullBar } from '../ui/null-bar';
import { below, type Point } from '../ui/popover';
import { statisticTold, statisticWords } from '../ui/statistic-text';
import { AlertPane } from './alert-pane';
import type { Entry } from './column-list';
import { RoleCell } from './role-cell';

/** The format under which a column is dragged onto Dimensions or Measures: JSON of { table, column }. */
const draggedColumn = 'application/x-assay-column';

/** A column in one line. The whole line opens it; its figures come when the profile does, in the room kept for them. */
export const ProfileRow = memo(function ProfileRow({
  table,
  entry,
  shown,
  at,
  open,
  selected,
  onToggle,
  onKey,
}: {
  table: string;
  entry: Entry;
  /** Stands in the place of the range; undefined is the range. */
  shown: Statistic | undefined;
  /** Place in the list as it is shown. */
  at: number;
  open: boolean;
  selected: boolean;
  onToggle: (column: string) => void;
  onKey: (event: KeyboardEvent<HTMLButtonElement>, at: number, column: string) => void;
}) {
  const { column, profile, total, alerts } = entry;
  const state = `${open ? ' profile-row-open' : ''}${selected ? ' profile-row-selected' : ''}`;
  return (
    <div className={`profile-row${state}`}>
      <button
        type="button"
        className="profile-open"
        data-at={at}
        aria-expanded={open}
        draggable
        title={profile === undefined ? 'not profiled yet' : evidenceWords(profile.evidence)}
        onClick={() => onToggle(column.name)}
        onKeyDown={(event) => onKey(event, at, column.name)}
        onDragStart={(event) => {
          event.dataTransfer.setData(draggedColumn, JSON.stringify({ table, column: column.name }));
          event.dataTransfer.setData('text/plain', column.name);
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <span className="profile-arrow">
          <ChevronIcon />
        </span>
        <KindIcon kind={column.kind} />
        <span className="profile-name">{column.name === '' ? '(no name)' : column.name}</span>
      </button>
      <span className="profile-type" title={column.type}>
        {column.type.toLowerCase()}
      </span>
      {profile === undefined ? (
        <Waiting />
      ) : (
        <>
          <span className="profile-shape">
            <Spark profile={profile} total={total} width={104} height={18} />
          </span>
          <span className="profile-distinct">
            <EvidenceDot
              evidence={
                isInexact(profile, 'distinct') ? profile.evidence : { ...profile.evidence, basis: 'exact' }
              }
            />
            {isInexact(profile, 'distinct') ? '≈ ' : ''}
            {count(profile.distinct)}
          </span>
          <span className="profile-nulls">
            <span>
              <NullBar nulls={profile.nulls} rows={profile.rows} />
            </span>
            <span className={profile.nulls > 0 ? 'profile-null-share profile-some' : 'profile-null-share'}>
              {share(profile.nulls, profile.rows)}
            </span>
          </span>
          {shown === undefined ? <RangeCell profile={profile} /> : <ShownCell entry={entry} shown={shown} />}
        </>
      )}
      <span className="profile-row-alerts">
        {alerts.map((alert) => (
          <AlertBadge key={alert.code} table={table} alert={alert} />
        ))}
      </span>
      <RoleCell table={table} column={column.name} />
    </div>
  );
});

function AlertBadge({ table, alert }: { table: string; alert: Alert }) {
  const [at, setAt] = useState<Point | null>(null);
  return (
    <>
      <button
        type="button"
        className="profile-badge"
        aria-label={`${alertTitle[alert.code]} of ${alert.column ?? table}`}
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        title={alert.message}
        onClick={(event) => setAt(below(event.currentTarget))}
      >
        <Badge tone={alert.severity === 'warning' ? 'warning' : 'info'}>{alertTitle[alert.code]}</Badge>
      </button>
      {at === null ? null : <AlertPane table={table} alerts={[alert]} at={at} onClose={() => setAt(null)} />}
    </>
  );
}

function Waiting() {
  return (
    <>
      <span className="profile-shape">
        <span className="ui-skeleton" style={{ width: 104, height: 8 }} />
      </span>
      <span className="profile-distinct">
        <span className="ui-skeleton" style={{ width: 40 }} />
      </span>
      <span className="profile-nulls">
        <span className="ui-skeleton" style={{ width: 28, height: 3 }} />
        <span className="profile-null-share" />
      </span>
      <span className="profile-range" />
    </>
  );
}

function ShownCell({ entry, shown }: { entry: Entry; shown: Statistic }) {
  return (
    <span className="profile-range profile-shown" title={statisticWords(entry, shown)}>
      {statisticTold(entry, shown).text || none}
    </span>
  );
}

/** Least and greatest, or how many digits, or how much is unique, whichever says something about the kind. */
function RangeCell({ profile }: { profile: ColumnProfile }) {
  const filled = profile.rows - profile.nulls;
  if (filled === 0) return <span className="profile-range profile-quiet">no values</span>;
  if (profile.unique / filled > 0.5 && filled > 50 && (profile.kind === 'text' || isWhole(profile))) {
    return (
      <span className="profile-range profile-words">
        {isInexact(profile, 'unique') ? 'about ' : ''}
        {profile.unique === filled ? 'all' : percent(profile.unique, filled)} unique
        {isWhole(profile) ? `, ${digits(profile)}` : ''}
      </span>
    );
  }
  if (namesThings(profile) && isWhole(profile) && String(profile.max).length > 2) {
    return <span className="profile-range profile-words">{digits(profile)}</span>;
  }
  if (profile.kind === 'text') {
    const length = profile.length;
    if (length === undefined) return <span className="profile-range" />;
    const words =
      length.min === length.max
        ? counted(length.min, 'character')
        : `${count(length.min)} – ${count(length.max)} characters`;
    return <span className="profile-range profile-words">{words}</span>;
  }
  if (profile.kind === 'nested' && profile.length !== undefined) {
    const { min, max } = profile.length;
    return (
      <span className="profile-range profile-words">
        {min === max ? '' : `${count(min)} – `}
        {counted(max, 'element')}
      </span>
    );
  }
  if (profile.kind === 'boolean') {
    const yes = profile.top.find((t) => t.value === true)?.count ?? 0;
    return <span className="profile-range profile-words">{percent(yes, filled)} true</span>;
  }
  if (profile.min === undefined) return <span className="profile-range" />;
  const say = (v: ColumnProfile['min']) =>
    profile.kind === 'time'
      ? time(v).slice(0, profile.type.startsWith('TIMESTAMP') ? 10 : undefined)
      : numberOf(v, profile);
  return (
    <span className="profile-range">
      <span>{say(profile.min)}</span>
      <span className="profile-quiet">…</span>
      <span>{say(profile.max)}</span>
    </span>
  );
}

const isWhole = (profile: ColumnProfile) => profile.kind === 'number' && /INT/.test(profile.type);

/** `5 – 8 digits`, by the shortest and the longest of the least and the greatest. */
function digits(profile: ColumnProfile): string {
  const lengths = [profile.min, profile.max].map((v) => String(v).replace('-', '').length);
  const [low, high] = [Math.min(...lengths), Math.max(...lengths)];
  return low === high ? counted(low, 'digit') : `${low} – ${high} digits`;
}
