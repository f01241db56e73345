/** A button that copies the SQL behind a figure and says that it did. */
import { useEffect, useState } from 'react';
import { copyText } from '../ui/copy';
import { CopyIcon } from '../ui/icon';

export function CopySql({ sql }: { sql: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 1_500);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <button
      type="button"
      className="ui-link"
      title={sql}
      onClick={() => void copyText(sql).then((done) => setSaid(done ? 'Copied' : 'The clipboard refused'))}
    >
      <CopyIcon />
      {said === '' ? 'Copy SQL' : said}
    </button>
  );
}
