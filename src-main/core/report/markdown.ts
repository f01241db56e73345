/**
 * A profile as Markdown: one table per file, to paste into a note or a ticket.
 */
import { formatValue } from '../format';
import { alertsOf } from '../profile/alerts';
import { suggest } from '../profile/suggest';
import type { Cell } from '../table';
import type { Profiled } from './answer';

/** Makes text safe inside a table cell. */
function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');
}

const shown = (value: Cell | undefined) => (value === undefined ? '' : cell(formatValue(value, '', 'en-US')));

export function profileMarkdown(profiled: readonly Profiled[]): string {
  return `${profiled.map(tableMarkdown).join('\n')}`;
}

function tableMarkdown({ table, profiles, duplicates }: Profiled): string {
  const { records, loaded, rejected, skipped } = table.receipt;
  const count = (n: number) => n.toLocaleString('en-US');
  const head = [
    `## ${cell(table.name)}`,
    '',
    `${count(table.rows)} rows × ${table.columns.length} columns. Records in the file ${count(records)} = loaded ${count(loaded)} + rejected ${count(rejected)} + skipped ${count(skipped)}. Rows equal to an earlier one: ${count(duplicates)}. All figures exact.`,
    '',
    '| Column | Type | Role | Nulls | Distinct | Min | Median | Max | Mean | Outliers (IQR 1.5) |',
    '|---|---|---|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const rows = profiles.map((p) => {
    const out = p.outliers?.[0];
    const cells = [
      cell(p.name),
      cell(p.type),
      suggest(table.name, p).role,
      count(p.nulls),
      count(p.distinct),
      shown(p.min),
      shown(p.quantiles?.['0.5']),
      shown(p.max),
      shown(p.mean),
      out === undefined ? '' : count(out.count),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const notes = [
    ...table.warnings.map((w) => `- **${w.code}** ${cell(w.message)}. ${cell(w.remedy)}`),
    ...profiles.flatMap((p) => alertsOf(p).map((a) => `- ${cell(a.column)}: ${cell(a.message)}`)),
  ];
  return [...head, ...rows, '', ...(notes.length > 0 ? ['Worth a look:', '', ...notes, ''] : [])].join('\n');
}
