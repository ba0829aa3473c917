#include "guarantor/report/released_brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "guarantor/report/brief_map.h"
#include "guarantor/report/brief_style.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_reading.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::vector<std::string> texts(std::vector<std::string_view> const& parts) {
  return {parts.begin(), parts.end()};
}

bool lists(std::vector<model::RequirementId> const& lines, model::RequirementId const& line) {
  return std::ranges::find(lines, line) != lines.end();
}

Sheet withheld_sheet(PlanReading const& reading, Withheld const& withheld) {
  Sheet sheet{"withheld",
              "Withheld",
              {{"what", "What", 10}, {"name", "Name", 24}, {"title", "Title", 50}},
              {}};
  for (model::RequirementId const& line : withheld.lines) {
    sheet.rows.push_back({std::string{"fill"}, line.text(), reading.line_title(line)});
  }
  for (std::string_view const part : withheld.parts) {
    sheet.rows.push_back({std::string{"part"}, std::string{part}, std::string{}});
  }
  return sheet;
}

std::string finding(std::string const& text) {
  return tag("p", escape(text), R"(class="finding")");
}

std::string chapter(std::string_view title, std::string const& inner) {
  return tag("section", tag("h2", escape(title)) + inner, R"(class="chapter")");
}

std::string lines_table(PlanReading const& reading, Withheld const& withheld) {
  HtmlTable table{{{"Line", false, 46},
                   {"Tier", true, 8},
                   {"Needed", true, 12},
                   {"Filled", true, 14},
                   {"Least", true, 20}}};
  for (LineReading const& line : reading.lines()) {
    bool const hidden = lists(withheld.lines, line.line->id);
    if (!hidden && line.cover == Cover::kNotPlanned) {
      continue;
    }
    table.row({escape(reading.line_title(line.line->id)),
               fmt::format("{}", line.line->tier_or_default()),
               grouped(line.line->quantity.count()), hidden ? "withheld" : percent(line.mean),
               hidden ? "" : percent(line.worst)});
  }
  return table.html(
      "The share of its months’ units that each line has, and its worst month. “Withheld”: pledges "
      "stand there that were not released to the reader.");
}

std::string assignments_table(PlanReading const& reading) {
  HtmlTable table{{{"Nation", false, 18},
                   {"Capability", false, 24},
                   {"Line", false, 32},
                   {"Units", true, 8},
                   {"From", true, 9},
                   {"To", true, 9}}};
  auto const c_day = reading.scenario().header.c_day;
  for (model::Assignment const& row : reading.plan().assignments) {
    auto const* pledge = reading.pledge(row.pledge);
    table.row({escape(reading.nation_of(row.pledge)),
               escape(pledge == nullptr ? row.pledge.text()
                                        : reading.capability_title(pledge->capability)),
               escape(reading.line_title(row.requirement)), grouped(row.units.count()),
               short_month(month_start(c_day, row.months.from)),
               short_month(month_start(c_day, row.months.to))});
  }
  return table.html("The reader's own pledges, and those that were released to the reader.");
}

std::string not_stated(PlanReading const& reading) {
  if (reading.plan().not_stated.empty()) {
    return {};
  }
  std::string items;
  for (model::PledgeId const& id : reading.plan().not_stated) {
    items += tag("li", escape(reading.pledge_title(id)));
  }
  return chapter("Offered without a number", tag("ul", items));
}

std::string lead(PlanReading const& reading, Withheld const& withheld) {
  std::string text = "What was released of a plan " + reading.world() + ".";
  if (reading.plan().stopped_by_limit) {
    text += " It was stopped before its proof was complete.";
  }
  std::string out = tag("p", escape(text), R"(class="lead")");
  out += finding("Kept back: " + listed(texts(withheld.parts)) +
                 ". They rest on every offer there is.");
  if (!withheld.lines.empty()) {
    out += finding(fmt::format("The fill of {} is withheld.",
                               counted(static_cast<std::int64_t>(withheld.lines.size()), "line")));
  }
  return out;
}

}  // namespace

std::vector<Sheet> released_sheets(model::Scenario const& scenario, model::ForcePlan const& plan,
                                   Withheld const& withheld) {
  PlanReading const reading{scenario, plan};
  std::vector<Sheet> out;
  for (Sheet& sheet : sheets(reading)) {
    if (sheet.name == "assignments" || sheet.name == "fill" || sheet.name == "not_stated") {
      out.push_back(std::move(sheet));
    }
  }
  out.push_back(withheld_sheet(reading, withheld));
  return out;
}

std::string to_released_brief(model::Scenario const& scenario, model::ForcePlan const& plan,
                              Withheld const& withheld, MapSource const& map) {
  PlanReading const reading{scenario, plan};
  auto const mark = banner(scenario);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const title = (mark.empty() ? "" : mark + " · ") + scenario.header.title;
  auto const head =
      std::string{R"(<meta charset="utf-8"/>)"} +
      R"(<meta http-equiv="Content-Security-Policy" )"
      R"(content="default-src 'none'; style-src 'unsafe-inline'"/>)" +
      R"(<meta name="viewport" content="width=device-width, initial-scale=1"/>)" +
      tag("title", escape(title)) +
      tag("style", style(scenario, plan_hash(scenario, plan)) + std::string{map_style()});
  auto const first =
      tag("section", tag("p", "A plan, as far as it was released", R"(class="kicker")") +
                         tag("h1", escape(scenario.header.title)) +
                         tag("p",
                             escape("Information as of " + long_date(scenario.header.as_of) +
                                    " · C-day " + long_date(scenario.header.c_day)),
                             R"(class="dateline")") +
                         lead(reading, withheld));
  auto const body =
      strip +
      tag("main", first + chapter("Lines", lines_table(reading, withheld)) +
                      chapter("Who is where, and when", assignments_table(reading)) +
                      not_stated(reading) + chapter("Where it is", map_chapter(reading, map))) +
      strip;
  return "<!DOCTYPE html>\n" +
         tag("html", tag("head", head) + "\n" + tag("body", body), R"(lang="en")") + "\n";
}

}  // namespace guarantor::report
