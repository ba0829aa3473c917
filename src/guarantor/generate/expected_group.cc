#include "guarantor/generate/expected_group.h"

#include <map>
#include <utility>

namespace guarantor::generate {
namespace {

/// All that holds in any of the worlds; nothing holds assuredly that does not hold nominally.
model::World union_of(model::World const& nominal, std::vector<model::WeightedWorld> const& valued,
                      std::vector<model::WeightedWorld> const& design) {
  model::World all = nominal;
  all.conditions.clear();
  auto const add = [&](model::World const& world) {
    for (std::size_t p = 0; p < all.pledge_holds.size(); ++p) {
      all.pledge_holds[p] = all.pledge_holds[p] || world.pledge_holds[p];
    }
    for (std::size_t f = 0; f < all.phase_begins.size(); ++f) {
      all.phase_begins[f] = all.phase_begins[f] || world.phase_begins[f];
    }
  };
  for (auto const* list : {&valued, &design}) {
    for (model::WeightedWorld const& entry : *list) {
      add(entry.world);
    }
  }
  return all;
}

/// A group's pledges and the phases its lines wait for.
struct Members {
  std::vector<std::size_t> pledges;
  std::vector<std::size_t> phases;
};

Members members_of(model::Scenario const& scenario, Instance const& component) {
  Members members;
  for (PlannedPledge const& pledge : component.pledges) {
    members.pledges.push_back(pledge.row);
  }
  for (PlannedLine const& line : component.lines) {
    if (auto const phase = waiting_phase(scenario, scenario.requirements[line.row])) {
      members.phases.push_back(*phase);
    }
  }
  return members;
}

model::World masked(model::World const& world, Members const& members) {
  model::World result;
  result.viable = world.viable;
  result.pledge_holds.resize(world.pledge_holds.size());
  result.phase_begins.resize(world.phase_begins.size());
  for (std::size_t const pledge : members.pledges) {
    result.pledge_holds[pledge] = world.pledge_holds[pledge];
  }
  for (std::size_t const phase : members.phases) {
    result.phase_begins[phase] = world.phase_begins[phase];
  }
  return result;
}

}  // namespace

std::vector<Group> group_worlds(model::Scenario const& scenario, model::World const& nominal,
                                model::World const& assured,
                                std::vector<model::WeightedWorld> const& valued,
                                std::vector<model::WeightedWorld> const& design) {
  std::vector<Group> groups;
  for (Component const& component : components_in(scenario, union_of(nominal, valued, design))) {
    Members const members = members_of(scenario, component.instance);
    Group group;
    std::map<std::pair<std::vector<bool>, std::vector<bool>>, std::size_t> place;
    auto const scene_of = [&](model::World const& world) {
      model::World part = masked(world, members);
      auto const [found, fresh] =
          place.try_emplace({part.pledge_holds, part.phase_begins}, group.scenes.size());
      if (fresh) {
        group.scenes.push_back({std::move(part), 0, 0});
      }
      return found->second;
    };
    group.nominal = scene_of(nominal);
    group.assured = scene_of(assured);
    for (model::WeightedWorld const& entry : valued) {
      group.scene_of.push_back(scene_of(entry.world));
      group.scenes[group.scene_of.back()].weight += entry.weight;
    }
    for (model::WeightedWorld const& entry : design) {
      group.scenes[scene_of(entry.world)].design_weight += entry.weight;
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<Component> components_in(model::Scenario const& scenario, model::World const& world) {
  return split(build_instance(scenario, world));
}

}  // namespace guarantor::generate
