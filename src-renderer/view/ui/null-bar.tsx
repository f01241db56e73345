import { count, percent } from './figure';
import './ui.css';

/** How full a column is: the filled part and the nulls, and the share in words. */
export function NullBar({ nulls, rows }: { nulls: number; rows: number }) {
  const filled = rows === 0 ? 0 : (100 * (rows - nulls)) / rows;
  const words =
    rows === 0 ? 'no rows' : `${percent(nulls, rows)} null: ${count(nulls)} of ${count(rows)} rows`;
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className={rows === 0 ? 'ui-null-bar ui-null-bar-empty' : 'ui-null-bar'}
    >
      <span style={{ width: nulls > 0 ? `min(${filled}%, 100% - 2px)` : `${filled}%` }} />
    </span>
  );
}
