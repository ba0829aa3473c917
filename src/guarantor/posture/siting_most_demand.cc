#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "guarantor/posture/maximal_cover.h"
#include "guarantor/posture/siting_evaluation.h"
#include "guarantor/posture/siting_goals.h"
#include "guarantor/posture/siting_program.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

/// The rows of each demand whose standards some choice meets, those that others imply left out.
std::map<std::size_t, std::vector<StandardRow>> rows_by_demand(SitingModel const& model) {
  std::map<std::size_t, std::vector<StandardRow>> by_demand;
  for (StandardRow& row : needed_rows(model.rows)) {
    by_demand[row.demand].push_back(std::move(row));
  }
  std::erase_if(by_demand, [&](auto const& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [](StandardRow const& row) { return row.sites.size() < row.need; });
  });
  return by_demand;
}

/// Each demand by the row that asks most of it alone: maximal covering. Its bound holds for all
/// rows.
model::Result<SitingAnswer> by_cover(
    SitingModel const& model, std::map<std::size_t, std::vector<StandardRow>> const& by_demand,
    SitingRequest const& request, model::RunControl const& control) {
  MaximalCoverProblem problem{.covers = std::vector<std::vector<std::uint32_t>>(model.sites),
                              .most_open = model.most_open,
                              .existing = model.problem.existing,
                              .forbidden = model.closed};
  for (auto const& [demand, rows] : by_demand) {
    auto const hardest =
        std::min_element(rows.begin(), rows.end(), [](StandardRow const& a, StandardRow const& b) {
          return a.sites.size() * b.need < b.sites.size() * a.need;
        });
    for (std::uint32_t const site : hardest->sites) {
      problem.covers[site].push_back(static_cast<std::uint32_t>(problem.weight.size()));
    }
    problem.weight.push_back(model.weight[demand]);
    problem.need.push_back(hardest->need);
  }
  return cover_most(problem, request, control);
}

/// An answer by its sites and the demands it meets.
SitingAnswer answer_with(SitingModel const& model, std::vector<std::size_t> open,
                         std::vector<std::size_t> const& met) {
  SitingAnswer answer{.open = std::move(open),
                      .assigned = std::vector<std::size_t>(model.demands, kUnassigned),
                      .feasible = true};
  for (std::size_t const demand : met) {
    answer.assigned[demand] = answer.open.front();
    answer.objective += model.weight[demand];
  }
  return answer;
}

/// What sites that were found otherwise meet; with capacities the heaviest demands for which there
/// is room beside the heavier ones.
SitingAnswer known_answer(SitingModel const& model, std::vector<std::size_t> open,
                          model::RunControl const& control) {
  auto met = demands_met(model, open);
  if (!model.has_capacities()) {
    return answer_with(model, std::move(open), met);
  }
  std::stable_sort(met.begin(), met.end(),
                   [&](std::size_t a, std::size_t b) { return model.weight[a] > model.weight[b]; });
  std::vector<std::size_t> served;
  for (std::size_t const demand : met) {
    if (control.must_stop()) {
      break;
    }
    served.push_back(demand);
    if (!(shared_hours(model, open, served, kAny) < kAny)) {
      served.pop_back();
    }
  }
  return answer_with(model, std::move(open), served);
}

model::Result<SitingAnswer> by_program(
    SitingModel const& model, std::map<std::size_t, std::vector<StandardRow>> const& by_demand,
    SitingAnswer const& covered, SitingRequest const& request, model::RunControl const& control) {
  SitingAnswer known = known_answer(model, covered.open, control);
  SitingProgram program{model};
  program.limit_count();
  std::vector<std::optional<solver::Column>> met(model.demands);
  for (auto const& [demand, rows] : by_demand) {
    met[demand] = program.reward(demand, model.weight[demand], rows);
  }
  if (model.has_capacities()) {
    program.share_out({.within_capacity = true, .within = kAny, .met = met});
  }
  auto const found = program.solve(known.objective, covered.bound, request, control);
  if (!found) {
    return found.error();
  }
  auto const& better = found.value();
  constexpr double kHalf = 0.5;
  if (!better.values.empty()) {
    std::vector<std::size_t> served;
    for (auto const& [demand, rows] : by_demand) {
      if (better.values[met[demand]->place] > kHalf) {
        served.push_back(demand);
      }
    }
    known = answer_with(model, better.open, served);
  }
  known.proven = better.proven;
  known.work = covered.work + better.work;
  bool const exact = known.proven && request.gap <= 0;
  known.bound = exact ? known.objective : std::max(better.bound, known.objective);
  return known;
}

}  // namespace

model::Result<SitingAnswer> most_demand(SitingModel const& model, SitingRequest const& request,
                                        model::RunControl const& control) {
  auto const by_demand = rows_by_demand(model);
  auto covered = by_cover(model, by_demand, request, control);
  if (!covered) {
    return covered;
  }
  SitingAnswer const& known = covered.value();
  bool const is_cover = !model.has_capacities() &&
                        std::all_of(by_demand.begin(), by_demand.end(),
                                    [](auto const& one) { return one.second.size() == 1; });
  if (!is_cover) {
    return by_program(model, by_demand, known, request, control);
  }
  SitingAnswer answer = answer_with(model, known.open, demands_met(model, known.open));
  answer.bound = known.bound;
  answer.proven = known.proven;
  answer.work = known.work;
  return answer;
}

}  // namespace guarantor::posture
