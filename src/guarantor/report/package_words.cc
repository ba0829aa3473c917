#include "guarantor/report/package_words.h"

#include <fmt/format.h>

#include "guarantor/report/display_text.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string what_is_in(PlanReading const& reading, model::Package const& package) {
  auto const c_day = reading.scenario().header.c_day;
  std::vector<std::string> rows;
  for (model::PackageUnits const& row : package.units) {
    rows.push_back(fmt::format("{} from {} on",
                               units_of(row.units, reading.capability(row.capability)),
                               long_date(month_start(c_day, row.from))));
  }
  return listed(rows);
}

std::string lifts(PlanReading const& reading, model::Package const& package) {
  std::vector<std::string> rows;
  for (model::LineLift const& lift : package.lines) {
    rows.push_back(fmt::format("“{}” from {} to {}", reading.line_title(lift.line),
                               percent(lift.before), percent(lift.after)));
  }
  return listed(rows);
}

}  // namespace

std::vector<std::string> package_in_words(PlanReading const& reading) {
  if (!reading.plan().package) {
    return {};
  }
  model::Package const& package = *reading.plan().package;
  auto const nation = reading.nation_name(package.nation);
  std::vector<std::string> lines;
  for (model::LineLift const& lift : package.lines) {
    lines.push_back(
        fmt::format("“{}” ({} now)", reading.line_title(lift.line), percent(lift.before)));
  }
  if (!package.reached) {
    return {fmt::format("No package of {} was found that lifts {} to {}. In the way: {}.", nation,
                        listed(lines), percent(package.fill), clean(package.reason))};
  }
  if (package.units.empty()) {
    return {fmt::format("No package of {} is needed: {} already filled to {}.", nation,
                        listed(lines), percent(package.fill))};
  }
  return {fmt::format("Of {}: {}, sustained.", nation, what_is_in(reading, package)),
          fmt::format("It lifts {}; the objective gains {}.", lifts(reading, package),
                      decimal(package.gain, 2)),
          package.proven ? "No package of fewer units does it: all were tried."
                         : "Not every smaller package was tried: one of fewer units may do it."};
}

std::vector<std::string> tiers_in_words(model::ForcePlan const& plan) {
  std::vector<std::string> out;
  for (model::TierResult const& tier : plan.tiers) {
    out.push_back(fmt::format("Tier {}: objective {}, bound {}, gap {}\u202F%.", tier.tier,
                              decimal(tier.objective, 2), decimal(tier.bound, 2),
                              decimal(tier.gap * 100, 2)));
  }
  return out;
}

}  // namespace guarantor::report
