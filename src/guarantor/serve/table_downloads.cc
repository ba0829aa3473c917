#include "guarantor/serve/table_downloads.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/table_words.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Rows = std::vector<model::RowRecord const*>;

/// A folder that goes when it goes out of scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code none;
    auto pattern = (std::filesystem::temp_directory_path(none) / "guarantor-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) {
      path_ = pattern;
    }
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) {
      std::filesystem::remove_all(path_, ignored);
    }
  }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string disarmed(std::string text) {
  if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) {
    text.insert(text.begin(), '\'');
  }
  return text;
}

/// The name of a column as RFC 4180 wants it; columns that the schema does not know are named by
/// people.
std::string heading(std::string const& name, bool csv) {
  if (!csv) {
    return name;
  }
  std::string text = disarmed(name);
  if (text.find_first_of(",\"\n\r") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (char const c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

std::optional<double> number_in(std::string const& text) {
  double value = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const all = wrong == std::errc{} && end == text.data() + text.size();
  return all ? std::optional{value} : std::nullopt;
}

report::Cell cell_of(std::string const& text, bool number, bool whole, bool csv) {
  if (text.empty()) {
    return std::monostate{};
  }
  if (auto const value = number ? number_in(text) : std::nullopt) {
    if (csv) {
      return text;  // digit for digit
    }
    std::int64_t count = 0;
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), count);
    bool const fits = wrong == std::errc{} && end == text.data() + text.size();
    return whole && fits ? report::Cell{count} : report::Cell{*value};
  }
  return csv ? disarmed(text) : text;
}

/// The columns of the schema that some row uses, and then those that it does not know.
std::vector<tables::ColumnInfo> used_columns(model::Table table, Rows const& rows) {
  std::set<std::string_view> used;
  for (auto const* row : rows) {
    for (auto const& [column, text] : row->cells) {
      used.insert(column);
    }
  }
  std::vector<tables::ColumnInfo> columns;
  for (auto const& column : columns_of(table)) {
    if (used.erase(column.name) > 0 || column.facts.required) {
      columns.push_back(column);
    }
  }
  for (auto const name : used) {
    columns.push_back({.name = name, .facts = {}, .type = {}});
  }
  return columns;
}

report::Sheet sheet_of(model::Table table, Rows const& rows, bool csv) {
  std::string const name{model::text(table)};
  report::Sheet sheet{name, name, {}, {}};
  auto const columns = used_columns(table, rows);
  for (auto const& column : columns) {
    std::string const text = heading(std::string{column.name}, csv);
    sheet.columns.push_back({text, text});
  }
  for (auto const* row : rows) {
    std::vector<report::Cell> cells;
    for (auto const& column : columns) {
      auto const found = row->cells.find(std::string{column.name});
      bool const whole = column.type.kind == tables::FieldKind::kWhole;
      cells.push_back(cell_of(found == row->cells.end() ? std::string{} : found->second,
                              is_number(column), whole, csv));
    }
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

Response file(std::string_view type, std::string name, std::string bytes) {
  auto const tag = entity_tag(bytes);
  auto response = respond(200, type, std::move(bytes));
  response.headers.set("ETag", tag);
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

}  // namespace

Result<Response> download(ScenarioView const& view, model::Table table, Rows const& rows,
                          std::string_view format) {
  auto const mark = report::banner(view.scenario);
  auto const name = fmt::format("{}-{}.{}", view.version.scenario, model::text(table), format);
  if (format == "csv") {
    return file(kCsv, name, report::to_csv_text(sheet_of(table, rows, true), mark));
  }
  if (format == "xlsx") {
    auto book = report::to_workbook({sheet_of(table, rows, false)}, view.scenario.header, mark);
    return book.ok() ? Result<Response>{file(kXlsx, name, std::move(book).value())} : book.error();
  }
  return Error{ErrorKind::kBadInput, "there is no such format", "`csv` or `xlsx`"};
}

Result<Response> download_workbook(ScenarioView const& view) {
  TemporaryFolder const folder;
  if (folder.path().empty()) {
    return Error{ErrorKind::kUnwritable, "there is no place for a temporary file", ""};
  }
  auto const path = folder.path() / "scenario.xlsx";
  if (auto const saved = tables::save_workbook(view.scenario, path); !saved.ok()) {
    return saved.error();
  }
  std::ifstream stream{path, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  return file(kXlsx, view.version.scenario + ".xlsx", std::move(bytes));
}

}  // namespace guarantor::serve
