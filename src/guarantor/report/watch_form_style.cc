#include "guarantor/report/watch_form_parts.h"

namespace guarantor::report {

std::string_view watch_form_style() {
  return R"(
:root { color-scheme: light dark; --paper: #fff; --ground: #eceef1; --ink: #1b2129;
  --soft: #566170; --rule: #8a94a1; --deep: #1f3b5c; --on: #fff; --mark: #8a1c1c; }
@media (prefers-color-scheme: dark) { :root { --paper: #161b21; --ground: #0e1216; --ink: #e6eaee;
  --soft: #a3aeba; --rule: #6b7684; --deep: #9cc0e4; --on: #10161d; --mark: #ff9d9d; } }
* { box-sizing: border-box; }
html { background: var(--ground); }
body { margin: 0 auto; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 "Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial,
    "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere;
  font-variant-numeric: lining-nums tabular-nums; }
header, main, footer { padding: 1rem 1.1rem; }
.banner { text-align: center; font-weight: 700; letter-spacing: .14em; color: var(--mark);
  padding: .6rem; margin: 0; border: 0 solid var(--mark); border-width: 1px 0; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .3rem; color: var(--deep); }
h2 { font-size: 1.15rem; color: var(--deep); margin: 1.6rem 0 .6rem; padding-top: .7rem;
  border-top: 1px solid var(--deep); }
p { margin: 0 0 .6rem; } .soft { color: var(--soft); font-size: .92rem; }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0; }
legend { padding: 0; font-weight: 600; color: var(--soft); margin: .9rem 0 .2rem; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .8rem; }
label { display: block; font-weight: 600; margin: .7rem 0 .2rem; }
input, select, textarea { width: 100%; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--rule); border-radius: 3px; padding: .55rem .5rem; min-height: 2.75rem; }
input[type=checkbox] { width: 1.3rem; min-height: 1.3rem; height: 1.3rem; margin: 0 .5rem 0 0;
  vertical-align: -.25rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1rem; margin: .3rem .4rem
  .3rem 0; border-radius: 3px; border: 1px solid var(--deep); background: none; color: var(--deep);
  cursor: pointer; }
button.main { background: var(--deep); color: var(--on); }
:focus-visible { outline: 3px solid var(--deep); outline-offset: 2px; }
[hidden] { display: none !important; }
[role=alert]:not(:empty) { color: var(--mark); font-weight: 600; border-left: 3px solid var(--mark);
  padding-left: .6rem; margin: .8rem 0; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-bottom: 1px solid var(--rule); padding: .6rem 0; }
li.withdrawn .what { text-decoration: line-through; color: var(--soft); }
@media (max-width: 30rem) { .row { grid-template-columns: 1fr; } button.main { width: 100%; } }
@media print { html { background: none; } button { display: none; } }
)";
}

}  // namespace guarantor::report
