#include "guarantor/serve/row_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "guarantor/serve/table_words.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::serve {
namespace {

using Rows = std::vector<model::RowRecord>;

/// The columns of a table in the order in which reading numbers them: that of first use.
std::vector<std::string_view> columns_in_order(std::vector<model::RowRecord const*> const& rows) {
  std::vector<std::string_view> order;
  std::set<std::string_view> seen;
  for (auto const* row : rows) {
    for (auto const& [column, text] : row->cells) {
      if (seen.insert(column).second) {
        order.push_back(column);
      }
    }
  }
  return order;
}

/// Finds the row and the column that a place in the tables read means.
class Places {
 public:
  explicit Places(Rows const& rows) {
    for (auto const& row : rows) {
      by_table_[row.table].push_back(&row);
    }
    for (auto const& [table, list] : by_table_) {
      columns_.emplace(table, columns_in_order(list));
    }
  }

  [[nodiscard]] CellError at(tables::Diagnostic const& told) const {
    CellError error{.table = table_of(told.file),
                    .key = {},
                    .column = {},
                    .message = told.message,
                    .hint = told.hint};
    auto const found = by_table_.find(error.table);
    bool const scalars = error.table == model::text(model::Table::kScenario);
    std::uint64_t const first = scalars ? 1 : 2;
    if (found == by_table_.end() || told.line < first) {
      return error;
    }
    auto const place = static_cast<std::size_t>(told.line - first);
    if (scalars) {
      auto const& cells = found->second.front()->cells;
      error.key = found->second.front()->key;
      if (place < cells.size()) {
        error.column = std::next(cells.begin(), static_cast<std::ptrdiff_t>(place))->first;
      }
    } else if (place < found->second.size()) {
      error.key = found->second[place]->key;
      auto const& columns = columns_.at(error.table);
      if (told.column > 0 && told.column <= columns.size()) {
        error.column = columns[static_cast<std::size_t>(told.column - 1)];
      }
    }
    return error;
  }

 private:
  /// `name/pledges.csv` is of table `pledges`.
  static std::string table_of(std::string const& file) {
    std::string const name = file.substr(file.rfind('/') + 1);
    return name.substr(0, name.find('.'));
  }

  std::map<std::string, std::vector<model::RowRecord const*>, std::less<>> by_table_;
  std::map<std::string, std::vector<std::string_view>, std::less<>> columns_;
};

Rows changed(std::span<model::RowRecord const> rows, std::span<RowEdit const> changes) {
  Rows result{rows.begin(), rows.end()};
  for (RowEdit const& change : changes) {
    auto const table = model::text(change.table);
    auto const found = std::ranges::find_if(
        result, [&](auto const& row) { return row.key == change.key && row.table == table; });
    if (!change.cells) {
      if (found != result.end()) {
        result.erase(found);
      }
    } else if (found != result.end()) {
      found->cells = *change.cells;
    } else {
      auto const last = std::ranges::find_if(result.rbegin(), result.rend(),
                                             [&](auto const& row) { return row.table == table; });
      result.insert(last == result.rend() ? result.end() : last.base(),
                    {std::string{table}, change.key, *change.cells});
    }
  }
  return result;
}

/// Without the reasons, where there is none.
std::optional<tables::ChangedScenario> quickly(ScenarioView const& view,
                                               std::span<RowEdit const> changes) {
  std::map<model::Table, std::vector<RowEdit>> by_table;
  for (RowEdit const& change : changes) {
    by_table[change.table].push_back(change);
  }
  std::map<model::Table, Rows> touched;
  for (auto const& [table, edits] : by_table) {
    touched.emplace(table, changed(view.text.rows.of(model::text(table)), edits));
  }
  return tables::with_tables(view.scenario, view.text, touched);
}

/// From the start on, telling of each error where it stands.
ChangedScenario thoroughly(ScenarioView const& view, std::span<RowEdit const> changes) {
  ChangedScenario result;
  Rows const raw = changed(view.text.rows.all(), changes);
  auto loaded = tables::from_rows(raw, "scenario");
  Places const places{raw};
  for (auto const& told : loaded.diagnostics) {
    if (told.severity == model::Severity::kError) {
      result.errors.push_back(places.at(told));
    }
  }
  if (loaded.scenario) {
    auto text = tables::text_of(*loaded.scenario, view.scenario, view.text);
    result.made = {*std::move(loaded.scenario), std::move(text)};
  }
  return result;
}

}  // namespace

ChangedScenario with_changes(ScenarioView const& view, std::span<RowEdit const> changes) {
  auto quick = quickly(view, changes);
  auto result = quick ? ChangedScenario{std::move(quick), {}} : thoroughly(view, changes);
  if (!result.made) {
    return result;
  }
  for (RowEdit const& change : changes) {
    auto const table = model::text(change.table);
    if (change.cells && result.made->text.rows.find(table, change.key) == nullptr) {
      auto const columns = key_columns(change.table);
      result.errors.push_back({std::string{table}, change.key,
                               columns.empty() ? std::string{} : std::string{columns.front()},
                               "the row's cells say another key than the request",
                               fmt::format("a key is {}", fmt::join(columns, "/"))});
    }
  }
  if (!result.errors.empty()) {
    result.made.reset();
  }
  return result;
}

std::string key_part(std::string_view text) {
  std::string part;
  for (char const c : text) {
    if (c == '/') {
      part += "%2F";
    } else if (c == '%') {
      part += "%25";
    } else {
      part += c;
    }
  }
  return part;
}

std::vector<std::string> key_parts(std::string_view key) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '/') {
      parts.emplace_back();
    } else if (key.substr(i, 3) == "%2F") {
      parts.back() += '/';
      i += 2;
    } else if (key.substr(i, 3) == "%25") {
      parts.back() += '%';
      i += 2;
    } else {
      parts.back() += key[i];
    }
  }
  return parts;
}

}  // namespace guarantor::serve
