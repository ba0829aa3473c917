#include "guarantor/generate/expected_scenes.h"

#include <algorithm>
#include <string>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/expected_jobs.h"

namespace guarantor::generate {
namespace {

/// Adds what a world's plan of a component covers, and which designated units it uses.
void describe(model::Scenario const& scenario, Instance const& instance, Replan const& plan,
              Designation const& designation, SceneValue& value) {
  Certificate const certificate = certify(scenario, instance, plan.starts);
  for (std::size_t r = 0; r < instance.lines.size(); ++r) {
    PlannedLine const& line = instance.lines[LineIndex{r}];
    for (int t = line.from; t < line.to; ++t) {
      double const cover = certificate.cover[LineIndex{r}][static_cast<std::size_t>(t - line.from)];
      if (cover > 0) {
        value.cover[{line.row, t}] = cover;
      }
    }
  }
  PresenceTable const designated{instance, starts_in(instance, designation)};
  PresenceTable const present{instance, plan.starts};
  for (std::size_t place = 0; place < instance.options.size(); ++place) {
    Option const& option = instance.options[OptionIndex{place}];
    for (int t = option.first; t < option.until; ++t) {
      int const both =
          std::min(designated.at(OptionIndex{place}, t), present.at(OptionIndex{place}, t));
      if (both > 0) {
        value.used[{instance.pledges[option.pledge].row, instance.lines[option.line].row, t}] =
            both;
      }
    }
  }
}

}  // namespace

SceneBook::SceneBook(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
                     std::vector<Group> const& groups)
    : scenario_{scenario},
      threads_{request.threads},
      cache_{cache},
      groups_{groups},
      planner_{scenario, request, cache} {
  for (Group const& group : groups) {
    plan_of_.emplace_back(group.scenes.size());
  }
}

void SceneBook::count(bool limited) {
  limited_ = limited_ || limited;
}

void SceneBook::learn(Learned& learned) {
  for (auto& [key, answer] : learned) {
    cache_.keep(std::move(key), std::move(answer));
  }
  learned.clear();
}

std::optional<model::Error> SceneBook::plan_freely(std::vector<SceneIndex> const& scenes,
                                                   model::RunControl const& control) {
  struct Errand {
    SceneIndex scene;
    std::size_t component;
  };
  std::vector<Errand> errands;
  std::size_t const first = plans_.size();
  std::map<std::string, std::size_t> same;
  for (SceneIndex const scene : scenes) {
    auto const components = components_in(scenario_, world(scene));
    auto& plans = plan_of_[scene.group][scene.scene];
    for (std::size_t i = 0; i < components.size(); ++i) {
      // Large components are hardly ever equal, and remembering them all would take much memory.
      constexpr std::size_t kSmall = 20'000;
      Instance const& instance = components[i].instance;
      std::string const key = count_starts(instance) <= kSmall
                                  ? fingerprint(scenario_, instance)
                                  : "errand " + std::to_string(errands.size());
      auto const [place, fresh] = same.try_emplace(key, first + errands.size());
      if (fresh) {
        errands.push_back({scene, i});
      }
      plans.push_back(place->second);
    }
  }
  plans_.resize(first + errands.size());
  auto error = run_jobs(
      errands.size(), threads_, "worlds", control,
      [&](std::size_t place, model::RunControl const& slice) -> model::Result<model::Done> {
        auto const components = components_in(scenario_, world(errands[place].scene));
        auto plan = planner_.free_plan(components[errands[place].component].instance, slice);
        if (!plan.ok()) {
          return plan.error();
        }
        plans_[first + place] = std::move(plan).value();
        return model::Done{};
      });
  for (std::size_t place = first; place < plans_.size(); ++place) {
    count(plans_[place].limited);
    learn(plans_[place].learned);
  }
  return error;
}

double SceneBook::free_bound(SceneIndex scene) const {
  double bound = 0;
  for (std::size_t const plan : plan_of_[scene.group][scene.scene]) {
    bound += plans_[plan].bound;
  }
  return bound;
}

Designation SceneBook::free_designation(SceneIndex scene) const {
  auto const components = components_in(scenario_, world(scene));
  Designation designation;
  for (std::size_t i = 0; i < components.size(); ++i) {
    auto const part = designation_of(components[i].instance,
                                     plans_[plan_of_[scene.group][scene.scene][i]].starts);
    designation.insert(designation.end(), part.begin(), part.end());
  }
  std::sort(designation.begin(), designation.end());
  return designation;
}

model::Result<SceneBook::Valued> SceneBook::value(Trial const& trial,
                                                  model::RunControl const& control) const {
  Valued valued;
  auto const& plans = plan_of_[trial.scene.group][trial.scene.scene];
  auto const components = components_in(scenario_, world(trial.scene));
  for (std::size_t i = 0; i < components.size(); ++i) {
    Instance const& instance = components[i].instance;
    auto replan = planner_.replan(instance, plans_[plans[i]], *trial.designation,
                                  share_of(control, 1.0 / static_cast<double>(plans.size() - i)));
    if (!replan.ok()) {
      return replan.error();
    }
    Replan& plan = replan.value();
    valued.value.objective += plan.objective;
    valued.value.reassigned += plan.reassigned;
    valued.limited = valued.limited || plan.limited;
    describe(scenario_, instance, plan, *trial.designation, valued.value);
    std::move(plan.learned.begin(), plan.learned.end(), std::back_inserter(valued.learned));
  }
  return valued;
}

model::Result<std::vector<SceneValue>> SceneBook::value(std::vector<Trial> const& trials,
                                                        model::RunControl const& control) {
  std::vector<Valued> found(trials.size());
  auto error = run_jobs(
      trials.size(), threads_, "worlds beside the designation", control,
      [&](std::size_t place, model::RunControl const& slice) -> model::Result<model::Done> {
        auto valued = value(trials[place], slice);
        if (!valued.ok()) {
          return valued.error();
        }
        found[place] = std::move(valued).value();
        return model::Done{};
      });
  if (error) {
    return *std::move(error);
  }
  std::vector<SceneValue> values;
  for (Valued& valued : found) {
    count(valued.limited);
    learn(valued.learned);
    values.push_back(std::move(valued.value));
  }
  return values;
}

}  // namespace guarantor::generate
