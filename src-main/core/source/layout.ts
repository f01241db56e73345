/**
 * What stands where in a text: titles above the table, its header, the table itself, notes below, another table after it.
 *
 * Decided by comparison with the body: a header is what does not look like the values below it; a title is one cell in a
 * row of many; a second table has a width or a header of its own.
 */
import { mend, takes } from './mend';
import { Model, type Token } from './model';
import type { Dialect, Skip } from './receipt';
import { isTelling, lookOf } from './spelt';
import { rowOf, type Survey } from './survey';

export interface Layout {
  readonly width: number;
  /** Index of the first header record, or of the first record where there is no header. */
  readonly head: number;
  readonly headerRows: number;
  /** As they stand in the file, header rows joined by a blank; empty if there is no header. */
  readonly names: readonly string[];
  /** First record of the body, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** Records within the body that repeat the header. */
  readonly repeats: ReadonlySet<number>;
  /** Stretches before and after the table. */
  readonly skips: readonly Skip[];
  /** What the records of the body look like. */
  readonly model: Model;
  /** Whether the header names one column fewer than the rows have, the first being row names. */
  readonly shifted: boolean;
  /** Trailing cells of every record that hold nothing and have no name. */
  readonly spare: number;
  readonly doubts: readonly Doubt[];
}

export interface Doubt {
  readonly code: 'header-guess' | 'tables-several' | 'dialect-guess';
  readonly words: string;
  /** The other reading. */
  readonly dialect: Partial<Dialect>;
}

/** Records in which a header is looked for. */
const TOP = 60;
const LEARNT = 800;
const HEADER_MAX = 6;

type Told = Partial<Pick<Dialect, 'header' | 'headerRows' | 'skip' | 'footer'>>;

const filledIn = (cells: readonly string[]) => cells.reduce((n, c) => n + (c.trim() === '' ? 0 : 1), 0);

