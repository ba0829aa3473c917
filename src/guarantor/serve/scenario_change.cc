#include "guarantor/serve/scenario_change.h"

#include <map>

namespace guarantor::serve {
namespace {

using RowName = std::pair<std::string, std::string>;

std::map<RowName, model::RowRecord const*> by_name(ScenarioView const& view) {
  std::map<RowName, model::RowRecord const*> rows;
  for (model::RowRecord const& row : view.rows) {
    rows.emplace(RowName{row.table, row.key}, &row);
  }
  return rows;
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
  auto old = by_name(*before.value());
  for (model::RowRecord const& row : after.value()->rows) {
    auto const found = old.find({row.table, row.key});
    if (found == old.end() || *found->second != row) {
      seen.rows.emplace(row.table, row.key);
    }
    if (found != old.end()) {
      old.erase(found);
    }
  }
  for (auto const& [name, row] : old) {
    seen.rows.insert(name);
  }
  return seen;
}

}  // namespace guarantor::serve
