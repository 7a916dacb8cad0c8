/**
 * Style of the checklist's page. It uses names of its own, which the export gives colours for light and dark and the editor
 * those of its theme. Colour marks shapes and bars; words are in the colours of text, so that they can be read in any theme.
 */
export const pageStyle = `*{box-sizing:border-box}
body{font-size:var(--size);line-height:1.5;color:var(--fg);background:var(--bg);margin:0;padding:0 clamp(.75rem,4vw,2rem) 3rem}
main{max-width:64rem;margin:0 auto;overflow-wrap:break-word}
.symbols{position:absolute}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}[hidden]{display:none!important}
h1{font-size:1.65em;line-height:1.25;margin:1.4rem 0 .2rem;font-weight:600}h2{font-size:1.2em;margin:2.2rem 0 .6rem;font-weight:600}h3{font-size:1em;font-weight:600;margin:0;display:inline}
p,ul,ol{margin:.4rem 0}.dim{color:var(--dim)}.small{font-size:.88em}a{color:var(--link)}code{font-family:var(--mono);font-size:.9em;overflow-wrap:anywhere;color:inherit;background:none;padding:0}
.sign{width:1em;height:1em;vertical-align:-.12em;flex:none}.ink{fill:none;stroke:var(--bg);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}.hollow{fill:none;stroke:currentColor;stroke-width:1.6}.line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round}
.sign{color:var(--dim);fill:currentColor}.sign.s-pass{color:var(--green)}.sign.s-fail,.sign.s-error{color:var(--red)}.sign.s-warn{color:var(--orange)}.sign.s-needs-attestation{color:var(--blue)}
.status{white-space:nowrap}
.result{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
.grade,.result dl>div{border:1px solid var(--line);border-radius:6px;padding:.55rem .9rem;margin:0;background:var(--card)}
.grade{display:flex;flex-direction:column;align-items:center;justify-content:center;min-width:5.5rem;border-width:2px}.grade strong{font-size:2.6em;line-height:1.05}
.g-A,.g-B{border-color:var(--green)}.g-C,.g-D{border-color:var(--orange)}.g-F{border-color:var(--red)}
.letter{display:inline-block;min-width:1.7em;text-align:center;border:1px solid var(--line);border-width:2px;border-radius:4px;font-weight:600}
.letter.g-A,.letter.g-B{border-color:var(--green)}.letter.g-C,.letter.g-D{border-color:var(--orange)}.letter.g-F{border-color:var(--red)}
dl{display:flex;flex-wrap:wrap;gap:.75rem;margin:0;flex:1}dl>div{flex:1 1 11rem}dt{color:var(--dim)}dd{margin:0}dd strong{font-size:1.25em}.because{display:block}.because a{white-space:nowrap}
.bar{display:block;width:100%;max-width:14rem;height:.6rem;margin:.3rem 0}.track{fill:var(--fg);fill-opacity:.15}.fill{fill:var(--accent)}
.b-observed,.b-declared,.b-attested{fill:var(--green)}.b-declared{fill-opacity:.6}.b-attested{fill-opacity:.35}.over.b-declared{fill:url(#hatch);fill-opacity:1}.over.b-attested{fill:none;stroke:var(--green);stroke-width:1.5}.hatched{fill:var(--green)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.2rem 0}.legend svg{width:1.3rem;height:.6rem}
rect.s-warn{fill:var(--orange)}rect.s-fail,rect.s-error{fill:var(--red)}rect.s-needs-attestation{fill:var(--blue)}
.counts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.4rem}
.changes{list-style:none;padding:0}.changes li,#first li{margin:.35rem 0}.change{display:inline-block;border:1px solid var(--line);border-left:4px solid var(--dim);border-radius:3px;padding:0 .45rem;margin-right:.35rem}
.c-new-failure,.c-more-places,.c-unreadable{border-left-color:var(--red)}.c-warned,.c-asked,.c-accepted{border-left-color:var(--orange)}.c-fixed,.c-fewer-places,.c-eased,.c-attested,.c-passed{border-left-color:var(--green)}
table{border-collapse:collapse;width:100%;margin:.6rem 0}caption{text-align:left;color:var(--dim);font-size:.88em;padding:0 0 .4rem}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);font-weight:400}thead th{color:var(--dim)}tbody th{font-weight:600}.plain{font-weight:400}
td>.status{margin-right:.9rem}.standard tbody th{width:40%}.standard td:nth-of-type(1){white-space:nowrap}#stages td:last-child{width:45%}
.check{border:1px solid var(--line);border-left:4px solid var(--dim);border-radius:4px;margin:.5rem 0;background:var(--card)}
.check.s-pass{border-left-color:var(--green)}.check.s-fail,.check.s-error{border-left-color:var(--red)}.check.s-warn{border-left-color:var(--orange)}.check.s-needs-attestation{border-left-color:var(--blue)}
summary{cursor:pointer;padding:.5rem .8rem;list-style-position:inside}summary::marker{color:var(--dim)}summary .status{color:var(--fg);margin-right:.6rem}.id{color:var(--dim);font-weight:400;white-space:nowrap;margin-right:.3rem}
.inside{padding:0 .8rem .7rem 1.8rem}.labels{margin-top:0;font-size:.88em}.places{padding:0;list-style:none}.places li{margin:.2rem 0}.snippet{color:var(--fg);background:var(--code);padding:.05rem .35rem;border-radius:3px}
@media (max-width:38rem){.inside{padding-left:.8rem}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table,caption,tbody,tr,th,td{display:block}.result{flex-direction:column}.grade{flex-direction:row;justify-content:flex-start;gap:.6rem}dl{flex-direction:column}dl>div{flex:none}tr{border-bottom:1px solid var(--line);padding:.5rem 0}th,td{border:0;padding:.1rem 0}td[data-head]::before{content:attr(data-head) ": ";color:var(--dim)}#stages td:last-child,.standard tbody th{width:auto}.bar{max-width:none}}
@media print{body{padding:0;font-size:10pt}main{max-width:none;padding:0 1px}h2,h2+.dim{break-after:avoid}.check,tr,.grade,dl>div,#first li{break-inside:avoid}a{color:inherit;text-decoration:none}.check{background:none}thead{display:table-header-group}svg,.grade,.letter,.change{print-color-adjust:exact}}`;

/** Colours of the exported page, light and dark. On paper it is light. */
export const exportColours = `:root{color-scheme:light dark;--size:15px;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;--fg:#1f2328;--bg:#fff;--card:#fff;--code:#eff2f5;--line:#d0d7de;--dim:#57606a;--link:#0b5cad;--accent:#0b5cad;--red:#c62828;--orange:#b35900;--green:#1a7f37;--blue:#0b5cad}
body{font-family:system-ui,-apple-system,"Segoe UI",sans-serif}
@media screen and (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0f1419;--card:#151b22;--code:#232a33;--line:#343c46;--dim:#9aa4ae;--link:#79b8ff;--accent:#79b8ff;--red:#ff7b72;--orange:#f0a35e;--green:#5ac878;--blue:#79b8ff}}`;
