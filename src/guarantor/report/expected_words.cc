#include "guarantor/report/expected_words.h"

#include <fmt/format.h>

#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// Mean share covered over all line-months and worlds.
double mean_share(model::ForcePlan const& plan) {
  double sum = 0;
  double months = 0;
  for (model::Fill const& fill : plan.fill) {
    if (fill.required > model::Units{0}) {
      sum += fill.mean_covered.value_or(0) / static_cast<double>(fill.required.count());
      ++months;
    }
  }
  return months > 0 ? sum / months : 0;
}

std::string value(model::ForcePlan const& plan, model::ExpectedWorlds const& expected) {
  return expected.enumerated
             ? fmt::format(
                   "Over all {} that can come of the decisions, each by its probability, the plan "
                   "is worth {} in the mean; chance has no part in that figure.",
                   counted(expected.worlds, "world"), decimal(plan.objective, 2))
             : fmt::format(
                   "Over {} drawn by the stated probabilities ({} of them different), the plan is "
                   "worth {} in the mean, with a 95\u202F% interval from {} to {}; what is rarer "
                   "than about one world in {} may be missing from both.",
                   counted(expected.worlds, "world"), grouped(expected.distinct),
                   decimal(plan.objective, 2), decimal(expected.low, 2), decimal(expected.high, 2),
                   grouped(expected.worlds));
}

}  // namespace

std::string over_the_worlds(PlanReading const& reading) {
  model::ForcePlan const& plan = reading.plan();
  if (!plan.expected) {
    return {};
  }
  model::ExpectedWorlds const& expected = *plan.expected;
  auto out = value(plan, expected);
  if (expected.not_viable > 0) {
    out += fmt::format(" In {} of the worlds there is no coalition, and nothing is gained.",
                       percent(expected.not_viable));
  }
  if (plan.status == model::PlanStatus::kEmpty) {
    return out;
  }
  out += " Who goes where is the designation made now; ";
  out += expected.reassigned > 0
             ? fmt::format(
                   "once the decisions have fallen, {} unit-months a world are served "
                   "beyond it, at a cost of {} already taken off.",
                   decimal(expected.reassigned, 1), decimal(expected.reassign_cost, 2))
             : "however the decisions fall, nobody is moved from it.";
  if (reading.may_headline()) {
    out += fmt::format(" In the mean over the worlds {} of what is needed is covered.",
                       percent(mean_share(plan)));
  }
  return out;
}

}  // namespace guarantor::report
