#include "guarantor/report/brief_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "guarantor/report/brief_charts.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/gap_words.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/unstated_offers.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string span_words(PlanReading const& reading, model::Interval<model::Months> months) {
  auto const c_day = reading.scenario().header.c_day;
  return fmt::format("{} until {}", long_date(month_start(c_day, months.from)),
                     long_date(month_start(c_day, months.to)));
}

std::string names_of(PlanReading const& reading, std::vector<model::RequirementId> const& ids,
                     std::size_t columns) {
  std::vector<std::string> names;
  for (auto const& id : ids) {
    names.push_back("“" + reading.line_title(id) + "”");
  }
  return listed_within(names, columns, "line");
}

/// The lines that lose cover in another world, or what else is tied to the failing condition.
std::string what_falls(PlanReading const& reading, model::Comparison const& row) {
  if (!row.viable) {
    return "all";
  }
  if (!row.lines_lost.empty()) {
    return names_of(reading, row.lines_lost, 200);
  }
  auto const tied = tied_without_number(reading, row.without);
  return tied.empty()
             ? "none"
             : fmt::format("none: what {} {} to it has no number yet",
                           listed_within(tied, 90, "nation"), tied.size() == 1 ? "ties" : "tie");
}

}  // namespace

std::string lines_table(PlanReading const& reading, SourceList const& sources) {
  HtmlTable table{{{"Line", false, 34},
                   {"Tier", true, 5},
                   {"Needed", true, 8},
                   {"Mean", true, 7},
                   {"Worst", true, 7},
                   {"Worst in", false, 11},
                   {"Main reason", false, 28}}};
  auto const c_day = reading.scenario().header.c_day;
  std::size_t short_lines = 0;
  for (auto const& line : reading.lines()) {
    bool const planned = line.cover != Cover::kNotPlanned;
    bool const thin = planned && line.cover != Cover::kFull;
    short_lines += thin ? 1 : 0;
    table.row({escape(reading.line_title(line.line->id)) +
                   sources.marks("requirements", line.line->id.text()),
               fmt::format("{}", line.line->tier_or_default()),
               grouped(line.line->quantity.count()), planned ? percent(line.mean) : "–",
               planned ? percent(line.worst) : "–",
               thin ? short_month(month_start(c_day, line.worst_month)) : "",
               line.main_gap != nullptr ? escape(explain_briefly(line.main_gap->reason))
                                        : std::string{planned ? "" : "not planned"}});
  }
  return table.html(
      short_lines == 0
          ? "Every line that was planned is filled in every month."
          : fmt::format("{} fall short in some month; each with its worst month and main reason.",
                        capitalised(counted(static_cast<std::int64_t>(short_lines), "line"))));
}

std::string nations_table(PlanReading const& reading) {
  auto const& nations = reading.nations();
  double most = 0;
  for (auto const& nation : nations) {
    most = std::max(most, nation.mean_personnel);
  }
  HtmlTable table{{{"Nation", false, 19},
                   {"People in place, mean", false, 20},
                   {"Mean", true, 9},
                   {"Peak", true, 9},
                   {"Contribution, in unit-months", false, 43}}};
  for (auto const& nation : nations) {
    std::vector<std::string> parts;
    for (auto const& share : nation.shares) {
      auto const capability = reading.capability(share.capability);
      auto const title = reading.capability_title(share.capability);
      parts.push_back(capability.kind == model::CapabilityKind::kMeasure
                          ? title
                          : fmt::format("{} {}", title, grouped(share.unit_months)));
    }
    auto const people = static_cast<std::int64_t>(std::llround(nation.mean_personnel));
    table.row({escape(reading.nation_name(nation.nation)),
               nation.personnel_known && most > 0
                   ? bar(nation.mean_personnel / most, grouped(people) + " people on average")
                   : std::string{},
               nation.personnel_known ? grouped(people) : "–",
               nation.personnel_known ? grouped(nation.peak_personnel) : "–",
               escape(listed(parts))});
  }
  if (nations.empty()) {
    return tag("p", "No nation's contribution is in the plan.");
  }
  auto const caption =
      most > 0 ? fmt::format(
                     "{} brings most people: {} on average over the horizon. A dash: the "
                     "case gives no personnel for what is brought.",
                     reading.nation_name(nations.front().nation),
                     grouped(std::llround(nations.front().mean_personnel)))
               : std::string{
                     "The case gives no personnel for any capability, so contributions are "
                     "in unit-months alone."};
  return table.html(caption);
}

std::string gaps_table(PlanReading const& reading) {
  HtmlTable table{{{"Line", false, 20},
                   {"When", false, 19},
                   {"Short by", true, 8},
                   {"Why", false, 31},
                   {"What would close it", false, 22}}};
  for (auto const& [gap, months] : shortfalls(reading.plan())) {
    auto when = span_words(reading, gap.months);
    if (months < gap.months.length()) {
      when += fmt::format(", {} of it", counted(months.count(), "month"));
    }
    table.row({escape(reading.line_title(gap.requirement)), escape(when), decimal(gap.short_by, 1),
               escape(why_missing(reading, gap)), escape(what_would_close(reading, gap))});
  }
  if (reading.plan().gaps.empty()) {
    return tag("p", "The plan reports no gap.");
  }
  return table.html(fmt::format(
      "{}, those of one line and reason together. “Short by” is the mean of units missing a month; "
      "“worth” is what the objective gains.",
      capitalised(counted(static_cast<std::int64_t>(reading.plan().gaps.size()), "gap"))));
}

