import { useState } from 'react';
import { useAssay, useAssayStore, useShallow } from '../../store/hooks';
import { designTableOf, rolesOf, suggestionOf } from '../../store/select';
import { AcceptDismiss } from '../ui/button';
import { RolePill, roleTitle } from '../ui/role-pill';

/** The roles of a column, and for a proposal what speaks for it and against it. Dismissing may give a reason. */
export function ColumnRoles({ table, column }: { table: string; column: string }) {
  const store = useAssayStore();
  const roles = useAssay(useShallow((s) => rolesOf(s, table, column)));
  const suggestion = useAssay((s) => suggestionOf(s, table, column));
  const dismissed = useAssay((s) => designTableOf(s, table)?.dismissed.find((d) => d.column === column));
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [first] = roles;
  if (first === undefined) {
    if (suggestion === undefined) return null;
    return <p className="column-note">No role proposed: {suggestion.reasons.join('; ')}.</p>;
  }
  const accept = () => {
    const { draftMeasure, draftDimension } = store.getState();
    if (first.role === 'measure') draftMeasure(table, column, suggestion?.aggregation);
    else draftDimension(table, column);
  };
  const dismiss = () => {
    const over = designTableOf(store.getState(), table);
    if (over !== undefined)
      store.getState().edit({ verb: 'dismiss', table: over.name, column, reason: reason.trim() });
    setAsking(false);
  };
  return (
    <div className={`column-roles column-roles-${first.state}`}>
      <div className="column-roles-line">
        {roles.map((role) => (
          <RolePill key={role.role} role={role.role} state={role.state} />
        ))}
        <span className="chart-space" />
        {first.state === 'suggested' ? (
          <>
            {suggestion === undefined ? null : (
              <span className="column-sure">{Math.round(100 * suggestion.confidence)} % sure</span>
            )}
            <AcceptDismiss
              what={`${column} as ${roleTitle[first.role].toLowerCase()}`}
              onAccept={accept}
              onDismiss={() => setAsking(true)}
            />
          </>
        ) : (
          <span className="column-sure">{first.state}</span>
        )}
      </div>
      {first.state === 'suggested' && suggestion !== undefined ? (
        <ul className="column-reasons">
          {suggestion.reasons.map((words) => (
            <li key={words} className="column-for">
              {words}
            </li>
          ))}
          {suggestion.against.map((words) => (
            <li key={words} className="column-against">
              {words}
            </li>
          ))}
        </ul>
      ) : null}
      {first.state === 'dismissed' && dismissed !== undefined && dismissed.reason !== '' ? (
        <p className="column-note">{dismissed.reason}</p>
      ) : null}
      {asking ? (
        <form
          className="column-dismiss"
          onSubmit={(event) => {
            event.preventDefault();
            dismiss();
          }}
        >
          <input
            className="ui-field"
            aria-label="Why it is dismissed (may stay empty)"
            placeholder="Why not? (may stay empty)"
            value={reason}
            // The field was asked for by the click that showed it.
            ref={(field) => field?.focus()}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}
          />
          <button type="submit" className="ui-button ui-button-plain">
            Dismiss
          </button>
        </form>
      ) : null}
    </div>
  );
}
