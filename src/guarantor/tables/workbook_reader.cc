#include "guarantor/tables/workbook_reader.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/files.h"
#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/shared_network.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/variant.h"
#include "guarantor/tables/workbook_archive.h"
#include "guarantor/tables/workbook_cells.h"

namespace guarantor::tables {
namespace {

using model::Table;

constexpr std::string_view kScalarsSheet = "scenario";
constexpr std::string_view kAreasSheet = "areas";
constexpr std::string_view kGeometryColumn = "geojson";

/// Keeps GDAL quiet and reading sheets as plain text while it lives.
class SheetSettings {
 public:
  SheetSettings() {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
  }
  SheetSettings(SheetSettings const&) = delete;
  SheetSettings& operator=(SheetSettings const&) = delete;
  ~SheetSettings() {
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", nullptr);
    CPLSetThreadLocalConfigOption("OGR_XLSX_FIELD_TYPES", nullptr);
    CPLPopErrorHandler();
  }
};

/// An archive as a file in GDAL's memory while it lives.
class MemoryFile {
 public:
  explicit MemoryFile(std::string bytes)
      : bytes_{std::move(bytes)}, name_{fmt::format("/vsimem/{}.xlsx", fmt::ptr(this))} {
    auto* const data = reinterpret_cast<GByte*>(bytes_.data());
    VSIFCloseL(VSIFileFromMemBuffer(name_.c_str(), data, bytes_.size(), FALSE));
  }
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  ~MemoryFile() { VSIUnlink(name_.c_str()); }
  [[nodiscard]] std::string const& name() const { return name_; }

 private:
  std::string bytes_;
  std::string name_;
};

GDALDatasetUniquePtr open_workbook(MemoryFile const& file) {
  // Of GDAL's many drivers only this one is wanted, and only now: registering all takes time.
  static std::once_flag registered;
  std::call_once(registered, [] { RegisterOGRXLSX(); });
  char const* const drivers[] = {"XLSX", nullptr};
  return GDALDatasetUniquePtr{
      GDALDataset::Open(file.name().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers)};
}

/// What GDAL makes of a typed cell, as our tables write it: dates come with slashes, booleans as 1
/// and 0.
std::string as_written(std::string text, FieldType const& type) {
  constexpr std::size_t kDateLength = 10;
  constexpr std::size_t kAfterYear = 4;
  constexpr std::size_t kAfterMonth = 7;
  bool const slashed =
      text.size() == kDateLength && text[kAfterYear] == '/' && text[kAfterMonth] == '/';
  if (type.kind == FieldKind::kDate && slashed) {
    text[kAfterYear] = text[kAfterMonth] = '-';
  } else if (type.kind == FieldKind::kYesNo && (text == "1" || text == "0")) {
    text = text == "1" ? "yes" : "no";
  }
  return text;
}

class SheetReader {
 public:
  SheetReader(OGRLayer& sheet, std::string file, Limits const& limits, Diagnostics& log)
      : sheet_{sheet}, limits_{limits}, log_{log} {
    table_.file = std::move(file);
  }

  /// `type_of` gives the type of a column by name, for cells that come back otherwise than written.
  RawTable read(std::function<FieldType(std::string_view)> const& type_of) {
    sheet_.ResetReading();
    std::uint64_t line = 0;
    while (OGRFeatureUniquePtr feature{sheet_.GetNextFeature()}) {
      ++line;
      if (line == 1) {
        read_header(*feature);
        for (Cell const& cell : table_.header) {
          types_.push_back(type_of(trimmed(cell.text)));
        }
      } else if (table_.rows.size() == limits_.rows) {
        log_.error({table_.file, line, 0},
                   fmt::format("the sheet has more than {} rows", limits_.rows),
                   "split the scenario or raise the limit");
        table_.whole = false;
        break;
      } else {
        read_row(*feature, line);
      }
    }
    if (table_.header.empty()) {
      log_.error({table_.file, 0, 0}, "the sheet is empty", "its first row must name the columns");
      table_.whole = false;
    }
    return std::move(table_);
  }

