#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"

/// What every rendering reads out of a plan: names for ids, and figures derived by adding up.
namespace guarantor::report {

enum class Cover { kFull, kPartly, kEmpty, kNotPlanned };

/// One line of the statement of requirements, and how the plan fills it.
struct LineReading {
  model::Requirement const* line{};
  std::vector<std::optional<double>> shares;  ///< by month of the horizon; nothing outside the line
  double mean{};
  double worst{};
  model::Months worst_month;  ///< the first of the worst
  Cover cover{Cover::kNotPlanned};
  /// The month from which it stays filled to its end; nothing where that is not within the first
  /// half of its months.
  std::optional<model::Months> full_from;
  model::Gap const* main_gap{};  ///< the one with most unit-months missing
};

/// What one nation brings of one capability.
struct Share {
  model::CapabilityId capability;
  std::int64_t peak{};         ///< most units at once
  std::int64_t unit_months{};  ///< over the whole horizon
};

struct NationReading {
  model::NationId nation;
  std::vector<Share> shares;
  std::int64_t peak_personnel{};  ///< of presence, as far as its capabilities give personnel
  double mean_personnel{};        ///< over the horizon
  bool personnel_known{};
  std::set<model::TaskId> tasks;
};

/// Units at one task, by nation and capability: the most at once.
struct TaskReading {
  model::TaskId task;
  int tier{};
  std::vector<LineReading const*> lines;
  std::vector<std::pair<model::NationId, std::vector<Share>>> nations;  ///< most unit-months first
};

/// A condition the plan waits for, and the nations whose contributions name it.
struct ConditionReading {
  model::Condition const* condition{};
  std::vector<model::NationId> nations;  ///< those that go only with it
};

struct Range {
  double low{};
  double high{};
};

/// Reads one plan over its scenario. Ids that the scenario does not have are named by themselves,
/// so that a plan of another version is still shown. Keeps references to both.
class PlanReading {
 public:
  PlanReading(model::Scenario const& scenario, model::ForcePlan const& plan);
  PlanReading(PlanReading const&) = delete;
  PlanReading& operator=(PlanReading const&) = delete;

  [[nodiscard]] model::Scenario const& scenario() const { return scenario_; }
  [[nodiscard]] model::ForcePlan const& plan() const { return plan_; }

  [[nodiscard]] model::Pledge const* pledge(model::PledgeId const& id) const;
  [[nodiscard]] model::Condition const* condition(model::ConditionId const& id) const;
  [[nodiscard]] model::Capability capability(model::CapabilityId const& id) const;
  [[nodiscard]] LineReading const* line(model::RequirementId const& id) const;

  [[nodiscard]] std::string nation_name(model::NationId const& id) const;
  [[nodiscard]] std::string nation_of(model::PledgeId const& id) const;
  [[nodiscard]] std::string line_title(model::RequirementId const& id) const;
  [[nodiscard]] std::string capability_title(model::CapabilityId const& id) const;
  [[nodiscard]] std::string condition_title(model::ConditionId const& id) const;
  [[nodiscard]] std::string area_title(model::AreaId const& id) const;
  /// A pledge by its nation and capability.
  [[nodiscard]] std::string pledge_title(model::PledgeId const& id) const;
  /// Words for ids of any kind, space between, as in `Gap::by`; unknown words stand as they are.
  [[nodiscard]] std::string words_for(std::string const& ids) const;
  /// The items of an expression in words, for people: titles instead of ids.
  [[nodiscard]] std::string words_for(model::Expression const& expression) const;

  /// Lines by tier, table order within.
  [[nodiscard]] std::vector<LineReading> const& lines() const { return lines_; }
  [[nodiscard]] std::vector<NationReading> const& nations() const { return nations_; }
  [[nodiscard]] std::vector<TaskReading> const& tasks() const { return tasks_; }
  /// Conditions that pledges in the plan, phases or viability name, by likely date of decision.
  [[nodiscard]] std::vector<ConditionReading> const& conditions() const { return conditions_; }
  [[nodiscard]] std::size_t count(Cover cover) const;
  /// A title for a task, which the scenario knows by its identifier alone.
  [[nodiscard]] static std::string task_title(model::TaskId const& id);

  /// Mean share covered over all line-months; nothing where no line was planned.
  [[nodiscard]] std::optional<double> overall_fill() const { return overall_fill_; }
  /// Lowest and highest overall fill over this plan and its comparisons that stay viable.
  [[nodiscard]] Range fill_range() const;
  /// False where more than a quarter of what the plan covers is illustrative.
  [[nodiscard]] bool may_headline() const { return plan_.provenance.illustrative <= 0.25; }
  /// The plan's overall fill as the rule on illustrative figures lets it be said.
  [[nodiscard]] std::string headline() const;
  /// What world the plan is of, what is assumed named by its title: "if every condition comes
  /// true".
  [[nodiscard]] std::string world() const;

 private:
  void read_lines();
  void read_fill();
  void read_main_gaps();
  void read_cover();
  void read_contributions();
  void read_conditions();

  model::Scenario const& scenario_;
  model::ForcePlan const& plan_;
  std::map<model::PledgeId, model::Pledge const*> pledges_;
  std::map<model::ConditionId, model::Condition const*> condition_rows_;
  std::map<model::CapabilityId, model::Capability const*> capabilities_;
  std::map<model::NationId, model::Nation const*> nation_rows_;
  std::map<model::AreaId, model::Area const*> areas_;
  std::map<model::RequirementId, std::size_t> line_rows_;
  std::vector<LineReading> lines_;
  std::vector<NationReading> nations_;
  std::vector<TaskReading> tasks_;
  std::vector<ConditionReading> conditions_;
  std::optional<double> overall_fill_;
};

}  // namespace guarantor::report
