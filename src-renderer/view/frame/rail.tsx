import {
  Braces,
  ChartColumn,
  Compass,
  Database,
  FileInput,
  type LucideIcon,
  Settings,
  Workflow,
} from 'lucide-react';
import { useState } from 'react';
import { useAssay } from '../../store/hooks';
import { alertCount, completenessOf } from '../../store/select';
import type { Place } from '../../store/state';
import { type Point, Popover } from '../ui/popover';
import { Segmented } from '../ui/segmented';
import { useKeysOf } from './title-bar';
import './rail.css';

const places: readonly { place: Place; title: string; icon: LucideIcon }[] = [
  { place: 'data', title: 'Data', icon: Database },
  { place: 'import', title: 'Import', icon: FileInput },
  { place: 'profile', title: 'Profile', icon: ChartColumn },
  { place: 'model', title: 'Model', icon: Workflow },
  { place: 'explore', title: 'Explore', icon: Compass },
  { place: 'spec', title: 'Spec', icon: Braces },
];

/** The places in the order of the work, each with how far it is. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Places">
      <ul>
        {places.map((place) => (
          <li key={place.place}>
            <RailButton {...place} />
          </li>
        ))}
      </ul>
      <SettingsButton />
    </nav>
  );
}

function RailButton({ place, title, icon: Icon }: (typeof places)[number]) {
  const here = useAssay((s) => s.place === place);
  const go = useAssay((s) => s.go);
  const keys = useKeysOf();
  const { done, of, words } = useAssay((s) => completenessOf(s)[place]);
  const alerts = useAssay((s) => (place === 'profile' ? alertCount(s) : 0));
  const said = `${title}: ${words}${alerts > 0 ? `, ${alerts} alerts` : ''}`;
  return (
    <button
      type="button"
      className="rail-button"
      aria-current={here ? 'page' : undefined}
      aria-label={said}
      title={`${said} (${keys(place)})`}
      onClick={() => go(place)}
    >
      <Icon size={18} strokeWidth={1.6} aria-hidden="true" />
      {alerts > 0 ? <span className="rail-badge">{alerts > 99 ? '99+' : alerts}</span> : null}
      <span className="rail-title">{title}</span>
      <span className="rail-progress" aria-hidden="true">
        <span style={{ width: of === 0 ? 0 : `${(100 * done) / of}%` }} />
      </span>
    </button>
  );
}

function SettingsButton() {
  const [at, setAt] = useState<Point | null>(null);
  const theme = useAssay((s) => s.theme);
  const headerProfile = useAssay((s) => s.headerProfile);
  const set = useAssay((s) => s.set);
  return (
    <>
      <button
        type="button"
        className="rail-button"
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setAt({ x: box.right + 6, y: box.top - 76 });
        }}
      >
        <Settings size={18} strokeWidth={1.6} aria-hidden="true" />
        <span className="rail-title">Settings</span>
      </button>
      {at === null ? null : (
        <Popover at={at} label="Settings" className="settings" onClose={() => setAt(null)}>
          <span className="settings-label">Theme</span>
          <Segmented
            label="Theme"
            value={theme}
            choices={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChange={(value) => set('theme', value)}
          />
          <span className="settings-label">Profile in the grid header</span>
          <Segmented
            label="Profile in the grid header"
            value={headerProfile}
            choices={[
              { value: 'off', label: 'Off' },
              { value: 'compact', label: 'Compact' },
              { value: 'full', label: 'Full' },
            ]}
            onChange={(value) => set('headerProfile', value)}
          />
        </Popover>
      )}
    </>
  );
}
