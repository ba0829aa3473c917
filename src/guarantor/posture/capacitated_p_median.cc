#include "guarantor/posture/capacitated_p_median.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "guarantor/posture/capacitated_p_median_search.h"
#include "guarantor/posture/cost_grain.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

model::Error bad_input(std::string message) {
  return {.kind = model::ErrorKind::kBadInput, .message = std::move(message)};
}

/// Error kBadInput unless there is one finite number of at least 0 for each.
model::Result<model::Done> check_amounts(std::vector<double> const& amounts, std::size_t wanted,
                                         std::string_view what, std::string_view of) {
  if (amounts.size() != wanted) {
    return bad_input(fmt::format("{} {} given for {} {}s", amounts.size(), what, wanted, of));
  }
  for (std::size_t k = 0; k < wanted; ++k) {
    if (!(amounts[k] >= 0) || !std::isfinite(amounts[k])) {
      return bad_input(fmt::format("{} {} of {} {}; a finite one of at least 0 is needed", what,
                                   amounts[k], of, k));
    }
  }
  return model::Done{};
}

CapacitatedTable table_of(CapacitatedMedianProblem const& problem) {
  CapacitatedTable table{.demands = problem.costs.demands(),
                         .sites = problem.costs.sites(),
                         .count = problem.choice.count,
                         .quantity = problem.quantities,
                         .capacity = problem.capacities,
                         .beyond = 1};
  table.cost.assign(table.sites * table.demands, kAny);
  for (std::size_t i = 0; i < table.demands; ++i) {
    auto const offers = problem.costs.offers(i);
    double const weight = problem.weights.empty() ? 1 : problem.weights[i];
    for (std::size_t k = 0; k < offers.site.size(); ++k) {
      table.cost[offers.site[k] * table.demands + i] = weight * offers.cost[k];
    }
    table.beyond += offers.cost.empty() ? 0 : weight * offers.cost.back();
  }
  table.step = cost_grain(table.cost);
  return table;
}

/// What can be told without a search; empty where nothing rules a solution out.
std::string why_no_room(CapacitatedTable const& table, std::vector<SiteState> const& states) {
  for (std::size_t i = 0; i < table.demands; ++i) {
    bool served = false;
    bool held = false;
    for (std::size_t j = 0; j < table.sites; ++j) {
      bool const reached = states[j] != SiteState::kClosed && std::isfinite(table.cost_at(i, j));
      served = served || reached;
      held = held || (reached && table.quantity[i] <= table.capacity[j] + kSizeRounding);
    }
    if (!served) {
      return fmt::format("demand {} can be served by no site that may be open", i);
    }
    if (!held) {
      return fmt::format("demand {} takes {}, more than any site that could serve it holds", i,
                         table.quantity[i]);
    }
  }
  std::vector<double> free;
  double room = 0;
  std::size_t open = 0;
  for (std::size_t j = 0; j < table.sites; ++j) {
    if (states[j] == SiteState::kOpen) {
      room += table.capacity[j];
      ++open;
    } else if (states[j] == SiteState::kFree) {
      free.push_back(table.capacity[j]);
    }
  }
  std::sort(free.begin(), free.end(), std::greater<>());
  room = std::accumulate(free.begin(),
                         free.begin() + static_cast<std::ptrdiff_t>(table.count - open), room);
  double const needed = std::accumulate(table.quantity.begin(), table.quantity.end(), 0.0);
  if (needed > room + kSizeRounding * std::max(1.0, room)) {
    return fmt::format("the demands take {}, but the {} largest sites hold only {}", needed,
                       table.count, room);
  }
  return {};
}

model::Result<model::Done> check(CapacitatedMedianProblem const& problem) {
  if (auto checked = check_weights(problem.weights, problem.costs.demands()); !checked) {
    return checked;
  }
  if (auto checked =
          check_amounts(problem.quantities, problem.costs.demands(), "quantities", "demand");
      !checked) {
    return checked;
  }
  return check_amounts(problem.capacities, problem.costs.sites(), "capacities", "site");
}

SitingAnswer impossible(std::string reason, long work) {
  return {.bound = kAny, .proven = true, .work = work, .reason = std::move(reason)};
}

}  // namespace

model::Result<SitingAnswer> capacitated_p_median(CapacitatedMedianProblem const& problem,
                                                 SitingRequest const& request,
                                                 model::RunControl const& control) {
  if (auto const checked = check(problem); !checked) {
    return checked.error();
  }
  auto const states =
      site_states(problem.choice.existing, problem.choice.forbidden, problem.costs.sites());
  if (!states) {
    return states.error();
  }
  if (std::string reason = why_impossible(problem.choice, states.value()); !reason.empty()) {
    return impossible(std::move(reason), 0);
  }
  CapacitatedTable const table = table_of(problem);
  if (std::string reason = why_no_room(table, states.value()); !reason.empty()) {
    return impossible(std::move(reason), 0);
  }
  if (table.count == 0) {
    return table.demands == 0 ? SitingAnswer{.feasible = true, .proven = true}
                              : impossible("no site may be open, so no demand is served", 0);
  }
  CapacitatedSearch search{table, request, control, states.value()};
  search.run();
  if (!search.found()) {
    return search.ended()
               ? impossible(fmt::format("no {} sites together hold every demand", table.count),
                            search.work())
               : SitingAnswer{.bound = search.bound(),
                              .work = search.work(),
                              .reason = "stopped before any answer was found"};
  }
  auto const& best = search.best();
  return SitingAnswer{.open = {best.open.begin(), best.open.end()},
                      .assigned = {best.site.begin(), best.site.end()},
                      .objective = best.cost,
                      .bound = search.bound(),
                      .feasible = true,
                      .proven = search.ended(),
                      .work = search.work()};
}

}  // namespace guarantor::posture
