#include "guarantor/generate/expected.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "guarantor/generate/expected_choice.h"
#include "guarantor/generate/expected_interval.h"
#include "guarantor/generate/expected_jobs.h"
#include "guarantor/model/world_source.h"

namespace guarantor::generate {
namespace {

/// The worlds that choose the designation and those that value it.
struct Samples {
  bool enumerated{};
  std::vector<model::WeightedWorld> valued;
  std::vector<model::WeightedWorld> design;
};

Samples sample(model::WorldSource const& source, Request const& request) {
  Samples samples;
  if (auto all = source.all(static_cast<std::size_t>(request.worlds))) {
    samples.enumerated = true;
    samples.valued = *std::move(all);
    samples.design = samples.valued;
    return samples;
  }
  // A quarter chooses well enough: what it misses costs the plan a little, but never the figures
  // their honesty.
  constexpr int kShare = 4;
  samples.valued = source.draw(request.seed, "world", request.worlds);
  samples.design =
      source.draw(request.seed, "design world", (request.worlds + kShare - 1) / kShare);
  return samples;
}

model::Result<model::World> one_world(model::Scenario const& scenario, Request const& request,
                                      model::WorldKind kind) {
  model::WorldRequest one = request.world;
  one.kind = kind;
  auto world = model::resolve(scenario, one);
  return world.ok() ? model::as_planned(std::move(world).value()) : world;
}

class ExpectedSearch {
 public:
  ExpectedSearch(model::Scenario const& scenario, Request const& request, Samples samples,
                 model::World nominal, model::World const& assured, ComponentCache& cache,
                 model::RunControl const& control)
      : scenario_{scenario},
        request_{request},
        samples_{std::move(samples)},
        nominal_{std::move(nominal)},
        groups_{group_worlds(scenario, nominal_, assured, samples_.valued, samples_.design)},
        control_{control},
        book_{scenario, request, cache, groups_} {}

  model::Result<ExpectedSolution> run() {
    if (auto error = plan_all_freely()) {
      return *std::move(error);
    }
    constexpr double kChoosing = 0.6;
    auto choices = choose_designations(groups_, book_, share_of(control_, kChoosing));
    if (!choices.ok()) {
      return choices.error();
    }
    choices_ = std::move(choices).value();
    if (auto error = value_all()) {
      return *std::move(error);
    }
    if (auto error = add_bounds()) {
      return *std::move(error);
    }
    return assemble();
  }

 private:
  /// The worlds that designations come from first, so that a limit leaves them a good part.
  std::optional<model::Error> plan_all_freely() {
    std::vector<SceneIndex> first;
    std::vector<SceneIndex> rest;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      Group const& group = groups_[g];
      for (std::size_t j = 0; j < group.scenes.size(); ++j) {
        (j == group.nominal || j == group.assured ? first : rest).push_back({g, j});
      }
    }
    constexpr double kFirst = 0.3;
    constexpr double kRest = 0.8;
    if (auto error = book_.plan_freely(first, share_of(control_, kFirst))) {
      return error;
    }
    return book_.plan_freely(rest, share_of(control_, kRest));
  }

  std::optional<model::Error> value_all() {
    std::vector<Trial> trials;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (std::size_t j = 0; j < groups_[g].scenes.size(); ++j) {
        if (groups_[g].scenes[j].weight > 0) {
          trials.push_back({{g, j}, &choices_[g].designation});
        }
      }
    }
    constexpr double kValuing = 0.7;
    auto values = book_.value(trials, share_of(control_, kValuing));
    if (!values.ok()) {
      return values.error();
    }
    values_.resize(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      values_[g].resize(groups_[g].scenes.size());
    }
    for (std::size_t i = 0; i < trials.size(); ++i) {
      values_[trials[i].scene.group][trials[i].scene.scene] = std::move(values.value()[i]);
    }
    return std::nullopt;
  }

