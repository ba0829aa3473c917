#include "guarantor/serve/row_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/table_words.h"

namespace guarantor::serve {
namespace {

using Rows = std::vector<model::RowRecord const*>;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool holds(std::string_view text, std::string_view part) {
  return std::ranges::search(text, part, [](char a, char b) {
           return lower(a) == lower(b);
         }).begin() != text.end();
}

bool fits(model::RowRecord const& row, std::string_view part) {
  return part.empty() || holds(row.key, part) ||
         std::ranges::any_of(row.cells, [&](auto const& cell) { return holds(cell.second, part); });
}

std::string_view cell(model::RowRecord const& row, std::string const& column) {
  auto const found = row.cells.find(column);
  return found == row.cells.end() ? std::string_view{} : std::string_view{found->second};
}

double number_in(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void sort_by(Rows& rows, std::string const& column, bool numbers, bool descending) {
  std::ranges::stable_sort(rows, [&](auto const* a, auto const* b) {
    auto const left = cell(*a, column);
    auto const right = cell(*b, column);
    if (left.empty() || right.empty()) {
      return !left.empty() && right.empty();
    }
    if (numbers) {
      double const x = number_in(left);
      double const y = number_in(right);
      return descending ? y < x : x < y;
    }
    return descending ? right < left : left < right;
  });
}

}  // namespace

model::Result<Rows> rows_of(ScenarioView const& view, model::Table table, RowQuery const& query) {
  Rows rows;
  for (auto const& row : view.text.rows.of(model::text(table))) {
    if (fits(row, query.text)) {
      rows.push_back(&row);
    }
  }
  bool const descending = query.sort.starts_with('-');
  std::string const column = query.sort.substr(descending ? 1 : 0);
  if (column.empty()) {
    return rows;
  }
  for (auto const& known : columns_of(table)) {
    if (known.name == column) {
      sort_by(rows, column, is_number(known), descending);
      return rows;
    }
  }
  return model::Error{model::ErrorKind::kBadInput,
                      fmt::format("{} has no column of that name to sort by", model::text(table)),
                      "GET /api/schema lists the columns"};
}

std::string entity_tag(model::RowRecord const& row) {
  return entity_tag(dump({{"table", row.table}, {"key", row.key}, {"cells", row.cells}}));
}

}  // namespace guarantor::serve
