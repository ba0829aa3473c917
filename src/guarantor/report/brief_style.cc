#include "guarantor/report/brief_style.h"

#include <fmt/format.h>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/plan_marking.h"

namespace guarantor::report {
namespace {

constexpr std::string_view kSheet = R"(
:root { --ink: #1b2129; --soft: #566170; --rule: #c6ccd4; --deep: #1f3b5c; --mark: #8a1c1c; }
* { box-sizing: border-box; }
html { background: #eceef1; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 210mm; background: #fff; color: var(--ink);
  font: 9.4pt/1.42 Charter, "Bitstream Charter", "Source Serif 4", Georgia, Cambria, "Noto Serif",
    "DejaVu Serif Condensed", serif;
  font-variant-numeric: lining-nums tabular-nums; overflow-wrap: anywhere; hyphens: auto; }
h1, h2, .kicker, .dateline, table, figcaption, svg text, dl, .banner, .mark, .ref, .no {
  font-family: "Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial,
    "Liberation Sans", "Noto Sans", "DejaVu Sans Condensed", sans-serif; }
section { padding: 14mm 18mm 6mm; }
p { margin: 0 0 1.6mm; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 2px; }
.banner { text-align: center; font-weight: 700; letter-spacing: .14em; color: var(--mark);
  padding: 3mm; margin: 0; border: 0 solid var(--mark); border-width: 1px 0; }
.kicker { text-transform: uppercase; letter-spacing: .12em; font-size: 7.6pt; color: var(--soft);
  margin: 0 0 2mm; }
h1 { font-size: 20pt; line-height: 1.15; font-weight: 600; margin: 0 0 1.6mm; color: var(--deep); }
.dateline { color: var(--soft); font-size: 8.6pt; margin: 0 0 4mm; }
.lead { font-size: 10.6pt; line-height: 1.42; margin: 0 0 4mm; padding: 3mm 0;
  border: 0 solid var(--deep); border-width: 1.4px 0 .6px; }
.part { display: grid; grid-template-columns: 31mm 1fr; column-gap: 6mm; padding: 0 0 1.7mm; }
.part h2 { font-size: 8.8pt; line-height: 1.35; font-weight: 600; margin: .2mm 0 0;
  color: var(--deep); hyphens: manual; }
.part p { margin: 0; }
.ref, .mark, .for { color: var(--soft); font-size: .86em; }
.ref a, .mark a, a.ref { text-decoration: none; }
.mark { white-space: nowrap; font-size: .8em; }
.proof { margin: 2mm 0 0; padding-top: 2mm; border-top: .6px solid var(--rule); font-size: 8.4pt;
  color: var(--soft); }
.chapter { padding-top: 4mm; }
.chapter > h2 { font-size: 13pt; line-height: 1.2; font-weight: 600; color: var(--deep);
  margin: 2mm 0 2.4mm; padding-top: 3mm; border-top: 1px solid var(--deep); }
.no { color: var(--soft); font-weight: 400; padding-right: 2mm; }
.finding { max-width: 150mm; margin-bottom: 3mm; }
figure { margin: 0 0 4mm; }
.chart { display: block; width: 100%; height: auto; }
.bar { display: block; width: 100%; height: 3.2mm; }
svg text { font-size: 15.5px; fill: var(--ink); }
svg .group { font-weight: 600; fill: var(--deep); }
svg .tick, svg .faint { fill: var(--soft); font-size: 14.5px; }
svg .figure { text-anchor: end; }
svg .head { fill: var(--soft); font-size: 14.5px; }
svg .on { fill: #fff; font-size: 13.5px; }
svg .axis { stroke: var(--rule); stroke-width: 1; }
svg .cut { stroke: #fff; stroke-width: 1.2; fill: none; }
svg .none { stroke: #6b7684; stroke-width: 1.4; }
.f4 { fill: #173a5e; } .f3 { fill: #4f7ca5; } .f2 { fill: #93b3cf; } .f1 { fill: #d3dfea; }
.f0 { fill: #fff; stroke: #aab3bd; stroke-width: .8; }
.lane { fill: #35608c; }
.g2 { fill: #173a5e; } .g1 { fill: #7fa3c4; } .g0 { fill: #fff; stroke: #6b7684; stroke-width: 1; }
table { width: 100%; border-collapse: collapse; font-size: 7.9pt; line-height: 1.36;
  margin: 0 0 4mm; table-layout: fixed; }
caption { text-align: left; font-size: 8.6pt; color: var(--ink); padding: 0 0 2mm; }
th { text-align: left; font-weight: 600; color: var(--soft); vertical-align: bottom;
  border-bottom: 1px solid var(--ink); padding: 0 2mm 1mm 0; hyphens: manual; }
td { vertical-align: top; border-bottom: .5px solid var(--rule); padding: 1.1mm 2mm 1.1mm 0; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
td.n + td, th.n + th { padding-left: 2mm; }
dl { display: grid; grid-template-columns: 40mm 1fr; gap: 1.2mm 4mm; font-size: 8.4pt; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; }
code { font: 7.6pt/1.4 "Source Code Pro", Consolas, Menlo, "Liberation Mono", "DejaVu Sans Mono",
  monospace; overflow-wrap: anywhere; }
.sources { margin: 0; padding-left: 7mm; font-size: 8.2pt; }
.sources li { margin: 0 0 1.2mm; padding-left: 1mm; }
.own { display: block; }
@media screen { body { margin: 8mm auto; box-shadow: 0 0 0 1px #dde1e6; }
  body { font-size: 11.2pt; max-width: 250mm; } .part { grid-template-columns: 42mm 1fr;
    padding-bottom: 4mm; } .part h2 { font-size: 10.4pt; } .lead { font-size: 13pt; }
  h1 { font-size: 25pt; } table { font-size: 9.4pt; } caption, dl, .sources { font-size: 10pt; }
  .proof { font-size: 9.6pt; } .finding { max-width: 190mm; } }
@media screen and (max-width: 700px) { section { padding: 6mm 5mm; } .part, dl { display: block; }
  .chapter { overflow-x: auto; } }
@media print { html { background: none; } body { max-width: none; } section { padding: 0; }
  .page-one { break-after: page; } .banner { display: none; }
  .chapter { padding: 0 0 5mm; } .chapter > h2, caption, .finding { break-after: avoid; }
  .part, .finding, .whole { break-inside: avoid; }
  tr, figure, li, dt, dd { break-inside: avoid; } thead { display: table-header-group; }
  thead, thead tr { break-after: avoid; } tbody tr:first-child { break-before: avoid; }
  a { text-decoration: none; } }
)";

/// The boxes in the margins of each printed page.
std::string page_boxes(std::string const& title, std::string const& mark, std::string const& hash) {
  constexpr std::string_view kFont =
      R"(font: 7.4pt "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", )"
      R"("DejaVu Sans Condensed", sans-serif; color: #566170;)";
  constexpr std::string_view kMark = "font-weight: 700; letter-spacing: .12em; color: #8a1c1c;";
  return fmt::format(
      "@page {{ size: A4; margin: 19mm 18mm 17mm;\n"
      "  @top-left {{ content: {0}; {3} width: 60%; vertical-align: middle; }}\n"
      "  @top-right {{ content: {1}; {3} {4} width: 40%; vertical-align: middle; }}\n"
      "  @bottom-left {{ content: {1}; {3} {4} width: 40%; vertical-align: middle; }}\n"
      "  @bottom-center {{ content: {2}; {3} width: 30%; vertical-align: middle; }}\n"
      "  @bottom-right {{ content: counter(page) \" of \" counter(pages); {3} width: 30%;\n"
      "    vertical-align: middle; }} }}\n",
      css_string(fit(title, 70)), css_string(fit(mark, 90)), css_string(hash), kFont, kMark);
}

}  // namespace

std::string style(model::Scenario const& scenario, std::string const& hash,
                  std::string_view hash_of) {
  return page_boxes(clean(scenario.header.title), clean(banner(scenario)),
                    fmt::format("{} {}", hash_of, hash.substr(0, 16))) +
         std::string{kSheet};
}

}  // namespace guarantor::report