  /// Of each group over the valuing worlds: that of perfect foresight, or of the extensive form
  /// where that is small and tells more.
  std::optional<model::Error> add_bounds() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      double value = 0;
      double bound = 0;
      for (std::size_t j = 0; j < groups_[g].scenes.size(); ++j) {
        double const weight = groups_[g].scenes[j].weight;
        value += weight * values_[g][j].objective;
        bound += weight > 0 ? weight * book_.free_bound({g, j}) : 0;
      }
      if (samples_.enumerated) {
        bound = std::min(bound, choices_[g].bound.value_or(bound));
      } else if (!book_.planner().suffices(value, bound) && !control_.must_stop()) {
        auto const extensive = solve_extensive(groups_[g], &Scene::weight, value, bound, book_,
                                               share_of(control_, 1.0 / 2));
        if (!extensive.ok()) {
          return extensive.error();
        }
        bound = extensive.value() ? extensive.value()->bound : bound;
      }
      bound_ += std::max(value, bound);
    }
    return std::nullopt;
  }

  /// The value of each world over all groups, and what stands where in the mean.
  std::vector<WeightedValue> add_up(ExpectedSolution& solution) const {
    std::vector<WeightedValue> values;
    for (std::size_t k = 0; k < samples_.valued.size(); ++k) {
      double const weight = samples_.valued[k].weight;
      double objective = 0;
      long reassigned = 0;
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        SceneValue const& value = values_[g][groups_[g].scene_of[k]];
        objective += value.objective;
        reassigned += value.reassigned;
        for (auto const& [place, cover] : value.cover) {
          solution.cover[place] += weight * cover;
        }
      }
      values.push_back({objective, weight});
      solution.worlds.reassigned += weight * static_cast<double>(reassigned);
      solution.worlds.not_viable += samples_.valued[k].world.viable ? 0 : weight;
    }
    return values;
  }

  [[nodiscard]] ExpectedSolution assemble() {
    ExpectedSolution solution;
    auto const values = add_up(solution);
    model::ExpectedWorlds& worlds = solution.worlds;
    worlds.enumerated = samples_.enumerated;
    worlds.distinct = static_cast<int>(samples_.valued.size());
    worlds.worlds = samples_.enumerated ? worlds.distinct : request_.worlds;
    worlds.reassign_cost = scenario_.header.reassign_cost * worlds.reassigned;
    MeanInterval interval = interval_of(values, std::max(2, worlds.worlds));
    if (samples_.enumerated) {
      interval.low = interval.mean;
      interval.high = interval.mean;
    }
    worlds.low = interval.low;
    worlds.high = interval.high;

    solution.instance = build_instance(scenario_, nominal_);
    Designation designation;
    for (Choice const& choice : choices_) {
      designation.insert(designation.end(), choice.designation.begin(), choice.designation.end());
    }
    std::sort(designation.begin(), designation.end());
    solution.world = std::move(nominal_);
    Solution& plan = solution.solution;
    plan.starts = starts_in(solution.instance, designation);
    plan.objective = interval.mean;
    plan.bound = std::max(interval.mean, bound_);
    // What the solver's own tolerance leaves open is not a gap.
    constexpr double kSolverTolerance = 1e-6;
    if (plan.bound - plan.objective <= kSolverTolerance * std::max(1.0, plan.objective)) {
      plan.bound = plan.objective;
    }
    plan.proven = plan.bound - plan.objective <= request_.gap * std::max(1.0, plan.objective);
    solution.limited = !plan.proven && (book_.limited() || control_.must_stop());
    return solution;
  }

  model::Scenario const& scenario_;
  Request const& request_;
  Samples samples_;
  model::World nominal_;
  std::vector<Group> groups_;
  model::RunControl const& control_;
  SceneBook book_;
  std::vector<Choice> choices_;
  std::vector<std::vector<SceneValue>> values_;  ///< by group and scene
  double bound_{0};
};

}  // namespace

model::Result<ExpectedSolution> solve_expected(model::Scenario const& scenario,
                                               Request const& request, ComponentCache& cache,
                                               model::RunControl const& control) {
  if (request.worlds < 2) {
    return model::Error{model::ErrorKind::kBadInput, "the expected world takes at least two worlds",
                        "leave out --worlds"};
  }
  auto const source = model::WorldSource::build(scenario, request.world);
  if (!source.ok()) {
    return source.error();
  }
  auto nominal = one_world(scenario, request, model::WorldKind::kGiven);
  if (!nominal.ok()) {
    return nominal.error();
  }
  auto const assured = one_world(scenario, request, model::WorldKind::kAssured);
  if (!assured.ok()) {
    return assured.error();
  }
  return ExpectedSearch{scenario,
                        request,
                        sample(source.value(), request),
                        std::move(nominal).value(),
                        assured.value(),
                        cache,
                        control}
      .run();
}

}  // namespace guarantor::generate
