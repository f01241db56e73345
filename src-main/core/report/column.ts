/**
 * The sheet of one column in a report: every figure of its profile, its charts with their tables, what it means, and the
 * statements behind it.
 */
import { alertTitle } from '../profile/alerts';
import type { Alert, ColumnProfile } from '../profile/profile';
import { suggest } from '../profile/suggest';
import { isFloating } from '../table';
import { distribution, edgeText } from './chart';
import { basisWords, cellText, count, marked, none, number, percent } from './figure';
import { html, value } from './html';

/** Name and figure of a column, in the order in which they are told. */
export type NamedFigure = readonly [name: string, figure: string];

/** Counts and moments; those that do not apply to the kind are left out. */
export function statisticsOf(p: ColumnProfile): readonly NamedFigure[] {
  const filled = p.rows - p.nulls;
  const told = (name: string, key: string, figure: string | undefined): NamedFigure[] =>
    figure === undefined ? [] : [[name, marked(p, key, figure)]];
  const n = (x: number | undefined) => (x === undefined ? undefined : count(x));
  const x = (cell: ColumnProfile['sum']) => (cell === undefined || cell === null ? undefined : number(cell));
  return [
    ...told('Rows', 'rows', count(p.rows)),
    ...told('Missing', 'nulls', `${count(p.nulls)} (${percent(p.nulls, p.rows)})`),
    ...told('Empty or blank', 'blanks', n(p.blanks)),
    ...told('Distinct', 'distinct', `${count(p.distinct)} (${percent(p.distinct, filled)})`),
    ...told('Unique', 'unique', count(p.unique)),
    ...told('Zeros', 'zeros', n(p.zeros)),
    ...told('Negative', 'negatives', n(p.negatives)),
    // Whole numbers and decimals have none by nature.
    ...told('Infinite', 'infinite', isFloating(p.type) || p.infinite ? n(p.infinite) : undefined),
    ...told('Not a number', 'nan', isFloating(p.type) || p.nan ? n(p.nan) : undefined),
    ...told('Sum', 'sum', x(p.sum)),
    ...told('Mean', 'mean', x(p.mean)),
    ...told('Standard deviation', 'stddev', x(p.stddev)),
    ...told('Skewness', 'skewness', x(p.skewness)),
    ...told('Kurtosis', 'kurtosis', x(p.kurtosis)),
    ...(p.length === undefined
      ? []
      : [
          ...told('Shortest', 'length.min', count(p.length.min)),
          ...told('Longest', 'length.max', count(p.length.max)),
          ...told('Mean length', 'length.mean', number(p.length.mean)),
        ]),
    ...(p.range === undefined
      ? []
      : ([
          ['Grain', p.range.grain],
          ['Gaps', count(p.range.gaps)],
        ] as const)),
  ];
}

const quantileNames: Readonly<Record<string, string>> = { '0.25': 'Q1', '0.5': 'Median', '0.75': 'Q3' };

/** Least to greatest with the quantiles between. */
export function quantilesOf(p: ColumnProfile): readonly NamedFigure[] {
  if (p.min === undefined || p.min === null) return [];
  const between = Object.entries(p.quantiles ?? {})
    .filter(([, cell]) => cell !== null)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([key, cell]): NamedFigure => {
      const name = quantileNames[key] ?? `P${Number((100 * Number(key)).toFixed(4))}`;
      return [name, marked(p, `quantiles.${key}`, cellText(cell, p))];
    });
  return [
    ['Min', marked(p, 'min', cellText(p.min, p))],
    ...between,
    ['Max', marked(p, 'max', cellText(p.max, p))],
  ];
}

