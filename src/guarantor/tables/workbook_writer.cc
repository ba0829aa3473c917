#include <fmt/format.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "guarantor/tables/csv.h"
#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/workbook_cells.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// The texts of a sheet and the type of each of its columns.
struct Sheet {
  std::string name;
  TextTable table;
  std::vector<FieldType> types;
};

/// Whether a spreadsheet, which keeps 15 digits, gives back the number that this text stands for.
bool survives_as_number(std::string const& text) {
  constexpr std::ptrdiff_t kDigits = 15;
  std::string_view const mantissa = std::string_view{text}.substr(0, text.find('e'));
  auto const digits =
      std::count_if(mantissa.begin(), mantissa.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !text.empty() && digits <= kDigits;
}

/// Spreadsheets know days from 1900 on, and count a 29 February 1900 that never was.
std::optional<lxw_datetime> spreadsheet_date(std::string const& text) {
  auto const date = model::parse_date(text);
  using std::chrono::year;
  constexpr model::Date kFirst{year{1900} / 3 / 1};
  if (!date || *date < kFirst) {
    return std::nullopt;
  }
  std::chrono::year_month_day const day{*date};
  lxw_datetime cell{};
  cell.year = int{day.year()};
  cell.month = static_cast<int>(unsigned{day.month()});
  cell.day = static_cast<int>(unsigned{day.day()});
  return cell;
}

class BookWriter {
 public:
  BookWriter(std::string const& file, model::Header const& header)
      : book_{workbook_new(file.c_str())} {
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    date_ = workbook_add_format(book_);
    format_set_num_format(date_, "yyyy-mm-dd");
    std::string title = header.title.substr(0, 255);
    lxw_doc_properties properties{};
    properties.title = title.data();
    // The same scenario gives the same bytes: its own date stands for the time of writing.
    properties.created = std::chrono::system_clock::to_time_t(header.as_of);
    workbook_set_properties(book_, &properties);
  }

  void add(Sheet const& sheet) {
    lxw_worksheet* const page = workbook_add_worksheet(book_, sheet.name.c_str());
    for (std::size_t c = 0; c < sheet.table.header.size(); ++c) {
      note(worksheet_write_string(page, 0, static_cast<lxw_col_t>(c),
                                  escape_cell(sheet.table.header[c]).c_str(), heading_));
    }
    for (std::size_t r = 0; r < sheet.table.rows.size(); ++r) {
      for (std::size_t c = 0; c < sheet.table.header.size(); ++c) {
        write_cell(page, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c),
                   sheet.table.rows[r][c], sheet.types[c]);
      }
    }
    worksheet_freeze_panes(page, 1, 0);
    if (!sheet.table.rows.empty()) {
      worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(sheet.table.rows.size()),
                           static_cast<lxw_col_t>(sheet.table.header.size() - 1));
    }
  }

  /// Writes the file. What went wrong on the way, or nothing.
  std::optional<std::string> close() {
    note(workbook_close(book_));
    return problem_;
  }

 private:
  void note(lxw_error error) {
    if (error != LXW_NO_ERROR && !problem_) {
      problem_ = lxw_strerror(error);
    }
  }

  void write_cell(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, std::string const& text,
                  FieldType const& type) {
    if (text.empty()) {
      return;
    }
    bool const number =
        !type.list && (type.kind == FieldKind::kWhole || type.kind == FieldKind::kNumber);
    auto date = type.kind == FieldKind::kDate && !type.list ? spreadsheet_date(text) : std::nullopt;
    if (number && survives_as_number(text)) {
      note(worksheet_write_number(page, row, column, std::strtod(text.c_str(), nullptr), nullptr));
    } else if (date) {
      note(worksheet_write_datetime(page, row, column, &*date, date_));
    } else {
      note(worksheet_write_string(page, row, column, escape_cell(text).c_str(), nullptr));
    }
  }

  lxw_workbook* book_;
  lxw_format* heading_{};
  lxw_format* date_{};
  std::optional<std::string> problem_;
};

Sheet scalars_sheet(model::Header const& header) {
  Sheet sheet{"scenario", {{"key", "value"}, {}}, {FieldType{}, FieldType{}}};
  for (auto const& [column, text] : write_scalars(header)) {
    sheet.table.rows.push_back({std::string{column.name}, text});
  }
  return sheet;
}

