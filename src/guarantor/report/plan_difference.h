#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

/// What differs between two plans, as figures: who goes where, what is covered, what is missing.
/// Lines and pledges are matched by their ids, months by their number from each C-day.
namespace guarantor::report {

enum class GapMove { kNone, kOpened, kClosed, kWidened, kNarrowed, kOtherReason };

/// What a line is short of over all its months, and the reason behind most of it.
struct MissingCover {
  double unit_months{};
  std::optional<model::GapReason> reason;
  std::string by;  ///< as in `model::Gap::by`
};

struct LineDifference {
  model::RequirementId line;
  bool stood{};              ///< the earlier scenario has the line
  bool stands{};             ///< the later scenario has it
  double required_before{};  ///< unit-months, as all below
  double required_after{};
  double covered_before{};
  double covered_after{};
  double rose{};          ///< over the months in which cover rose
  double fell{};          ///< over the months in which it fell
  double worth_before{};  ///< of the cover, in objective units
  double worth_after{};
  GapMove gap{GapMove::kNone};
  MissingCover short_before;
  MissingCover short_after;

  [[nodiscard]] bool cover_changed() const { return rose > 0 || fell > 0; }
  [[nodiscard]] double share_before() const {
    return required_before > 0 ? covered_before / required_before : 0;
  }
  [[nodiscard]] double share_after() const {
    return required_after > 0 ? covered_after / required_after : 0;
  }
};

/// Units of one pledge at one line in both plans; only where they differ.
struct LineUse {
  model::RequirementId line;
  std::int64_t unit_months_before{};
  std::int64_t unit_months_after{};
  std::vector<model::Assignment> before;
  std::vector<model::Assignment> after;
};

/// A pledge that was in no plan is new, one that is in none now is gone; it has moved where it left
/// one line and serves another instead.
enum class PledgeMove { kNew, kGone, kMoved, kMore, kFewer, kOtherMonths };

struct PledgeDifference {
  model::PledgeId pledge;
  PledgeMove move{PledgeMove::kNew};
  std::vector<LineUse> lines;
};

struct PlanDifference {
  std::vector<LineDifference> lines;      ///< by tier; lines that are gone last
  std::vector<PledgeDifference> pledges;  ///< by id
};

/// O(n log n) in assignments, gaps and line-months.
[[nodiscard]] PlanDifference plan_difference(PlanReading const& before, PlanReading const& after);

}  // namespace guarantor::report
