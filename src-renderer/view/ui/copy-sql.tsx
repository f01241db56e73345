import { copyText } from './copy';
import { CopyIcon } from './icon';
import './ui.css';

/** Puts the statement behind something on the clipboard; its tooltip shows it. */
export function CopySql({ sql }: { sql: string }) {
  return (
    <button type="button" className="ui-link" title={sql} onClick={() => void copyText(sql)}>
      <CopyIcon />
      Copy SQL
    </button>
  );
}