Sheet table_sheet(TableSchema const& schema, model::Scenario const& scenario) {
  Sheet sheet{std::string{model::text(schema.table)}, schema.write(scenario), {}};
  for (std::string const& name : sheet.table.header) {
    ColumnInfo const* const column = schema.find(name);
    sheet.types.push_back(column == nullptr ? FieldType{} : column->type);
  }
  return sheet;
}

Sheet areas_sheet(std::vector<model::Area> const& areas) {
  constexpr std::size_t kPiece = 30'000;
  Sheet sheet{"areas", {{"area", "geojson"}, {}}, {}};
  for (model::Area const& area : areas) {
    std::vector<std::string> row{area.id.text()};
    for (std::string& piece : cut_cell(write_feature(area), kPiece)) {
      row.push_back(std::move(piece));
    }
    while (sheet.table.header.size() < row.size()) {
      sheet.table.header.push_back(fmt::format("geojson.{}", sheet.table.header.size()));
    }
    sheet.table.rows.push_back(std::move(row));
  }
  for (auto& row : sheet.table.rows) {
    row.resize(sheet.table.header.size());
  }
  sheet.types.resize(sheet.table.header.size());
  return sheet;
}

/// What does not fit a workbook, though it fits a folder.
std::optional<Error> find_misfit(Sheet const& sheet) {
  constexpr std::size_t kMostRows = 1'048'575;
  constexpr std::size_t kMostColumns = 16'384;
  auto const refuse = [&](std::string what) {
    return Error{ErrorKind::kRefused,
                 fmt::format("the sheet {} does not fit a workbook: {}", sheet.name, what),
                 "save the scenario as a folder"};
  };
  if (sheet.table.rows.size() > kMostRows || sheet.table.header.size() > kMostColumns) {
    return refuse("a workbook has at most 1,048,576 rows and 16,384 columns");
  }
  for (std::size_t r = 0; r < sheet.table.rows.size(); ++r) {
    for (std::string const& text : sheet.table.rows[r]) {
      if (text.size() > kMostCellUnits / 2 &&
          count_utf16_units(escape_cell(text)) > kMostCellUnits) {
        return refuse(fmt::format("a cell of row {} has more than 32,767 characters", r + 2));
      }
    }
  }
  return std::nullopt;
}

std::vector<Sheet> sheets_of(model::Scenario const& scenario) {
  std::vector<Sheet> sheets{scalars_sheet(scenario.header)};
  for (TableSchema const& schema : table_schemas()) {
    if (schema.must_exist || schema.row_count(scenario) > 0) {
      sheets.push_back(table_sheet(schema, scenario));
    }
  }
  if (!scenario.areas.empty()) {
    sheets.push_back(areas_sheet(scenario.areas));
  }
  return sheets;
}

/// The bytes of the workbook; the library writes only to files, so it writes into `folder`.
Result<std::string> write_book(std::vector<Sheet> const& sheets, model::Header const& header,
                               fs::path const& folder) {
  fs::path const file = folder / "book.xlsx";
  BookWriter book{file.string(), header};
  for (Sheet const& sheet : sheets) {
    book.add(sheet);
  }
  if (auto const problem = book.close()) {
    return Error{ErrorKind::kUnwritable, "the workbook cannot be written: " + *problem, ""};
  }
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in || bytes.empty()) {
    return Error{ErrorKind::kUnwritable, file.string() + " cannot be read back", ""};
  }
  return bytes;
}

}  // namespace

Result<Done> save_workbook(model::Scenario const& scenario, fs::path const& file) {
  if (auto error = find_unwritable_text(scenario)) {
    return std::move(*error);
  }
  std::vector<Sheet> const sheets = sheets_of(scenario);
  for (Sheet const& sheet : sheets) {
    if (auto error = find_misfit(sheet)) {
      return std::move(*error);
    }
  }
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "guarantor.XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr) {
    return Error{ErrorKind::kUnwritable, "no temporary folder can be made", "is the disk full?"};
  }
  auto const bytes = write_book(sheets, scenario.header, pattern);
  fs::remove_all(pattern, error);
  return bytes ? write_file(file, bytes.value()) : Result<Done>{bytes.error()};
}

}  // namespace guarantor::tables
