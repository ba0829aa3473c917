#include "guarantor/report/brief_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "guarantor/report/brief_sites.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/map_drawing.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// The map: what is not there must not look like paper, and no two signs differ by colour alone.
constexpr std::string_view kSheet = R"(
.map text { font-size: 12px; fill: var(--ink); }
.map .sea { fill: #e3ecf3; } .map .land { fill: #f3f0e9; stroke: #a3b4c2; stroke-width: .7;
  fill-rule: evenodd; } .map .host { fill: #fffefb; stroke: #7b8794; stroke-width: 1; }
.map .net { fill: none; stroke: #8fa3b5; stroke-width: .45; stroke-opacity: .45; }
.map .bord { fill: none; stroke: #98a1ab; stroke-width: 1; stroke-linejoin: round; }
.map .unset { stroke-dasharray: 3 3; }
.map .edge { fill: none; stroke: #566170; stroke-width: 1; }
.map .area { fill: #35608c; fill-opacity: .04; stroke: #35608c; stroke-opacity: .5;
  stroke-width: .9; stroke-dasharray: 1.5 3; }
.map .reach { fill: #0072b2; fill-opacity: .1; stroke: #0072b2; stroke-width: .9; }
.map .casing, .map .front, .map .watched { fill: none; stroke-linejoin: round; }
.map .casing { stroke: #fffefb; stroke-width: 6; }
.map .front { stroke: #b5300b; stroke-width: 3; } .map .watched { stroke: #1f3b5c;
  stroke-width: 2; stroke-dasharray: 7 3; }
.map .tick-f { stroke: #b5300b; stroke-width: 1.3; } .map .tick-w { stroke: #1f3b5c;
  stroke-width: 1; }
.map .t0 { stroke: #173a5e; } .map .t1 { stroke: #6c98bf; }
.map .t2 { stroke: #b5300b; stroke-dasharray: 2.5 2; }
.map .sy path { stroke: #1b2129; stroke-width: 1.2; fill: #fff; }
.map .sy .gl { fill: none; stroke-width: 1.2; stroke-linecap: round; } .map .sy .gf { fill: #1b2129;
  stroke: none; }
.map .need path { fill: #1f3b5c; stroke: #fff; } .map .need .gl { fill: none; stroke: #fff; }
.map .need .gf { fill: #fff; }
.map .lost path { fill: #e2e5e9; stroke: #566170; } .map .lost .gl { fill: none; }
.map .lost .gf { fill: #566170; } .map .lost .st { stroke: #1b2129; stroke-width: 1.4; }
.map .si path { stroke: #fff; stroke-width: 1.4; } .map .reserve path { fill: #0072b2; }
.map .stockpile path { fill: #d55e00; } .map .medical path { fill: #00795a; }
.map .si .ex { fill: none; stroke: #1b2129; stroke-width: 1.3; }
.map .pl, .map .se, .map .an, .map .cn, .map .sn, .map .dg { paint-order: stroke; stroke: #fffefb;
  stroke-width: 3px; stroke-opacity: .85; stroke-linejoin: round; }
.map .pl { font-size: 12px; } .map .pl.need { font-size: 13.5px; font-weight: 600; }
.map .se { font-size: 11.5px; fill: #8f2406; font-weight: 600; }
.map .an { font-size: 11.5px; font-style: italic; fill: #35608c; letter-spacing: .02em; }
.map .cn { font-size: 15px; letter-spacing: .22em; fill: #77808a; stroke-opacity: .6; }
.map .cn.small { font-size: 12px; } .map .cn.host { font-size: 17px; fill: #434d59; }
.map .sn { font-size: 16px; font-style: italic; letter-spacing: .12em; fill: #5f7f9c;
  stroke: #e3ecf3; stroke-opacity: .6; }
.map .dg { font-size: 11px; fill: #77889a; text-anchor: middle; stroke-opacity: .5; }
.map .card { fill: #fffefb; fill-opacity: .88; stroke: #c6ccd4; stroke-width: .7; }
.map .bar-a { fill: #1b2129; stroke: #1b2129; stroke-width: .8; }
.map .bar-b { fill: #fff; stroke: #1b2129; stroke-width: .8; }
.map .sc { font-size: 11px; text-anchor: middle; } .map .nor, .map .away { fill: #1b2129; }
.map .lg { font-size: 13px; } .map .cr { font-size: 11.5px; fill: var(--soft); }
.sites h3 { font: 600 9.6pt/1.3 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif;
  color: var(--deep); margin: 5mm 0 1.6mm; break-after: avoid; }
.sites ul { margin: 0 0 3mm; padding-left: 5mm; } .sites li { margin-bottom: 1mm; }
.map .wm { font-size: 150px; font-weight: 700; letter-spacing: .12em; text-anchor: middle;
  fill: #8a1c1c; fill-opacity: .07; }
)";

/// What is shown, and where it comes from.
std::string words(model::Scenario const& scenario, MapSource const& source) {
  std::vector<std::string> parts;
  std::set<std::string> notes;
  for (model::Area const& area : scenario.areas) {
    auto const sectors =
        std::count_if(source.layers.sectors.begin(), source.layers.sectors.end(),
                      [&](model::SectorLayer const& sector) { return sector.line == area.id; });
    if (sectors > 0) {
      parts.push_back(
          fmt::format("“{}” in {}", fit(clean(area.title), 60), counted(sectors, "sector")));
    }
    auto const& note = area.row.provenance.note;
    if (area.kind == model::AreaKind::kLineOfContact && !note.empty()) {
      notes.insert(clean(note));
    }
  }
  std::string text;
  if (!parts.empty()) {
    text = capitalised(listed(parts)) + ".";
  }
  for (auto const& note : notes) {
    text += (text.empty() ? "" : " ") + std::string{"The line of contact: "} + note + ".";
  }
  return text;
}

}  // namespace

std::string_view map_style() {
  return kSheet;
}

std::string map_chapter(PlanReading const& reading, MapSource const& source) {
  auto const drawn = draw_map(reading.scenario(), source);
  if (!drawn) {
    return tag("p", "The case gives no positions, so there is no map.", R"(class="finding")");
  }
  auto const text = words(reading.scenario(), source);
  return (text.empty() ? "" : tag("p", escape(text), R"(class="finding")")) +
         tag("figure", *drawn) +
         (source.sites ? sites_part(reading.scenario(), *source.sites) : "");
}

}  // namespace guarantor::report
