#include "guarantor/report/plan_sheets.h"

#include <fmt/format.h>

#include <cmath>

#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

Cell whole(auto quantity) {
  return static_cast<std::int64_t>(quantity.count());
}

/// A figure that is not known (an unbounded bound) is an empty cell.
Cell number(double value) {
  return std::isfinite(value) ? Cell{value} : Cell{std::monostate{}};
}

template <class Ids>
std::string joined(Ids const& ids) {
  std::string out;
  for (auto const& id : ids) {
    out += (out.empty() ? "" : " ") + id.text();
  }
  return out;
}

std::string nation_id(PlanReading const& reading, model::PledgeId const& id) {
  auto const* pledge = reading.pledge(id);
  return pledge != nullptr ? pledge->nation.text() : std::string{};
}

std::string capability_id(PlanReading const& reading, model::PledgeId const& id) {
  auto const* pledge = reading.pledge(id);
  return pledge != nullptr ? pledge->capability.text() : std::string{};
}

Cell from_date(PlanReading const& reading, model::Months month) {
  return model::print(month_start(reading.scenario().header.c_day, month));
}

Sheet assignments(PlanReading const& reading) {
  Sheet sheet{"assignments",
              "Assignments",
              {{"pledge", "Pledge", 22},
               {"nation", "Nation", 9},
               {"nation_name", "Nation's name", 20},
               {"capability", "Capability", 20},
               {"requirement", "Line", 22},
               {"requirement_title", "Line's title", 36},
               {"units", "Units", 8},
               {"from_month", "From month", 12},
               {"to_month", "To month", 12},
               {"from_date", "From date", 12},
               {"to_date", "To date", 12}},
              {}};
  for (auto const& row : reading.plan().assignments) {
    sheet.rows.push_back({row.pledge.text(), nation_id(reading, row.pledge),
                          reading.nation_of(row.pledge), capability_id(reading, row.pledge),
                          row.requirement.text(), reading.line_title(row.requirement),
                          whole(row.units), whole(row.months.from), whole(row.months.to),
                          from_date(reading, row.months.from), from_date(reading, row.months.to)});
  }
  return sheet;
}

Sheet fill(PlanReading const& reading) {
  Sheet sheet{"fill",
              "Fill",
              {{"requirement", "Line", 22},
               {"requirement_title", "Line's title", 36},
               {"tier", "Tier", 7},
               {"month", "Month", 9},
               {"date", "Date", 12},
               {"required", "Required", 11},
               {"covered", "Covered", 11},
               {"share", "Share", 9}},
              {}};
  bool const worlds = reading.plan().expected.has_value();
  if (worlds) {
    sheet.columns.push_back({"mean_covered", "Mean over worlds", 17});
  }
  for (auto const& row : reading.plan().fill) {
    auto const* line = reading.line(row.requirement);
    auto const required = static_cast<double>(row.required.count());
    sheet.rows.push_back(
        {row.requirement.text(), reading.line_title(row.requirement),
         line != nullptr ? Cell{std::int64_t{line->line->tier_or_default()}}
                         : Cell{std::monostate{}},
         whole(row.month), from_date(reading, row.month), whole(row.required), number(row.covered),
         required > 0 ? Cell{SharePart{row.covered / required}} : Cell{std::monostate{}}});
    if (worlds) {
      sheet.rows.back().push_back(row.mean_covered ? number(*row.mean_covered)
                                                   : Cell{std::monostate{}});
    }
  }
  return sheet;
}

Sheet gaps(PlanReading const& reading) {
  Sheet sheet{"gaps",
              "Gaps",
              {{"requirement", "Line", 22},
               {"requirement_title", "Line's title", 36},
               {"from_month", "From month", 12},
               {"to_month", "To month", 12},
               {"short", "Short by", 10},
               {"reason", "Reason", 18},
               {"reason_words", "Reason in words", 46},
               {"by", "What stands in the way", 30},
               {"unlocks", "Unlocks", 46}},
              {}};
  for (auto const& row : reading.plan().gaps) {
    std::string unlocks;
    for (auto const& unlock : row.unlocks) {
      unlocks += fmt::format("{}{} {} {}", unlocks.empty() ? "" : "; ", unlock.kind, unlock.what,
                             unlock.gain);
    }
    sheet.rows.push_back({row.requirement.text(), reading.line_title(row.requirement),
                          whole(row.months.from), whole(row.months.to), number(row.short_by),
                          std::string{model::text(row.reason)}, std::string{explain(row.reason)},
                          row.by, unlocks});
  }
  return sheet;
}

Sheet asks(PlanReading const& reading) {
  Sheet sheet{"asks",
              "Asks",
              {{"capability", "Capability", 22},
               {"capability_title", "Capability's title", 30},
               {"area", "Area", 16},
               {"from_month", "From month", 12},
               {"to_month", "To month", 12},
               {"from_date", "From date", 12},
               {"units", "Units", 8},
               {"worth", "Worth", 10},
               {"nations", "Whom to ask", 24},
               {"closes", "Lines it closes", 36}},
              {}};
  for (auto const& row : reading.plan().asks) {
    sheet.rows.push_back({row.capability.text(), reading.capability_title(row.capability),
                          row.area.text(), whole(row.months.from), whole(row.months.to),
                          from_date(reading, row.months.from), whole(row.units), number(row.worth),
                          joined(row.nations), joined(row.closes)});
  }
  return sheet;
}

Sheet not_stated(PlanReading const& reading) {
  Sheet sheet{"not_stated",
              "Not stated",
              {{"pledge", "Pledge", 24},
               {"nation", "Nation", 9},
               {"nation_name", "Nation's name", 20},
               {"capability", "Capability", 22},
               {"capability_title", "Capability's title", 30},
               {"conditions", "Conditions", 36},
               {"status", "Status", 12}},
              {}};
  for (auto const& id : reading.plan().not_stated) {
    auto const* pledge = reading.pledge(id);
    auto const capability = capability_id(reading, id);
    sheet.rows.push_back(
        {id.text(), nation_id(reading, id), reading.nation_of(id), capability,
         capability.empty() ? std::string{}
                            : reading.capability_title(model::CapabilityId{capability}),
         pledge != nullptr ? model::print(pledge->conditions) : std::string{},
         pledge != nullptr ? std::string{model::text(pledge->status)} : std::string{}});
  }
  return sheet;
}

Sheet comparisons(PlanReading const& reading) {
  Sheet sheet{"comparisons",
              "Comparisons",
              {{"label", "Compared with", 32},
               {"without", "Without", 20},
               {"viable", "Viable", 9},
               {"objective", "Objective", 13},
               {"bound", "Bound", 13},
               {"fill", "Fill", 9},
               {"lines_lost", "Lines whose cover falls", 46}},
              {}};
  for (auto const& row : reading.plan().comparisons) {
    sheet.rows.push_back({row.label, row.without.text(), row.viable, number(row.objective),
                          number(row.bound), SharePart{row.fill}, joined(row.lines_lost)});
  }
  return sheet;
}

}  // namespace

std::vector<Sheet> sheets(PlanReading const& reading) {
  return {assignments(reading), fill(reading),       gaps(reading),
          asks(reading),        not_stated(reading), comparisons(reading)};
}

}  // namespace guarantor::report
