#include "release_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "guarantor/model/release_item.h"
#include "guarantor/policy/operation_table.h"
#include "guarantor/policy/release_cells.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::release_matrix {
namespace {

using model::Table;
using policy::Allowance;
using policy::ColumnRule;
using policy::Operation;
using policy::Role;
using policy::RowRule;
using policy::TableRule;
using policy::word_at;

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> all;
  for (std::size_t i = 0; !word_at(list, i).empty(); ++i) {
    all.emplace_back(word_at(list, i));
  }
  return all;
}

std::vector<Role> roles() {
  std::vector<Role> all;
  for (std::size_t r = 0; r < policy::kRoles; ++r) {
    all.push_back(static_cast<Role>(r));
  }
  return all;
}

class Flaws {
 public:
  Flaws(TableColumns const& schema, TableRule const& rule) : schema_{schema}, rule_{rule} {}

  std::vector<std::string> find() {
    check_columns();
    check_rule();
    check_release();
    return std::move(found_);
  }

 private:
  void add(std::string const& what) {
    found_.push_back(fmt::format("{}: {}", model::text(schema_.table), what));
  }
  [[nodiscard]] bool has(std::string_view column) const {
    return std::ranges::any_of(schema_.columns,
                               [&](Column const& known) { return known.name == column; });
  }

  void check_columns() {
    for (Column const& column : schema_.columns) {
      std::size_t times = 0;
      for (auto const list : {rule_.with_row, rule_.named, rule_.planners}) {
        auto const named = words(list);
        times += static_cast<std::size_t>(std::ranges::count(named, column.name));
      }
      if (times != 1) {
        add(fmt::format("the column `{}` has {} rules of release, not one", column.name, times));
      }
      bool const hides =
          policy::lists(rule_.named, column.name) || policy::lists(rule_.planners, column.name);
      if (hides && (column.required || !policy::can_empty(schema_.table, column.name))) {
        add(fmt::format("the column `{}` is hidden by a rule and cannot be empty", column.name));
      }
    }
  }

  void check_rule() {
    for (auto const list : {rule_.with_row, rule_.named, rule_.planners, rule_.by}) {
      for (auto const& column : words(list)) {
        if (!has(column)) {
          add(fmt::format("a rule names `{}`, which is no column", column));
        }
      }
    }
    bool const needs = rule_.row == RowRule::kOwner || rule_.row == RowRule::kFollows;
    if (needs == rule_.by.empty()) {
      add(needs ? "says not whose a row is" : "says whose a row is, and the rule does not ask");
    }
  }

  void check_release() {
    bool const owned = rule_.row == RowRule::kOwner;
    if (owned != has(model::kReleaseColumn)) {
      add(owned ? "rows with an owner, and no releasable_to" : "releasable_to, and no owner");
    }
    std::set<std::string> releasable;
    for (auto const column : model::releasable_columns(schema_.table)) {
      releasable.emplace(column);
    }
    std::set<std::string> columns;
    for (Column const& column : schema_.columns) {
      if (owned && column.name != model::kReleaseColumn) {
        columns.insert(column.name);
      }
    }
    if (releasable != columns) {
      add("model::releasable_columns are not its columns");
    }
  }

  TableColumns const& schema_;
  TableRule const& rule_;
  std::vector<std::string> found_;
};

std::string allowances(Operation operation, policy::Kind kind) {
  std::string line;
  for (Role const role : roles()) {
    line += "," + std::string{model::text(policy::allowance(role, operation, kind))};
  }
  return line;
}

bool anybody(Operation operation, policy::Kind kind) {
  return std::ranges::any_of(roles(), [&](Role role) {
    return policy::allowance(role, operation, kind) != Allowance::kNo;
  });
}

}  // namespace

std::vector<TableColumns> schema_columns() {
  std::vector<TableColumns> all;
  TableColumns scalars{Table::kScenario, {}};
  for (auto const& column : tables::scalar_columns()) {
    // Some have a usual value, which is not the same as none: `can_empty` knows those that do not.
    scalars.columns.push_back({std::string{column.info.name}, column.info.facts.required});
  }
  all.push_back(std::move(scalars));
  for (tables::TableSchema const& schema : tables::table_schemas()) {
    TableColumns table{schema.table, {}};
    for (tables::ColumnInfo const& column : schema.columns) {
      table.columns.push_back({std::string{column.name}, column.facts.required});
    }
    all.push_back(std::move(table));
  }
  TableColumns areas{Table::kAreas, {{"geometry", true}}};
  for (tables::ColumnInfo const& column : tables::area_properties()) {
    areas.columns.push_back({std::string{column.name}, column.facts.required});
  }
  all.push_back(std::move(areas));
  std::ranges::sort(all, {}, &TableColumns::table);
  return all;
}

