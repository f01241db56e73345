import type { Kind } from '#core/table';
import './ui.css';

const letters: Readonly<Record<Kind, string>> = {
  number: 'N',
  text: 'A',
  time: 'T',
  boolean: 'B',
  nested: '{}',
};

const paths: Readonly<Record<Kind, string>> = {
  number: 'M3.8 1.5 3 8.5M7 1.5 6.2 8.5M1.6 3.7h7M1.3 6.4h7',
  text: 'M1.5 2.5h7M1.5 5h7M1.5 7.5h4.5',
  time: 'M5 1.3a3.7 3.7 0 1 1 0 7.4a3.7 3.7 0 0 1 0-7.4M5 3v2.2l1.6 1',
  boolean: 'M3 2.5h4a2.5 2.5 0 0 1 0 5h-4a2.5 2.5 0 0 1 0-5M7 4a1 1 0 1 1 0 2a1 1 0 0 1 0-2',
  nested: 'M1.5 2.5h7M3.5 5h5M5.5 7.5h3M1.5 2.5v2.5h2M3.5 5v2.5h2',
};

/** What a column holds, said three ways: an icon, a letter and a colour. `size` of the icon is 10 pixels unless given. */
export function KindIcon({ kind, size = 10 }: { kind: Kind; size?: number }) {
  return (
    <span className={`ui-kind ui-kind-${kind}`} title={kind} role="img" aria-label={kind}>
      <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true">
        <path d={paths[kind]} />
      </svg>
      {letters[kind]}
    </span>
  );
}
