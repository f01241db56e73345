/**
 * HTML that holds text of others: everything that comes from a file goes through `html` or `value`.
 */

/** Text as it stands in HTML, in content and in double-quoted attributes. What no document may hold is shown by its picture. */
export function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/(?![\t\n])\p{Cc}/gu, picture)
    .replace(/[\ufdd0-\ufdef\ufffe\uffff]/g, '\ufffd');
}

/** C0 controls have pictures of their own in Unicode; C1 controls have none. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
}

/** The same for a name or a value, apart from the direction of the text around it and cut where it is very long. */
export function value(text: string, most = 200): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return `<bdi>${html(short)}</bdi>`;
}
