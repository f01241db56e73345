/**
 * Text of others inside Markdown.
 */

/** Text that stands in a cell or a line as it is, whatever it holds. */
export function markdownText(text: string, most = 120): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return short
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\\|`*[\]#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
