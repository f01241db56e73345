import type { ReactNode } from 'react';
import type { Role } from '#core/profile/profile';
import { DimensionIcon, IgnoredIcon, KeyIcon, MeasureIcon, TimeIcon } from './icon';
import './ui.css';

export const roleTitle: Readonly<Record<Role, string>> = {
  key: 'Key',
  dimension: 'Dimension',
  measure: 'Measure',
  time: 'Time',
  ignored: 'Ignored',
};

const icons: Readonly<Record<Role, () => ReactNode>> = {
  key: KeyIcon,
  dimension: DimensionIcon,
  measure: MeasureIcon,
  time: TimeIcon,
  ignored: IgnoredIcon,
};

/** The role of a column: dashed with a question mark while proposed, solid once accepted, struck through if dismissed. */
export function RolePill({
  role,
  state,
  title,
}: {
  role: Role;
  state: 'suggested' | 'accepted' | 'dismissed';
  title?: string | undefined;
}) {
  const Icon = icons[role];
  return (
    <span className={`ui-role ui-role-${state}`} title={title}>
      <Icon />
      <span>
        {roleTitle[role]}
        {state === 'suggested' ? '?' : ''}
      </span>
    </span>
  );
}
