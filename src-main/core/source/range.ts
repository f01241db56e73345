/**
 * Ranges of cells, as they are written in workbooks: `B3:F40`, `B:F`, `3:40`, also with `$`.
 */

/** Rows and columns from 0, both ends included. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** All cells that a sheet can have (A1:XFD1048576). */
const sheet: Box = { top: 0, left: 0, bottom: 1_048_575, right: 16_383 };

/** 0-based column of `A`, `AB`; -1 for ''. */
export function columnAt(letters: string): number {
  let n = 0;
  for (const c of letters.toUpperCase()) n = n * 26 + c.charCodeAt(0) - 64;
  return n - 1;
}

/** `A`, `AB` for a 0-based column. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/**
 * The cells that a range means; all of the sheet if it is blank.
 * @returns or why it is none, in words that follow “B3:” is no range of cells.
 */
export function readRange(range: string): { readonly box: Box } | { readonly reason: string } {
  const text = range.trim();
  if (text === '') return { box: sheet };
  const found = /^\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?$/i.exec(text);
  const [, left = '', top = '', right = left, bottom = top] = found ?? [];
  if (found === null || left + top === '') return { reason: 'it does not begin with a cell' };
  if (right + bottom === '') return { reason: 'it lacks the cell it ends at' };
  const box: Box = {
    top: top === '' ? sheet.top : Number(top) - 1,
    left: left === '' ? sheet.left : columnAt(left),
    bottom: bottom === '' ? sheet.bottom : Number(bottom) - 1,
    right: right === '' ? sheet.right : columnAt(right),
  };
  if (box.top < 0) return { reason: 'rows begin at 1' };
  if (box.bottom > sheet.bottom || box.right > sheet.right) return { reason: 'a sheet ends at XFD1048576' };
  if (box.bottom < box.top) return { reason: 'its last row is above its first' };
  if (box.right < box.left) return { reason: 'its last column is left of its first' };
  return { box };
}
