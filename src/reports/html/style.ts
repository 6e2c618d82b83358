/** Of the HTML report: light or dark as the reader's system is, and fit for print. */
export const style = `:root {
  color-scheme: light dark;
  --line: light-dark(#d5d9de, #3a4048);
  --quiet: light-dark(#5c6570, #9aa4b0);
  --code: light-dark(#f2f4f6, #22272e);
  --new: light-dark(#e3f6e8, #14331f);
  --old: light-dark(#fdeaea, #401a1c);
  --other: light-dark(#fff5d9, #3a2f10);
}
body { margin: 0; background: light-dark(#fff, #16191d); color: light-dark(#1c2126, #e4e7eb); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { font-size: 1.45rem; line-height: 1.3; margin: 0 0 .5rem; overflow-wrap: anywhere; }
p, li { overflow-wrap: anywhere; }
code, pre { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; }
code { padding: .1em .3em; }
pre { padding: .75rem 1rem; overflow-x: auto; }
pre ins, pre del { display: inline-block; min-width: 100%; text-decoration: none; }
ins { background: var(--new); }
del { background: var(--old); }
.table { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; }
.table th, .table td { border: 1px solid var(--line); padding: .35rem .6rem; vertical-align: top; text-align: left; }
.table th { background: var(--code); font-weight: 600; white-space: nowrap; }
.table [align="right"] { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .75rem 0; padding: 0 1rem; }
details[open] { padding-bottom: .5rem; }
summary { cursor: pointer; font-weight: 600; padding: .55rem 0; }
sub { display: block; margin-top: 1.5rem; font-size: .8rem; line-height: 1.5; color: var(--quiet); vertical-align: baseline; }
.picture { display: flex; flex-wrap: wrap; gap: .75rem; align-items: flex-start; margin: .75rem 0; }
.picture section { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; font-size: .86rem; max-width: 100%; }
.picture h2 { margin: 0; padding: .35rem .6rem; font-size: .92rem; background: var(--code); }
.picture table { width: 100%; }
.picture td { padding: .15rem .6rem; border-top: 1px solid var(--line); }
.picture td + td { color: var(--quiet); }
.picture p { margin: 0; padding: .25rem .6rem; border-top: 1px solid var(--line); }
.picture abbr { text-decoration: none; font-weight: 600; }
.picture em { color: var(--quiet); font-weight: 400; }
.added, .added > h2 { background: var(--new); }
.removed, .removed > h2 { background: var(--old); }
.changed, .changed > h2, .renamed, .renamed > h2 { background: var(--other); }
.table td:first-child { white-space: nowrap; }
@media print { main { max-width: none; padding: 0; } pre { white-space: pre-wrap; } details, section, tr { break-inside: avoid; } }
`;
