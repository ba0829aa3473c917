#include "guarantor/serve/row_past.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "guarantor/model/release_item.h"
#include "guarantor/policy/operation_table.h"
#include "guarantor/policy/release_table.h"
#include "guarantor/policy/row_share.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using model::Table;
using policy::RowShare;
using States = std::vector<store::RowState>;

std::string cell(Cells const& cells, std::string_view column) {
  auto const found = cells.find(std::string{column});
  return found == cells.end() ? std::string{} : found->second;
}

std::vector<std::string> words(std::string const& text) {
  std::istringstream stream{text};
  std::vector<std::string> all;
  for (std::string word; stream >> word;) {
    all.push_back(word);
  }
  return all;
}

std::string joined(std::vector<std::string> const& all) {
  std::string text;
  for (auto const& word : all) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

/// What a row said as of a version; null: it was not there.
Cells const* as_of(States const& states, store::Position version) {
  Cells const* cells = nullptr;
  for (auto const& state : states) {
    if (state.position < version) {
      cells = state.cells.empty() ? nullptr : &state.cells;
    }
  }
  return cells;
}

/// A row and the pledges on which it depends who sees it, and how much of it.
class Past {
 public:
  Past(policy::Viewer const& viewer, Table table) : viewer_{viewer}, table_{table} {}

  Result<model::Done> read(store::Store const& store, std::string_view scenario,
                           std::string_view key) {
    auto states = store::row_history(store, scenario, model::text(table_), key);
    if (!states.ok()) {
      return states.error();
    }
    states_ = std::move(states).value();
    std::set<std::string> pledges;
    for (auto const& state : states_) {
      if (rule().row == policy::RowRule::kFollows) {
        pledges.insert(cell(state.cells, rule().by));
      }
      auto const mentioned = words(cell(state.cells, "requires"));
      pledges.insert(mentioned.begin(), mentioned.end());
    }
    for (auto const& pledge : pledges) {
      auto history = store::row_history(store, scenario, model::text(Table::kPledges), pledge);
      if (history.ok()) {
        pledges_.emplace(pledge, std::move(history).value());
      } else if (history.error().kind != ErrorKind::kNotFound) {
        return history.error();
      }
    }
    return model::Done{};
  }

  /// The versions with which something changed of which the row in the viewer's eyes is made.
  [[nodiscard]] std::vector<store::ScenarioVersion> turns(
      std::vector<store::ScenarioVersion> const& versions) const {
    std::set<store::Position> changes;
    for (auto const& state : states_) {
      changes.insert(state.position);
    }
    for (auto const& [pledge, states] : pledges_) {
      for (auto const& state : states) {
        changes.insert(state.position);
      }
    }
    std::vector<store::ScenarioVersion> turns;
    store::Position last = 0;
    for (auto const& version : versions) {
      auto const first = changes.lower_bound(last);
      if (first != changes.end() && *first < version.position) {
        turns.push_back(version);
      }
      last = version.position;
    }
    return turns;
  }

  struct Shown {
    std::optional<Cells> cells;
    bool own{};
  };
  [[nodiscard]] Shown shown(store::Position version) const {
    auto const* cells = as_of(states_, version);
    if (cells == nullptr) {
      return {};
    }
    if (policy::sees_everything(viewer_)) {
      return {*cells, true};
    }
    RowShare const share = share_of(*cells, version);
    if (!share.row) {
      return {};
    }
    Cells part;
    for (auto const& [column, text] : *cells) {
      std::string now = cut(column, text, share, version);
      if (!now.empty()) {
        part.emplace(column, std::move(now));
      }
    }
    return {std::move(part), share.own};
  }

 private:
  [[nodiscard]] policy::TableRule const& rule() const { return policy::rule_of(table_); }

  [[nodiscard]] RowShare share_of_pledge(std::string const& id, store::Position version) const {
    auto const found = pledges_.find(id);
    auto const* cells = found == pledges_.end() ? nullptr : as_of(found->second, version);
    return cells == nullptr
               ? RowShare{}
               : policy::owned_share(cell(*cells, "nation"),
                                     words(cell(*cells, model::kReleaseColumn)), viewer_);
  }

  [[nodiscard]] RowShare share_of(Cells const& cells, store::Position version) const {
    switch (rule().row) {
      case policy::RowRule::kOwner:
        return policy::owned_share(cell(cells, rule().by),
                                   words(cell(cells, model::kReleaseColumn)), viewer_);
      case policy::RowRule::kFollows:
        return rule().by == "pledge" ? share_of_pledge(cell(cells, "pledge"), version) : RowShare{};
      default:
        return policy::role_share(rule().row, viewer_);
    }
  }

  /// What is shown of a cell.
  [[nodiscard]] std::string cut(std::string const& column, std::string const& text,
                                RowShare const& share, store::Position version) const {
    if (column == model::kReleaseColumn) {
      return joined(share.items);
    }
    bool const known = policy::lists(rule().with_row, column) ||
                       policy::lists(rule().named, column) ||
                       policy::lists(rule().planners, column);
    if (known ? !share.shows(policy::column_rule(rule(), column), column) : !share.own) {
      return {};
    }
    if (table_ == Table::kPledges && column == "requires") {
      auto mentioned = words(text);
      std::erase_if(mentioned, [&](auto const& id) { return !share_of_pledge(id, version).row; });
      return joined(mentioned);
    }
    return text;
  }

  policy::Viewer viewer_;
  Table table_;
  States states_;
  std::map<std::string, States> pledges_;
};

std::vector<std::string> differing(std::optional<Cells> const& before,
                                   std::optional<Cells> const& now) {
  std::set<std::string> columns;
  for (auto const* cells : {&before, &now}) {
    if (*cells) {
      for (auto const& [column, text] : **cells) {
        if (cell(before.value_or(Cells{}), column) != cell(now.value_or(Cells{}), column)) {
          columns.insert(column);
        }
      }
    }
  }
  return {columns.begin(), columns.end()};
}

}  // namespace

Result<std::vector<PastRow>> past_of(store::Store const& store, policy::Viewer const& viewer,
                                     std::string_view scenario, Table table, std::string_view key) {
  Error const nothing{
      ErrorKind::kNotFound,
      fmt::format("there is no row `{}` in {}, or it is not yours to see", key, model::text(table)),
      ""};
  auto const versions = store::list_versions(store, scenario);
  if (!versions.ok()) {
    return versions.error();
  }
  Past past{viewer, table};
  if (auto const read = past.read(store, scenario, key); !read.ok()) {
    return read.error().kind == ErrorKind::kNotFound ? nothing : read.error();
  }
  std::vector<PastRow> states;
  std::optional<Cells> before;
  for (auto const& version : past.turns(versions.value())) {
    auto now = past.shown(version.position);
    if (now.cells == before) {
      continue;
    }
    states.push_back({.at = version.at,
                      .by = now.own ? version.by : std::string{},
                      .cells = now.cells,
                      .changed = differing(before, now.cells)});
    before = std::move(now.cells);
  }
  if (states.empty()) {
    return nothing;
  }
  return states;
}

}  // namespace guarantor::serve
