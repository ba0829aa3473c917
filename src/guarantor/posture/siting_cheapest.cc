#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "guarantor/posture/capacitated_location.h"
#include "guarantor/posture/set_cover.h"
#include "guarantor/posture/siting_evaluation.h"
#include "guarantor/posture/siting_goals.h"
#include "guarantor/posture/siting_program.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

/// Rows alone are a covering problem, some rows of which need several columns.
model::Result<SitingAnswer> by_cover(SitingModel const& model, std::vector<StandardRow> const& rows,
                                     std::vector<double> const& cost, std::optional<double> budget,
                                     SitingRequest const& request,
                                     model::RunControl const& control) {
  SetCoverProblem problem{.cost = cost,
                          .covers = std::vector<std::vector<std::uint32_t>>(model.sites),
                          .existing = model.problem.existing,
                          .forbidden = model.closed,
                          .budget = budget};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    problem.need.push_back(rows[row].need);
    for (std::uint32_t const site : rows[row].sites) {
      problem.covers[site].push_back(static_cast<std::uint32_t>(row));
    }
  }
  return cover(problem, request, control);
}

/// Whether capacities make every row hold of themselves: one site each, of the first tier.
bool is_location(std::vector<StandardRow> const& rows) {
  return std::all_of(rows.begin(), rows.end(),
                     [](StandardRow const& row) { return row.tier == 0 && row.need == 1; });
}

/// Then it is capacitated location, with service that costs nothing.
model::Result<SitingAnswer> by_location(SitingModel const& model, std::vector<double> const& cost,
                                        double within, SitingRequest const& request,
                                        model::RunControl const& control) {
  CapacitatedLocationProblem problem{.open_cost = cost,
                                     .capacity = model.problem.capacity,
                                     .amount = model.problem.amount,
                                     .existing = model.problem.existing,
                                     .forbidden = model.closed};
  auto const& tier = model.problem.tiers.front();
  for (std::size_t demand = 0; demand < model.demands; ++demand) {
    auto const& standard = tier.within[demand];
    auto& services = problem.services.emplace_back();
    for (std::uint32_t const site : sites_within(
             model, tier.hours, demand, std::min(within, standard ? standard->count() : kAny))) {
      services.push_back({site, 0});
    }
  }
  auto located = locate(problem, request, control);
  if (!located) {
    return located.error();
  }
  return std::move(located).value().siting;
}

std::vector<std::size_t> all_that_may_stand(SitingModel const& model) {
  std::vector<std::size_t> open;
  for (std::size_t site = 0; site < model.sites; ++site) {
    if (model.states[site] != SiteState::kClosed) {
      open.push_back(site);
    }
  }
  return open;
}

/// Takes sites out, dearest first, as long as the rest does.
std::vector<std::size_t> pruned(SitingModel const& model, std::vector<StandardRow> const& rows,
                                std::vector<double> const& cost, double within,
                                std::vector<std::size_t> open, model::RunControl const& control) {
  auto order = open;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return cost[a] > cost[b]; });
  for (std::size_t const site : order) {
    if (model.states[site] == SiteState::kOpen || control.must_stop()) {
      continue;
    }
    auto rest = open;
    rest.erase(std::find(rest.begin(), rest.end(), site));
    bool const keep = std::all_of(rows.begin(), rows.end(),
                                  [&](StandardRow const& row) { return keeps(row, rest); });
    if (keep && shared_hours(model, rest, model.all, within) < kAny) {
      open = std::move(rest);
    }
  }
  return open;
}

model::Result<SitingAnswer> by_program(SitingModel const& model,
                                       std::vector<StandardRow> const& rows,
                                       std::vector<double> const& cost, double within,
                                       SitingRequest const& request,
                                       model::RunControl const& control) {
  auto open = all_that_may_stand(model);
  if (!(shared_hours(model, open, model.all, within) < kAny)) {
    return SitingAnswer{.bound = kAny,
                        .proven = true,
                        .reason =
                            "the sites that reach the demands in time do not have room for "
                            "them together"};
  }
  open = pruned(model, rows, cost, within, std::move(open), control);
  auto const sum = [&](std::vector<std::size_t> const& sites) {
    return std::accumulate(sites.begin(), sites.end(), 0.0,
                           [&](double total, std::size_t site) { return total + cost[site]; });
  };
  SitingProgram program{model, cost};
  for (StandardRow const& row : rows) {
    program.require(row);
  }
  program.share_out({.within_capacity = true, .within = within});
  double const known = sum(open);
  auto found = program.solve(-known, 0, request, control);
  if (!found) {
    return found.error();
  }
  auto& [better, values, bound, proven, work] = found.value();
  SitingAnswer answer{.open = better.empty() ? std::move(open) : std::move(better),
                      .feasible = true,
                      .proven = proven,
                      .work = work};
  answer.objective = sum(answer.open);
  answer.bound = proven && request.gap <= 0 ? answer.objective : std::min(-bound, answer.objective);
  return answer;
}

}  // namespace

model::Result<SitingAnswer> cheapest_that_keep(SitingModel const& model,
                                               std::vector<StandardRow> const& rows,
                                               std::vector<double> const& cost, double within,
                                               SitingRequest const& request,
                                               model::RunControl const& control) {
  auto const needed = needed_rows(rows);
  if (!model.has_capacities()) {
    return by_cover(model, needed, cost, std::nullopt, request, control);
  }
  return is_location(needed) ? by_location(model, cost, within, request, control)
                             : by_program(model, needed, cost, within, request, control);
}

model::Result<SitingAnswer> cheapest(SitingModel const& model, SitingRequest const& request,
                                     model::RunControl const& control) {
  return cheapest_that_keep(model, model.rows, model.cost, kAny, request, control);
}

model::Result<SitingAnswer> few_enough(SitingModel const& model,
                                       std::vector<StandardRow> const& rows, double within,
                                       SitingRequest const& request,
                                       model::RunControl const& control) {
  std::vector<double> each(model.sites, 1);
  std::size_t existing = 0;
  for (std::size_t site = 0; site < model.sites; ++site) {
    if (model.states[site] == SiteState::kOpen) {
      each[site] = 0;
      ++existing;
    }
  }
  auto const more = static_cast<double>(model.most_open - existing);
  auto const needed = needed_rows(rows);
  auto found = model.has_capacities()
                   ? cheapest_that_keep(model, rows, each, within, request, control)
                   : by_cover(model, needed, each, more, request, control);
  if (!found || (found.value().feasible && found.value().objective <= more)) {
    if (found) {
      found.value().proven = true;
    }
    return found;
  }
  SitingAnswer refused = std::move(found).value();
  bool const no_room = !refused.feasible && model.has_capacities();
  refused.proven = no_room ? refused.proven : refused.bound > more;
  refused.feasible = false;
  refused.open.clear();
  if (!refused.proven) {
    refused.reason = "stopped before any answer was found";
  } else if (!no_room && within == kAny) {
    auto const fewest = cheapest_that_keep(model, rows, each, within, request, control);
    double const least = fewest ? std::max(more + 1, std::ceil(fewest.value().bound)) : more + 1;
    refused.reason =
        fmt::format("to meet the standards takes at least {:g} sites, and {} may be open",
                    least + static_cast<double>(existing), model.most_open);
  }
  return refused;
}

}  // namespace guarantor::posture
