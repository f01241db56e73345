/**
 * Plain text for a terminal, and CSV for a pipe.
 */
import { isOneOfSeveral, partWords, sourceWords } from '../source/part';
import type { Cell, Table } from '../table';

const count = (n: number) => n.toLocaleString('en-US');

/** A receipt to read: the balance, the dialect, what was rejected and what looks wrong. */
export function receiptText(table: Table): string {
  const { records, loaded, rejected, skipped, rejects } = table.receipt;
  const lines = [
    `${table.name}  ${table.source.made === undefined ? table.source.path : sourceWords(table.source)}${isOneOfSeveral(table.source) ? ` · ${partWords(table.source.part)}` : ''}`,
    `  records ${count(records)} = loaded ${count(loaded)} + rejected ${count(rejected)} + skipped ${count(skipped)}`,
    `  ${count(table.columns.length)} columns: ${table.columns.map((c) => `${c.name} ${c.type}`).join(', ')}`,
  ];
  const { dialect } = table.source;
  if (dialect !== undefined) {
    const seen = (text: string) => (text === '' ? 'none' : JSON.stringify(text));
    lines.push(
      `  delimiter ${seen(dialect.delimiter)}, quote ${seen(dialect.quote)}, header ${dialect.header ? 'yes' : 'no'}, encoding ${dialect.encoding}, newline ${dialect.newline || 'none'}`,
    );
  }
  for (const reject of rejects.slice(0, 20)) {
    lines.push(
      `  rejected line ${count(reject.line)}${reject.column === null ? '' : `, ${reject.column}`}: ${reject.reason}`,
    );
  }
  if (rejected > 20) lines.push(`  … and ${count(rejected - 20)} more`);
  for (const mend of table.receipt.mends.slice(0, 20))
    lines.push(`  put right line ${count(mend.line)}: ${mend.reason}`);
  if (table.receipt.mended > 20) lines.push(`  … and ${count(table.receipt.mended - 20)} more`);
  for (const { reading, words, fits, filled } of table.proposals) {
    lines.push(`  proposal: ${reading.column}: ${words} (${count(fits)} of ${count(filled)} values fit)`);
  }
  for (const warning of table.warnings)
    lines.push(`  warning: ${warning.message}. ${warning.remedy} [${warning.code}]`);
  return `${lines.join('\n')}\n`;
}

/** RFC 4180 with LF: quotes where needed, null as empty. */
export function answerCsv(answer: {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly Cell[])[];
}): string {
  return csvLines([answer.columns.map((c) => c.name), ...answer.rows]);
}

/** Lines of such a CSV. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  const field = (cell: Cell) => {
    if (cell === null) return '';
    const text = String(cell);
    return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}
