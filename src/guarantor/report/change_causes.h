#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/scenario_difference.h"
#include "guarantor/report/plan_difference.h"
#include "guarantor/report/plan_reading.h"

/// Why a line's cover changed: which change of the input leads to it, and over which other lines.
/// A link says that a change bears on a line and reached it; only a variant with that change alone
/// proves how much of the difference is its doing.
namespace guarantor::report {

enum class WhyKind {
  kDirect,    ///< a change of the line itself, or of a pledge that came, went or moved there
  kKnockOn,   ///< units went to, or came from, another line on which a change bears
  kSearch,    ///< no change leads here, and the plans are equally good as far as is proven
  kUnlinked,  ///< no change was found to lead here, and yet the plans differ by more
};

/// How one line hangs on the next.
enum class ChainLink {
  kPledge,   ///< units of the pledge serve both
  kOutbid,   ///< the next line outbid this one
  kBundle,   ///< the pledge must stand beside one at the next line
  kCeiling,  ///< the ceiling counts the people at both
};

struct ChainStep {
  ChainLink link{};
  std::string by;             ///< the pledge or ceiling
  model::RequirementId line;  ///< the next line
};

struct Cause {
  std::optional<std::size_t> row;  ///< of the scenarios' difference; nothing: the other world
  model::PledgeId pledge;  ///< through which it bears on the line; empty: on the line itself

  friend bool operator==(Cause const&, Cause const&) = default;
};

struct LineWhy {
  WhyKind kind{WhyKind::kUnlinked};
  std::vector<ChainStep> chain;  ///< from this line to the one the causes bear on; may be empty
  std::vector<Cause> causes;
  bool within_gaps{};  ///< what the line gains or loses is less than both plans leave unproven
};

/// Whether a column can move a plan: titles, sources and notes cannot.
[[nodiscard]] bool bears_on_plan(model::Table table, std::string const& column);
/// Whether anything in the row can.
[[nodiscard]] bool bears_on_plan(model::RowDifference const& row);

/// What both plans together leave unproven, in objective units: the sum of bound less objective.
[[nodiscard]] double unproven(model::ForcePlan const& before, model::ForcePlan const& after);

/// Why each line of `plan.lines` changed, in their order. O(lines x (pledges at a line + rows)).
[[nodiscard]] std::vector<LineWhy> change_causes(PlanReading const& before,
                                                 PlanReading const& after,
                                                 model::ScenarioDifference const& input,
                                                 PlanDifference const& plan);

}  // namespace guarantor::report
