#include "guarantor/generate/single_change.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {
namespace {

using model::GapReason;

/// Units of a pledge that would fill the line for as long as its rotation allows.
model::Units enough_for(model::Scenario const& scenario, model::Requirement const& line,
                        model::Pledge const& pledge) {
  double const counts = effectiveness(scenario, pledge, line).value_or(1);
  return model::Units{
      static_cast<std::int64_t>(std::ceil(static_cast<double>(line.quantity.count()) / counts))};
}

/// `enough`: the quantity to be stated.
bool change_pledge(SingleChange const& change, model::Units enough, model::Pledge& pledge) {
  if (change.kind == "count-offer") {
    pledge.status = model::PledgeStatus::kAnnounced;
  } else if (change.kind == "lift-caveat") {
    pledge.areas.clear();
    pledge.tasks.clear();
    pledge.not_areas.clear();
    pledge.not_tasks.clear();
  } else if (change.kind == "widen-roe") {
    pledge.roe = model::RulesOfEngagement::kAssistHost;
  } else if (change.kind == "earlier-and-longer") {
    pledge.notice.reset();
    pledge.transit.reset();
    pledge.from.reset();
    pledge.until.reset();
  } else if (change.kind == "state-quantity") {
    pledge.quantity = enough;
  } else if (change.kind == "one-more-unit" && pledge.quantity) {
    *pledge.quantity += model::Units{1};
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::vector<SingleChange> changes_for(model::Gap const& gap) {
  static std::map<GapReason, std::string> const kKinds{
      {GapReason::kUncounted, "count-offer"},      {GapReason::kCondition, "condition"},
      {GapReason::kCaveat, "lift-caveat"},         {GapReason::kRulesOfEngagement, "widen-roe"},
      {GapReason::kLate, "earlier-and-longer"},    {GapReason::kNotStated, "state-quantity"},
      {GapReason::kCeiling, "raise-ceiling"},      {GapReason::kRotation, "one-more-unit"},
      {GapReason::kMaxNations, "one-more-nation"}, {GapReason::kMinFill, "drop-min-fill"}};
  if (gap.reason == GapReason::kOutbid) {
    std::vector<SingleChange> changes;
    for (model::Outbid const& bid : gap.outbid) {
      SingleChange change{"one-more-unit", bid.pledge.text()};
      if (std::ranges::find(changes, change) == changes.end()) {
        changes.push_back(std::move(change));
      }
    }
    return changes;
  }
  auto const kind = kKinds.find(gap.reason);
  if (kind == kKinds.end()) {
    return {};
  }
  if (gap.reason == GapReason::kMaxNations || gap.reason == GapReason::kMinFill) {
    return {{kind->second, gap.requirement.text()}};
  }
  std::vector<SingleChange> changes;
  for (std::size_t from = 0; from < gap.by.size();) {
    std::size_t const end = std::min(gap.by.find(' ', from), gap.by.size());
    changes.push_back({kind->second, gap.by.substr(from, end - from)});
    from = end + 1;
  }
  return changes;
}

bool make_change(SingleChange const& change, model::Gap const& gap, model::Scenario& scenario,
                 Request& request) {
  if (change.kind == "condition") {
    model::ConditionId const id{change.what};
    bool const exists =
        std::any_of(scenario.conditions.begin(), scenario.conditions.end(),
                    [&](model::Condition const& condition) { return condition.id == id; });
    request.world.assumed[id] = true;
    return exists;
  }
  for (model::Pledge& pledge : scenario.pledges) {
    if (pledge.id.text() == change.what) {
      auto const line =
          std::ranges::find(scenario.requirements, gap.requirement, &model::Requirement::id);
      return change_pledge(change, enough_for(scenario, *line, pledge), pledge);
    }
  }
  for (model::Requirement& line : scenario.requirements) {
    if (line.id.text() != change.what) {
      continue;
    }
    if (change.kind == "one-more-nation" && line.max_nations) {
      ++*line.max_nations;
      return true;
    }
    line.min_fill.reset();
    return change.kind == "drop-min-fill";
  }
  auto const removed = std::erase_if(scenario.ceilings, [&](model::Ceiling const& ceiling) {
    return change.kind == "raise-ceiling" && ceiling.id.text() == change.what;
  });
  return removed > 0;
}

}  // namespace guarantor::generate
