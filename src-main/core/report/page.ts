/**
 * A profile as one HTML page that needs nothing else: no script, no font, no network.
 */
import { formatValue } from '../format';
import { alertsOf } from '../profile/alerts';
import type { Bin, ColumnProfile } from '../profile/profile';
import { suggest } from '../profile/suggest';
import type { Cell, Kind } from '../table';
import type { Profiled } from './answer';

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const count = (n: number) => n.toLocaleString('en-US');
const share = (n: number, of: number) =>
  of === 0 ? '–' : `${((100 * n) / of).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
const shown = (value: Cell | undefined) => (value === undefined ? '' : html(formatValue(value, '', 'en-US')));

const style = `
:root{color-scheme:light dark;--ink:#171a21;--soft:#5a6170;--line:#d9dde5;--page:#fff;--tint:#f6f7f9;--data:#5b84b1;--out:#c8384c;--warn:#8a4e00;--warnsoft:#fff3df}
@media (prefers-color-scheme:dark){:root{--ink:#eceff4;--soft:#9fa8b7;--line:#2f3541;--page:#14161b;--tint:#1b1e25;--data:#7ea6d1;--out:#ff6376;--warn:#f0b35a;--warnsoft:#3a2e18}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1180px;padding:32px 24px;font:13px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--page);font-variant-numeric:tabular-nums}
h1{font-size:20px;margin:0 0 4px}h2{font-size:15px;margin:36px 0 4px}p{margin:0 0 12px;color:var(--soft)}
.columns{width:100%;border-collapse:collapse}.columns th{font-weight:500;color:var(--soft);text-align:left;border-bottom:1px solid var(--line);padding:4px 8px}
.columns td{border-bottom:1px solid var(--line);padding:6px 8px;vertical-align:top}.n,.columns th.n{text-align:right;font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px;white-space:nowrap}
.name{font-weight:500;overflow-wrap:anywhere;max-width:220px}.type{color:var(--soft);font-size:11px}.out{color:var(--out)}
ul{margin:8px 0;padding-left:18px}.warn{color:var(--warn);background:var(--warnsoft);padding:8px 12px 8px 30px;border-radius:5px}
svg{display:block}footer{margin-top:40px;color:var(--soft);border-top:1px solid var(--line);padding-top:12px}
@media print{body{max-width:none;padding:0}tr{break-inside:avoid}}`;

/** @param title Shown on top and in the tab. */
export function profilePage(profiled: readonly Profiled[], title: string): string {
  const at = profiled[0]?.profiles[0]?.evidence.at;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title><style>${style}</style></head>
<body><h1>${html(title)}</h1>
<p>${count(profiled.length)} ${profiled.length === 1 ? 'table' : 'tables'}, ${count(profiled.reduce((n, t) => n + t.table.rows, 0))} rows. Every figure is exact and rests on all rows that were loaded${at === undefined ? '' : `, ${html(at.slice(0, 16).replace('T', ' '))} UTC`}.</p>
${profiled.map(tablePart).join('\n')}
<footer>Made by Assay on this computer; nothing was sent anywhere.</footer></body></html>
`;
}

function tablePart({ table, profiles, duplicates }: Profiled): string {
  const { records, loaded, rejected, skipped } = table.receipt;
  const warnings = table.warnings.map((w) => `<li>${html(w.message)}. ${html(w.remedy)}</li>`).join('');
  return `<section><h2>${html(table.name)}</h2>
<p>${html(table.source.path.replace(/^.*[\\/]/, ''))} · ${count(table.rows)} rows × ${count(table.columns.length)} columns · records ${count(records)} = loaded ${count(loaded)} + rejected ${count(rejected)} + skipped ${count(skipped)} · ${count(duplicates)} duplicate rows</p>
${warnings === '' ? '' : `<ul class="warn">${warnings}</ul>`}
<table class="columns"><thead><tr><th>Column</th><th>Role</th><th>Shape</th><th class="n">Nulls</th><th class="n">Distinct</th><th class="n">Min</th><th class="n">Q1</th><th class="n">Median</th><th class="n">Q3</th><th class="n">Max</th><th class="n">Mean</th><th class="n">Outliers</th></tr></thead>
<tbody>${profiles.map((p) => columnPart(table.name, p)).join('\n')}</tbody></table></section>`;
}

function columnPart(table: string, p: ColumnProfile): string {
  const out = p.outliers?.[0];
  const alerts = alertsOf(p)
    .map((a) => `<div class="type">${html(a.message)}</div>`)
    .join('');
  const q = (key: string) => shown(p.quantiles?.[key]);
  return `<tr><td class="name">${html(p.name)}<div class="type">${html(p.type)}</div>${alerts}</td><td>${suggest(table, p).role}</td><td>${shape(p)}</td>
<td class="n">${count(p.nulls)}<div class="type">${share(p.nulls, p.rows)}</div></td><td class="n">${count(p.distinct)}</td><td class="n">${shown(p.min)}</td><td class="n">${q('0.25')}</td><td class="n">${q('0.5')}</td><td class="n">${q('0.75')}</td><td class="n">${shown(p.max)}</td><td class="n">${shown(p.mean)}</td>
<td class="n${out !== undefined && out.count > 0 ? ' out' : ''}">${out === undefined ? '' : `${count(out.count)}<div class="type">${shown(out.lower)} … ${shown(out.upper)}</div>`}</td></tr>`;
}

const WIDTH = 160;
const HEIGHT = 36;

function shape(p: ColumnProfile): string {
  return p.histogram !== undefined && p.histogram.length > 0
    ? bars(p.histogram, p.kind, p.outliers?.[0])
    : topBars(p);
}

function bars(bins: readonly Bin[], kind: Kind, out: { lower: number; upper: number } | undefined): string {
  const most = Math.max(1, ...bins.map((b) => b.count));
  const width = WIDTH / bins.length;
  const rects = bins.map((b, i) => {
    const height = b.count === 0 ? 0 : Math.max(1, (HEIGHT * b.count) / most);
    const beyond =
      kind === 'number' && out !== undefined && (Number(b.low) >= out.upper || Number(b.high) <= out.lower);
    return `<rect x="${(i * width).toFixed(2)}" y="${(HEIGHT - height).toFixed(2)}" width="${Math.max(0.5, width - 0.7).toFixed(2)}" height="${height.toFixed(2)}" fill="var(--${beyond ? 'out' : 'data'})"/>`;
  });
  const said = `histogram of ${bins.length} bins from ${String(bins[0]?.low)} to ${String(bins.at(-1)?.high)}`;
  return `<svg width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${html(said)}">${rects.join('')}</svg>`;
}

function topBars(p: ColumnProfile): string {
  const top = p.top.slice(0, 3);
  const most = Math.max(1, ...top.map((t) => t.count));
  return top
    .map(
      (t) =>
        `<div style="display:flex;gap:6px;align-items:center;width:${WIDTH}px"><span style="background:var(--data);height:6px;flex:none;width:${Math.max(1, (50 * t.count) / most).toFixed(0)}px"></span><span class="type" style="overflow:hidden;text-overflow:ellipsis;white-space:nowrap">${html(String(t.value).slice(0, 60))} ${count(t.count)}</span></div>`,
    )
    .join('');
}
