#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/model/scenario_difference.h"
#include "guarantor/model/world.h"
#include "guarantor/report/change_causes.h"
#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// Which changes of the input bear on a pledge or a line, by what the model reads. Keeps
/// references.
class InputCauses {
 public:
  InputCauses(PlanReading const& before, PlanReading const& after,
              model::ScenarioDifference const& input);

  /// Changes of the pledge, its capability, the conditions it names, the pledges it needs beside it
  /// and, where it counts in one plan only, of those it goes with.
  [[nodiscard]] std::vector<Cause> of_pledge(model::PledgeId const& id) const;
  /// Changes of the line, what it accepts, its phase, its tier's weight, and the ceilings that its
  /// gaps name.
  [[nodiscard]] std::vector<Cause> of_line(LineDifference const& line) const;
  /// Changes that bear on every line, or on all under one ceiling.
  [[nodiscard]] std::vector<Cause> of_all(model::RequirementId const& line) const;
  /// True where the two plans are of the same problem: nothing that bears on a plan changed.
  [[nodiscard]] bool same_problem() const { return rows_.empty() && same_world_; }

 private:
  using Rows = std::set<std::size_t>;
  void add(Rows& rows, model::Table table, std::string const& key) const;
  void add_conditions(Rows& rows, model::Expression const& expression,
                      std::set<model::PledgeId>& seen) const;
  void add_pledge(Rows& rows, model::PledgeId const& id, std::set<model::PledgeId>& seen) const;
  void add_joined(Rows& rows, model::Atom const& atom, std::set<model::PledgeId>& seen) const;
  void add_phases(Rows& rows, model::RequirementId const& line) const;
  void add_viability(Rows& rows) const;
  [[nodiscard]] bool viable_in_one_only() const;
  [[nodiscard]] bool scalar_changed(std::string const& column) const;
  [[nodiscard]] bool tier_weight_changed(model::RequirementId const& line) const;
  [[nodiscard]] bool counts_in_one_only(model::PledgeId const& id) const;

  PlanReading const& before_;
  PlanReading const& after_;
  model::ScenarioDifference const& input_;
  bool same_world_;
  std::map<std::pair<model::Table, std::string>, std::size_t> rows_;  ///< that bear on a plan
  std::optional<model::World> world_before_;
  std::optional<model::World> world_after_;
  std::map<model::PledgeId, bool> holds_before_;
  std::map<model::PledgeId, bool> holds_after_;
};

}  // namespace guarantor::report