std::string asks_table(PlanReading const& reading) {
  if (reading.plan().asks.empty()) {
    return tag("p", "No single further unit was found to be worth asking for.");
  }
  HtmlTable table{{{"What", false, 24},
                   {"Where", false, 14},
                   {"When", false, 18},
                   {"Whom to ask", false, 18},
                   {"For", false, 18},
                   {"Worth", true, 8}}};
  for (auto const& ask : reading.plan().asks) {
    std::vector<std::string> nations;
    for (auto const& nation : ask.nations) {
      nations.push_back(reading.nation_name(nation));
    }
    table.row({escape(capitalised(units_of(ask.units, reading.capability(ask.capability)))),
               ask.area.empty() ? "anywhere" : escape(reading.area_title(ask.area)),
               escape(span_words(reading, ask.months)),
               nations.empty() ? "any nation that has it" : escape(listed(nations, "or")),
               escape(names_of(reading, ask.closes, 120)), decimal(ask.worth, 1)});
  }
  return table.html("The further contributions worth most to the whole, the best first.");
}

std::string conditions_table(PlanReading const& reading, SourceList const& sources) {
  if (reading.conditions().empty()) {
    return tag("p", "The plan waits for no decision that the case names.");
  }
  HtmlTable table{{{"Condition", false, 25},
                   {"Kind", false, 10},
                   {"Who decides, and how", false, 20},
                   {"Likely by", false, 17},
                   {"Chance", true, 7},
                   {"Who waits for it", false, 21}}};
  auto const c_day = reading.scenario().header.c_day;
  auto const date = [&](std::optional<model::Days> const& days) {
    return days ? long_date(day_of(c_day, *days)) : std::string{"not stated"};
  };
  for (auto const& entry : reading.conditions()) {
    auto const& row = *entry.condition;
    std::vector<std::string> nations;
    for (auto const& nation : entry.nations) {
      nations.push_back(reading.nation_name(nation));
    }
    auto likely = escape(date(row.decided_mode));
    if (row.decided_min && row.decided_max) {
      likely +=
          tag("span", escape(fmt::format("{} to {}", date(row.decided_min), date(row.decided_max))),
              R"(class="for own")");
    }
    auto const decider = row.decider.empty() ? std::string{"not stated"}
                                             : reading.nation_name(model::NationId{row.decider});
    table.row({escape(reading.condition_title(row.id)) + sources.marks("conditions", row.id.text()),
               row.kind ? escape(explain(*row.kind)) : "not stated",
               escape(row.mode ? fmt::format("{}; {}", decider, explain(*row.mode)) : decider),
               likely, row.probability ? percent(row.probability->count()) : "not stated",
               escape(nations.empty() ? "the whole" : listed_within(nations, 60, "nation"))});
  }
  return table.html(
      "Decisions the plan waits for, by likely date. A chance is the case's own reading, with the "
      "confidence its source has.");
}

std::string comparisons_table(PlanReading const& reading) {
  auto const& rows = reading.plan().comparisons;
  if (rows.empty()) {
    return tag("p", "The case was planned in one world only.");
  }
  HtmlTable table{{{"World", false, 30},
                   {"Coalition", false, 12},
                   {"Cover", true, 9},
                   {"Objective", true, 12},
                   {"Lines whose cover falls", false, 37}}};
  auto const fill = reading.overall_fill();
  table.row(
      {"This plan", "yes", fill ? percent(*fill) : "–", decimal(reading.plan().objective, 1), ""});
  for (auto const& row : rows) {
    table.row(
        {escape(row.without.empty() ? capitalised(clean(row.label))
                                    : "Without “" + reading.condition_title(row.without) + "”"),
         row.viable ? "yes" : "none", row.viable ? percent(row.fill) : "–",
         row.viable ? decimal(row.objective, 1) : "–", escape(what_falls(reading, row))});
  }
  return table.html(
      "What the plan loses where one condition fails, and in the world in which "
      "nothing undecided is relied on.");
}

std::string not_stated_table(PlanReading const& reading, SourceList const& sources) {
  if (reading.plan().not_stated.empty()) {
    return tag("p", "Every contribution offered comes with a quantity.");
  }
  HtmlTable table{{{"Nation", false, 22},
                   {"Offered", false, 33},
                   {"Depends on", false, 31},
                   {"Standing", false, 14}}};
  for (auto const& id : reading.plan().not_stated) {
    auto const* pledge = reading.pledge(id);
    if (pledge == nullptr) {
      table.row({escape(id.text()), "", "", ""});
      continue;
    }
    auto const conditions = reading.words_for(pledge->conditions);
    table.row(
        {escape(reading.nation_name(pledge->nation)),
         escape(reading.capability_title(pledge->capability)) + sources.marks("pledges", id.text()),
         escape(conditions.empty() ? "no condition stated" : conditions),
         escape(model::text(pledge->status))});
  }
  return table.html(
      "Offered without a quantity: shown, asked about, and in no figure of this "
      "brief.");
}

}  // namespace guarantor::report
