import type { ReactNode } from 'react';
import { InfoIcon, WarningIcon } from './icon';
import './ui.css';

export type BadgeTone = 'info' | 'warning' | 'bad' | 'good' | 'plain';

/** A short remark in a soft tint. Warnings and problems carry an icon, so that colour is never the only sign. */
export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  tone?: BadgeTone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`ui-badge ui-badge-${tone}`} title={title}>
      {tone === 'warning' || tone === 'bad' ? <WarningIcon /> : tone === 'info' ? <InfoIcon /> : null}
      <span className="ui-badge-text">{children}</span>
    </span>
  );
}
