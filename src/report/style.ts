/** Style of the exported pages: light and dark, printable, no fonts or pictures from outside. */
export const reportStyle = `:root{color-scheme:light dark;--fg:#1f2328;--bg:#fff;--line:#d0d7de;--dim:#59636e;--red:#b42318;--orange:#9a4a00;--green:#1a7f37;--blue:#0b5cad}
@media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0f1419;--line:#30363d;--dim:#9198a1;--red:#ff8a80;--orange:#f0a35e;--green:#5ac878;--blue:#79b8ff}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:72rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
.critical,.fail{color:var(--red);font-weight:600}.high{color:var(--red)}.medium,.warn{color:var(--orange)}.low,.question{color:var(--blue)}.pass{color:var(--green)}.dim,.na{color:var(--dim)}
code{font-family:ui-monospace,monospace;font-size:.92em}@media print{body{max-width:none;margin:0}a{color:inherit}}`;