 private:
  Cell cell_at(OGRFeature const& feature, int field, std::uint64_t line) {
    std::string text = feature.IsFieldSetAndNotNull(field) == 0
                           ? std::string{}
                           : unescape_cell(feature.GetFieldAsString(field));
    Cell cell{std::move(text), line, static_cast<std::uint64_t>(field) + 1, false, true};
    if (auto const problem = find_encoding_problem(cell.text)) {
      log_.error(place_in(table_.file, cell), problem->message, problem->hint);
      cell.text.clear();
    } else if (find_control_character(cell.text)) {
      // Spreadsheets end a line inside a cell in several ways.
      std::erase(cell.text, '\r');
      if (find_control_character(cell.text)) {
        log_.error(place_in(table_.file, cell), "a control character stands in the cell",
                   "remove it");
      }
    }
    if (cell.text.size() > limits_.field_bytes) {
      log_.error(place_in(table_.file, cell),
                 fmt::format("the cell is longer than {} bytes", limits_.field_bytes),
                 "shorten it");
    }
    return cell;
  }

  void read_header(OGRFeature const& feature) {
    std::set<std::string> seen;
    for (int field = 0; field < feature.GetFieldCount(); ++field) {
      Cell cell = cell_at(feature, field, 1);
      std::string const name{trimmed(cell.text)};
      if (name.empty()) {
        continue;
      }
      if (!seen.insert(name).second) {
        log_.error(place_in(table_.file, cell),
                   fmt::format("the column `{}` stands twice in the header", excerpt(name)),
                   "keep one of them");
        table_.whole = false;
        continue;
      }
      fields_.push_back(field);
      table_.header.push_back(std::move(cell));
    }
  }

  void read_row(OGRFeature const& feature, std::uint64_t line) {
    RawRow row{line, {}, false};
    bool blank = true;
    std::size_t next = 0;
    for (int field = 0; field < feature.GetFieldCount(); ++field) {
      bool const named = next < fields_.size() && fields_[next] == field;
      Cell cell = cell_at(feature, field, line);
      blank = blank && cell.text.empty();
      if (named) {
        cell.text = as_written(std::move(cell.text), types_[next]);
        row.cells.push_back(std::move(cell));
        ++next;
      } else if (!cell.text.empty()) {
        log_.error(place_in(table_.file, cell), "the cell stands in a column without a name",
                   "name the column in the first row, or clear the cell");
      }
    }
    if (!blank) {
      table_.rows.push_back(std::move(row));
    }
  }

  OGRLayer& sheet_;
  Limits const& limits_;
  Diagnostics& log_;
  RawTable table_;
  std::vector<int> fields_;
  std::vector<FieldType> types_;
};

class WorkbookReader {
 public:
  WorkbookReader(std::string name, Limits const& limits, Diagnostics& log)
      : name_{std::move(name)}, limits_{limits}, log_{log} {}

  RawScenario read(GDALDataset& book) {
    Layer all;
    all.scalars.file = sheet_name(kScalarsSheet);
    all.scalars.whole = false;
    for (OGRLayer* const sheet : book.GetLayers()) {
      read_sheet(*sheet, all);
    }
    if (!scalars_seen_) {
      log_.error({name_, 0, 0}, "the sheet `scenario` is missing",
                 "it has the columns key and value, with at least format, id, title, kind, as_of, "
                 "c_day, horizon_months and currency");
    }
    RawScenario scenario;
    if (network_) {
      auto network =
          read_shared_network(std::filesystem::path{name_}.parent_path(), *network_, limits_, log_);
      scenario.complete = network.has_value();
      if (network) {
        lay_over(scenario, std::move(*network), log_);
      }
    }
    lay_over(scenario, std::move(all), log_);
    for (TableSchema const& schema : table_schemas()) {
      if (schema.must_exist && !scenario.tables.contains(schema.table)) {
        log_.error({name_, 0, 0},
                   fmt::format("the sheet `{}` is missing", model::text(schema.table)),
                   "where there is nothing to say, its header row alone is enough");
      }
    }
    return scenario;
  }

 private:
  [[nodiscard]] std::string sheet_name(std::string_view sheet) const {
    return fmt::format("{}[{}]", name_, sheet);
  }

  RawTable read_table(OGRLayer& sheet, std::function<FieldType(std::string_view)> const& type_of) {
    return SheetReader{sheet, sheet_name(sheet.GetName()), limits_, log_}.read(type_of);
  }

