#include "guarantor/generate/plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/expected.h"
#include "guarantor/generate/explain.h"
#include "guarantor/generate/gaps.h"
#include "guarantor/generate/instance.h"
#include "guarantor/generate/mip_model.h"
#include "guarantor/generate/package.h"
#include "guarantor/generate/solve.h"
#include "guarantor/generate/solved_plan.h"
#include "guarantor/generate/strict_tiers.h"

namespace guarantor::generate {
namespace {

using model::Confidence;

Confidence confidence_of(model::Row const& row) {
  return row.provenance.confidence.value_or(Confidence::kIllustrative);
}

/// The lowest confidence among the rows that one pledge's service at one line rests on.
Confidence weakest(model::Scenario const& scenario, model::Pledge const& pledge,
                   model::Requirement const& line) {
  Confidence result = std::max(confidence_of(pledge.row), confidence_of(line.row));
  for (model::ConditionId const& id : pledge.conditions.conditions()) {
    for (model::Condition const& condition : scenario.conditions) {
      if (condition.id == id) {
        result = std::max(result, confidence_of(condition.row));
      }
    }
  }
  return result;
}

/// Covered worth split by what it rests on; where more is present than counts, each pledge has its
/// part.
model::ProvenanceShares provenance_of(model::Scenario const& scenario, Instance const& instance,
                                      std::vector<Start> const& starts,
                                      Certificate const& certificate) {
  std::map<std::pair<LineIndex, int>, std::vector<std::pair<PledgeIndex, double>>> present;
  for (Start const& start : starts) {
    Option const& option = instance.options[start.option];
    for (int t = start.month; t < instance.tour_end(option, start.month); ++t) {
      present[{option.line, t}].emplace_back(option.pledge, option.effectiveness * start.units);
    }
  }
  std::map<std::pair<PledgeIndex, LineIndex>, Confidence> known;
  double by_confidence[3] = {0, 0, 0};
  double total = 0;
  for (auto const& [where, parts] : present) {
    PlannedLine const& line = instance.lines[where.first];
    double const covered =
        certificate.cover[where.first][static_cast<std::size_t>(where.second - line.from)];
    double sum = 0;
    for (auto const& [pledge, counts] : parts) {
      sum += counts;
    }
    for (auto const& [pledge, counts] : parts) {
      double const worth = line.worth * covered * counts / sum;
      auto const [rests_on, is_new] =
          known.try_emplace({pledge, where.first}, Confidence::kReported);
      if (is_new) {
        rests_on->second = weakest(scenario, scenario.pledges[instance.pledges[pledge].row],
                                   scenario.requirements[line.row]);
      }
      by_confidence[static_cast<std::size_t>(rests_on->second)] += worth;
      total += worth;
    }
  }
  if (total <= 0) {
    return {};
  }
  return {by_confidence[0] / total, by_confidence[1] / total, by_confidence[2] / total};
}

std::vector<model::Assignment> assignments_of(model::Scenario const& scenario,
                                              Instance const& instance,
                                              std::vector<Start> const& starts) {
  std::vector<Start> sorted = starts;
  std::sort(sorted.begin(), sorted.end(), [&](Start const& a, Start const& b) {
    auto const key = [&](Start const& start) {
      Option const& option = instance.options[start.option];
      return std::tuple{option.pledge, start.month, option.line};
    };
    return key(a) < key(b);
  });
  std::vector<model::Assignment> assignments;
  for (Start const& start : sorted) {
    Option const& option = instance.options[start.option];
    assignments.push_back(
        {scenario.pledges[instance.pledges[option.pledge].row].id,
         scenario.requirements[instance.lines[option.line].row].id,
         model::Units{start.units},
         {model::Months{start.month}, model::Months{instance.tour_end(option, start.month)}}});
  }
  return assignments;
}

std::vector<model::Fill> fill_of(model::Scenario const& scenario, Instance const& instance,
                                 Certificate const& certificate) {
  std::map<std::size_t, LineIndex> planned;
  for (std::size_t r = 0; r < instance.lines.size(); ++r) {
    planned[instance.lines[LineIndex{r}].row] = LineIndex{r};
  }
  std::vector<model::Fill> fill;
  for (std::size_t row = 0; row < scenario.requirements.size(); ++row) {
    model::Requirement const& line = scenario.requirements[row];
    auto const months = line.months(scenario.header.horizon);
    auto const found = planned.find(row);
    for (int t = months.from.count(); t < months.to.count(); ++t) {
      auto const slot = static_cast<std::size_t>(t - months.from.count());
      double const covered = found == planned.end() ? 0 : certificate.cover[found->second][slot];
      fill.push_back({line.id, model::Months{t}, line.quantity, covered});
    }
  }
  return fill;
}

model::ForcePlan without_solution(model::Scenario const& scenario, Request const& request) {
  model::ForcePlan plan;
  plan.scenario_id = scenario.header.id.text();
  plan.world = request.world;
  plan.seed = request.seed;
  for (model::Pledge const& pledge : scenario.pledges) {
    if (!pledge.quantity && pledge.status != model::PledgeStatus::kWithdrawn) {
      plan.not_stated.push_back(pledge.id);
    }
  }
  return plan;
}

void add_solution(model::Scenario const& scenario, Request const& request,
                  model::World const& world, Instance const& instance, Solution const& solution,
                  model::ForcePlan& plan) {
  Certificate const certificate = certify(scenario, instance, solution.starts);
  plan.objective = solution.objective;
  plan.bound = solution.bound;
  plan.gap = std::abs(plan.bound - plan.objective) / std::max(1.0, std::abs(plan.objective));
  plan.stopped_by_limit = !solution.proven;
  plan.status = solution.proven ? model::PlanStatus::kOptimal : model::PlanStatus::kFeasible;
  if (!solution.proven) {
    plan.reason = "stopped by a limit before the gap asked for was proven";
  }
  if (instance.options.size() == 0) {
    plan.status = model::PlanStatus::kEmpty;
    plan.reason = "no pledge that counts and states its quantity fits a line";
  }
  plan.assignments = assignments_of(scenario, instance, solution.starts);
  plan.fill = fill_of(scenario, instance, certificate);
  plan.provenance = provenance_of(scenario, instance, solution.starts, certificate);
  plan.gaps = find_gaps(scenario, request.world, world, instance, solution.starts, certificate,
                        solution.proven);
}

/// The plan of the expected world: the designation, with the mean's figures.
model::Result<SolvedPlan> solve_expected_plan(model::Scenario const& scenario,
                                              Request const& request, ComponentCache& cache,
                                              model::RunControl const& control) {
  auto const expected = solve_expected(scenario, request, cache, control);
  if (!expected.ok()) {
    return expected.error();
  }
  ExpectedSolution const& found = expected.value();
  SolvedPlan solved{without_solution(scenario, request)};
  model::ForcePlan& plan = solved.plan;
  plan.expected = found.worlds;
  if (constexpr double kAll = 1 - 1e-9; found.worlds.not_viable > kAll) {
    plan.reason = "not viable";
    return solved;
  }
  add_solution(scenario, request, found.world, found.instance, found.solution, plan);
  plan.stopped_by_limit = found.limited;
  if (!found.solution.proven && !found.limited) {
    plan.reason = "a better designation may exist for these worlds, worth at most the bound";
  }
  std::map<model::RequirementId, std::size_t> row_of;
  for (std::size_t row = 0; row < scenario.requirements.size(); ++row) {
    row_of[scenario.requirements[row].id] = row;
  }
  for (model::Fill& fill : plan.fill) {
    auto const cover = found.cover.find({row_of.at(fill.requirement), fill.month.count()});
    fill.mean_covered = cover == found.cover.end() ? 0 : cover->second;
  }
  return solved;
}

std::optional<model::Error> refusal(Request const& request) {
  if (request.world.kind != model::WorldKind::kExpected) {
    return std::nullopt;
  }
  if (request.strict_tiers) {
    return model::Error{model::ErrorKind::kRefused,
                        "strict tiers are not offered in the expected world",
                        "leave out --strict-tiers, or plan for one world"};
  }
  if (request.package) {
    return model::Error{model::ErrorKind::kRefused,
                        "a package is not looked for in the expected world",
                        "leave out --request, or plan for one world"};
  }
  return std::nullopt;
}

/// The plan that fills tiers strictly in order, with each tier's figures.
model::Result<Solution> solve_in_order(model::Scenario const& scenario, Instance const& instance,
                                       Request const& request, ComponentCache& cache,
                                       model::RunControl const& control, model::ForcePlan& plan) {
  auto tiered = solve_tiers(scenario, instance, request, cache, control);
  if (!tiered.ok()) {
    return tiered.error();
  }
  plan.tiers = std::move(tiered.value().tiers);
  return std::move(tiered).value().solution;
}

}  // namespace

model::Result<SolvedPlan> solve_plan(model::Scenario const& scenario, Request const& request,
                                     ComponentCache& cache, model::RunControl const& control) {
  if (auto error = refusal(request)) {
    return *std::move(error);
  }
  if (request.world.kind == model::WorldKind::kExpected) {
    return solve_expected_plan(scenario, request, cache, control);
  }
  auto const world = model::resolve(scenario, request.world);
  if (!world.ok()) {
    return world.error();
  }
  SolvedPlan solved{without_solution(scenario, request), 0};
  if (!world.value().viable) {
    solved.plan.reason = "not viable";
    return solved;
  }
  Instance const instance = build_instance(scenario, world.value());
  auto const solution = request.strict_tiers ? solve_in_order(scenario, instance, request, cache,
                                                              control, solved.plan)
                                             : solve(scenario, instance, request, cache, control);
  if (!solution.ok()) {
    return solution.error();
  }
  add_solution(scenario, request, world.value(), instance, solution.value(), solved.plan);
  bool const limited = control.time_limit || control.cancelled() || request.most_work > 0;
  if (request.strict_tiers && solved.plan.stopped_by_limit && !limited) {
    solved.plan.stopped_by_limit = false;
    solved.plan.reason = "the best found tier by tier; not each is proven to the gap asked for";
  }
  solved.work = solution.value().work;
  return solved;
}

model::Result<model::ForcePlan> plan(model::Scenario const& scenario, Request const& request,
                                     model::RunControl const& control) {
  ComponentCache cache;
  return plan(scenario, request, cache, control);
}

model::Result<model::ForcePlan> plan(model::Scenario const& scenario, Request const& request,
                                     ComponentCache& cache, model::RunControl const& control) {
  if (auto error = refusal(request)) {
    return *std::move(error);
  }
  if (auto error = unknown_names(scenario, request)) {
    return *std::move(error);
  }
  auto solved = solve_plan(scenario, request, cache, control);
  if (!solved.ok()) {
    return solved.error();
  }
  if (request.explain) {
    if (auto explained = explain(scenario, request, cache, control, solved.value());
        !explained.ok()) {
      return explained.error();
    }
  }
  if (request.package) {
    auto package = find_package(scenario, request, cache, control, solved.value().plan);
    if (!package.ok()) {
      return package.error();
    }
    solved.value().plan.package = std::move(package).value();
  }
  return std::move(solved).value().plan;
}

model::Result<std::string> export_mps(model::Scenario const& scenario, Request const& request) {
  auto world = model::resolve(scenario, request.world);
  if (!world.ok()) {
    return world.error();
  }
  if (!world.value().viable) {
    // Without a coalition nobody comes.
    world.value().pledge_holds.assign(scenario.pledges.size(), false);
  }
  Instance const instance = build_instance(scenario, world.value());
  return solver::to_mps(build_mip(scenario, instance, Formulation::kExact).program, "guarantor");
}

}  // namespace guarantor::generate
