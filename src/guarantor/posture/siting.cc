#include "guarantor/posture/siting.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "guarantor/posture/siting_evaluation.h"
#include "guarantor/posture/siting_goals.h"
#include "guarantor/posture/siting_model.h"

namespace guarantor::posture {
namespace {

/// Why no choice keeps the rules, as far as that shows before any search; empty where it does not.
std::string why_impossible(SitingModel const& model, std::vector<UnmetStandard> const& unmet) {
  auto const existing = static_cast<std::size_t>(
      std::count(model.states.begin(), model.states.end(), SiteState::kOpen));
  if (model.problem.most_sites && existing > *model.problem.most_sites) {
    return fmt::format("{} sites exist, but only {} may be open", existing,
                       *model.problem.most_sites);
  }
  if (unmet.empty() || model.problem.goal == SitingGoal::kMostDemand) {
    return {};
  }
  std::string reason = describe(unmet.front(), model.problem);
  if (unmet.size() > 1) {
    reason += fmt::format("; and {} standards more that cannot be met", unmet.size() - 1);
  }
  return reason;
}

model::Result<SitingAnswer> solve(SitingModel const& model, SitingRequest const& request,
                                  model::RunControl const& control) {
  switch (model.problem.goal) {
    case SitingGoal::kCheapest:
      return cheapest(model, request, control);
    case SitingGoal::kMostDemand:
      return most_demand(model, request, control);
    case SitingGoal::kWorstTime:
      return worst_time(model, request, control);
    case SitingGoal::kMeanTime:
      return mean_time(model, request, control);
  }
  return model::Error{.message = "a goal without a solver"};
}

/// How the open sites serve, and by which of them each demand is reached first.
void fill_in(SitingPlan& plan, SitingModel const& model) {
  plan.services = services(model, plan.answer.open);
  std::vector<char> has_standard(model.demands, 0);
  for (StandardRow const& row : model.rows) {
    has_standard[row.demand] = 1;
  }
  bool const by_choice = model.problem.goal == SitingGoal::kMostDemand;
  auto& assigned = plan.answer.assigned;
  assigned.resize(model.demands, 0);
  for (std::size_t demand = 0; demand < model.demands; ++demand) {
    Service& first = plan.services.front()[demand];
    if (by_choice && has_standard[demand] != 0 && assigned[demand] == kUnassigned) {
      // Not met in some tier, or beside those that were chosen there is no room for it.
      first.met = first.met && !model.has_capacities();
    } else {
      assigned[demand] = first.site;
    }
  }
}

}  // namespace

model::Result<SitingPlan> site(SitingProblem const& problem, SitingRequest const& request,
                               model::RunControl const& control) {
  auto const made = siting_model(problem);
  if (!made) {
    return made.error();
  }
  SitingModel const& model = made.value();
  SitingPlan plan;
  plan.unmet = unmet_standards(model);
  if (auto reason = why_impossible(model, plan.unmet); !reason.empty()) {
    plan.answer = {.bound = std::numeric_limits<double>::infinity(),
                   .proven = true,
                   .reason = std::move(reason)};
    return plan;
  }
  auto solved = solve(model, request, control);
  if (!solved) {
    return solved.error();
  }
  plan.answer = std::move(solved).value();
  if (plan.answer.feasible) {
    fill_in(plan, model);
  }
  return plan;
}

}  // namespace guarantor::posture
