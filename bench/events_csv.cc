#include "bench/events_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "bench/gzip_file.h"
#include "bench/loose_time.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/numbers.h"

namespace guarantor::bench {
namespace {

using model::Error;
using model::ErrorKind;
using model::Instant;
using model::Result;
using tables::RawTable;
using Names = std::vector<std::string_view>;

/// Where an event's fields stand.
struct EventColumns {
  std::optional<std::size_t> id;
  std::optional<std::size_t> latitude;
  std::optional<std::size_t> longitude;
  std::optional<std::size_t> from;
  std::optional<std::size_t> time;  ///< of day, beside a column of days
  bool time_in_digits{};            ///< hours and minutes in one number, 5 for 00:05
  std::optional<std::size_t> to;
  std::optional<std::size_t> category;
  std::vector<std::size_t> places;
  std::vector<std::size_t> texts;
};

std::vector<std::size_t> columns_named(RawTable const& table, Names const& names) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (std::ranges::find(names, trimmed_lower(table.header[i].text)) != names.end()) {
      columns.push_back(i);
    }
  }
  return columns;
}

EventColumns columns_of(RawTable const& table) {
  EventColumns columns{
      .id = column_named(table, {"id", "entry", "event_id", "event_id_cnty", "eventid", "event"}),
      .latitude = column_named(table, {"lat", "latitude", "y"}),
      .longitude = column_named(table, {"lon", "lng", "long", "longitude", "x"}),
      .from = column_named(
          table, {"date", "started_at", "date_start", "start_date", "event_date", "acq_date",
                  "acq_datetime", "datetime", "timestamp", "start", "time"}),
      .to = column_named(table, {"enddate", "end_date", "date_end", "finished_at", "end"}),
      .category = column_named(table, {"category", "type", "event_type", "event_group", "kind"}),
      .places = columns_named(table, {"location", "place", "town", "city", "town/city", "district",
                                      "province", "oblast", "region", "raion"}),
      .texts = columns_named(table, {"title", "description", "brief description", "text", "notes",
                                     "summary", "headline"}),
  };
  columns.time = column_named(table, {"acq_time", "time", "event_time"});
  columns.time_in_digits = columns.time == column_named(table, {"acq_time"});
  if (columns.time == columns.from) {
    columns.time.reset();
  }
  return columns;
}

std::string joined(tables::RawRow const& row, std::vector<std::size_t> const& columns) {
  std::string text;
  for (std::size_t const column : columns) {
    text += row.cells[column].text + " ";
  }
  return text;
}

std::optional<double> coordinate(tables::RawRow const& row, std::size_t column) {
  auto const read = tables::parse_number(trimmed_lower(row.cells[column].text));
  return std::holds_alternative<double>(read) ? std::optional{std::get<double>(read)}
                                              : std::nullopt;
}

/// Reads row after row into a table.
class EventReader {
 public:
  EventReader(RawTable const& raw, EventColumns columns) : raw_{raw}, columns_{std::move(columns)} {
    table_.has_times = true;
  }

  EventTable read() {
    for (std::size_t i = 0; i < raw_.rows.size(); ++i) {
      if (auto const reason = take(i); !reason.empty()) {
        ++table_.rejected[reason];
      }
    }
    table_.has_times = table_.has_times && !table_.events.empty();
    name_events();
    return std::move(table_);
  }

 private:
  /// Empty, or why the row was left out.
  std::string take(std::size_t number) {
    tables::RawRow const& row = raw_.rows[number];
    if (row.ragged) {
      return "not as many cells as the heading";
    }
    auto const latitude = coordinate(row, *columns_.latitude);
    auto const longitude = coordinate(row, *columns_.longitude);
    if (!latitude || !longitude) {
      return "no position";
    }
    model::Position const position{model::Degrees{*longitude}, model::Degrees{*latitude}};
    if (!geo::is_on_earth(position)) {
      return "a position that is not on the earth";
    }
    bool timed = true;
    auto const from = moment_of(row, timed);
    if (!from) {
      bool const slashes = row.cells[*columns_.from].text.find('/') != std::string::npos;
      return slashes ? "no date, days being read before months" : "no date";
    }
    auto const to = end_of(row, *from, timed);
    if (!to || *to < *from) {
      return "an end that is no date or before the beginning";
    }
    table_.has_times = table_.has_times && timed;
    table_.rows.push_back(number);
    table_.events.push_back({{position, *from, *to},
                             columns_.category ? row.cells[*columns_.category].text : "",
                             joined(row, columns_.places),
                             joined(row, columns_.texts)});
    return "";
  }