std::vector<std::string> flaws(std::span<TableColumns const> schema,
                               std::span<TableRule const> rules) {
  std::vector<std::string> found;
  for (TableColumns const& table : schema) {
    auto const rule = std::ranges::find(rules, table.table, &TableRule::table);
    if (rule == rules.end()) {
      found.push_back(fmt::format("{}: no rule of release", model::text(table.table)));
      continue;
    }
    std::ranges::move(Flaws{table, *rule}.find(), std::back_inserter(found));
  }
  for (policy::Kind const kind : policy::all_kinds()) {
    if (!anybody(Operation::kRead, kind)) {
      found.push_back(fmt::format("{}: nobody may read it", policy::text(kind)));
    }
  }
  return found;
}

std::string reads(Role role, TableRule const& rule, std::string_view column) {
  if (policy::sees_everything({role, {}})) {
    return "yes";
  }
  bool const signed_in = role != Role::kPublic;
  ColumnRule const cell = policy::column_rule(rule, column);
  if (cell == ColumnRule::kPlanners || rule.row == RowRule::kPlanners ||
      (rule.row == RowRule::kSignedIn && !signed_in)) {
    return "-";
  }
  if (rule.row == RowRule::kEveryone || rule.row == RowRule::kSignedIn) {
    return cell == ColumnRule::kNamed ? "-" : "yes";
  }
  if (rule.table == Table::kSources) {
    return "as the cell";
  }
  bool const of_nation = role == Role::kDelegate || role == Role::kDecisionMaker;
  std::string const own = of_nation ? "own + " : "";
  switch (cell) {
    case ColumnRule::kNamed:
      return own + "by name";
    case ColumnRule::kItsPart:
      return own + "its part";
    default:
      return own + "released";
  }
}

std::string to_csv(std::span<TableColumns const> schema) {
  std::string text = "operation,kind,column,row_rule,column_rule";
  for (Role const role : roles()) {
    text += "," + std::string{model::text(role)};
  }
  text += "\n";
  for (TableColumns const& table : schema) {
    TableRule const& rule = policy::rule_of(table.table);
    for (Column const& column : table.columns) {
      text +=
          fmt::format("read,{},{},{},{}", model::text(table.table), column.name,
                      model::text(rule.row), model::text(policy::column_rule(rule, column.name)));
      for (Role const role : roles()) {
        text += "," + reads(role, rule, column.name);
      }
      text += "\n";
    }
  }
  for (std::size_t i = 0; i < model::kWords<Operation>.size(); ++i) {
    auto const operation = static_cast<Operation>(i);
    for (policy::Kind const kind : policy::all_kinds()) {
      bool const by_column = operation == Operation::kRead && std::holds_alternative<Table>(kind);
      if (!by_column && anybody(operation, kind)) {
        text += fmt::format("{},{},,,{}\n", model::text(operation), policy::text(kind),
                            allowances(operation, kind));
      }
    }
  }
  return text;
}

std::string to_text() {
  std::string text =
      "Who may do what. yes: with all; own: with those of its nation; rel: with what "
      "is released to it; -: with none.\n\n";
  auto const line = [&](std::string_view first, auto const& cell) {
    text += fmt::format("{:<11}", first);
    for (Role const role : roles()) {
      text += fmt::format(" {:<10.10}", cell(role));
    }
  };
  line("", [](Role role) { return model::text(role); });
  text += "\n";
  for (policy::OperationRule const& rule : policy::operation_table()) {
    line(model::text(rule.operation),
         [&](Role role) { return word_at(rule.allowances, static_cast<std::size_t>(role)); });
    text += fmt::format("  {}\n", rule.kinds);
  }
  text += "\nWho sees which rows, and which of their columns.\n";
  for (TableRule const& rule : policy::release_table()) {
    text += fmt::format("\n{}: {}{}\n", model::text(rule.table), model::text(rule.row),
                        rule.by.empty() ? "" : fmt::format(" ({})", rule.by));
    for (auto const& [name, list] :
         {std::pair{"with the row", rule.with_row}, std::pair{"by name", rule.named},
          std::pair{"planners", rule.planners}}) {
      if (!list.empty()) {
        text += fmt::format("  {:<13} {}\n", name, list);
      }
    }
  }
  return text;
}

}  // namespace guarantor::release_matrix
