#include "guarantor/serve/scenario_change.h"

#include <algorithm>
#include <map>
#include <vector>

namespace guarantor::serve {
namespace {

using RowName = std::pair<std::string, std::string>;

/// The names of rows that are not the same in both. Most stand where they stood: those are not
/// looked up.
std::set<RowName> differing(std::vector<model::RowRecord> const& before,
                            std::vector<model::RowRecord> const& after) {
  std::set<RowName> names;
  std::map<RowName, model::RowRecord const*> moved;
  std::size_t const both = std::min(before.size(), after.size());
  std::size_t first = 0;
  while (first < both && before[first] == after[first]) {
    ++first;
  }
  std::size_t last = 0;
  while (last < both - first && before[before.size() - 1 - last] == after[after.size() - 1 - last]) {
    ++last;
  }
  for (std::size_t i = first; i < before.size() - last; ++i) {
    moved.emplace(RowName{before[i].table, before[i].key}, &before[i]);
  }
  for (std::size_t i = first; i < after.size() - last; ++i) {
    auto const found = moved.find({after[i].table, after[i].key});
    if (found == moved.end() || *found->second != after[i]) {
      names.emplace(after[i].table, after[i].key);
    }
    if (found != moved.end()) {
      moved.erase(found);
    }
  }
  for (auto const& [name, row] : moved) {
    names.insert(name);
  }
  return names;
}

}  // namespace

std::shared_ptr<ScenarioChange::Seen const> ScenarioChange::seen_by(
    policy::Viewer const& viewer) const {
  auto const who = policy::sees_everything(viewer) ? std::string{} : policy::print(viewer);
  {
    std::scoped_lock const lock{mutex_};
    if (auto const found = seen_.find(who); found != seen_.end()) {
      return found->second;
    }
  }
  auto seen = std::make_shared<Seen const>(compare(viewer));
  std::scoped_lock const lock{mutex_};
  return seen_.emplace(who, std::move(seen)).first->second;
}

ScenarioChange::Seen ScenarioChange::compare(policy::Viewer const& viewer) const {
  Seen seen;
  auto const after = views_.of(viewer, after_);
  if (!after.ok()) {
    return seen;
  }
  seen.name = after.value()->name;
  auto const before =
      before_ ? views_.of(viewer, *before_) : model::Result<SharedView>{SharedView{}};
  if (!before.ok() || !before.value()) {
    seen.changed = true;
    return seen;
  }
  if (before.value()->name == seen.name) {
    return seen;
  }
  seen.changed = true;
  seen.rows = differing(before.value()->rows, after.value()->rows);
  return seen;
}

}  // namespace guarantor::serve