  void read_sheet(OGRLayer& sheet, Layer& all) {
    std::string const name = sheet.GetName();
    if (name == kScalarsSheet) {
      scalars_seen_ = true;
      read_scalar_rows(read_table(sheet, [](std::string_view) { return FieldType{}; }), all);
    } else if (name == kAreasSheet) {
      read_areas(read_table(sheet, [](std::string_view) { return FieldType{}; }), all.areas);
    } else if (TableSchema const* const schema = find_schema(name)) {
      auto const type_of = [schema](std::string_view column) {
        ColumnInfo const* const info = schema->find(column);
        return info == nullptr ? FieldType{} : info->type;
      };
      all.tables[schema->table] = std::make_unique<RawTable>(read_table(sheet, type_of));
    } else {
      std::vector<std::string_view> const known{model::kWords<Table>.begin(),
                                                model::kWords<Table>.end()};
      auto const near = model::closest(name, known);
      log_.warning({sheet_name(name), 0, 0}, "this is no sheet of a scenario, and is not read",
                   near ? fmt::format("did you mean `{}`?", *near) : "");
    }
  }

  bool has_columns(RawTable const& table, std::initializer_list<std::string_view> columns) {
    for (std::string_view const column : columns) {
      if (!find_column(table, column)) {
        log_.error({table.file, 1, 0}, fmt::format("the column `{}` is missing", column));
        return false;
      }
    }
    return table.whole;
  }

  void read_scalar_rows(RawTable const& table, Layer& all) {
    all.scalars.file = table.file;
    if (!has_columns(table, {"key", "value"})) {
      return;
    }
    all.scalars.whole = true;
    std::size_t const key_column = *find_column(table, "key");
    std::size_t const value_column = *find_column(table, "value");
    for (RawRow const& row : table.rows) {
      Cell const& key = row.cells[key_column];
      std::string const name{trimmed(key.text)};
      ColumnInfo const* const column = find_scalar(name);
      if (name == kNetworkKey) {
        network_ = Scalar{table.file, row.cells[value_column]};
        continue;
      }
      if (column == nullptr) {
        warn_of_unknown_key(name, place_in(table.file, key), log_);
        continue;
      }
      Cell value = row.cells[value_column];
      value.text = as_written(std::move(value.text), column->type);
      if (value.text.empty()) {
        continue;
      }
      if (!all.scalars.values.emplace(name, Scalar{table.file, value}).second) {
        log_.error(place_in(table.file, key), fmt::format("`{}` stands twice", excerpt(name)),
                   "keep one of them");
      }
    }
  }

  void read_areas(RawTable const& table, ReadAreas& areas) {
    areas.whole = has_columns(table, {"area", kGeometryColumn});
    if (!areas.whole) {
      return;
    }
    std::size_t const id_column = *find_column(table, "area");
    std::size_t const first = *find_column(table, kGeometryColumn);
    for (RawRow const& row : table.rows) {
      std::string text;
      for (std::size_t c = first; c < row.cells.size(); ++c) {
        if (trimmed(table.header[c].text).starts_with(kGeometryColumn)) {
          text += row.cells[c].text;
        }
      }
      Placer const place = [&](std::size_t) { return place_in(table.file, row.cells[first]); };
      auto const feature = read_json(text, limits_.nesting, place, log_);
      if (!feature) {
        areas.whole = false;
        continue;
      }
      ReadArea area = read_feature(*feature, place, log_);
      if (!area.faulty && trimmed(row.cells[id_column].text) != area.area.id.text()) {
        log_.error(place_in(table.file, row.cells[id_column]),
                   fmt::format("the row is of area `{}`, its GeoJSON of `{}`",
                               excerpt(row.cells[id_column].text), area.area.id.text()),
                   "change both");
        area.faulty = true;
      }
      areas.areas.push_back(std::move(area));
    }
  }

  std::string name_;
  Limits const& limits_;
  Diagnostics& log_;
  bool scalars_seen_{};
  std::optional<Scalar> network_;
};

}  // namespace

std::optional<RawScenario> read_workbook(std::filesystem::path const& file, Limits const& limits,
                                         Diagnostics& log) {
  std::string const name = file.string();
  auto bytes = read_file(file, name, limits.file_bytes, log);
  if (!bytes) {
    return std::nullopt;
  }
  if (auto const problem = find_archive_problem(*bytes, limits.file_bytes)) {
    log.error({name, 0, 0}, problem->message, problem->hint);
    return std::nullopt;
  }
  SheetSettings const settings;
  MemoryFile const memory{with_short_content_types(*bytes)};
  bytes.reset();
  GDALDatasetUniquePtr const book = open_workbook(memory);
  if (!book) {
    log.error({name, 0, 0}, "the workbook cannot be read",
              "open it in a spreadsheet program and save it again as *.xlsx");
    return std::nullopt;
  }
  return WorkbookReader{name, limits, log}.read(*book);
}

}  // namespace guarantor::tables
