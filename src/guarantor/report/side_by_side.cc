#include "guarantor/report/side_by_side.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

SideFigures figures_of(PlanReading const& reading) {
  SideFigures out;
  std::map<int, std::pair<double, int>> by_tier;
  for (auto const& line : reading.lines()) {
    for (auto const& share : line.shares) {
      if (share) {
        auto& [sum, months] = by_tier[line.line->tier_or_default()];
        sum += *share;
        ++months;
      }
    }
  }
  for (auto const& [tier, cover] : by_tier) {
    out.tiers.push_back({tier, cover.first / cover.second});
  }
  if (reading.may_headline()) {
    out.fill = reading.overall_fill();
  }
  out.nations = reading.nations().size();
  out.full = reading.count(Cover::kFull);
  out.partly = reading.count(Cover::kPartly);
  out.empty = reading.count(Cover::kEmpty);
  out.not_planned = reading.count(Cover::kNotPlanned);
  out.gaps = reading.plan().gaps.size();
  out.not_stated = reading.plan().not_stated.size();
  return out;
}

SideDifference difference_of(std::size_t side, PlanReading const& before, PlanReading const& after,
                             model::ScenarioDifference const& input) {
  SideDifference out;
  out.side = side;
  out.plan = plan_difference(before, after);
  out.why = change_causes(before, after, input, out.plan);
  out.reached.resize(input.rows.size());
  for (std::size_t i = 0; i < out.why.size(); ++i) {
    for (auto const& cause : out.why[i].causes) {
      if (cause.row && out.plan.lines[i].cover_changed()) {
        auto& lines = out.reached[*cause.row];
        if (lines.empty() || lines.back() != i) {
          lines.push_back(i);
        }
      }
    }
  }
  for (auto const& row : input.rows) {
    out.bears.push_back(bears_on_plan(row));
  }
  out.gained = after.plan().objective - before.plan().objective;
  out.unproven = unproven(before.plan(), after.plan());
  out.same_world = before.plan().world == after.plan().world;
  return out;
}

model::Scenario cover_of(std::vector<PlannedScenario> const& planned) {
  model::Scenario out;
  out.header.as_of = planned.front().scenario->header.as_of;
  std::vector<std::string> markings;
  std::vector<std::string> names;
  for (auto const& side : planned) {
    auto const& header = side.scenario->header;
    names.push_back(side.name);
    if (header.kind == model::ScenarioKind::kExercise) {
      out.header.kind = header.kind;
    }
    out.header.as_of = std::max(out.header.as_of, header.as_of);
    bool const known =
        std::find(markings.begin(), markings.end(), header.marking) != markings.end();
    if (!header.marking.empty() && !known) {
      markings.push_back(header.marking);
    }
  }
  for (auto const& marking : markings) {
    out.header.marking += (out.header.marking.empty() ? "" : " · ") + marking;
  }
  out.header.title = "Side by side: " + listed(names);
  return out;
}

}  // namespace

bool SideDifference::within_gaps() const {
  return std::abs(gained) <= unproven + 1e-9;
}

SideBySide::SideBySide(std::vector<PlannedScenario> planned)
    : planned_{std::move(planned)}, cover_{cover_of(planned_)} {
  for (auto const& side : planned_) {
    readings_.push_back(std::make_unique<PlanReading>(*side.scenario, *side.plan));
    figures_.push_back(figures_of(*readings_.back()));
  }
  for (std::size_t side = 1; side < planned_.size(); ++side) {
    differences_.push_back(
        difference_of(side, reading(0), reading(side), planned_[side].from_first));
  }
}

}  // namespace guarantor::report
