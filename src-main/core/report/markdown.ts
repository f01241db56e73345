/**
 * A report as Markdown, in short: per table its facts, its alerts and a line for each column, to paste into a note.
 */
import { alertTitle } from '../profile/alerts';
import type { ColumnProfile } from '../profile/profile';
import { suggest } from '../profile/suggest';
import { sourceWords } from '../source/part';
import { markdownText as cell } from './escape';
import { cellText, count, counted, marked, moment, none, number, percent } from './figure';
import { basisOf } from './page';
import { factsOf, type Imprint, type Reported } from './report';

export function reportMarkdown(reported: readonly Reported[], imprint: Imprint): string {
  const parts = reported.map((one) => tableMarkdown(one));
  return `${cell(basisOf(reported, imprint.where), 1000)}\n\n${parts.join('\n')}\nAssay ${imprint.version}, ${moment(imprint.at)}\n`;
}

function tableMarkdown(reported: Reported): string {
  const { table, profiles, duplicates, alerts, muted, unlooked } = reported;
  const { records, loaded, rejected, skipped } = table.receipt;
  const facts = factsOf(reported);
  const head = [
    `## ${cell(table.name)}`,
    '',
    `${cell(sourceWords(table.source), 200)}: ${counted(table.rows, 'row')} × ${counted(table.columns.length, 'column')}. Records ${table.source.made === undefined ? 'in the file' : 'of the query'} ${count(records)} = loaded ${count(loaded)} + rejected ${count(rejected)} + skipped ${count(skipped)}. Rows equal to an earlier one: ${duplicates === null ? 'not counted' : count(duplicates)}. Cells filled: ${facts.cells === 0 ? none : percent(facts.cells - facts.nulls, facts.cells)}. Key: ${facts.keys.length === 0 ? 'none found' : facts.keys.map((key) => cell(key)).join(', ')}.`,
    '',
    '| Column | Type | Role | Meaning | Missing | Distinct | Min | Q1 | Median | Q3 | Max | Mean | Std dev | Outliers | Most frequent |',
    '|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|',
  ];
  const notes = [
    ...table.warnings.map((w) => `- **${w.code}** ${cell(w.message, 600)}. ${cell(w.remedy, 600)}`),
    ...alerts.map(
      (a) =>
        `- ${a.severity === 'warning' ? '**' : ''}${alertTitle[a.code]}${a.severity === 'warning' ? '**' : ''} ${cell(a.column ?? table.name)}: ${cell(a.message, 600)}`,
    ),
    ...muted.map(
      (m) =>
        `- muted (${cell(m.reason || 'no reason given', 400)}): ${cell(m.column ?? table.name)}: ${cell(m.message, 600)}`,
    ),
    ...unlooked.map((what) => `- not looked for: ${cell(what, 600)}`),
    ...(facts.missing > 0 ? [`- not profiled: ${counted(facts.missing, 'column')}`] : []),
  ];
  return [
    ...head,
    ...profiles.map((p) => columnLine(table.name, p)),
    '',
    ...(notes.length > 0 ? ['Worth a look:', '', ...notes, ''] : []),
  ].join('\n');
}

function columnLine(table: string, p: ColumnProfile): string {
  const out = p.outliers?.[0];
  const shown = (key: string, text: ColumnProfile['min']) =>
    text === undefined || text === null ? '' : cell(marked(p, key, cellText(text, p)), 60);
  const q = (key: string) => shown(`quantiles.${key}`, p.quantiles?.[key]);
  const moments = (key: 'mean' | 'stddev') => (p[key] === undefined ? '' : marked(p, key, number(p[key])));
  const top = p.top.slice(0, 3).map((t) => `${cell(cellText(t.value, p), 40)} (${count(t.count)})`);
  const cells = [
    cell(p.name),
    cell(p.type, 60),
    suggest(table, p).role,
    p.meaning?.name ?? '',
    p.nulls === 0 ? '0' : `${count(p.nulls)} (${percent(p.nulls, p.rows)})`,
    marked(p, 'distinct', count(p.distinct)),
    shown('min', p.min),
    q('0.25'),
    q('0.5'),
    q('0.75'),
    shown('max', p.max),
    moments('mean'),
    moments('stddev'),
    out === undefined ? '' : marked(p, 'outliers.count', count(out.count)),
    top.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}
