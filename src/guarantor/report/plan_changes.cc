#include "guarantor/report/plan_changes.h"

#include <algorithm>

namespace guarantor::report {

PlanChanges changes(PlanReading const& now, model::ForcePlan const& before) {
  PlanChanges out;
  out.same_case = before.scenario_id == now.plan().scenario_id;
  if (!out.same_case) {
    return out;
  }
  out.same_scenario = before.scenario_hash == now.plan().scenario_hash;
  out.same_world = before.world == now.plan().world;
  PlanReading const then{now.scenario(), before};
  constexpr double kPoint = 0.01;
  for (auto const& line : now.lines()) {
    auto const* old = then.line(line.line->id);
    auto const rise = line.mean - (old != nullptr ? old->mean : 0);
    if (rise >= kPoint) {
      out.fuller.push_back(now.line_title(line.line->id));
    } else if (rise <= -kPoint) {
      out.thinner.push_back(now.line_title(line.line->id));
    }
  }
  auto const goes = [](PlanReading const& reading, model::NationId const& nation) {
    return std::any_of(reading.nations().begin(), reading.nations().end(),
                       [&](NationReading const& entry) { return entry.nation == nation; });
  };
  for (auto const& nation : now.nations()) {
    if (!goes(then, nation.nation)) {
      out.came.push_back(now.nation_name(nation.nation));
    }
  }
  for (auto const& nation : then.nations()) {
    if (!goes(now, nation.nation)) {
      out.left.push_back(now.nation_name(nation.nation));
    }
  }
  out.fill_before = then.overall_fill();
  out.fill_now = now.overall_fill();
  return out;
}

}  // namespace guarantor::report
