/**
 * A report as one HTML page that needs nothing else: no script, no font, no network. It can be printed.
 */
import { alertTitle } from '../profile/alerts';
import type { Alert, ColumnProfile } from '../profile/profile';
import { suggest } from '../profile/suggest';
import { sourceWords } from '../source/part';
import { spark } from './chart';
import { alertList, columnSheet } from './column';
import { bytes, count, counted, marked, moment, none, percent, time } from './figure';
import { html, value } from './html';
import { factsOf, type Imprint, type Reported } from './report';
import { style } from './style';

export function reportPage(reported: readonly Reported[], imprint: Imprint): string {
  const { title, version, at, where } = imprint;
  const rows = reported.reduce((sum, { table }) => sum + table.rows, 0);
  const columns = reported.reduce((sum, { table }) => sum + table.columns.length, 0);
  const contents =
    reported.length < 2
      ? ''
      : `<nav aria-label="Tables"><ol>${reported.map(({ table, alerts }, i) => `<li><a href="#t${i + 1}">${value(table.name)}</a>: ${counted(table.rows, 'row')}, ${counted(table.columns.length, 'column')}, ${counted(alerts.length, 'alert')}</li>`).join('')}</ol></nav>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${html(title)}</title><style>${style}</style></head>
<body><header><h1>${value(title, 400)}</h1>
<p class="lead">${counted(reported.length, 'table')}, ${counted(rows, 'row')}, ${counted(columns, 'column')}. ${html(basisOf(reported, where))}</p>${contents}</header>
<main>${reported.map((one, i) => tablePart(one, `t${i + 1}`)).join('\n')}</main>
<footer>Assay ${html(version)}, ${html(moment(at))}. Made on this computer; nothing was sent anywhere.</footer></body></html>
`;
}

/** What the figures of a whole report rest on. */
export function basisOf(reported: readonly Reported[], where: string): string {
  const profiles = reported.flatMap((one) => one.profiles);
  const exact = profiles.every((p) => p.evidence.basis === 'exact' && p.inexact === undefined);
  const rows = where === '' ? 'all rows that were loaded' : `the rows that meet ${where}`;
  return exact
    ? `Every figure is exact and rests on ${rows}.`
    : `Figures rest on ${rows}; those with ≈ are estimated, and each column says what its figures rest on.`;
}

function tablePart(reported: Reported, id: string): string {
  const { table, profiles, alerts, muted, unlooked } = reported;
  const own = alerts.filter((alert) => alert.column === undefined);
  const byColumn = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (alert.column === undefined) continue;
    byColumn.set(alert.column, [...(byColumn.get(alert.column) ?? []), alert]);
  }
  const of = (p: ColumnProfile) => byColumn.get(p.name) ?? [];
  const link = (i: number) => `${id}c${i + 1}`;
  const notes = noteList(table.warnings.map((w) => `<li>${value(`${w.message}. ${w.remedy}`, 600)}</li>`));
  const shut =
    muted.length === 0
      ? ''
      : `<h3>Muted alerts</h3><ul class="alerts">${muted.map((m) => `<li><span class="badge">${html(alertTitle[m.code])}</span> ${value(m.column ?? table.name, 80)}: ${value(m.message, 400)}. ${value(m.reason === '' ? 'No reason given' : m.reason, 400)}</li>`).join('')}</ul>`;
  return `<article id="${id}"><h2>${value(table.name)}</h2>
${factList(reported)}
${notes === '' ? '' : `<h3>About the reading</h3>${notes}`}
<h3>Alerts <span class="type">${count(alerts.length)}</span></h3>${alerts.length === 0 ? '<p class="lead">None.</p>' : `${alertList(own)}${alertCounts(alerts)}`}
${unlooked.length === 0 ? '' : `<p class="lead">Not looked for: ${value(unlooked.join('; '), 2000)}</p>`}${shut}
<h3>Columns</h3>${indexTable(table.name, profiles, of, link)}
${profiles.map((p, i) => columnSheet(table.name, p, of(p), link(i), table.rows)).join('\n')}</article>`;
}

/** Notes that are told at once; a wide table may have one for each column. */
const NOTES = 6;

