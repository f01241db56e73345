import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { CheckIcon, CloseIcon } from './icon';
import './ui.css';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'>;

/** A button of 24 pixels. `shortcut` is shown on it, not bound. */
export function Button({
  tone = 'plain',
  shortcut,
  icon,
  children,
  ...native
}: Native & { tone?: 'plain' | 'primary' | 'quiet'; shortcut?: string; icon?: ReactNode }) {
  return (
    <button type="button" className={`ui-button ui-button-${tone}`} {...native}>
      {icon}
      {children}
      {shortcut === undefined ? null : (
        <span className="ui-key" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}

/** A button that is only an icon; `label` is its name and its tooltip. */
export function IconButton({ label, children, ...native }: Native & { label: string }) {
  return (
    <button type="button" className="ui-icon-button" title={label} {...native} aria-label={label}>
      {children}
    </button>
  );
}

/** ✓ and ✕ beside a proposal; `what` completes "Accept …" and "Dismiss …". */
export function AcceptDismiss({
  what,
  onAccept,
  onDismiss,
}: {
  what: string;
  onAccept: () => void;
  onDismiss: () => void;
}) {
  return (
    <span className="ui-accept-dismiss">
      <button
        type="button"
        className="ui-accept"
        aria-label={`Accept ${what}`}
        title={`Accept ${what}`}
        onClick={(event) => {
          event.stopPropagation();
          onAccept();
        }}
      >
        <CheckIcon />
      </button>
      <button
        type="button"
        className="ui-dismiss"
        aria-label={`Dismiss ${what}`}
        title={`Dismiss ${what}`}
        onClick={(event) => {
          event.stopPropagation();
          onDismiss();
        }}
      >
        <CloseIcon />
      </button>
    </span>
  );
}
