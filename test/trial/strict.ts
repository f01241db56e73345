/**
 * A strict reader of RFC 4180 with commas, apart from all others: what it reads, every sound reader reads so.
 */

/**
 * @returns null if the text breaks a rule: a quote inside a plain cell, text after a closing quote, an unclosed quote.
 *  Rows may differ in length. A last line end closes the last row; a byte order mark is no part of the text.
 */
export function strict(text: string, delimiter = ','): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  let i = text.startsWith('\uFEFF') ? 1 : 0;
  while (i < text.length) {
    let cell = '';
    if (text[i] === '"') {
      for (;;) {
        const close = text.indexOf('"', i + 1);
        if (close < 0) return null;
        cell += text.slice(i + 1, close);
        i = close + 1;
        if (text[i] !== '"') break;
        cell += '"';
      }
    } else {
      const from = i;
      while (i < text.length && !text.startsWith(delimiter, i) && text[i] !== '\n' && text[i] !== '\r') {
        if (text[i] === '"') return null;
        i++;
      }
      cell = text.slice(from, i);
    }
    row.push(cell);
    if (text.startsWith(delimiter, i)) {
      i += delimiter.length;
      if (i === text.length) row.push('');
      else continue;
    }
    if (i < text.length && text[i] !== '\n' && text[i] !== '\r') {
      if (row.length > 0) return null;
    }
    if (text[i] === '\r' && text[i + 1] === '\n') i++;
    i++;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