function noteList(notes: readonly string[]): string {
  if (notes.length === 0) return '';
  const list = (some: readonly string[]) => `<ul class="notes">${some.join('')}</ul>`;
  if (notes.length <= NOTES + 1) return list(notes);
  return `${list(notes.slice(0, NOTES))}<details><summary>${count(notes.length - NOTES)} more</summary>${list(notes.slice(NOTES))}</details>`;
}

function factList(reported: Reported): string {
  const { table, profiles, duplicates } = reported;
  const { receipt, source } = table;
  const facts = factsOf(reported);
  const times = profiles.filter((p) => p.kind === 'time' && (p.min ?? null) !== null);
  const first = times[0];
  const list: (readonly [string, string])[] = [
    source.made === undefined
      ? ['File', `${sourceWords(source)}, ${bytes(source.bytes)}`]
      : ['Made by', sourceWords(source)],
    [
      'Receipt',
      `${count(receipt.records)} records = ${count(receipt.loaded)} loaded + ${count(receipt.rejected)} rejected + ${count(receipt.skipped)} skipped${receipt.mended > 0 ? `; ${count(receipt.mended)} put right` : ''}`,
    ],
    ['Rows', count(table.rows)],
    [
      'Columns',
      `${count(table.columns.length)} (${facts.kinds.map(([kind, n]) => `${count(n)} ${kind}`).join(', ')})`,
    ],
    ['Cells filled', facts.cells === 0 ? none : percent(facts.cells - facts.nulls, facts.cells)],
    ['Equal rows', duplicates === null ? 'not counted' : count(duplicates)],
    ['Key', facts.keys.length === 0 ? 'none found' : facts.keys.join(', ')],
    ...(first === undefined
      ? []
      : ([['Time span', `${time(first.min)} … ${time(first.max)} (${first.name})`]] as const)),
    ...(facts.missing > 0 ? ([['Not profiled', counted(facts.missing, 'column')]] as const) : []),
  ];
  return `<dl class="facts">${list.map(([name, text]) => `<div><dt>${name}</dt><dd>${value(text, 400)}</dd></div>`).join('')}</dl>`;
}

/** How many alerts of each kind there are; each column tells its own. */
function alertCounts(alerts: readonly Alert[]): string {
  const counts = new Map<Alert['code'], { n: number; severity: Alert['severity'] }>();
  for (const { code, severity, column } of alerts) {
    if (column === undefined) continue;
    const held = counts.get(code);
    counts.set(code, {
      n: (held?.n ?? 0) + 1,
      severity: held?.severity === 'warning' ? 'warning' : severity,
    });
  }
  const badges = [...counts]
    .sort(([, a], [, b]) => Number(b.severity === 'warning') - Number(a.severity === 'warning') || b.n - a.n)
    .map(
      ([code, { n, severity }]) =>
        `<span class="badge ${severity}">${html(alertTitle[code])} ${count(n)}</span>`,
    );
  return badges.length === 0 ? '' : `<p>${badges.join(' ')}</p>`;
}

function indexTable(
  table: string,
  profiles: readonly ColumnProfile[],
  of: (p: ColumnProfile) => readonly Alert[],
  link: (i: number) => string,
): string {
  const lines = profiles.map((p, i) => {
    const badges = of(p).map(
      (alert) => `<span class="badge ${alert.severity}">${html(alertTitle[alert.code])}</span>`,
    );
    const share = p.rows === 0 ? 0 : (100 * p.nulls) / p.rows;
    return `<tr><td class="name"><a href="#${link(i)}">${value(p.name === '' ? '(no name)' : p.name)}</a></td><td class="plain">${p.kind}</td><td class="plain kind">${value(p.type, 40)}</td><td class="plain">${suggest(table, p).role}</td><td class="num">${html(marked(p, 'distinct', count(p.distinct)))}</td><td class="num"><span class="nulls"><i style="width:${share.toFixed(1)}%"></i></span>${percent(p.nulls, p.rows)}</td><td>${spark(p)}</td><td class="said">${badges.join(' ')}</td></tr>`;
  });
  return `<div class="scroll"><table class="index"><thead><tr><th scope="col">Column</th><th scope="col">Kind</th><th scope="col">Type</th><th scope="col">Role</th><th scope="col" class="num">Distinct</th><th scope="col" class="num">Missing</th><th scope="col">Shape</th><th scope="col">Alerts</th></tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}