export function layOut(survey: Survey, told: Told): Layout {
  const n = survey.starts.length;
  const first = told.skip === undefined ? 0 : survey.lines.findIndex((line) => line > (told.skip as number));
  const begin = first < 0 ? n : first;
  const footerLine = told.footer ? survey.total - told.footer : Number.POSITIVE_INFINITY;
  let end = n;
  while (end > begin && (survey.lines[end - 1] as number) > footerLine) end--;

  const doubts: Doubt[] = [];
  const tables = told.skip === undefined && told.footer === undefined ? tablesIn(survey, begin, end) : [];
  const chosen = chooseTable(tables);
  let lo = chosen?.from ?? begin;
  let hi = chosen?.to ?? end;
  const width = chosen?.width ?? commonWidth(survey, lo, hi);

  const below = lo + Math.min(8, Math.max(1, Math.floor((hi - lo) / 2)));
  let model = learn(survey, below, hi, width);
  const learnt = hi;
  const titles = told.skip === undefined ? titlesAt(survey, lo, hi, width, model) : lo;
  const head = titles;
  let headerRows: number;
  let sure = true;
  if (told.headerRows !== undefined || told.header !== undefined) {
    headerRows = told.header === false ? 0 : (told.headerRows ?? 1);
  } else {
    const found = headerAt(survey, head, hi, width, model);
    headerRows = found.rows;
    sure = found.sure;
  }
  headerRows = Math.min(headerRows, hi - head);
  const from = head + headerRows;

  const repeats = new Set<number>();
  if (headerRows > 0 && told.footer === undefined) {
    const again = repeatsOf(survey, head, headerRows, from, hi);
    const [second] = again;
    if (second !== undefined && tables.length < 2) {
      // The same table once more adds nothing; other rows under the same header are more of the table.
      if (sameRows(survey, from, second + headerRows)) {
        hi = second;
        doubts.push({
          code: 'tables-several',
          words: 'The same table stands in the file more than once; the first is read',
          dialect: { footer: 0 },
        });
      } else {
        for (const i of again) for (let k = 0; k < headerRows; k++) repeats.add(i + k);
        doubts.push({
          code: 'tables-several',
          words: `The header is repeated ${again.length === 1 ? 'once' : `${again.length} times`} inside the file; the rows below it are read as more of the table`,
          dialect: { footer: survey.total - (survey.lines[second] as number) + 1 },
        });
      }
    }
  }
  if (tables.length > 1) {
    for (const table of tables) {
      if (table === chosen) continue;
      doubts.push({
        code: 'tables-several',
        words: `${tables.length} tables stand in the file; another one with ${table.width} columns begins at line ${survey.lines[table.from]}`,
        dialect: {
          skip: (survey.lines[table.from] as number) - 1,
          footer: table.to >= n ? 0 : survey.total - (survey.lines[table.to] as number) + 1,
        },
      });
    }
  }
  const bodyEnd = told.footer === undefined ? notesFrom(survey, from, hi, width, model) : hi;
  if (bodyEnd < hi) hi = bodyEnd;
  if (lo > head) lo = head;

  // In a long table what was learnt below the header stands for the whole.
  if (hi - lo < 40 || hi !== learnt || repeats.size > 0 || from > below)
    model = learn(survey, from, hi, width, repeats);
  const heads = Array.from({ length: headerRows }, (_, k) => headOf(survey, head + k, width));
  const named = Math.max(0, ...heads.map((h) => h.length));
  let spare = 0;
  while (
    spare < width - 1 &&
    headerRows > 0 &&
    width - spare > named &&
    model.columns[width - 1 - spare]?.share === 0
  )
    spare++;
  const shifted =
    headerRows === 1 &&
    spare === 0 &&
    named === width - 1 &&
    hi - from >= 2 &&
    allOf(survey, from, hi, width) &&
    isRowNames(survey, from, hi);
  if (shifted) {
    doubts.push({
      code: 'header-guess',
      words:
        'The header has one name fewer than the rows have cells; the first column was taken for row names without a name',
      dialect: { header: false, headerRows: 0 },
    });
  }
  if (!sure && !shifted) {
    doubts.push({
      code: 'header-guess',
      words:
        headerRows > 0
          ? 'Nothing tells the first row from the others; it was taken for the header'
          : 'The first row looks like the others; it was taken for data, and the columns have no names',
      dialect: headerRows > 0 ? { header: false, headerRows: 0 } : { header: true, headerRows: 1 },
    });
  }
  if (headerRows > 0 && survey.widths[head] === 0) {
    doubts.push({
      code: 'header-guess',
      words: 'The header line has quotes that do not match; its names were taken apart as the rows are',
      dialect: { header: false, headerRows: 0 },
    });
  }
  const names = headerRows === 0 ? [] : joinNames(heads, width - spare, shifted);
  if (headerRows > 0 && names.length > width && hi > from) {
    doubts.push({
      code: 'header-guess',
      words: `The header names ${names.length} columns and the rows have ${width}: the last ones are empty, or the names stand over the wrong columns`,
      dialect: { header: false, headerRows: 0, skip: (survey.lines[from] ?? 1) - 1 },
    });
  }
  if (headerRows > 0 && !shifted && named < width - spare) {
    doubts.push({
      code: 'header-guess',
      words: `The header names ${named} columns and the rows have ${width - spare}: names may stand over the wrong columns`,
      dialect: { header: false, headerRows: 0, skip: (survey.lines[from] ?? 1) - 1 },
    });
  }
  return {
    width: Math.max(names.length, width - spare),
    head,
    headerRows,
    names,
    from,
    to: hi,
    repeats,
    skips: skipsOf(
      survey,
      head,
      hi,
      told,
      tables.length > 1 || doubts.some((d) => d.code === 'tables-several'),
    ),
    model,
    shifted,
    spare,
    doubts,
  };
}

function rowTokens(survey: Survey, i: number): Token[] {
  const { cells, quoted } = rowOf(survey, i);
  return cells.map((value, k) => ({ value, quoted: quoted[k] === true }));
}

function commonWidth(survey: Survey, from: number, to: number): number {
  const counts = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const w = survey.widths[i] as number;
    if (w > 0) counts.set(w, (counts.get(w) ?? 0) + 1);
  }
  let width = survey.width;
  let most = (counts.get(width) ?? 0) + 0.5;
  for (const [w, n] of counts) {
    if (n > most) {
      width = w;
      most = n;
    }
  }
  // A few rows say little about the width: then the header does.
  const head = survey.widths[from] ?? 0;
  if (to - from <= 4 && head > 1 && (counts.get(width) ?? 0) <= 1) return head;
  return Math.max(1, width);
}

