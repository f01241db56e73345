/**
 * Where in a statement DuckDB says that something is wrong.
 */

/**
 * The place that a message of DuckDB points to with its `LINE n: …` and the caret under it.
 * @param sql The statement that was run.
 * @param before Lines that were put before the user's own text, which are not counted. Default 0.
 * @returns The 0-based offset in the user's text; null if the message points nowhere.
 */
export function placeIn(sql: string, message: string, before = 0): number | null {
  if (/syntax error at end of input/.test(message)) return sql.length;
  const shown = /\nLINE (\d+): (.*)\n( *)\^/.exec(message);
  if (shown === null) return null;
  const [, number = '', excerpt = '', blanks = ''] = shown;
  const lines = sql.split('\n');
  const line = Math.min(lines.length, Number(number) - before);
  const text = lines[line - 1];
  if (text === undefined) return null;
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const column = Math.max(0, blanks.length - `LINE ${number}: `.length);
  // A long line is cut to what stands around the place.
  const cut = excerpt.startsWith('...') && !text.startsWith('...');
  const body = (cut ? excerpt.slice(3) : excerpt).replace(/\.\.\.$/, '');
  const found = cut ? text.indexOf(body) : 0;
  if (found < 0) return start;
  return start + Math.min(text.length, Math.max(0, found + column - (cut ? 3 : 0)));
}
