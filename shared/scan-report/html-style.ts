/** The whole style of the one-file report. Its hash stands in the report's own policy (CSP). */
export const HTML_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1a1d23;--dim:#5b6472;--line:#d9dee6;--panel:#f5f7fa;
--critical:#b3123a;--high:#c2410c;--medium:#8a6100;--low:#1d5fbf;--info:#5b6472;
--malicious:#b3123a;--suspicious:#8a6100;--unknown:#7a3ea8;--clean:#1a7f4b;--mark:#fff1c2}
@media (prefers-color-scheme:dark){:root{--bg:#14171c;--fg:#e7eaf0;--dim:#9aa4b2;--line:#2c323c;
--panel:#1c2027;--critical:#ff6b8a;--high:#ff9a5c;--medium:#e5b94e;--low:#7db2ff;--info:#9aa4b2;
--malicious:#ff6b8a;--suspicious:#e5b94e;--unknown:#c79bf0;--clean:#5fce97;--mark:#4a3f15}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:18px;margin:36px 0 12px;overflow-wrap:anywhere}
h3{font-size:15px;margin:0;overflow-wrap:anywhere}p{margin:6px 0}p,dd,li{overflow-wrap:anywhere}
.dim{color:var(--dim)}.top{display:flex;gap:24px;align-items:center;margin:20px 0}
.grade{font-size:44px;line-height:1;font-weight:700;padding:14px 20px;border:2px solid currentColor;
border-radius:10px;min-width:96px;text-align:center}
.charts{display:flex;flex-wrap:wrap;gap:24px}figure{margin:0;flex:1 1 320px}
figcaption{font-weight:600;margin-bottom:6px}svg{display:block;width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:var(--fg)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:5px 10px 5px 0;
border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
td:first-child{overflow-wrap:anywhere}td code{overflow-wrap:break-word}a{color:var(--low)}
@media (max-width:600px){main{padding:20px 12px 40px}dl{grid-template-columns:1fr}dt{margin-top:6px}.opt{display:none}}
th{font-weight:600;color:var(--dim)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.s-critical{color:var(--critical)}.s-high{color:var(--high)}.s-medium{color:var(--medium)}
.s-low{color:var(--low)}.s-info{color:var(--info)}.s-malicious{color:var(--malicious)}
.s-suspicious{color:var(--suspicious)}.s-unknown{color:var(--unknown)}.s-clean{color:var(--clean)}
.f-critical{fill:var(--critical)}.f-high{fill:var(--high)}.f-medium{fill:var(--medium)}
.f-low{fill:var(--low)}.f-info{fill:var(--info)}.f-malicious{fill:var(--malicious)}
.f-suspicious{fill:var(--suspicious)}.f-unknown{fill:var(--unknown)}.f-clean{fill:var(--clean)}
.tag{font-weight:600;text-transform:uppercase;font-size:12px;letter-spacing:.04em}
article{border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:10px 0}
code,pre,ol.path{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
code{overflow-wrap:anywhere}pre{background:var(--panel);border-radius:6px;padding:8px 0;margin:8px 0;
white-space:pre-wrap;overflow-wrap:anywhere}
pre span{display:block;padding:0 12px}pre span.at{background:var(--mark)}
pre i{font-style:normal;color:var(--dim);display:inline-block;min-width:44px;user-select:none}
pre.evidence{padding:8px 12px}ol.path{padding-left:28px;margin:8px 0}
dl{margin:8px 0 0;display:grid;grid-template-columns:auto 1fr;gap:2px 12px}dt{color:var(--dim)}dd{margin:0}
@media print{body{font-size:11pt}main{max-width:none;padding:0}article,tr,figure{break-inside:avoid}
h2,h3{break-after:avoid}a{color:inherit;text-decoration:none}
.grade,svg,pre span.at{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
