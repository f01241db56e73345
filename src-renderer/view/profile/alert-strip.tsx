import { type ReactNode, useState } from 'react';
import { alertTitle } from '#core/profile/alerts';
import type { AlertCode } from '#core/profile/profile';
import { useAssay } from '../../store/hooks';
import { mutedIn } from '../../store/select';
import { count, counted } from '../ui/figure';
import { InfoIcon, WarningIcon } from '../ui/icon';
import { below, type Point } from '../ui/popover';
import { AlertPane, MutedPane } from './alert-pane';
import type { AlertGroup } from './column-list';
import './alert.css';

/** The alerts of a table by kind; each opens a pane with what they rest on and what can be done. */
export function AlertStrip({
  table,
  groups,
  looking,
  early,
  chosen,
  onChoose,
  children,
}: {
  table: string;
  groups: readonly AlertGroup[];
  /** Whether some are still looked for. */
  looking: boolean;
  /** Whether columns are still to be profiled. */
  early: boolean;
  /** The kind whose columns are shown alone. */
  chosen: AlertCode | null;
  onChoose: (code: AlertCode | null) => void;
  /** What stands at the end of the line. */
  children?: ReactNode;
}) {
  const muted = useAssay((s) => mutedIn(s, table));
  const unlooked = useAssay((s) =>
    s.asked[table]?.of === s.tables[table] ? s.asked[table]?.found.unlooked : undefined,
  );
  const [open, setOpen] = useState<{ readonly code: AlertCode | 'muted'; readonly at: Point } | null>(null);
  const all = groups.reduce((sum, group) => sum + group.alerts.length, 0);
  const group = groups.find((g) => g.code === open?.code);
  const close = () => setOpen(null);
  return (
    <div className="profile-alerts">
      <b title={unlooked?.length ? `Not looked for: ${unlooked.join('; ')}` : undefined}>
        {all > 0 ? counted(all, 'alert') : early || looking ? 'No alerts yet' : 'No alerts'}
        {unlooked?.length ? '*' : ''}
      </b>
      {groups.map(({ code, severity, alerts }) => (
        <button
          key={code}
          type="button"
          className={`profile-alert profile-alert-${severity}`}
          aria-pressed={code === chosen}
          aria-haspopup="dialog"
          aria-expanded={open?.code === code}
          onClick={(event) => setOpen({ code, at: below(event.currentTarget) })}
        >
          {severity === 'warning' ? <WarningIcon /> : <InfoIcon />}
          {alertTitle[code]}
          <b>{count(alerts.length)}</b>
        </button>
      ))}
      {looking ? <span className="profile-looking">looking for more…</span> : null}
      <span className="profile-space" />
      {muted.length === 0 ? null : (
        <button
          type="button"
          className="ui-link"
          aria-haspopup="dialog"
          aria-expanded={open?.code === 'muted'}
          onClick={(event) => setOpen({ code: 'muted', at: below(event.currentTarget) })}
        >
          {count(muted.length)} muted
        </button>
      )}
      {children}
      {open === null || group === undefined ? null : (
        <AlertPane
          table={table}
          alerts={group.alerts}
          at={open.at}
          onClose={close}
          shown={chosen === group.code}
          onShow={(shown) => onChoose(shown ? group.code : null)}
        />
      )}
      {open?.code === 'muted' && muted.length > 0 ? (
        <MutedPane table={table} muted={muted} at={open.at} onClose={close} />
      ) : null}
    </div>
  );
}
