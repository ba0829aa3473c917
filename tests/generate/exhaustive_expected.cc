#include "exhaustive_expected.h"

#include <algorithm>

#include "exhaustive.h"

namespace guarantor::generate {

Present present_in(model::Scenario const& scenario,
                   std::vector<model::Assignment> const& assignments) {
  auto const row = [](auto const& rows, auto const& id) {
    auto const found =
        std::find_if(rows.begin(), rows.end(), [&](auto const& entry) { return entry.id == id; });
    return static_cast<std::size_t>(found - rows.begin());
  };
  Present present;
  for (model::Assignment const& assignment : assignments) {
    for (int t = assignment.months.from.count(); t < assignment.months.to.count(); ++t) {
      present[{row(scenario.pledges, assignment.pledge),
               row(scenario.requirements, assignment.requirement), t}] +=
          static_cast<int>(assignment.units.count());
    }
  }
  return present;
}

std::optional<ExhaustiveWorlds> ExhaustiveWorlds::of(model::Scenario const& scenario,
                                                     bool include_indicated, std::size_t most) {
  ExhaustiveWorlds all;
  all.reassign_cost_ = scenario.header.reassign_cost;
  all.lines_ = scenario.requirements.size();
  all.months_ = static_cast<std::size_t>(scenario.header.horizon.count());
  all.size_ = scenario.pledges.size() * all.lines_ * all.months_;
  model::WorldRequest request{.kind = model::WorldKind::kGiven};
  request.include_indicated = include_indicated;
  auto const plans_in = [&]() -> std::optional<std::vector<Plan>> {
    auto const plans = exhaustive_plans(scenario, request, most);
    if (!plans) {
      return std::nullopt;
    }
    // Of plans that put the same units in the same places any one will do.
    std::map<std::vector<int>, double> best;
    for (ExhaustivePlan const& plan : *plans) {
      double& worth = best.try_emplace(all.laid_out(plan.present), plan.worth).first->second;
      worth = std::max(worth, plan.worth);
    }
    std::vector<Plan> result;
    for (auto const& [present, worth] : best) {
      result.push_back({worth, present});
    }
    return result;
  };
  auto designations = plans_in();
  if (!designations) {
    return std::nullopt;
  }
  all.designations_ = *std::move(designations);
  std::size_t const count = scenario.conditions.size();
  std::size_t comparisons = 0;
  for (std::size_t code = 0; code < (std::size_t{1} << count); ++code) {
    double probability = 1;
    for (std::size_t c = 0; c < count; ++c) {
      bool const value = ((code >> c) & 1U) != 0;
      double const yes = scenario.conditions[c].probability->count();
      probability *= value ? yes : 1 - yes;
      request.assumed[scenario.conditions[c].id] = value;
    }
    if (probability > 0) {
      auto plans = plans_in();
      if (!plans) {
        return std::nullopt;
      }
      comparisons += plans->size() * all.designations_.size();
      all.worlds_.push_back({probability, *std::move(plans)});
    }
  }
  return comparisons > most ? std::nullopt : std::optional{std::move(all)};
}

std::vector<int> ExhaustiveWorlds::laid_out(Present const& present) const {
  std::vector<int> result(size_);
  for (auto const& [where, units] : present) {
    auto const& [pledge, line, month] = where;
    result[(pledge * lines_ + line) * months_ + static_cast<std::size_t>(month)] += units;
  }
  return result;
}

double ExhaustiveWorlds::value_of(std::vector<int> const& designated) const {
  double mean = 0;
  for (World const& world : worlds_) {
    double best = 0;
    for (Plan const& plan : world.plans) {
      if (plan.worth <= best) {
        continue;
      }
      int beyond = 0;
      for (std::size_t i = 0; i < size_; ++i) {
        beyond += std::max(0, plan.present[i] - designated[i]);
      }
      best = std::max(best, plan.worth - reassign_cost_ * beyond);
    }
    mean += world.probability * best;
  }
  return mean;
}

double ExhaustiveWorlds::value_of(Present const& designated) const {
  return value_of(laid_out(designated));
}

double ExhaustiveWorlds::optimum() const {
  double best = 0;
  for (Plan const& designation : designations_) {
    best = std::max(best, value_of(designation.present));
  }
  return best;
}

double ExhaustiveWorlds::foresight() const {
  double mean = 0;
  for (World const& world : worlds_) {
    double best = 0;
    for (Plan const& plan : world.plans) {
      best = std::max(best, plan.worth);
    }
    mean += world.probability * best;
  }
  return mean;
}

}  // namespace guarantor::generate
