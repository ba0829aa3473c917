#include "guarantor/serve/scenario_change.h"

#include <map>
#include <span>
#include <string_view>

namespace guarantor::serve {
namespace {

using RowName = std::pair<std::string, std::string>;

/// Adds the names of rows of a table that are not the same in both.
void add_differing(std::span<model::RowRecord const> before,
                   std::span<model::RowRecord const> after, std::set<RowName>& names) {
  std::map<std::string_view, model::RowRecord const*> old;
  for (model::RowRecord const& row : before) {
    old.emplace(row.key, &row);
  }
  for (model::RowRecord const& row : after) {
    auto const found = old.find(row.key);
    if (found == old.end() || *found->second != row) {
      names.emplace(row.table, row.key);
    }
    if (found != old.end()) {
      old.erase(found);
    }
  }
  for (auto const& [key, row] : old) {
    names.emplace(row->table, key);
  }
}

std::set<RowName> differing(model::RowTables const& before, model::RowTables const& after) {
  std::set<RowName> names;
  for (auto const& table : after.tables()) {
    auto const old = before.of(table->front().table);
    if (old.data() != table->data()) {
      add_differing(old, *table, names);
    }
  }
  for (auto const& table : before.tables()) {
    if (after.of(table->front().table).empty()) {
      add_differing(*table, {}, names);
    }
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
  seen.rows = differing(before.value()->text.rows, after.value()->text.rows);
  return seen;
}

}  // namespace guarantor::serve
