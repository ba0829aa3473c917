#include "guarantor/model/world_source.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace guarantor::model {
namespace {

/// The conditions that the expressions of a scenario name, and all that those depend on.
class Relevance {
 public:
  Relevance(Scenario const& scenario, WorldRequest const& request)
      : scenario_{scenario}, request_{request} {
    for (Condition const& condition : scenario.conditions) {
      condition_.emplace(condition.id, &condition);
    }
  }

  /// In table order, what is assumed as a certainty of its own.
  std::vector<Condition> run() {
    for (Pledge const& pledge : scenario_.pledges) {
      bool const counts = pledge.status != PledgeStatus::kWithdrawn &&
                          pledge.quantity != Units{0} &&
                          (pledge.status != PledgeStatus::kIndicated || request_.include_indicated);
      if (counts) {
        add(pledge.conditions);
      }
    }
    for (Phase const& phase : scenario_.phases) {
      add(phase.begins_if);
    }
    add(scenario_.header.viable_if);
    std::vector<Condition> result;
    for (Condition const& condition : scenario_.conditions) {
      if (named_.contains(condition.id)) {
        result.push_back(settled(condition));
      }
    }
    return result;
  }

 private:
  [[nodiscard]] Condition settled(Condition condition) const {
    if (auto const assumed = request_.assumed.find(condition.id);
        assumed != request_.assumed.end()) {
      condition.probability = Probability{assumed->second ? 1.0 : 0.0};
      condition.given.clear();
    }
    return condition;
  }

  void add(Expression const& expression) {
    std::vector<ConditionId> open = expression.conditions();
    while (!open.empty()) {
      ConditionId const id = std::move(open.back());
      open.pop_back();
      auto const found = condition_.find(id);
      if (found == condition_.end() || !named_.insert(id).second) {
        continue;
      }
      for (Given const& given : settled(*found->second).given) {
        auto const causes = given.when.conditions();
        open.insert(open.end(), causes.begin(), causes.end());
      }
    }
  }

  Scenario const& scenario_;
  WorldRequest const& request_;
  std::map<ConditionId, Condition const*> condition_;
  std::set<ConditionId> named_;
};

/// Joins equal worlds, in order of first appearance.
class Gathering {
 public:
  void add(World world, double weight) {
    auto const key = std::tuple{world.viable, world.pledge_holds, world.phase_begins};
    auto const [place, fresh] = place_.try_emplace(key, worlds_.size());
    if (fresh) {
      worlds_.push_back({std::move(world), 0});
    }
    worlds_[place->second].weight += weight;
  }
  [[nodiscard]] std::vector<WeightedWorld> take() { return std::move(worlds_); }

 private:
  std::map<std::tuple<bool, std::vector<bool>, std::vector<bool>>, std::size_t> place_;
  std::vector<WeightedWorld> worlds_;
};

}  // namespace

World as_planned(World world) {
  if (!world.viable) {
    world.pledge_holds.assign(world.pledge_holds.size(), false);
    world.phase_begins.assign(world.phase_begins.size(), false);
    world.joined.clear();
  }
  return world;
}

Result<WorldSource> WorldSource::build(Scenario const& scenario, WorldRequest const& request) {
  WorldRequest given = request;
  given.kind = WorldKind::kGiven;
  // Any one world tells whether what is assumed exists.
  if (auto const any = resolve(scenario, given); !any.ok()) {
    return any.error();
  }
  auto network = ConditionNetwork::build(Relevance{scenario, request}.run());
  if (!network.ok()) {
    return network.error();
  }
  return WorldSource{scenario, std::move(given), std::move(network).value()};
}

World WorldSource::world_of(ConditionNetwork::Draw const& draw) const {
  WorldRequest request = request_;
  for (auto const& [condition, value] : draw) {
    request.assumed[condition] = value;
  }
  return as_planned(resolve(*scenario_, request).value());
}

std::optional<std::vector<WeightedWorld>> WorldSource::all(std::size_t most) const {
  constexpr std::size_t kMostOutcomes = 4096;
  auto const outcomes = network_.outcomes(kMostOutcomes);
  if (!outcomes) {
    return std::nullopt;
  }
  Gathering gathering;
  for (ConditionNetwork::Outcome const& outcome : *outcomes) {
    gathering.add(world_of(outcome.draw), outcome.probability.count());
  }
  auto worlds = gathering.take();
  return worlds.size() <= most ? std::optional{std::move(worlds)} : std::nullopt;
}

std::vector<WeightedWorld> WorldSource::draw(std::uint64_t seed, std::string_view purpose,
                                             int count) const {
  Gathering gathering;
  for (int k = 0; k < count; ++k) {
    gathering.add(world_of(network_.sample(seed, purpose, static_cast<std::uint64_t>(k))),
                  1.0 / count);
  }
  return gathering.take();
}

}  // namespace guarantor::model
