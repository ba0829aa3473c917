#include "guarantor/planned_sides.h"

#include <fmt/format.h>

#include <cstddef>
#include <set>
#include <utility>

#include "guarantor/tables/scenario_difference.h"

namespace guarantor::app {

std::vector<std::string> names_of(std::vector<model::Scenario> const& scenarios) {
  std::set<std::string> taken{"compare.html",       "compare.json",      "compare.xlsx",
                              "compare.csv",        "compare-input.csv", "compare-lines.csv",
                              "compare-pledges.csv"};
  std::vector<std::string> names;
  for (auto const& scenario : scenarios) {
    auto const& id = scenario.header.id.text();
    auto name = id;
    for (int number = 2; !taken.insert(name).second; ++number) {
      name = fmt::format("{}-{}", id, number);
    }
    names.push_back(std::move(name));
  }
  return names;
}

report::SideBySide side_by_side(std::vector<model::Scenario> const& scenarios,
                                std::vector<model::ForcePlan> const& plans) {
  auto const names = names_of(scenarios);
  std::vector<report::PlannedScenario> planned;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    planned.push_back(
        {names[i], &scenarios[i], &plans[i], tables::difference(scenarios.front(), scenarios[i])});
  }
  return report::SideBySide{std::move(planned)};
}

}  // namespace guarantor::app
