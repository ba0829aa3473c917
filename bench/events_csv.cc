#include "bench/events_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "bench/gzip_file.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/model/date.h"
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

std::string trimmed_lower(std::string_view text) {
  auto const blank = [](char byte) { return byte == ' ' || byte == '\t'; };
  while (!text.empty() && blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && blank(text.back())) {
    text.remove_suffix(1);
  }
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return lower;
}

/// Where an event's fields stand.
struct EventColumns {
  std::optional<std::size_t> id;
  std::optional<std::size_t> latitude;
  std::optional<std::size_t> longitude;
  std::optional<std::size_t> from;
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
  return {
      .id = column_named(table, {"id", "entry", "event_id", "event_id_cnty", "eventid", "event"}),
      .latitude = column_named(table, {"lat", "latitude", "y"}),
      .longitude = column_named(table, {"lon", "lng", "long", "longitude", "x"}),
      .from = column_named(table, {"date", "started_at", "date_start", "event_date", "datetime",
                                   "timestamp", "time", "start", "acq_date"}),
      .to = column_named(table, {"enddate", "end_date", "date_end", "finished_at", "end"}),
      .category = column_named(table, {"category", "type", "event_type", "event_group", "kind"}),
      .places = columns_named(table, {"location", "place", "town", "city", "town/city", "district",
                                      "province", "oblast", "region", "raion"}),
      .texts = columns_named(table, {"title", "description", "brief description", "text", "notes",
                                     "summary", "headline"}),
  };
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
    auto const from = parse_loose_time(row.cells[*columns_.from].text, timed);
    if (!from) {
      return "no date";
    }
    auto to = from;
    if (columns_.to && !trimmed_lower(row.cells[*columns_.to].text).empty()) {
      to = parse_loose_time(row.cells[*columns_.to].text, timed);
      if (!to || *to < *from) {
        return "an end that is no date or before the beginning";
      }
    }
    table_.has_times = table_.has_times && timed;
    table_.rows.push_back(number);
    table_.events.push_back({{position, *from, *to},
                             columns_.category ? row.cells[*columns_.category].text : "",
                             joined(row, columns_.places),
                             joined(row, columns_.texts)});
    return "";
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

/// Two digits at `at`, no more than `most`.
std::optional<int> two_digits(std::string_view text, std::size_t at, int most) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' ||
      text[at + 1] > '9') {
    return std::nullopt;
  }
  int const value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return value <= most ? std::optional{value} : std::nullopt;
}

/// Minutes to take off for a zone: empty, `Z`, `+hh`, `+hhmm`, `+hh:mm`.
std::optional<std::chrono::minutes> zone_offset(std::string_view text) {
  if (text.empty() || text == "z" || text == "utc" || text == " utc") {
    return std::chrono::minutes{0};
  }
  bool const signed_zone = text.front() == '+' || text.front() == '-';
  auto const hours = signed_zone ? two_digits(text, 1, 14) : std::nullopt;
  std::size_t const at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  auto const minutes = text.size() == 3 ? std::optional{0} : two_digits(text, at, 59);
  if (!hours || !minutes || (text.size() != 3 && text.size() != at + 2)) {
    return std::nullopt;
  }
  std::chrono::minutes const offset{*hours * 60 + *minutes};
  return text.front() == '-' ? -offset : offset;
}

/// Which name stands for which event.
std::map<std::string_view, std::uint32_t> index_of(EventTable const& table) {
  std::map<std::string_view, std::uint32_t> index;
  for (std::uint32_t i = 0; i < table.names.size(); ++i) {
    index.emplace(table.names[i], i);
  }
  return index;
}

std::size_t pair_column(RawTable const& raw, std::string_view name, EventTable const& table,
                        std::size_t otherwise) {
  if (auto const named = column_named(raw, {name})) {
    return *named;
  }
  for (std::size_t i = 0; table.by_row && i < raw.header.size(); ++i) {
    if (trimmed_lower(raw.header[i].text).ends_with("row")) {
      return i;
    }
  }
  return otherwise;
}

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
  return EventReader{raw.value(), std::move(columns)}.read();
}

std::optional<Instant> parse_loose_time(std::string_view text, bool& timed) {
  std::string const lower = trimmed_lower(text);
  std::string_view rest{lower};
  auto const day = model::parse_date(rest.substr(0, 10));
  if (!day) {
    return std::nullopt;
  }
  rest.remove_prefix(10);
  if (rest.empty()) {
    timed = false;
    return *day;
  }
  auto const hour = two_digits(rest, 1, 23);
  auto const minute = two_digits(rest, 4, 59);
  if ((rest[0] != ' ' && rest[0] != 't') || !hour || !minute || rest[3] != ':') {
    return std::nullopt;
  }
  Instant moment = *day + std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  rest.remove_prefix(6);
  if (!rest.empty() && rest[0] == ':') {
    auto const second = two_digits(rest, 1, 59);
    if (!second) {
      return std::nullopt;
    }
    moment += std::chrono::seconds{*second};
    rest.remove_prefix(3);
  }
  if (!rest.empty() && rest[0] == '.') {
    auto const end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    std::int64_t worth = 100'000;
    for (std::size_t i = 1; i < end; ++i, worth /= 10) {
      moment += std::chrono::microseconds{(rest[i] - '0') * worth};
    }
    rest.remove_prefix(end);
  }
  auto const offset = zone_offset(rest);
  return offset ? std::optional{moment - *offset} : std::nullopt;
}

void drop_times(EventTable& table) {
  for (watch::SourceEvent& event : table.events) {
    event.span.from = std::chrono::floor<std::chrono::days>(event.span.from);
    event.span.to = std::chrono::floor<std::chrono::days>(event.span.to);
  }
  table.has_times = false;
}

Result<std::vector<watch::KnownPair>> read_pairs_csv(std::filesystem::path const& path,
                                                     EventTable const& a, EventTable const& b) {
  auto const raw = read_plain_table(path);
  if (!raw.ok()) {
    return raw.error();
  }
  std::size_t const a_column = pair_column(raw.value(), "a", a, 0);
  std::size_t const b_column = pair_column(raw.value(), "b", b, 1);
  if (raw.value().header.size() < 2) {
    return Error{ErrorKind::kBadInput, fmt::format("{}:1: two columns are needed", path.string()),
                 "columns `a` and `b`, or the first two"};
  }
  auto const a_index = index_of(a);
  auto const b_index = index_of(b);
  std::vector<watch::KnownPair> pairs;
  for (tables::RawRow const& row : raw.value().rows) {
    if (row.ragged) {
      continue;
    }
    auto const one = a_index.find(row.cells[a_column].text);
    auto const other = b_index.find(row.cells[b_column].text);
    if (one != a_index.end() && other != b_index.end()) {
      pairs.emplace_back(one->second, other->second);
    }
  }
  if (pairs.empty()) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: names no pair of the two tables", path.string()),
                 "columns `a` and `b` hold their ids, or row numbers where ids repeat"};
  }
  return pairs;
}

}  // namespace guarantor::bench
