#include "guarantor/report/plan_difference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace guarantor::report {
namespace {

constexpr double kTolerance = 1e-9;

using CoverByMonth = std::map<int, double>;
using Tours = std::vector<model::Assignment>;

std::map<model::RequirementId, CoverByMonth> cover_of(model::ForcePlan const& plan) {
  std::map<model::RequirementId, CoverByMonth> out;
  for (auto const& fill : plan.fill) {
    out[fill.requirement][fill.month.count()] = fill.covered;
  }
  return out;
}

/// What a unit-month of cover at the line is worth in the objective.
double worth_of_unit_month(PlanReading const& reading, model::Requirement const& line) {
  auto const& header = reading.scenario().header;
  auto const tier = static_cast<std::size_t>(line.tier_or_default() - 1);
  auto const months = static_cast<double>(line.months(header.horizon).length().count());
  auto const quantity = static_cast<double>(line.quantity.count());
  if (tier >= header.tier_weights.size() || months <= 0 || quantity <= 0) {
    return 0;
  }
  return line.weight.value_or(months) * header.tier_weights[tier] / months / quantity;
}

/// Unit-months asked for. A line that was dropped, or whose plan is empty, is asked for all the
/// same.
double required(PlanReading const& reading, model::Requirement const& line) {
  auto const months = line.months(reading.scenario().header.horizon).length().count();
  return static_cast<double>(line.quantity.count()) * months;
}

/// The main reason of what each line is short of; how much that is stands in its cover.
std::map<model::RequirementId, MissingCover> reasons(model::ForcePlan const& plan) {
  std::map<model::RequirementId, MissingCover> out;
  std::map<model::RequirementId, double> largest;
  for (auto const& gap : plan.gaps) {
    auto const missing = gap.short_by * gap.months.length().count();
    auto& entry = out[gap.requirement];
    if (auto& most = largest[gap.requirement]; !entry.reason || missing > most + kTolerance) {
      most = missing;
      entry.reason = gap.reason;
      entry.by = gap.by;
    }
  }
  return out;
}

GapMove gap_move(MissingCover const& before, MissingCover const& after) {
  bool const was = before.unit_months > kTolerance;
  bool const is = after.unit_months > kTolerance;
  if (!was || !is) {
    return is ? GapMove::kOpened : was ? GapMove::kClosed : GapMove::kNone;
  }
  if (std::abs(after.unit_months - before.unit_months) > kTolerance) {
    return after.unit_months > before.unit_months ? GapMove::kWidened : GapMove::kNarrowed;
  }
  return before.reason == after.reason ? GapMove::kNone : GapMove::kOtherReason;
}

void add_cover(LineDifference& out, CoverByMonth const& before, CoverByMonth const& after) {
  std::set<int> months;
  for (auto const& [month, covered] : before) {
    months.insert(month);
    out.covered_before += covered;
  }
  for (auto const& [month, covered] : after) {
    months.insert(month);
    out.covered_after += covered;
  }
  for (int const month : months) {
    auto const at = [month](CoverByMonth const& side) {
      auto const found = side.find(month);
      return found == side.end() ? 0.0 : found->second;
    };
    auto const rise = at(after) - at(before);
    out.rose += rise > kTolerance ? rise : 0;
    out.fell += rise < -kTolerance ? -rise : 0;
  }
}

LineDifference line_difference(PlanReading const& before, PlanReading const& after,
                               model::RequirementId const& id, CoverByMonth const& cover_before,
                               CoverByMonth const& cover_after) {
  LineDifference out;
  out.line = id;
  auto const* then = before.line(id);
  auto const* now = after.line(id);
  out.stood = then != nullptr;
  out.stands = now != nullptr;
  add_cover(out, cover_before, cover_after);
  if (out.stood) {
    out.required_before = required(before, *then->line);
    out.worth_before = out.covered_before * worth_of_unit_month(before, *then->line);
    out.short_before.unit_months = out.required_before - out.covered_before;
  }
  if (out.stands) {
    out.required_after = required(after, *now->line);
    out.worth_after = out.covered_after * worth_of_unit_month(after, *now->line);
    out.short_after.unit_months = out.required_after - out.covered_after;
  }
  return out;
}

/// The lines of both, those that are gone last.
std::vector<model::RequirementId> all_lines(PlanReading const& before, PlanReading const& after) {
  std::vector<model::RequirementId> ids;
  for (auto const& line : after.lines()) {
    ids.push_back(line.line->id);
  }
  for (auto const& line : before.lines()) {
    if (after.line(line.line->id) == nullptr) {
      ids.push_back(line.line->id);
    }
  }
  return ids;
}

std::vector<LineDifference> line_differences(PlanReading const& before, PlanReading const& after) {
  auto cover_before = cover_of(before.plan());
  auto cover_after = cover_of(after.plan());
  auto reason_before = reasons(before.plan());
  auto reason_after = reasons(after.plan());
  std::vector<LineDifference> out;
  for (auto const& id : all_lines(before, after)) {
    auto difference = line_difference(before, after, id, cover_before[id], cover_after[id]);
    auto const explain = [&](MissingCover& side, MissingCover const& reason) {
      if (side.unit_months > kTolerance) {
        side.reason = reason.reason;
        side.by = reason.by;
      }
    };
    explain(difference.short_before, reason_before[id]);
    explain(difference.short_after, reason_after[id]);
    if (difference.stands) {
      difference.gap = gap_move(difference.short_before, difference.short_after);
    }
    bool const asked =
        std::abs(difference.required_after - difference.required_before) > kTolerance;
    if (difference.cover_changed() || asked || difference.stood != difference.stands ||
        difference.gap != GapMove::kNone) {
      out.push_back(std::move(difference));
    }
  }
  return out;
}

using Uses = std::map<model::PledgeId, std::map<model::RequirementId, Tours>>;

Uses uses_of(model::ForcePlan const& plan) {
  Uses out;
  for (auto const& tour : plan.assignments) {
    if (tour.units.count() > 0) {
      out[tour.pledge][tour.requirement].push_back(tour);
    }
  }
  for (auto& [pledge, lines] : out) {
    for (auto& [line, tours] : lines) {
      std::sort(tours.begin(), tours.end(), [](auto const& a, auto const& b) {
        return std::tuple{a.months.from, a.months.to, a.units} <
               std::tuple{b.months.from, b.months.to, b.units};
      });
    }
  }
  return out;
}

std::int64_t unit_months(Tours const& tours) {
  std::int64_t sum = 0;
  for (auto const& tour : tours) {
    sum += tour.units.count() * tour.months.length().count();
  }
  return sum;
}

PledgeMove move_of(PledgeDifference const& pledge, bool was, bool is) {
  if (!was || !is) {
    return is ? PledgeMove::kNew : PledgeMove::kGone;
  }
  std::int64_t gained = 0;
  std::int64_t lost = 0;
  for (auto const& use : pledge.lines) {
    auto const rise = use.unit_months_after - use.unit_months_before;
    gained += std::max<std::int64_t>(0, rise);
    lost += std::max<std::int64_t>(0, -rise);
  }
  if (gained > 0 && lost > 0) {
    return PledgeMove::kMoved;
  }
  return gained > 0 ? PledgeMove::kMore : lost > 0 ? PledgeMove::kFewer : PledgeMove::kOtherMonths;
}

std::vector<PledgeDifference> pledge_differences(PlanReading const& before,
                                                 PlanReading const& after) {
  auto const then = uses_of(before.plan());
  auto const now = uses_of(after.plan());
  std::map<model::PledgeId, std::set<model::RequirementId>> all;
  for (auto const* side : {&then, &now}) {
    for (auto const& [pledge, lines] : *side) {
      for (auto const& [line, tours] : lines) {
        all[pledge].insert(line);
      }
    }
  }
  auto const at = [](Uses const& side, auto const& pledge, auto const& line) {
    auto const found = side.find(pledge);
    if (found == side.end()) {
      return Tours{};
    }
    auto const tours = found->second.find(line);
    return tours == found->second.end() ? Tours{} : tours->second;
  };
  std::vector<PledgeDifference> out;
  for (auto const& [pledge, lines] : all) {
    PledgeDifference difference{pledge, PledgeMove::kNew, {}};
    for (auto const& line : lines) {
      LineUse use{line, 0, 0, at(then, pledge, line), at(now, pledge, line)};
      use.unit_months_before = unit_months(use.before);
      use.unit_months_after = unit_months(use.after);
      if (use.before != use.after) {
        difference.lines.push_back(std::move(use));
      }
    }
    if (!difference.lines.empty()) {
      difference.move = move_of(difference, then.contains(pledge), now.contains(pledge));
      out.push_back(std::move(difference));
    }
  }
  return out;
}

}  // namespace

PlanDifference plan_difference(PlanReading const& before, PlanReading const& after) {
  return {line_differences(before, after), pledge_differences(before, after)};
}

}  // namespace guarantor::report
