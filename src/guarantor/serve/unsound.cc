#include "guarantor/serve/unsound.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "guarantor/model/validate.h"
#include "guarantor/serve/problem.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kFirstRow = 2;  ///< as a file would have it, under its header

/// `pledges` of `exercise/pledges.csv`.
std::string table_of(std::string_view file) {
  std::string_view const name = file.substr(file.find_last_of('/') + 1);
  return std::string{name.substr(0, name.find('.'))};
}

/// The columns of a table in the order of their first use, which is how `from_rows` counts them.
std::vector<std::string> header_of(std::vector<model::RowRecord const*> const& rows) {
  std::vector<std::string> header;
  for (model::RowRecord const* row : rows) {
    for (auto const& [column, text] : row->cells) {
      if (std::ranges::find(header, column) == header.end()) {
        header.push_back(column);
      }
    }
  }
  return header;
}

Json flaw(tables::Diagnostic const& diagnostic, std::span<model::RowRecord const> all) {
  std::string const table = table_of(diagnostic.file);
  std::vector<model::RowRecord const*> rows;
  for (model::RowRecord const& row : all) {
    if (row.table == table) {
      rows.push_back(&row);
    }
  }
  std::string key;
  std::string column;
  if (table == model::text(model::Table::kScenario)) {
    auto const cells = rows.empty() ? std::map<std::string, std::string>{} : rows.front()->cells;
    if (diagnostic.line >= 1 && diagnostic.line <= cells.size()) {
      column = std::next(cells.begin(), static_cast<std::ptrdiff_t>(diagnostic.line - 1))->first;
    }
  } else if (diagnostic.line >= kFirstRow && diagnostic.line - kFirstRow < rows.size()) {
    key = rows[diagnostic.line - kFirstRow]->key;
    auto const header = header_of(rows);
    if (diagnostic.column >= 1 && diagnostic.column <= header.size()) {
      column = header[diagnostic.column - 1];
    }
  }
  return {{"table", table},
          {"key", key},
          {"column", column},
          {"message", diagnostic.message},
          {"hint", diagnostic.hint}};
}

}  // namespace

Response unsound(std::vector<tables::Diagnostic> const& diagnostics,
                 std::span<model::RowRecord const> rows) {
  Json errors = Json::array();
  for (tables::Diagnostic const& diagnostic : diagnostics) {
    if (diagnostic.severity == model::Severity::kError) {
      errors.push_back(flaw(diagnostic, rows));
    }
  }
  auto response = problem(422, "unsound", "the rows do not fit together",
                          errors.empty() ? "" : errors.front()["message"].get<std::string>(),
                          "`errors` lists everything that is wrong");
  auto body = Json::parse(response.text());
  body["errors"] = std::move(errors);
  response.body = std::make_shared<std::string const>(
      body.dump(-1, ' ', false, Json::error_handler_t::replace));
  return response;
}

}  // namespace guarantor::serve
