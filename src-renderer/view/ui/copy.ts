/**
 * What goes to the clipboard: text as it is, rows as tab-separated values.
 */
import type { Cell } from '#core/table';

/** Puts text on the clipboard; answers whether the system let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard can be refused while the window has no focus; the older way still works then.
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** Rows as tab-separated values with a header; null is empty, and tabs and line breaks inside a value become blanks. */
export function tsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) =>
    cells.map((cell) => (cell === null ? '' : String(cell).replace(/[\t\r\n]+/g, ' '))).join('\t');
  return [line(columns), ...rows.map(line)].join('\n');
}
