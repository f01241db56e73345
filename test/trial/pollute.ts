/**
 * Pollutes a clean table in the ways in which files met in the wild are polluted, after the kinds of the Pollock
 * benchmark; what a sound reader reads is known by construction. Cells that are not in quotes stay so under another
 * delimiter, as they do there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Base, BaseCell } from './bases';
import { chance } from './chance';
import type { Truth } from './score';

interface Written extends BaseCell {
  /** Put before the cell's text, inside its quotes. */
  readonly before?: string;
}

interface Style {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly newline: string;
}

const usual: Style = { delimiter: ',', quote: '"', escape: '"', newline: '\r\n' };

/** A row on its way to the file. */
interface Line {
  readonly cells: readonly Written[];
  readonly delimiter?: string;
  /** Delimiters left out before these cells, and doubled there. */
  readonly less?: number;
  readonly more?: number;
}

function writeCell(cell: Written, style: Style): string {
  const inQuotes = cell.quoted || cell.text.includes(',');
  const text = inQuotes ? cell.text.replaceAll(style.quote, `${style.escape}${style.quote}`) : cell.text;
  const full = `${cell.before ?? ''}${text}`;
  return inQuotes ? `${style.quote}${full}${style.quote}` : full;
}

function writeLine(line: Line, style: Style): string {
  const delimiter = line.delimiter ?? style.delimiter;
  return line.cells
    .map((cell, i) => {
      const before = i === 0 || line.less === i ? '' : delimiter;
      return `${before}${line.more === i ? delimiter : ''}${writeCell(cell, style)}`;
    })
    .join('');
}

/** Every line ends with the newline. */
const write = (lines: readonly Line[], style: Style = usual) =>
  lines.map((line) => writeLine(line, style) + style.newline).join('');

export interface Pollution {
  readonly name: string;
  readonly path: string;
  readonly truth: Truth;
}

/** Row pollutions of each kind that are drawn from all possible ones, unless said. */
const DRAWN = 12;

/**
 * Writes every pollution of a table below a folder. The draw is the same each time.
 * @param drawn Row pollutions of each kind; `all` for one at every cell.
 */
export function polluted(base: Base, folder: string, drawn: number | 'all' = DRAWN): Pollution[] {
  const made: Pollution[] = [];
  const text = (rows: readonly (readonly BaseCell[])[]) => rows.map((row) => row.map((c) => c.text));
  const clean: Truth = { header: base.header.map((c) => c.text), rows: text(base.rows) };
  const lines: Line[] = [base.header, ...base.rows].map((cells) => ({ cells }));
  const put = (name: string, content: string, truth: Truth = clean) => {
    const path = join(folder, `${base.name}_${name}.csv`);
    writeFileSync(path, content);
    made.push({ name: `${base.name}_${name}`, path, truth });
  };
  const whole = write(lines);

  put('source', whole);
  put('file_no_trailing_newline', whole.slice(0, -usual.newline.length));
  put('file_double_trailing_newline', whole + usual.newline);
  put('file_no_header', write(lines.slice(1)), { ...clean, header: [] });
  put('file_header_only', write(lines.slice(0, 1)), { ...clean, rows: [] });
  put('file_one_data_row', write(lines.slice(0, 2)), { ...clean, rows: clean.rows.slice(0, 1) });
  for (const n of [2, 3]) {
    put(`file_header_multirow_${n}`, write([...Array.from({ length: n - 1 }, () => lines[0]!), ...lines]), {
      ...clean,
      header: clean.header.map((name) => Array.from({ length: n }, () => name).join(' ')),
    });
  }
  const width = base.header.length;
  const blankLine: Line = { cells: Array.from({ length: width }, () => ({ text: '', quoted: false })) };
  const preamble: Line = {
    cells: blankLine.cells.map((c, i) => (i === 0 ? { ...c, text: 'Report of the year' } : c)),
  };
  put('file_preamble', write([preamble, blankLine, ...lines]));
  put('file_preamble_plain', `Report of the year\r\nmade on a Monday\r\n\r\n${whole}`);
  for (const [word, cells] of [
    ['same', (line: Line) => line.cells],
    ['less', (line: Line) => line.cells.slice(0, -1)],
    ['more', (line: Line) => [...line.cells, ...line.cells.slice(0, 1)]],
  ] as const) {
    const second = lines.slice(0, -1).map((line) => ({ cells: cells(line) }));
    put(`file_multitable_${word}`, write([...lines, ...second]));
  }
  for (const [code, delimiter] of [
    ['0x3B', ';'],
    ['0x9', '\t'],
    ['0x20', ' '],
    ['0x2C_0x20', ', '],
  ] as const) {
    put(`file_field_delimiter_${code}`, write(lines, { ...usual, delimiter }));
  }
  put('file_quotation_char_0x27', write(lines, { ...usual, quote: "'", escape: "'" }));
  put('file_escape_char_0x5C', write(lines, { ...usual, escape: '\\' }));
  put('file_escape_char_0x00', write(lines, { ...usual, escape: '' }));
  put('file_record_delimiter_0xA', write(lines, { ...usual, newline: '\n' }));
  put('file_record_delimiter_0xD', write(lines, { ...usual, newline: '\r' }));

  const c = chance(base.name.length * 97);
  const count = drawn === 'all' ? lines.length * width : drawn;
  const changed = (row: number, change: (line: Line) => Line) =>
    write(lines.map((line, i) => (i === row ? change(line) : line)));
  for (let n = 0; n < count; n++) {
    // The header is a row too; one draw in twelve takes it.
    const all = drawn === 'all';
    const row = () => (all ? Math.floor(n / width) : n < count / 12 ? 0 : c.whole(1, base.rows.length));
    const at = (least: number) => (all ? n % width : c.whole(least, width - 1));
    const [more, less, quote, blank] = [row(), row(), row(), row()];
    const [moreAt, lessAt, quoteAt] = [at(0), at(1), at(0)];
    put(
      `row_more_sep_row${more}_col${moreAt}`,
      changed(more, (line) => ({ ...line, more: moreAt })),
    );
    if (lessAt > 0) {
      put(
        `row_less_sep_row${less}_col${lessAt}`,
        changed(less, (line) => ({ ...line, less: lessAt })),
      );
    }
    const stray = (cells: readonly string[]) => cells.map((t, i) => (i === quoteAt ? `"${t}` : t));
    put(
      `row_extra_quote${quote}_col${quoteAt}`,
      changed(quote, (line) => ({
        cells: line.cells.map((cell, i) => (i === quoteAt ? { ...cell, before: '"' } : cell)),
      })),
      {
        header: quote === 0 ? stray(clean.header) : clean.header,
        rows: clean.rows.map((cells, i) => (i === quote - 1 ? stray(cells) : cells)),
      },
    );
    if (!all || n % width === 0) {
      put(
        `row_field_delimiter_${blank}_0x20`,
        changed(blank, (line) => ({ ...line, delimiter: ' ' })),
      );
    }
  }
  return made;
}
