import type { ReactNode } from 'react';
import './ui.css';

/** What stands where there is nothing yet: what this is, one sentence on the next step, and its button. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="ui-empty-state" role="status">
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}
