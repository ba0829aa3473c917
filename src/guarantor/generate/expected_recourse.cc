#include "guarantor/generate/expected_recourse.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stop_token>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/solve.h"
#include "guarantor/solver/mip.h"

namespace guarantor::generate {
namespace {

/// Columns x beyond which branch and cut is not tried on a component beside a designation.
constexpr std::size_t kMostStarts = 1500;

/// Ends a branch and cut after a number of nodes that falls with its size: a budget that is the
/// same on every machine. Hears the outer control all the same.
class NodeBudget {
 public:
  NodeBudget(model::RunControl const& outer, std::size_t columns)
      : left_{kWork / std::max<std::size_t>(columns, 1)},
        outer_{outer.cancel, [this] { source_.request_stop(); }},
        control_{outer} {
    control_.cancel = source_.get_token();
    control_.progress = [this](model::Progress const&) {
      left_ -= left_ > 0 ? 1 : 0;
      if (left_ == 0) {
        source_.request_stop();
      }
    };
  }

  [[nodiscard]] model::RunControl const& control() const { return control_; }

 private:
  static constexpr std::size_t kWork = 4'000'000;  ///< nodes times columns
  std::size_t left_;
  std::stop_source source_;
  std::stop_callback<std::function<void()>> outer_;
  model::RunControl control_;
};

/// Bytes that tell one replanning from another with another answer.
std::string replan_key(model::Scenario const& scenario, Instance const& instance,
                       PresenceTable const& designated, double cost) {
  std::string key = "replan " + fingerprint(scenario, instance);
  key.append(reinterpret_cast<char const*>(&cost), sizeof cost);
  for (std::size_t place = 0; place < instance.options.size(); ++place) {
    for (int t = 0; t < instance.horizon; ++t) {
      int const units = designated.at(OptionIndex{place}, t);
      key.append(reinterpret_cast<char const*>(&units), sizeof units);
    }
  }
  return key;
}

}  // namespace

WorldPlanner::WorldPlanner(model::Scenario const& scenario, Request const& request,
                           ComponentCache const& cache)
    : scenario_{scenario},
      request_{request},
      cache_{cache},
      reassign_cost_{scenario.header.reassign_cost} {
  request_.threads = 1;
}

bool WorldPlanner::suffices(double objective, double bound) const {
  constexpr double kTolerance = 1e-9;
  return bound - objective <=
         std::max(request_.gap, kTolerance) * std::max(1.0, std::abs(objective));
}

model::Result<FreePlan> WorldPlanner::free_plan(Instance const& instance,
                                                model::RunControl const& control) const {
  std::string key = fingerprint(scenario_, instance);
  if (auto const* known = cache_.find(key)) {
    return FreePlan{known->starts, known->objective, known->bound, false, {}};
  }
  ComponentCache none;
  auto solution = solve(scenario_, instance, request_, none, control);
  if (!solution.ok()) {
    return solution.error();
  }
  Solution const& found = solution.value();
  FreePlan plan{found.starts, found.objective, found.bound, !found.proven, {}};
  if (found.proven) {
    plan.learned.emplace_back(std::move(key),
                              ComponentAnswer{found.starts, found.objective, found.bound});
  }
  return plan;
}

Replan WorldPlanner::valued(Instance const& instance, PresenceTable const& designated,
                            std::vector<Start> starts) const {
  Replan plan;
  Certificate const certificate = certify(scenario_, instance, starts);
  if (!certificate.broken_rules.empty()) {
    plan.objective = -std::numeric_limits<double>::infinity();
    return plan;
  }
  plan.reassigned = PresenceTable{instance, starts}.beyond(designated);
  plan.objective = certificate.objective - reassign_cost_ * static_cast<double>(plan.reassigned);
  plan.starts = std::move(starts);
  return plan;
}

model::Result<Replan> WorldPlanner::replan(Instance const& instance, FreePlan const& free,
                                           Designation const& designation,
                                           model::RunControl const& control) const {
  std::vector<Start> const still = starts_in(instance, designation);
  PresenceTable const designated{instance, still};
  Replan best;  // nobody anywhere: always allowed, worth nothing
  for (auto const& starts : {supported(scenario_, instance, still), free.starts}) {
    if (Replan other = valued(instance, designated, starts); other.objective > best.objective) {
      best = std::move(other);
    }
  }
  best.limited = free.limited && !suffices(best.objective, free.bound);
  if (suffices(best.objective, free.bound) || count_starts(instance) > kMostStarts ||
      control.must_stop()) {
    return best;
  }
  std::string key = replan_key(scenario_, instance, designated, reassign_cost_);
  if (auto const* known = cache_.find(key)) {
    Replan remembered = valued(instance, designated, known->starts);
    return remembered.objective >= best.objective ? remembered : best;
  }
  MipModel const mip = build_recourse_mip(scenario_, instance, designated, reassign_cost_);
  NodeBudget const budget{control, mip.program.columns().size()};
  auto const answer =
      solver::solve(mip.program, {request_.gap, free.bound, best.objective}, budget.control());
  if (!answer.ok()) {
    return answer.error();
  }
  best.limited = !answer.value().proven && control.must_stop();
  if (!answer.value().values.empty()) {
    Replan other = valued(instance, designated, mip.starts_of(answer.value().values));
    if (other.objective > best.objective) {
      other.limited = best.limited;
      best = std::move(other);
    }
  }
  if (answer.value().proven) {
    best.learned.emplace_back(std::move(key),
                              ComponentAnswer{best.starts, best.objective, best.objective});
  }
  return best;
}

model::Result<WorldPlanner::Extensive> WorldPlanner::best_designation(
    std::vector<Component> const& nominal, std::vector<WeightedPart> const& parts,
    double known_objective, double known_bound, model::RunControl const& control) const {
  ExtensiveForm const form = build_extensive_form(scenario_, nominal, parts, reassign_cost_);
  NodeBudget const budget{control, form.program.columns().size()};
  auto const answer =
      solver::solve(form.program, {request_.gap, known_bound, known_objective}, budget.control());
  if (!answer.ok()) {
    return answer.error();
  }
  solver::MipResult const& result = answer.value();
  Extensive found;
  found.bound = std::min(known_bound, result.bound);
  found.limited = !result.proven && control.must_stop();
  if (!result.values.empty()) {
    found.better = form.designation_in(result.values);
  }
  return found;
}

}  // namespace guarantor::generate
