/**
 * The style of a report page: light, dark and paper, by the same names for colours as the window has.
 */
export const style = `
:root{color-scheme:light dark;--ink:#171a21;--soft:#474e5b;--faint:#5a6170;--line:#d9dde5;--page:#fff;--tint:#f6f7f9;--data:#5b84b1;--rest:#c9d8e8;--missing:#8a919e;--out:#c8384c;--warn:#8a4e00;--warnsoft:#fff3df;--infosoft:#eaf2fb;--accent:#2f49b0}
@media screen and (prefers-color-scheme:dark){:root{--ink:#eceff4;--soft:#b9c0cc;--faint:#9fa8b7;--line:#2f3541;--page:#14161b;--tint:#1b1e25;--data:#7ea6d1;--rest:#34465b;--missing:#7b8494;--out:#ff6376;--warn:#f0b35a;--warnsoft:#3a2e18;--infosoft:#1f2a38;--accent:#a9b8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1240px;padding:32px 28px;font:13px/1.5 Inter,system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--page);font-variant-numeric:tabular-nums}
h1,h2,h3,h4,h5,p,ul,dl,dd,table{margin:0;padding:0}
h1{font-size:22px;line-height:30px;overflow-wrap:anywhere}h2{font-size:18px;line-height:26px;overflow-wrap:anywhere}
h3{font-size:14px;margin:24px 0 8px}h4{font-size:14px;line-height:22px;overflow-wrap:anywhere}
h5{font-size:12px;font-weight:600;margin:0 0 4px}h5 span,.type{font-weight:400;color:var(--faint);font-size:11px}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.lead,.basis,footer{color:var(--soft)}.basis{margin-top:10px;font-size:11.5px}
code,pre,td,.facts dd{font-family:"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
td.text,.index td.name,.index td.plain,.index td.said{font-family:inherit}
pre{margin:4px 0 0;padding:10px 12px;background:var(--tint);border:1px solid var(--line);border-radius:5px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:11.5px}
details{margin-top:6px}summary{cursor:pointer;color:var(--soft);font-size:12px;width:fit-content}
nav ol{padding-left:20px;margin:8px 0}
article{margin-top:40px;padding-top:20px;border-top:2px solid var(--line)}
.facts{display:flex;flex-wrap:wrap;gap:8px 0;margin:12px 0}.facts div{padding:0 20px 0 12px;border-left:1px solid var(--line);max-width:340px}
.facts dt{color:var(--faint);font-size:11px}.facts dd{font-size:13px;overflow-wrap:anywhere}
.notes{padding:8px 12px 8px 28px;background:var(--warnsoft);color:var(--warn);border-radius:5px}
.alerts{list-style:none;margin:6px 0 8px}.alerts li{padding:2px 0;overflow-wrap:anywhere}.alerts details{margin:2px 0 4px}
.badge{display:inline-block;padding:0 6px;border-radius:4px;font-size:11px;line-height:18px;background:var(--infosoft);color:var(--soft);white-space:nowrap}
.warning .badge,.badge.warning{background:var(--warnsoft);color:var(--warn)}.warning .badge::before,.badge.warning::before{content:"⚠ "}
.scroll{overflow-x:auto}
table{border-collapse:collapse}
.index{width:100%}.index th{font-weight:500;color:var(--faint);text-align:left;padding:4px 8px;border-bottom:1px solid var(--line);font-size:11px;white-space:nowrap}
.index td{padding:3px 8px;border-bottom:1px solid var(--line);white-space:nowrap}.index td.name{white-space:normal;overflow-wrap:anywhere;min-width:140px;font-size:13px;font-weight:500}
.index td.said{white-space:normal;min-width:160px}.index td.said .badge{margin:1px 2px 1px 0}.index td.plain{color:var(--soft);font-size:12px}
.index td.kind{overflow:hidden;text-overflow:ellipsis;max-width:150px}
.num,.index th.num{text-align:right}
.nulls{display:inline-block;width:44px;height:4px;margin-right:6px;border-radius:2px;background:var(--rest);overflow:hidden;vertical-align:2px}.nulls i{display:block;height:100%;background:var(--missing)}
.sheet{padding:16px 0 14px;border-top:1px solid var(--line)}
.parts{display:flex;flex-wrap:wrap;gap:18px 36px;margin-top:8px}.parts>div{min-width:150px;max-width:100%}.parts .wide{flex:1 1 400px;max-width:560px}.parts .meaning{flex:1 1 260px;max-width:380px}.meaning ul{padding-left:18px}.meaning p,.meaning li{overflow-wrap:anywhere}
.figures th{font-weight:400;color:var(--soft);text-align:left;padding:1px 18px 1px 0;vertical-align:top;overflow-wrap:anywhere;max-width:260px}.figures td{text-align:right;overflow-wrap:anywhere;max-width:300px}
.list th{font-weight:400;color:var(--faint);font-size:11px;text-align:right;padding-left:14px}.list td{text-align:right;padding:1px 0 1px 14px;white-space:nowrap}.list td.text{text-align:left;padding-left:0;max-width:260px;white-space:normal;overflow-wrap:anywhere;font-size:12px}
.list td.track{width:84px;padding-right:0}.track i{display:block;height:7px;min-width:1px;background:var(--data);border-radius:1px}
svg{display:block}.chart{width:100%;max-width:560px;height:auto}.bar{fill:var(--data)}.rest{fill:var(--rest)}.out{fill:var(--out)}.grid{stroke:var(--line);fill:none}.tick,.whisker{stroke:var(--faint);fill:none}.box{fill:var(--rest);stroke:var(--data)}.median{stroke:var(--ink);stroke-width:2;fill:none}
.axis{fill:var(--faint);font:10px ui-monospace,Menlo,Consolas,monospace}
footer{margin-top:40px;border-top:1px solid var(--line);padding-top:12px;font-size:12px}
@media screen{.sheet{content-visibility:auto;contain-intrinsic-size:auto 460px}}
@media print{@page{margin:14mm}body{max-width:none;padding:0;font-size:10.5px}i,.bar,.rest,.out,.box,.badge,.notes,pre{print-color-adjust:exact;-webkit-print-color-adjust:exact}
article{break-before:page;border-top:0;padding-top:0;margin-top:0}article:first-of-type{break-before:auto;margin-top:20px}h2,h3,h4,h5{break-after:avoid}.sheet,tr,.parts>div,.alerts li{break-inside:avoid}thead{display:table-header-group}
code,pre,td,.facts dd{font-size:9.5px}.index td.name{font-size:10.5px}.scroll{overflow:visible}.index td,.index th{padding:2px 6px 2px 0}.index td.name{min-width:100px}.index td.said{min-width:110px}.index td.plain,.list td.text,.badge,.figures th,h5{font-size:9.5px}.nulls{width:28px}.badge{line-height:14px}.list td,.figures td,.figures th{line-height:13px}.figures td{max-width:180px}.parts .wide{flex:1 1 280px;max-width:340px}h1{font-size:18px}h2{font-size:15px}h3,h4{font-size:12px}details:not([open]){display:none}.basis,.type,h5 span,.lead,footer,details{font-size:9px}.parts{gap:10px 24px}a{color:inherit}}`;
