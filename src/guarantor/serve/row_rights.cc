#include "guarantor/serve/row_rights.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "guarantor/model/release_item.h"
#include "guarantor/policy/release_table.h"
#include "guarantor/serve/row_list.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Table;
using policy::Operation;

std::string cell(Cells const& cells, std::string_view column) {
  auto const found = cells.find(std::string{column});
  return found == cells.end() ? std::string{} : found->second;
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Whether an identifier begins with the nation's code: so that no nation can find out by trying
/// which names another's hidden pledges have.
bool named_for(std::string_view key, model::NationId const& nation) {
  std::string const start = nation.text() + "-";
  return key.size() > start.size() &&
         std::ranges::equal(key.substr(0, start.size()), start,
                            [](char a, char b) { return lower(a) == lower(b); });
}

std::set<std::string> words(std::string const& text) {
  std::istringstream stream{text};
  std::set<std::string> all;
  for (std::string word; stream >> word;) {
    all.insert(word);
  }
  return all;
}

}  // namespace

Operation changing(Table table) {
  switch (table) {
    case Table::kPledges:
    case Table::kOffers:
    case Table::kDeliveries:
    case Table::kForceClaims:
      return Operation::kOffer;
    case Table::kAssessments:
      return Operation::kAssess;
    default:
      return Operation::kEdit;
  }
}

model::NationId owner_of(Table table, Cells const& cells, model::RowTables const& rows) {
  auto const& rule = policy::rule_of(table);
  if (rule.row == policy::RowRule::kOwner) {
    return model::NationId{cell(cells, rule.by)};
  }
  if (rule.row == policy::RowRule::kFollows && rule.by == "pledge") {
    auto const* pledge = rows.find(model::text(Table::kPledges), cell(cells, "pledge"));
    return pledge == nullptr ? model::NationId{} : owner_of(Table::kPledges, pledge->cells, rows);
  }
  return {};
}

std::optional<Error> refusal(policy::Viewer const& viewer, RowEdit const& change,
                             model::RowRecord const* before, model::RowTables const& rows) {
  auto const operation = changing(change.table);
  policy::Kind const kind{change.table};
  auto const may_change = [&](Cells const& cells) {
    return policy::may(viewer, operation, kind, owner_of(change.table, cells, rows));
  };
  if ((before != nullptr && !may_change(before->cells)) ||
      (change.cells && !may_change(*change.cells)) ||
      policy::allowance(viewer.role, operation, kind) == policy::Allowance::kNo) {
    return Error{ErrorKind::kRefused, "this row is not yours to change",
                 "docs/policy.md says who may change what"};
  }
  bool const own_alone = policy::allowance(viewer.role, operation, kind) == policy::Allowance::kOwn;
  if (own_alone && before == nullptr && change.table == Table::kPledges &&
      !named_for(change.key, viewer.nation)) {
    return Error{ErrorKind::kRefused,
                 fmt::format("a pledge of {} needs a name of its own", viewer.nation.text()),
                 fmt::format("begin it with `{}-`", viewer.nation.text())};
  }
  std::string const column{model::kReleaseColumn};
  std::string const now = change.cells ? cell(*change.cells, column) : std::string{};
  std::string const then = before == nullptr ? std::string{} : cell(before->cells, column);
  if (change.cells && now != then) {
    auto const& cells = before != nullptr ? before->cells : *change.cells;
    if (!policy::may(viewer, Operation::kRelease, kind, owner_of(change.table, cells, rows))) {
      return Error{ErrorKind::kRefused, "only its owner says to whom a row is released",
                   fmt::format("leave `{}` as it is", column)};
    }
  }
  return std::nullopt;
}

Cells kept_beside(policy::Viewer const& viewer, Table table, Cells sent,
                  model::RowRecord const* before, model::RowRecord const* seen) {
  std::erase_if(sent, [](auto const& one) { return one.second.empty(); });
  if (before == nullptr) {
    return sent;
  }
  std::string const release{model::kReleaseColumn};
  for (auto const& [column, text] : before->cells) {
    bool const shown = seen != nullptr && seen->cells.contains(column);
    bool const owners =
        column == release && policy::sees_everything(viewer) && !sent.contains(column);
    if ((!shown || owners) && !sent.contains(column)) {
      sent.emplace(column, text);
    }
  }
  // A pledge is shown without mention of those its reader does not see.
  if (std::string const column = "requires"; table == Table::kPledges && seen != nullptr) {
    auto hidden = words(cell(before->cells, column));
    for (std::string const& word : words(cell(seen->cells, column))) {
      hidden.erase(word);
    }
    for (std::string const& word : hidden) {
      std::string& now = sent[column];
      if (!words(now).contains(word)) {
        now += (now.empty() ? "" : " ") + word;
      }
    }
  }
  return sent;
}

}  // namespace guarantor::serve
