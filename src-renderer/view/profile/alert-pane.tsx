/**
 * The pane of an alert: what it says, what that rests on, the rows it is about, and muting it with a reason.
 */
import { useId, useState } from 'react';
import { alertKey, alertTitle } from '#core/profile/alerts';
import type { Alert } from '#core/profile/profile';
import { useAssay, useAssayStore } from '../../store/hooks';
import { type MutedAlert, profileOf } from '../../store/select';
import { Button } from '../ui/button';
import { CopySql } from '../ui/copy-sql';
import { EvidenceLine } from '../ui/evidence';
import { counted } from '../ui/figure';
import { InfoIcon, WarningIcon } from '../ui/icon';
import { type Point, Popover } from '../ui/popover';
import './alert.css';

/** Alerts drawn in one pane; a table of thousands of columns may have as many of a kind. */
const DRAWN = 50;

export function AlertPane({
  table,
  alerts,
  at,
  onClose,
  shown,
  onShow,
}: {
  table: string;
  /** Of one kind; at least one. */
  alerts: readonly Alert[];
  at: Point;
  onClose: () => void;
  /** Whether the list of columns shows only those with this alert. */
  shown?: boolean;
  onShow?: (shown: boolean) => void;
}) {
  const [muting, setMuting] = useState<readonly Alert[] | null>(null);
  const [first] = alerts;
  if (first === undefined) return null;
  const title = alertTitle[first.code];
  const columns = alerts.filter((alert) => alert.column !== undefined).length;
  return (
    <Popover at={at} label={title} className="alert-pane" onClose={onClose}>
      <div className={`alert-head alert-head-${first.severity}`}>
        {first.severity === 'warning' ? <WarningIcon /> : <InfoIcon />}
        <h2>{title}</h2>
        <span>{columns > 1 ? counted(columns, 'column') : null}</span>
      </div>
      <ul>
        {alerts.slice(0, DRAWN).map((alert) => (
          <OneAlert
            key={alertKey(alert)}
            table={table}
            alert={alert}
            onClose={onClose}
            onMute={() => setMuting([alert])}
          />
        ))}
      </ul>
      {alerts.length > DRAWN ? (
        <p className="alert-more">
          and {counted(alerts.length - DRAWN, 'more column')}; show the columns to see them
        </p>
      ) : null}
      {muting === null ? (
        <div className="alert-foot">
          {onShow === undefined || columns === 0 ? null : (
            <Button
              onClick={() => {
                onShow(!shown);
                onClose();
              }}
            >
              {shown ? 'Show all columns' : columns === 1 ? 'Show the column' : 'Show the columns'}
            </Button>
          )}
          {alerts.length > 1 ? <Button onClick={() => setMuting(alerts)}>Mute all…</Button> : null}
        </div>
      ) : (
        <MuteForm table={table} alerts={muting} onDone={onClose} onCancel={() => setMuting(null)} />
      )}
    </Popover>
  );
}

function OneAlert({
  table,
  alert,
  onClose,
  onMute,
}: {
  table: string;
  alert: Alert;
  onClose: () => void;
  onMute: () => void;
}) {
  const store = useAssayStore();
  return (
    <li>
      <p>
        {alert.column === undefined ? null : <b>{alert.column === '' ? '(no name)' : alert.column}</b>}{' '}
        {alert.message}
      </p>
      <div className="alert-rests">
        <Rests table={table} alert={alert} onClose={onClose} />
        <span className="profile-space" />
        {alert.rows === undefined ? null : (
          <Button
            tone="quiet"
            onClick={() => {
              onClose();
              store.getState().showAlertRows(table, alert);
            }}
          >
            Show the rows
          </Button>
        )}
        <Button tone="quiet" aria-label={`Mute ${alert.column ?? table}`} onClick={onMute}>
          Mute…
        </Button>
      </div>
    </li>
  );
}

/** What an alert rests on: a query of its own, figures of the profile, or the reading of the file. */
function Rests({ table, alert, onClose }: { table: string; alert: Alert; onClose: () => void }) {
  const store = useAssayStore();
  const profile = useAssay((s) =>
    alert.column === undefined ? undefined : profileOf(s, table, alert.column),
  );
  const { sql } = alert;
  if (alert.evidence !== undefined) return <EvidenceLine evidence={alert.evidence} />;
  if (alert.figures !== undefined && profile !== undefined)
    return <EvidenceLine evidence={profile.evidence} />;
  return (
    <span className="ui-evidence">
      from the reading of the file
      {sql === undefined ? (
        <button
          type="button"
          className="ui-link"
          onClick={() => {
            onClose();
            store.getState().set('receiptOf', table);
          }}
        >
          Show the receipt
        </button>
      ) : (
        <CopySql sql={sql} />
      )}
    </span>
  );
}

function MuteForm({
  table,
  alerts,
  onDone,
  onCancel,
}: {
  table: string;
  alerts: readonly Alert[];
  onDone: () => void;
  onCancel: () => void;
}) {
  const store = useAssayStore();
  const [reason, setReason] = useState('');
  const id = useId();
  const [first] = alerts;
  const what = alerts.length > 1 ? counted(alerts.length, 'alert') : (first?.column ?? table);
  return (
    <form
      className="alert-mute"
      onSubmit={(event) => {
        event.preventDefault();
        store.getState().muteAlerts(table, alerts, reason.trim());
        onDone();
      }}
    >
      <label htmlFor={id}>Why {what} needs no look</label>
      <input
        id={id}
        className="ui-field"
        // The form opens because its button was pressed, so the next key belongs to it.
        ref={(field) => field?.focus()}
        value={reason}
        maxLength={400}
        placeholder="kept in the design"
        onChange={(event) => setReason(event.target.value)}
      />
      <span>
        <Button onClick={onCancel}>Cancel</Button>
        <button type="submit" className="ui-button ui-button-primary">
          Mute
        </button>
      </span>
    </form>
  );
}

/** The alerts that were muted, each with its reason and the way back. */
export function MutedPane({
  table,
  muted,
  at,
  onClose,
}: {
  table: string;
  muted: readonly MutedAlert[];
  at: Point;
  onClose: () => void;
}) {
  const store = useAssayStore();
  return (
    <Popover at={at} label="Muted alerts" className="alert-pane" onClose={onClose}>
      <div className="alert-head">
        <h2>Muted alerts</h2>
        <span>the command line goes on telling them</span>
      </div>
      <ul>
        {muted.map(({ muted: told, alert }) => (
          <li key={JSON.stringify([told.code, told.column])}>
            <p>
              <b>{told.column ?? table}</b> {titleOf(told.code)}
              {alert === undefined ? ', which the data no longer gives' : `: ${alert.message}`}
            </p>
            <div className="alert-rests">
              <span className="alert-reason">{told.reason === '' ? 'no reason given' : told.reason}</span>
              <span className="profile-space" />
              <Button
                tone="quiet"
                aria-label={`Unmute ${titleOf(told.code)} of ${told.column ?? table}`}
                onClick={() => store.getState().unmuteAlert(table, told)}
              >
                Unmute
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

/** A design may name a kind that this version does not know. */
function titleOf(code: string): string {
  return Object.hasOwn(alertTitle, code) ? alertTitle[code as keyof typeof alertTitle] : code;
}
