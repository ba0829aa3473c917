#include "bench/fires_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "bench/gzip_file.h"
#include "bench/gzip_lines.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/numbers.h"

namespace guarantor::bench {
namespace {

model::Error bad(std::string message) {
  return {model::ErrorKind::kBadInput, std::move(message), ""};
}

struct Columns {
  std::size_t latitude{};
  std::size_t longitude{};
  std::size_t day{};

  [[nodiscard]] std::size_t last() const { return std::max({latitude, longitude, day}); }
};

std::string lower(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// A field without blanks and quotes around it; files written by hand have blanks after commas.
std::string_view text_of(std::string_view field) {
  field = tables::trimmed(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = tables::trimmed(field.substr(1, field.size() - 2));
  }
  return field;
}

/// The names that others give to the three columns, in any case; of several the first counts.
constexpr std::array<std::string_view, 2> kLatitude{"latitude", "lat"};
constexpr std::array<std::string_view, 4> kLongitude{"longitude", "lon", "lng", "long"};
constexpr std::array<std::string_view, 6> kDay{"acq_date", "acq_datetime", "date",
                                               "datetime", "day",          "timestamp"};

std::optional<Columns> find_columns(std::string_view header) {
  std::vector<std::string_view> fields;
  split_fields(header, fields);
  std::vector<std::string> names;
  for (std::string_view const field : fields) {
    names.push_back(lower(text_of(field)));
  }
  auto const place = [&names](auto const& known) -> std::optional<std::size_t> {
    for (std::string_view const name : known) {
      if (auto const at = std::ranges::find(names, name); at != names.end()) {
        return static_cast<std::size_t>(at - names.begin());
      }
    }
    return std::nullopt;
  };
  auto const latitude = place(kLatitude);
  auto const longitude = place(kLongitude);
  auto const day = place(kDay);
  if (!latitude || !longitude || !day) {
    return std::nullopt;
  }
  return Columns{*latitude, *longitude, *day};
}

/// A date, or a moment of which the date is kept: `2022-05-01T12:00:00Z`, or with a blank.
std::optional<model::Date> parse_iso_day(std::string_view text) {
  constexpr std::size_t kDate = 10;
  std::string_view const rest = text.substr(std::min(text.size(), kDate));
  bool const time = rest.size() >= 3 && (rest[0] == 'T' || rest[0] == 't' || rest[0] == ' ') &&
                    std::isdigit(static_cast<unsigned char>(rest[1])) != 0 &&
                    std::isdigit(static_cast<unsigned char>(rest[2])) != 0;
  return rest.empty() || time ? model::parse_date(text.substr(0, kDate)) : std::nullopt;
}

int decimals(std::string_view number) {
  std::size_t const point = number.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(number.size() - point - 1);
}

std::optional<double> degrees(std::string_view text) {
  double value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// Takes the row, or says why not.
std::string_view take_row(std::string_view line, Columns const& columns, int dropped_decimals,
                          std::vector<watch::ThermalFire>& fires) {
  std::vector<std::string_view> fields;
  split_fields(line, fields);
  if (fields.size() <= columns.last()) {
    return "too few fields";
  }
  std::string_view const north = text_of(fields[columns.latitude]);
  std::string_view const east = text_of(fields[columns.longitude]);
  auto const latitude = degrees(north);
  auto const longitude = degrees(east);
  if (!latitude || !longitude) {
    return "a coordinate is no number";
  }
  model::Position const place{.longitude = model::Degrees{*longitude},
                              .latitude = model::Degrees{*latitude}};
  if (!geo::is_on_earth(place)) {
    return "off the earth";
  }
  auto const day = parse_iso_day(text_of(fields[columns.day]));
  if (!day) {
    return "no date of the form YYYY-MM-DD";
  }
  if (dropped_decimals > 0 && std::max(decimals(north), decimals(east)) == dropped_decimals) {
    return "dropped for its number of decimals";
  }
  fires.push_back({.place = place, .day = *day});
  return {};
}

/// A table and the places of its columns, or what is wrong with it.
struct NamedTable {
  tables::RawTable table;
  std::vector<std::size_t> columns;
};

/// Names in any case, plain or gzipped. Every row has as many cells as the header.
model::Result<NamedTable> read_table(std::filesystem::path const& file,
                                     std::vector<std::string> const& names) {
  auto const text = read_maybe_gzip(file);
  if (!text.ok()) {
    return text.error();
  }
  tables::Limits const limits;
  tables::Diagnostics log{limits.diagnostics};
  NamedTable named{tables::read_csv(text.value(), file.string(), limits, log), {}};
  if (log.has_errors()) {
    return bad(print(log.take(file.string()).front()));
  }
  for (std::string const& name : names) {
    auto const& header = named.table.header;
    auto const found = std::ranges::find_if(header, [&name](tables::Cell const& cell) {
      return lower(tables::trimmed(cell.text)) == name;
    });
    if (found == header.end()) {
      return bad(fmt::format("{}: no column `{}`", file.string(), name));
    }
    named.columns.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return named;
}

/// `least` to `most` digits, all of the text.
std::optional<unsigned> whole_number(std::string_view text, std::size_t least, std::size_t most) {
  unsigned value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const good = text.size() >= least && text.size() <= most && read.ec == std::errc{} &&
                    read.ptr == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

/// Day/month/year, the year in four digits since two could be of any century, or an ISO date.
std::optional<model::Date> parse_day(std::string_view text) {
  text = tables::trimmed(text);
  std::size_t const first = text.find('/');
  std::size_t const second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second == std::string_view::npos) {
    return parse_iso_day(text);
  }
  auto const day = whole_number(text.substr(0, first), 1, 2);
  auto const month = whole_number(text.substr(first + 1, second - first - 1), 1, 2);
  auto const year = whole_number(text.substr(second + 1), 4, 4);
  if (!day || !month || !year) {
    return std::nullopt;
  }
  std::chrono::year_month_day const date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  return date.ok() ? std::optional(model::Date{date}) : std::nullopt;
}

std::optional<double> number_in(tables::RawRow const& row, std::size_t column) {
  auto const value = tables::parse_number(tables::trimmed(row.cells[column].text));
  double const* const number = std::get_if<double>(&value);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

constexpr std::array<std::string_view, 6> kBox{"lng1", "lng2",       "lat1",
                                               "lat2", "start_date", "end_date"};

/// The box of a row, or what is wrong with it and would be right.
model::Result<watch::ThermalExclusion> exclusion_in(tables::RawRow const& row,
                                                    std::vector<std::size_t> const& columns) {
  constexpr std::size_t kSides = 4;
  constexpr std::array<double, kSides> kMost{180, 180, 90, 90};
  std::array<double, kSides> sides{};
  for (std::size_t k = 0; k < kSides; ++k) {
    auto const value = number_in(row, columns[k]);
    if (!value || std::abs(*value) > kMost[k]) {
      return bad(fmt::format("{} `{}`: degrees from -{} to {} are expected", kBox[k],
                             row.cells[columns[k]].text, kMost[k], kMost[k]));
    }
    sides[k] = *value;
  }
  std::array<model::Date, 2> days{};
  for (std::size_t k = 0; k < days.size(); ++k) {
    std::string const& text = row.cells[columns[kSides + k]].text;
    auto const day = parse_day(text);
    if (!day) {
      return bad(
          fmt::format("{} `{}`: a day is expected as day/month/year with four digits of the "
                      "year, 31/12/2022, or as 2022-12-31",
                      kBox[kSides + k], text));
    }
    days[k] = *day;
  }
  if (days[1] < days[0]) {
    return bad(
        fmt::format("end_date {} lies before start_date {}: the earlier day comes first, "
                    "and with slashes the day comes before the month",
                    model::print(days[1]), model::print(days[0])));
  }
  return watch::ThermalExclusion{.west = model::Degrees{std::min(sides[0], sides[1])},
                                 .east = model::Degrees{std::max(sides[0], sides[1])},
                                 .south = model::Degrees{std::min(sides[2], sides[3])},
                                 .north = model::Degrees{std::max(sides[2], sides[3])},
                                 .from = days[0],
                                 .to = days[1]};
}

}  // namespace

model::Result<model::Done> read_fires(std::filesystem::path const& file, int dropped_decimals,
                                      FiresRead& read) {
  GzipLines lines{file};
  if (!lines.is_open()) {
    return model::Error{model::ErrorKind::kNotFound,
                        fmt::format("{}: cannot be opened", file.string()), ""};
  }
  std::string line;
  bool too_long = false;
  std::uint64_t number = 0;
  do {  // the header is the first line with any text
    if (!lines.next(line, too_long)) {
      line.clear();
      break;
    }
    if (++number == 1 && line.starts_with("\xEF\xBB\xBF")) {
      line.erase(0, 3);
    }
  } while (!too_long && tables::trimmed(line).empty());
  auto const columns = too_long ? std::nullopt : find_columns(line);
  if (!columns) {
    return bad(fmt::format("{}:{}: a header with latitude, longitude and acq_date is expected",
                           file.string(), std::max<std::uint64_t>(number, 1)));
  }
  while (lines.next(line, too_long)) {
    if (!too_long && tables::trimmed(line).empty()) {
      continue;
    }
    auto const why = too_long ? std::string_view{"the line is too long"}
                              : take_row(line, *columns, dropped_decimals, read.fires);
    if (!why.empty()) {
      ++read.rejects[std::string{why}];
    }
  }
  return lines.is_broken()
             ? model::Result<model::Done>{bad(file.string() + ": the compressed text is broken")}
             : model::Done{};
}

model::Result<std::vector<watch::ThermalExclusion>> read_exclusions(
    std::filesystem::path const& file) {
  std::vector<std::string> const names{kBox.begin(), kBox.end()};
  auto const named = read_table(file, names);
  if (!named.ok()) {
    return named.error();
  }
  std::vector<watch::ThermalExclusion> exclusions;
  for (tables::RawRow const& row : named.value().table.rows) {
    auto exclusion = exclusion_in(row, named.value().columns);
    if (!exclusion.ok()) {
      return bad(fmt::format("{}:{}: {}", file.string(), row.line, exclusion.error().message));
    }
    exclusions.push_back(std::move(exclusion).value());
  }
  return exclusions;
}

model::Result<std::map<model::Date, double>> read_published_days(
    std::filesystem::path const& file) {
  auto const named = read_table(file, {"date", "war_fires_per_day"});
  if (!named.ok()) {
    return named.error();
  }
  std::map<model::Date, double> days;
  for (tables::RawRow const& row : named.value().table.rows) {
    auto const day = parse_day(row.cells[named.value().columns[0]].text);
    auto const fires = day ? number_in(row, named.value().columns[1]) : std::nullopt;
    if (!fires) {
      return bad(fmt::format("{}:{}: a date and a number are expected", file.string(), row.line));
    }
    days[*day] = *fires;
  }
  return days;
}

}  // namespace guarantor::bench
