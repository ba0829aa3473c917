#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/scenario_difference.h"
#include "guarantor/report/change_causes.h"
#include "guarantor/report/plan_difference.h"
#include "guarantor/report/plan_reading.h"

/// Several scenarios, each with its plan, against the first of them: what changed in the input,
/// what changed in the plan, and why. (`ForcePlan::comparisons` is another thing: one scenario in
/// other worlds.)
namespace guarantor::report {

/// One scenario with its plan. REQUIRES: both live as long as what is made of them.
struct PlannedScenario {
  std::string name;  ///< differs from every other's: the scenario's id, numbered where need be
  model::Scenario const* scenario{};
  model::ForcePlan const* plan{};
  model::ScenarioDifference from_first;  ///< empty for the first itself
};

struct TierFill {
  int tier{};
  double fill{};  ///< mean share covered over the tier's line-months
};

/// The figures that stand beside each other.
struct SideFigures {
  std::vector<TierFill> tiers;
  std::optional<double> fill;  ///< of the whole; nothing where it must not be a headline
  std::size_t nations{};
  std::size_t full{};
  std::size_t partly{};
  std::size_t empty{};
  std::size_t not_planned{};
  std::size_t gaps{};
  std::size_t not_stated{};
};

/// One scenario and its plan against the first.
struct SideDifference {
  std::size_t side{};  ///< which scenario, counted from 0; never 0
  PlanDifference plan;
  std::vector<LineWhy> why;  ///< by line of `plan.lines`
  /// By row of the input's difference: the places in `plan.lines` of the lines it leads to.
  std::vector<std::vector<std::size_t>> reached;
  std::vector<bool> bears;  ///< by the same row: whether it can move a plan at all
  double gained{};          ///< the objective, later less earlier
  double unproven{};        ///< what both plans together leave open, in objective units
  bool same_world{};

  /// The objectives differ by no more than the plans leave open.
  [[nodiscard]] bool within_gaps() const;
};

class SideBySide {
 public:
  /// REQUIRES: at least one scenario.
  explicit SideBySide(std::vector<PlannedScenario> planned);

  [[nodiscard]] std::vector<PlannedScenario> const& planned() const { return planned_; }
  [[nodiscard]] PlanReading const& reading(std::size_t side) const { return *readings_[side]; }
  [[nodiscard]] SideFigures const& figures(std::size_t side) const { return figures_[side]; }
  [[nodiscard]] std::vector<SideDifference> const& differences() const { return differences_; }
  [[nodiscard]] model::ScenarioDifference const& input(SideDifference const& difference) const {
    return planned_[difference.side].from_first;
  }
  /// A header for the whole: an exercise where any of them is one, under every marking they carry,
  /// as of the latest of their dates.
  [[nodiscard]] model::Scenario const& cover() const { return cover_; }

 private:
  std::vector<PlannedScenario> planned_;
  std::vector<std::unique_ptr<PlanReading>> readings_;
  std::vector<SideFigures> figures_;
  std::vector<SideDifference> differences_;
  model::Scenario cover_;
};

}  // namespace guarantor::report