  /// When an event began; a day goes together with the time of day that stands beside it.
  [[nodiscard]] std::optional<Instant> moment_of(tables::RawRow const& row, bool& timed) const {
    auto const from = parse_loose_time(row.cells[*columns_.from].text, timed);
    auto const time =
        from && !timed && columns_.time
            ? parse_time_of_day(row.cells[*columns_.time].text, columns_.time_in_digits)
            : std::nullopt;
    if (!time) {
      return from;
    }
    timed = true;
    return *from + *time;
  }

  /// When it ended. A day alone that is the day it began says no more than the beginning does.
  [[nodiscard]] std::optional<Instant> end_of(tables::RawRow const& row, Instant from,
                                              bool& timed) const {
    if (!columns_.to || trimmed_lower(row.cells[*columns_.to].text).empty()) {
      return from;
    }
    bool to_timed = true;
    auto const to = parse_loose_time(row.cells[*columns_.to].text, to_timed);
    if (to && !to_timed && *to == std::chrono::floor<std::chrono::days>(from)) {
      return from;
    }
    timed = timed && to_timed;
    return to;
  }

  void name_events() {
    std::set<std::string> seen;
    table_.by_row = !columns_.id || std::ranges::any_of(raw_.rows, [&](tables::RawRow const& row) {
      return *columns_.id < row.cells.size() && !seen.insert(row.cells[*columns_.id].text).second;
    });
    for (std::uint64_t const row : table_.rows) {
      table_.names.push_back(table_.by_row ? fmt::format("{}", row)
                                           : raw_.rows[row].cells[*columns_.id].text);
    }
  }

  RawTable const& raw_;
  EventColumns columns_;
  EventTable table_;
};

}  // namespace

Result<RawTable> read_plain_table(std::filesystem::path const& path) {
  auto const content = read_maybe_gzip(path);
  if (!content.ok()) {
    return content.error();
  }
  tables::Limits const limits{.file_bytes = 1ULL << 30U, .field_bytes = 1ULL << 20U};
  tables::Diagnostics log{1};
  auto table = tables::read_csv(content.value(), path.string(), limits, log);
  if (!table.whole || table.header.empty()) {
    auto const told = log.take(path.string());
    return Error{
        ErrorKind::kBadInput,
        told.empty() ? fmt::format("{}: no table", path.string()) : tables::print(told.front()),
        ""};
  }
  return table;
}

std::optional<std::size_t> column_named(RawTable const& table, Names const& names) {
  for (std::string_view const name : names) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      if (trimmed_lower(table.header[i].text) == name) {
        return i;
      }
    }
  }
  return std::nullopt;
}

Result<EventTable> read_events_csv(std::filesystem::path const& path) {
  auto const raw = read_plain_table(path);
  if (!raw.ok()) {
    return raw.error();
  }
  auto columns = columns_of(raw.value());
  for (auto const& [column, what] : {std::pair{columns.latitude, "lat or latitude"},
                                     std::pair{columns.longitude, "lon, lng or longitude"},
                                     std::pair{columns.from, "date, started_at or event_date"}}) {
    if (!column) {
      return Error{ErrorKind::kBadInput, fmt::format("{}:1: no column {}", path.string(), what),
                   "columns are found by name, capitals or not"};
    }
  }
  auto table = EventReader{raw.value(), std::move(columns)}.read();
  if (table.events.empty() && !table.rejected.empty()) {
    std::string reasons;
    for (auto const& [reason, rows] : table.rejected) {
      reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", rows, reason);
    }
    return Error{
        ErrorKind::kBadInput,
        fmt::format("{}: every row is left out (rows by reason: {})", path.string(), reasons),
        "positions are degrees; dates are YYYY-MM-DD, YYYYMMDD, d/m/YYYY or d Month YYYY"};
  }
  return table;
}

void drop_times(EventTable& table) {
  for (watch::SourceEvent& event : table.events) {
    event.span.from = std::chrono::floor<std::chrono::days>(event.span.from);
    event.span.to = std::chrono::floor<std::chrono::days>(event.span.to);
  }
  table.has_times = false;
}

}  // namespace guarantor::bench