/** @param id Of the section, to link to. @param rows Of the table. */
export function columnSheet(
  table: string,
  p: ColumnProfile,
  alerts: readonly Alert[],
  id: string,
  rows: number,
): string {
  const suggestion = suggest(table, p);
  const estimated = Object.keys(p.inexact ?? {}).length > 0;
  const parts = [
    figures('Statistics', statisticsOf(p)),
    figures(p.kind === 'text' || p.kind === 'boolean' ? 'Order' : 'Quantiles', quantilesOf(p)),
    chartPart(p),
    outlierPart(p),
    topPart(p),
    patternPart(p),
    disguisedPart(p),
    meaningPart(p, suggestion),
  ];
  return `<section class="sheet" id="${id}"><h4>${value(p.name === '' ? '(no name)' : p.name)} <span class="type">${html(cut(p.type, 120))}</span></h4>
${alertList(alerts)}<div class="parts">${parts.join('\n')}</div>
<p class="basis">${html(basisWords(p.evidence, rows, estimated))}</p>
<details><summary>SQL</summary><pre>${html(p.evidence.sql.map((s) => `${s.replace(/[;\s]+$/, '')};`).join('\n\n'))}</pre></details></section>`;
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export function alertList(alerts: readonly Alert[], named = false): string {
  if (alerts.length === 0) return '';
  const items = alerts.map((alert) => {
    const sql = alert.evidence?.sql ?? (alert.sql === undefined ? [] : [alert.sql]);
    const shown =
      sql.length === 0
        ? ''
        : `<details><summary>SQL</summary><pre>${html(sql.join(';\n\n'))}</pre></details>`;
    const column = named && alert.column !== undefined ? `<b>${value(alert.column, 80)}</b> ` : '';
    const sample =
      alert.evidence?.basis === 'sample' ? ` (in a sample of ${count(alert.evidence.rows)} rows)` : '';
    return `<li class="${alert.severity}"><span class="badge">${html(alertTitle[alert.code])}</span> ${column}${value(alert.message, 600)}${sample}${shown}</li>`;
  });
  return `<ul class="alerts">${items.join('')}</ul>`;
}

function figures(title: string, rows: readonly NamedFigure[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ([name, figure]) => `<tr><th scope="row">${html(name)}</th><td>${value(figure)}</td></tr>`,
  );
  return `<div><h5>${title}</h5><table class="figures">${lines.join('')}</table></div>`;
}

function chartPart(p: ColumnProfile): string {
  const bins = p.histogram ?? [];
  if (bins.length === 0) return '';
  const filled = p.rows - p.nulls;
  const lines = bins.map(
    (bin, i) =>
      `<tr><td>${html(edgeText(bin.low, p))}</td><td>${html(edgeText(bin.high, p))}${i === bins.length - 1 ? ' incl.' : ''}</td><td>${count(bin.count)}</td><td>${percent(bin.count, filled)}</td></tr>`,
  );
  const approximate = p.inexact?.histogram === undefined ? '' : ' ≈';
  return `<div class="wide"><h5>Distribution${approximate}</h5>${distribution(p)}<details><summary>${count(bins.length)} bins as a table</summary><table class="list"><thead><tr><th scope="col">from</th><th scope="col">to below</th><th scope="col">values</th><th scope="col">share</th></tr></thead><tbody>${lines.join('')}</tbody></table></details></div>`;
}

function outlierPart(p: ColumnProfile): string {
  const out = p.outliers?.[0];
  if (out === undefined) return '';
  const filled = p.rows - p.nulls;
  const rows: NamedFigure[] = [
    [
      `Below ${number(out.lower)}`,
      marked(p, 'outliers.below', `${count(out.below)} (${percent(out.below, filled)})`),
    ],
    [
      `Above ${number(out.upper)}`,
      marked(p, 'outliers.above', `${count(out.above)} (${percent(out.above, filled)})`),
    ],
    ['Together', marked(p, 'outliers.count', count(out.count))],
    ...(out.examples.length > 0
      ? ([['Most extreme', out.examples.map((cell) => cellText(cell, p)).join(', ')]] as const)
      : []),
  ];
  return figures(`Outliers (${number(out.k)} × IQR)`, rows);
}

function topPart(p: ColumnProfile): string {
  if (p.top.length === 0) return '';
  const filled = p.rows - p.nulls;
  const most = p.top[0]?.count ?? 1;
  // Of values that occur once, twenty say no more than five.
  const told = p.top.slice(0, p.unique === filled ? 5 : p.top.length);
  const words = p.kind === 'number' ? '' : ' class="text"';
  const lines = told.map(
    (top) =>
      `<tr><td${words}>${value(cellText(top.value, p), 80)}</td><td class="track"><i style="width:${Math.round((1000 * top.count) / most) / 10}%"></i></td><td>${count(top.count)}</td><td>${percent(top.count, filled)}</td></tr>`,
  );
  const shown = p.distinct > told.length ? `${count(told.length)} of ${count(p.distinct)}` : 'all';
  const approximate = p.inexact?.top === undefined ? '' : ' ≈';
  return `<div class="top"><h5>Most frequent values <span>${shown}${approximate}</span></h5><table class="list">${lines.join('')}</table></div>`;
}

function patternPart(p: ColumnProfile): string {
  const patterns = p.patterns ?? [];
  if (patterns.length === 0) return '';
  const filled = p.rows - p.nulls;
  const lines = patterns.map(
    ({ mask, count: n }) =>
      `<tr><td class="text"><code>${value(mask, 60)}</code></td><td>${count(n)}</td><td>${percent(n, filled)}</td></tr>`,
  );
  return `<div><h5>Patterns <span>letters as A and a, digits as 9</span></h5><table class="list">${lines.join('')}</table></div>`;
}

function disguisedPart(p: ColumnProfile): string {
  const found = p.disguised ?? [];
  if (found.length === 0) return '';
  return figures(
    'Disguised missing',
    found.map((d): NamedFigure => [cut(cellText(d.value, p), 60), count(d.count)]),
  );
}

function meaningPart(
  p: ColumnProfile,
  { role, aggregation, confidence, reasons, against }: ReturnType<typeof suggest>,
): string {
  const list = (items: readonly string[]) => items.map((item) => `<li>${value(item, 400)}</li>`).join('');
  const meaning = p.meaning === undefined ? none : `${p.meaning.name}: ${p.meaning.reason}`;
  const aggregated = aggregation === undefined ? '' : `, ${aggregation}`;
  return `<div class="meaning"><h5>Meaning and role</h5><p>${value(meaning, 400)}</p><p>Suggested: <b>${role}</b>${aggregated} (confidence ${confidence.toFixed(2)})</p><ul>${list(reasons)}</ul>${against.length === 0 ? '' : `<p>Against it:</p><ul>${list(against)}</ul>`}</div>`;
}
