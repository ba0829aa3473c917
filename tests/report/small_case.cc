#include "small_case.h"

#include <algorithm>

namespace guarantor::report {
namespace {

model::Pledge pledge(std::string const& id, std::string const& nation) {
  model::Pledge out;
  out.id = model::PledgeId{id};
  out.nation = model::NationId{nation};
  out.capability = model::CapabilityId{"inf"};
  out.quantity = model::Units{2};
  return out;
}

model::Requirement line(std::string const& id, std::string const& title, int tier) {
  model::Requirement out;
  out.id = model::RequirementId{id};
  out.title = title;
  out.capability = model::CapabilityId{"inf"};
  out.quantity = model::Units{2};
  out.area = model::AreaId{"valley"};
  out.tier = tier;
  return out;
}

}  // namespace

model::Scenario small_case() {
  model::Scenario out;
  out.header.id = model::ScenarioId{"small"};
  out.header.title = "Gate and bridge";
  out.header.kind = model::ScenarioKind::kExercise;
  out.header.horizon = model::Months{4};
  for (auto const& [id, name] : {std::pair{"XAA", "Alder"}, std::pair{"XAB", "Birchland"}}) {
    model::Nation nation;
    nation.id = model::NationId{id};
    nation.name = name;
    out.nations.push_back(nation);
  }
  model::Capability inf;
  inf.id = model::CapabilityId{"inf"};
  inf.title = "Infantry";
  inf.personnel = model::Personnel{100};
  out.capabilities.push_back(inf);
  out.pledges = {pledge("alder", "XAA"), pledge("birch", "XAB")};
  out.requirements = {line("gate", "Gate", 1), line("bridge", "Bridge", 2)};
  return out;
}

model::ForcePlan plan_of(model::Scenario const& scenario,
                         std::vector<model::Assignment> const& assignments) {
  model::ForcePlan plan;
  plan.scenario_id = scenario.header.id.text();
  plan.status = model::PlanStatus::kOptimal;
  plan.assignments = assignments;
  for (auto const& row : scenario.requirements) {
    auto const months = row.months(scenario.header.horizon);
    double missing = 0;
    for (auto month = months.from; month < months.to; month += model::Months{1}) {
      double present = 0;
      for (auto const& tour : assignments) {
        bool const here = tour.requirement == row.id && tour.months.contains(month);
        present += here ? static_cast<double>(tour.units.count()) : 0;
      }
      auto const asked = static_cast<double>(row.quantity.count());
      auto const covered = std::min(present, asked);
      auto const tier = static_cast<std::size_t>(row.tier_or_default() - 1);
      plan.fill.push_back({row.id, month, row.quantity, covered});
      plan.objective += scenario.header.tier_weights[tier] * covered / asked;
      missing += asked - covered;
    }
    if (missing > 0) {
      plan.gaps.push_back(
          {row.id, months, missing / months.length().count(), model::GapReason::kRotation, "", {}});
    }
  }
  plan.bound = plan.objective;
  return plan;
}

model::Assignment tour(std::string const& pledge, std::string const& line, int units, int from,
                       int to) {
  return {model::PledgeId{pledge},
          model::RequirementId{line},
          model::Units{units},
          {model::Months{from}, model::Months{to}}};
}

}  // namespace guarantor::report
