import { CircleAlert, X } from 'lucide-react';
import { useAssay } from '../../store/hooks';
import { IconButton } from '../ui/button';
import type { Failure } from './failures';
import './tree.css';

/** Files that could not be opened, each with the reason and what to do; dismissed one by one. Compact: one line each. */
export function Failures({ failures, compact = false }: { failures: readonly Failure[]; compact?: boolean }) {
  const dismiss = useAssay((s) => s.dismissFailure);
  const look = useAssay((s) => s.importFile);
  return (
    <ul className={compact ? 'failures failures-compact' : 'failures'} aria-label="Could not be opened">
      {failures.map((failure) => (
        <li key={failure.key} title={`${failure.words}\n${failure.remedy}`}>
          <CircleAlert size={14} aria-hidden="true" />
          <span className="failures-text">
            <strong>{failure.name}</strong>
            <span>
              {failure.words}. {failure.remedy}
            </span>
          </span>
          {failure.tellable ? (
            <button type="button" className="ui-link" onClick={() => look(failure.key)}>
              Look at it
            </button>
          ) : null}
          <IconButton label={`Dismiss ${failure.name}`} onClick={() => dismiss(failure.key)}>
            <X size={13} aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
