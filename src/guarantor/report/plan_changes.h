#pragma once

#include <string>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// What changed from an earlier plan of the same case; names are for people.
struct PlanChanges {
  bool same_case{};      ///< false: the earlier plan is of another scenario, nothing else said
  bool same_scenario{};  ///< not a byte of the scenario changed
  bool same_world{};
  std::vector<std::string> fuller;   ///< lines whose mean cover rose by a point or more
  std::vector<std::string> thinner;  ///< lines whose mean cover fell by a point or more
  std::vector<std::string> came;     ///< nations that go now and did not
  std::vector<std::string> left;     ///< nations that went and do not now
  std::optional<double> fill_before;
  std::optional<double> fill_now;
};

[[nodiscard]] PlanChanges changes(PlanReading const& now, model::ForcePlan const& before);

}  // namespace guarantor::report
