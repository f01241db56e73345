import type { Suggestion } from '#core/profile/profile';
import { useAssay, useAssayStore, useShallow } from '../../store/hooks';
import { designTableOf, rolesOf, suggestionOf } from '../../store/select';
import { AcceptDismiss } from '../ui/button';
import { RolePill, roleTitle } from '../ui/role-pill';

/** What speaks for a proposal and against it, for a tooltip. */
export function proposalWords(suggestion: Suggestion): string {
  return [
    `${Math.round(100 * suggestion.confidence)} % sure`,
    ...suggestion.reasons.map((reason) => `+ ${reason}`),
    ...suggestion.against.map((against) => `− ${against}`),
  ].join('\n');
}

/** The roles of a column: accepted, or proposed with ✓ and ✕. */
export function RoleCell({ table, column }: { table: string; column: string }) {
  const store = useAssayStore();
  const roles = useAssay(useShallow((s) => rolesOf(s, table, column)));
  const suggestion = useAssay((s) => suggestionOf(s, table, column));
  const [first] = roles;
  if (first === undefined) {
    return suggestion?.role === 'ignored' ? (
      <span className="profile-role" title={proposalWords(suggestion)}>
        <span className="profile-quiet">no role</span>
      </span>
    ) : (
      <span className="profile-role" />
    );
  }
  const what = `${column} as ${roleTitle[first.role].toLowerCase()}`;
  const accept = () => {
    const { draftMeasure, draftDimension } = store.getState();
    if (first.role === 'measure') draftMeasure(table, column, suggestion?.aggregation);
    else draftDimension(table, column);
  };
  const dismiss = () => {
    const over = designTableOf(store.getState(), table);
    if (over !== undefined) store.getState().edit({ verb: 'dismiss', table: over.name, column, reason: '' });
  };
  return (
    <span className="profile-role">
      {roles.map((role) => (
        <RolePill
          key={role.role}
          role={role.role}
          state={role.state}
          title={
            role.state === 'accepted' || suggestion === undefined ? undefined : proposalWords(suggestion)
          }
        />
      ))}
      <span className="profile-space" />
      {first.state === 'suggested' ? (
        <AcceptDismiss what={what} onAccept={accept} onDismiss={dismiss} />
      ) : (
        <span className="profile-role-state">{first.state}</span>
      )}
    </span>
  );
}
