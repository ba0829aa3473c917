#include "guarantor/generate/components.h"

#include <map>
#include <numeric>
#include <utility>

namespace guarantor::generate {
namespace {

/// Disjoint sets with path halving.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(b)] = find(a); }

 private:
  std::vector<std::size_t> parent_;
};

/// Groups of pledges; every option's line is tied to its pledge.
Groups connect(Instance const& instance) {
  Groups groups{instance.pledges.size()};
  for (PlannedLine const& line : instance.lines) {
    for (OptionIndex const option : line.options) {
      groups.join(instance.options[line.options.front()].pledge.place,
                  instance.options[option].pledge.place);
    }
  }
  for (PlannedCeiling const& ceiling : instance.ceilings) {
    for (OptionIndex const option : ceiling.options) {
      groups.join(instance.options[ceiling.options.front()].pledge.place,
                  instance.options[option].pledge.place);
    }
  }
  for (std::size_t p = 0; p < instance.pledges.size(); ++p) {
    for (auto const& needed : instance.pledges[PledgeIndex{p}].needs) {
      if (needed) {
        groups.join(p, needed->place);
      }
    }
  }
  return groups;
}

class Splitter {
 public:
  explicit Splitter(Instance const& whole)
      : whole_{whole}, groups_{connect(whole)}, option_(whole.options.size()) {}

  std::vector<Component> run() {
    add_pledges();
    add_lines();
    add_ceilings();
    // What others need that fit nowhere is needed by nobody: a component is what stands in it.
    for (Component& component : components_) {
      mark_foundations(component.instance);
    }
    return std::move(components_);
  }

 private:
  Component& component_of(PledgeIndex pledge) {
    auto const [place, fresh] =
        place_of_.try_emplace(groups_.find(pledge.place), components_.size());
    if (fresh) {
      Component component;
      component.instance.horizon = whole_.horizon;
      component.instance.nations = whole_.nations;
      components_.push_back(std::move(component));
    }
    return components_[place->second];
  }

  void add_pledges() {
    std::vector<PledgeIndex> moved(whole_.pledges.size());
    for (std::size_t p = 0; p < whole_.pledges.size(); ++p) {
      PlannedPledge pledge = whole_.pledges[PledgeIndex{p}];
      if (pledge.options.empty()) {
        continue;
      }
      pledge.options.clear();
      moved[p] = component_of(PledgeIndex{p}).instance.pledges.add(std::move(pledge));
    }
    for (std::size_t p = 0; p < whole_.pledges.size(); ++p) {
      if (whole_.pledges[PledgeIndex{p}].options.empty()) {
        continue;
      }
      auto& needs = component_of(PledgeIndex{p}).instance.pledges[moved[p]].needs;
      for (auto& needed : needs) {
        // A pledge that fits nowhere is never present, as one that is not there at all.
        bool const fits = needed && !whole_.pledges[*needed].options.empty();
        needed = fits ? std::optional{moved[needed->place]} : std::nullopt;
      }
    }
    moved_ = std::move(moved);
  }

  void add_lines() {
    for (PlannedLine const& line : whole_.lines) {
      if (line.options.empty()) {
        continue;
      }
      Component& component = component_of(whole_.options[line.options.front()].pledge);
      Instance& instance = component.instance;
      PlannedLine copy = line;
      copy.options.clear();
      LineIndex const index = instance.lines.add(std::move(copy));
      for (OptionIndex const original : line.options) {
        Option option = whole_.options[original];
        option.pledge = moved_[option.pledge.place];
        option.line = index;
        OptionIndex const added = instance.options.add(option);
        instance.pledges[option.pledge].options.push_back(added);
        instance.lines[index].options.push_back(added);
        component.original.push_back(original);
        option_[original.place] = added;
      }
    }
  }

  void add_ceilings() {
    for (PlannedCeiling const& ceiling : whole_.ceilings) {
      PlannedCeiling copy = ceiling;
      for (OptionIndex& option : copy.options) {
        option = option_[option.place];
      }
      component_of(whole_.options[ceiling.options.front()].pledge)
          .instance.ceilings.push_back(std::move(copy));
    }
  }

  Instance const& whole_;
  Groups groups_;
  std::map<std::size_t, std::size_t> place_of_;
  std::vector<PledgeIndex> moved_;
  std::vector<OptionIndex> option_;
  std::vector<Component> components_;
};

}  // namespace

std::vector<Component> split(Instance const& instance) {
  return Splitter{instance}.run();
}

}  // namespace guarantor::generate