function learn(
  survey: Survey,
  from: number,
  to: number,
  width: number,
  leaving: ReadonlySet<number> = new Set(),
): Model {
  const model = new Model(width);
  const step = Math.max(1, Math.floor((to - from) / LEARNT));
  for (let i = from; i < to; i += step) {
    if (survey.widths[i] === width && !leaving.has(i)) model.learn(rowTokens(survey, i));
  }
  return model;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Tables that stand one under the other: stretches of equal width, each with a header of its own or a blank line before. */
function tablesIn(survey: Survey, from: number, to: number): Stretch[] {
  const runs: Stretch[] = [];
  for (let i = from; i < to; ) {
    let j = i + 1;
    while (
      j < to &&
      survey.widths[j] === survey.widths[i] &&
      !(survey.afterBlank.has(j) && isTitle(survey, j))
    )
      j++;
    runs.push({ from: i, to: j, width: survey.widths[i] as number });
    i = j;
  }
  const solid = runs.filter((r) => r.to - r.from >= 3 && r.width > 1);
  if (solid.length < 2) return [];
  const tables: Stretch[] = [];
  for (const run of solid) {
    const last = tables.at(-1);
    if (last !== undefined && last.width === run.width && !startsAnew(survey, run, last)) {
      tables[tables.length - 1] = { ...last, to: run.to };
      continue;
    }
    if (last !== undefined && !startsAnew(survey, run, last)) return [];
    tables.push(run);
  }
  // Stretches of one table are no tables of their own: odd records between and after them are records of it.
  return tables.length < 2 ? [] : tables;
}

function isTitle(survey: Survey, i: number): boolean {
  const { cells } = rowOf(survey, i);
  return cells.every((c) => !isTelling(lookOf(c)));
}

/** Whether a stretch begins with a header of its own. */
function startsAnew(survey: Survey, run: Stretch, before: Stretch): boolean {
  const model = learn(survey, run.from + 1, run.to, run.width);
  const { cells } = rowOf(survey, run.from);
  const blank = survey.afterBlank.has(run.from) || (run.from > before.to && run.width !== before.width);
  const score = headerScore(cells, model);
  return (
    score >= (blank ? 0.5 : 1.5) &&
    cells.every((c) => c.trim() === '' || !isTelling(lookOf(c)) || lookOf(c) === 'code')
  );
}

/** The first table that is not much smaller than the largest. */
function chooseTable(tables: readonly Stretch[]): Stretch | null {
  const largest = Math.max(0, ...tables.map((t) => t.to - t.from));
  return tables.find((t) => t.to - t.from >= largest * 0.3) ?? null;
}

/** Index of the first record that is no title: titles fill one cell of many. */
function titlesAt(survey: Survey, from: number, to: number, width: number, model: Model): number {
  const closed = titlesClosed(survey, from, to, width, model);
  if (closed > from) return closed;
  if (width === 1) return from;
  const stop = Math.min(to, from + TOP);
  let candidate = from;
  for (let i = from; i < stop; i++) {
    const { cells } = rowOf(survey, i);
    const filled = filledIn(cells);
    const w = survey.widths[i] as number;
    if (w !== width && filled > 0 && isHeaderInDisguise(survey, i, width, model)) {
      candidate = i;
      break;
    }
    const title =
      w !== width
        ? filled <= 1 || (w < width && !isShortHeader(survey, i, to, width, model))
        : width > 2
          ? filled <= 1
          : filled === 0;
    if (!title) {
      candidate = i;
      break;
    }
    candidate = i + 1;
  }
  if (candidate >= stop) return from;
  // One cell in the first record is a title only if the body is not like that.
  if (candidate > from && emptyRows(survey, candidate, to, width) > 0.3) {
    const next = rowOf(survey, candidate).cells;
    const named = candidate - from <= 3 && filledIn(next) >= 3 && next.every((c) => !isTelling(lookOf(c)));
    return named ? candidate : from;
  }
  return candidate;
}

/** First record after a few lines at the top that a blank line closes off from all that follows. */
function titlesClosed(survey: Survey, from: number, to: number, width: number, model: Model): number {
  for (let i = from + 1; i < Math.min(to, from + 6); i++) {
    if (!survey.afterBlank.has(i)) continue;
    let above = i;
    while (above > from && survey.widths[above - 1] === 1 && rowOf(survey, above - 1).cells[0] === '')
      above--;
    const titles = Array.from({ length: above - from }, (_, k) => rowOf(survey, from + k).cells);
    if (titles.length === 0 || to - i < 2) return from;
    if (
      titles.some(
        (cells) =>
          cells.some((c) => isTelling(lookOf(c)) && lookOf(c) !== 'code') &&
          cells.length === width &&
          width > 1,
      )
    )
      return from;
    const last = titles.at(-1) as string[];
    const next = rowOf(survey, i).cells;
    const naming = next.every((c) => !isTelling(lookOf(c)) || lookOf(c) === 'code');
    if (width === 1)
      return lookOf(last.join(' ')) === 'text' && !model.columns[0]?.has(last[0] ?? '') ? i : from;
    // A header may stand apart from its rows; a title stands above a header.
    return last.length === width &&
      headerScore(last, model) >= 1 &&
      !(naming && headerScore(next, model) >= 1)
      ? from
      : i;
  }
  return from;
}

/** Whether a record narrower than the rows is their header all the same: rows that follow at once, names, and no header after it. */
function isShortHeader(survey: Survey, i: number, to: number, width: number, model: Model): boolean {
  const { cells } = rowOf(survey, i);
  if (
    cells.length < 2 ||
    cells.some((c) => c.trim() === '' || (isTelling(lookOf(c)) && lookOf(c) !== 'code'))
  )
    return false;
  if (i + 1 >= to) return true;
  const next = rowOf(survey, i + 1).cells;
  if (next.length === width) return headerScore(next, model) < 0.5;
  return next.length >= cells.length && next.some((c) => isTelling(lookOf(c)));
}

/** Whether a record of another width is the header written with a slip, another delimiter for one. */
function isHeaderInDisguise(survey: Survey, i: number, width: number, model: Model): boolean {
  if (model.records < 2 || width < 3) return false;
  const below = survey.widths[i + 1] === width ? rowOf(survey, i + 1).cells : [];
  if (below.length > 0 && headerScore(below, model) >= 0.5 && isNaming(below)) return false;
  const cells = headOf(survey, i, width);
  return cells.length === width && isNaming(cells) && headerScore(cells, model) >= 1;
}

function emptyRows(survey: Survey, from: number, to: number, width: number): number {
  const step = Math.max(1, Math.floor((to - from) / 200));
  let n = 0;
  let few = 0;
  for (let i = from; i < to; i += step) {
    if (survey.widths[i] !== width) continue;
    n++;
    if (filledIn(rowOf(survey, i).cells) <= 1) few++;
  }
  return n === 0 ? 0 : few / n;
}

/** How much a record looks like a header over this body: above 0 for, below 0 against. */
export function headerScore(cells: readonly string[], model: Model): number {
  let score = 0;
  const years = cells.filter((c) => /^(19|20)\d\d$/.test(c.trim())).map(Number);
  const consecutive =
    years.length >= 2 && years.every((y, i) => i === 0 || Math.abs(y - (years[i - 1] as number)) <= 1);
  cells.forEach((cell, i) => {
    const column = model.columns[i];
    const value = cell.trim();
    if (column === undefined || value === '') return;
    const look = lookOf(value);
    const telling = column.telling;
    if (telling !== null) {
      if (consecutive && look === 'whole' && telling !== 'whole') score += 1;
      else if (look === 'missing' || value === '') score += 0;
      else score += column.fits(value) ? -1 : isTelling(look) && look !== 'code' ? 0.2 : 1;
      return;
    }
    if (column.share === 0) return;
    if (column.has(value)) score -= 0.7;
    else if (isTelling(look) && look !== 'code') score -= 0.6;
    else if (value.length > column.length * 1.5 + 3) score += 0.25;
    else if (column.length > value.length * 3 && look === 'word') score += 0.25;
    else if (
      /^[\p{L}_][\p{L}\d_]*$/u.test(value) &&
      /[_a-z][A-Z]|_|^(id|name|date|type|code|key|title|value)$/i.test(value)
    )
      score += 0.3;
  });
  return score;
}

function headerAt(
  survey: Survey,
  head: number,
  to: number,
  width: number,
  model: Model,
): { rows: number; sure: boolean } {
  if (head >= to) return { rows: 0, sure: true };
  const first = headOf(survey, head, width);
  const looks = first.map(lookOf);
  const nameable = looks.every((look) => !isTelling(look) || look === 'code');
  if (to - head === 1) {
    return nameable ? { rows: 1, sure: true } : { rows: 0, sure: looks.some(isTelling) };
  }
  const score = headerScore(first, model);
  const distinct = new Set(first.map((c) => c.trim().toLowerCase())).size === first.length;
  if (score <= -0.5) return { rows: 0, sure: score <= -1 || first.some((c) => isTelling(lookOf(c))) };
  if (score < 0.5) {
    // No column tells: names are short, distinct and filled.
    const named = nameable && first.every((c) => c.trim() !== '' && c.length <= 60) && distinct;
    return { rows: named ? 1 : 0, sure: false };
  }
  let rows = 1;
  // Rows that break the telling columns as the first does are header too: a second line of names, units, spans above.
  const telling = model.columns.filter((c) => c.telling !== null).length;
  while (rows < HEADER_MAX && head + rows < to - 1 && telling > 0 && model.records >= 3) {
    if (survey.afterBlank.has(head + rows)) break;
    const { cells } = rowOf(survey, head + rows);
    if (survey.widths[head + rows] !== width && survey.widths[head + rows] !== survey.widths[head]) break;
    let against = 0;
    let fits = 0;
    cells.forEach((cell, i) => {
      const column = model.columns[i];
      const look = lookOf(cell);
      if (column === undefined || look === 'empty' || look === 'missing') return;
      if (column.telling === null) return;
      if (column.fits(cell)) fits++;
      else if (!isTelling(look) || look === 'code') against++;
    });
    const empty = cells.length - filledIn(cells);
    if (fits > 0 || against === 0 || against < Math.min(2, telling) - (empty > cells.length / 2 ? 1 : 0))
      break;
    rows++;
  }
  const odd = first.filter(
    (c) => isTelling(lookOf(c)) && lookOf(c) !== 'code' && !/^(19|20)\d\d$/.test(c.trim()),
  );
  return { rows, sure: score >= 1 && odd.length === 0 && (width > 1 || (rows === 1 && model.records >= 3)) };
}

/** Later records that say the same as the header. */
function repeatsOf(survey: Survey, head: number, rows: number, from: number, to: number): number[] {
  const { cells } = rowOf(survey, head);
  const key = cells.join('\u0000');
  const firstCell = cells[0] ?? '';
  if (filledIn(cells) < 2) return [];
  const found: number[] = [];
  for (let i = from; i + rows <= to; i++) {
    const at = survey.starts[i] as number;
    const { text } = survey;
    if (survey.widths[i] !== survey.widths[head]) continue;
    if (!text.startsWith(firstCell, at) && !text.startsWith(firstCell, at + 1)) continue;
    if (rowOf(survey, i).cells.join('\u0000') === key) found.push(i);
  }
  return found;
}

/** Whether the rows that follow two places are the same. */
function sameRows(survey: Survey, a: number, b: number): boolean {
  const n = Math.min(b - a, survey.starts.length - b, 20);
  if (n < 1) return true;
  let same = 0;
  for (let k = 0; k < n; k++) {
    if (rowOf(survey, a + k).cells.join('\u0000') === rowOf(survey, b + k).cells.join('\u0000')) same++;
  }
  return same >= n * 0.8;
}

/** First of the records at the end that are notes: one cell in a table of many, unlike the first column. */
function notesFrom(survey: Survey, from: number, to: number, width: number, model: Model): number {
  if (width < 2 || emptyRows(survey, from, to, width) > 0.3) return to;
  let i = to;
  while (i > from + 1 && to - i < 40) {
    const { cells } = rowOf(survey, i - 1);
    const filled = filledIn(cells);
    if (filled > 1) break;
    const w = survey.widths[i - 1] as number;
    if (w === width && filled === 0) break;
    const value = cells.find((c) => c.trim() !== '') ?? '';
    const column = model.columns[0];
    if (column === undefined) break;
    const away = survey.afterBlank.has(i - 1);
    const unlike =
      !column.fits(value) || value.length > column.length * 1.5 + 5 || (away && !column.has(value));
    // A whole row of another width or with more than its first cell filled is a record, if an odd one.
    const note = w === width ? width > 2 && cells[0] === value && !isTelling(lookOf(value)) : true;
    if (!unlike || !note || (w !== width && isRecordInDisguise(survey, i - 1, width, model))) break;
    i--;
  }
  return i;
}

/** Whether a line of another width is a record all the same, written with another delimiter. */
function isRecordInDisguise(survey: Survey, i: number, width: number, model: Model): boolean {
  const best = mend(
    survey.text.slice(survey.starts[i], survey.starts[i + 1] ?? survey.end),
    0,
    survey.grammar,
    model,
  );
  return best !== null && model.records >= 3 && width > 2 && best.cost < 1;
}

function allOf(survey: Survey, from: number, to: number, width: number): boolean {
  for (let i = from; i < to; i++) if (survey.widths[i] !== width) return false;
  return true;
}

function isRowNames(survey: Survey, from: number, to: number): boolean {
  const seen = new Set<string>();
  const n = Math.min(to - from, 500);
  for (let i = 0; i < n; i++) seen.add(rowOf(survey, from + i).cells[0] ?? '');
  return seen.size === n;
}

/** One name per column; the parts of several header rows are joined by a blank. */
function joinNames(heads: readonly (readonly string[])[], width: number, shifted: boolean): string[] {
  const fitted = heads.map((cells) => {
    const list = shifted ? ['', ...cells] : [...cells];
    // A name too many that is empty is a stray delimiter.
    while (list.length > width && list.some((name) => name.trim() === '')) {
      const last = list.length - 1;
      list.splice(
        (list[last] as string).trim() === '' ? last : list.findIndex((name) => name.trim() === ''),
        1,
      );
    }
    return list;
  });
  return Array.from({ length: Math.max(width, ...fitted.map((f) => f.length)) }, (_, i) =>
    fitted
      .map((cells) => (cells[i] ?? '').trim())
      .filter((part) => part !== '')
      .join(' '),
  );
}

/** The cells of a header record; one that does not fit is taken apart in the way that gives as many as the rows have. */
function headOf(survey: Survey, i: number, width: number): string[] {
  if (survey.widths[i] === width) return rowOf(survey, i).cells;
  const found = takes(survey.text, survey.starts[i] as number, survey.grammar).filter((f) => f.sound);
  const { quote } = survey.grammar;
  const quotes = (cells: readonly string[]) => (quote === '' ? 0 : cells.join('').split(quote).length - 1);
  const fitting = found.filter(({ cells }) => cells.length === width && isNaming(cells));
  fitting.sort((a, b) => quotes(a.cells) - quotes(b.cells));
  return fitting[0]?.cells ?? found[0]?.cells ?? rowOf(survey, i).cells;
}

/** Whether cells could be names: filled, and no numbers or dates. */
function isNaming(cells: readonly string[]): boolean {
  return cells.every((c) => c.trim() !== '' && !isTelling(lookOf(c.replace(/^"/, ''))));
}

function skipsOf(survey: Survey, head: number, to: number, told: Told, several: boolean): Skip[] {
  const skips: Skip[] = [];
  const stretch = (from: number, end: number, reason: string) => {
    if (from >= end) return;
    const line = survey.lines[from] as number;
    const lastLine = (survey.lines[end - 1] as number) + (survey.spans[end - 1] as number) - 1;
    skips.push({
      line,
      byte: survey.starts[from] as number,
      lines: lastLine - line + 1,
      reason,
      text: survey.text
        .slice(survey.starts[from], (survey.starts[from + 1] ?? survey.end) as number)
        .trimEnd()
        .slice(0, 2000),
    });
  };
  stretch(0, head, told.skip === undefined ? 'stands above the header' : 'skipped as told');
  stretch(
    to,
    survey.starts.length,
    told.footer !== undefined
      ? 'skipped as told'
      : several
        ? 'another table begins here'
        : 'stands below the table and is no record of it',
  );
  return skips;
}
