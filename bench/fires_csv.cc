#include "bench/fires_csv.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "guarantor/geo/geodesic.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/numbers.h"

namespace guarantor::bench {
namespace {

constexpr std::size_t kLongestLine = 64U << 10U;
constexpr std::size_t kMostFields = 64;

model::Error bad(std::string message) {
  return {model::ErrorKind::kBadInput, std::move(message), ""};
}

struct Close {
  void operator()(gzFile file) const { gzclose(file); }
};

/// Hands out the lines of a file, plain or gzipped; what exceeds the longest line is dropped.
class Lines {
 public:
  explicit Lines(std::filesystem::path const& file) : file_{gzopen(file.c_str(), "rb")} {}

  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  [[nodiscard]] bool is_broken() const { return broken_; }

  /// False at the end. `too_long` tells that the line was not kept whole.
  bool next(std::string& line, bool& too_long) {
    line.clear();
    too_long = false;
    bool any = false;
    for (;;) {
      if (at_ == end_ && !fill()) {
        return any;
      }
      any = true;
      char const* const begin = buffer_.data() + at_;
      char const* const last =
          std::find(begin, static_cast<char const*>(buffer_.data()) + end_, '\n');
      auto const length = static_cast<std::size_t>(last - begin);
      too_long = too_long || line.size() + length > kLongestLine;
      if (!too_long) {
        line.append(begin, length);
      }
      at_ += length;
      if (at_ < end_) {
        ++at_;
        if (!line.empty() && line.back() == '\r') {
          line.pop_back();
        }
        return true;
      }
    }
  }

 private:
  bool fill() {
    int const got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
    int state = Z_OK;
    gzerror(file_.get(), &state);
    broken_ = got < 0 || (state != Z_OK && state != Z_STREAM_END);
    at_ = 0;
    end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    return got > 0;
  }

  std::unique_ptr<gzFile_s, Close> file_;
  std::vector<char> buffer_ = std::vector<char>(1U << 18U);
  std::size_t at_{};
  std::size_t end_{};
  bool broken_{};
};

std::size_t split(std::string_view line, std::array<std::string_view, kMostFields>& fields) {
  std::size_t count = 0;
  while (count < kMostFields) {
    std::size_t const comma = line.find(',');
    std::string_view field = line.substr(0, comma);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields[count++] = field;
    if (comma == std::string_view::npos) {
      break;
    }
    line.remove_prefix(comma + 1);
  }
  return count;
}

struct Columns {
  std::size_t latitude{};
  std::size_t longitude{};
  std::size_t day{};

  [[nodiscard]] std::size_t last() const { return std::max({latitude, longitude, day}); }
};

std::optional<Columns> find_columns(std::string header) {
  std::ranges::transform(header, header.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view text = header;
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::array<std::string_view, kMostFields> names;
  auto const end = names.begin() + static_cast<std::ptrdiff_t>(split(text, names));
  auto const place = [&](std::string_view name) -> std::optional<std::size_t> {
    auto const at = std::find(names.begin(), end, name);
    return at == end ? std::nullopt : std::optional(static_cast<std::size_t>(at - names.begin()));
  };
  auto const latitude = place("latitude");
  auto const longitude = place("longitude");
  auto const day = place("acq_date");
  if (!latitude || !longitude || !day) {
    return std::nullopt;
  }
  return Columns{*latitude, *longitude, *day};
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
  std::array<std::string_view, kMostFields> fields;
  if (split(line, fields) <= columns.last()) {
    return "too few fields";
  }
  auto const latitude = degrees(fields[columns.latitude]);
  auto const longitude = degrees(fields[columns.longitude]);
  if (!latitude || !longitude) {
    return "a coordinate is no number";
  }
  model::Position const place{.longitude = model::Degrees{*longitude},
                              .latitude = model::Degrees{*latitude}};
  if (!geo::is_on_earth(place)) {
    return "off the earth";
  }
  auto const day = model::parse_date(fields[columns.day]);
  if (!day) {
    return "no date of the form YYYY-MM-DD";
  }
  if (dropped_decimals > 0 && std::max(decimals(fields[columns.latitude]),
                                       decimals(fields[columns.longitude])) == dropped_decimals) {
    return "dropped for its number of decimals";
  }
  fires.push_back({.place = place, .day = *day});
  return {};
}

/// A table and the places of its columns, or what is wrong with it.
struct NamedTable {
  std::unique_ptr<tables::RawTable> table;
  std::vector<std::size_t> columns;
};

model::Result<NamedTable> read_table(std::filesystem::path const& file,
                                     std::vector<std::string> const& names) {
  tables::Limits const limits;
  tables::Diagnostics log{limits.diagnostics};
  NamedTable named{tables::read_csv_file(file, limits, log), {}};
  if (log.has_errors()) {
    return bad(print(log.take(file.string()).front()));
  }
  for (std::string const& name : names) {
    auto const column = find_column(*named.table, name);
    if (!column) {
      return bad(fmt::format("{}: no column `{}`", file.string(), name));
    }
    named.columns.push_back(*column);
  }
  return named;
}

std::optional<model::Date> parse_day(std::string const& text) {
  unsigned day = 0;
  unsigned month = 0;
  int year = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%2u/%2u/%4d%c", &day, &month, &year, &rest) != 3) {
    return model::parse_date(text);
  }
  std::chrono::year_month_day const date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  return date.ok() ? std::optional(model::Date{date}) : std::nullopt;
}

std::optional<double> number_in(tables::RawRow const& row, std::size_t column) {
  auto const value = tables::parse_number(row.cells[column].text);
  double const* const number = std::get_if<double>(&value);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

}  // namespace

model::Result<model::Done> read_fires(std::filesystem::path const& file, int dropped_decimals,
                                      FiresRead& read) {
  Lines lines{file};
  if (!lines.is_open()) {
    return model::Error{model::ErrorKind::kNotFound,
                        fmt::format("{}: cannot be opened", file.string()), ""};
  }
  std::string line;
  bool too_long = false;
  bool const any = lines.next(line, too_long);
  auto const columns = any && !too_long ? find_columns(line) : std::nullopt;
  if (!columns) {
    return bad(fmt::format("{}:1: a header with latitude, longitude and acq_date is expected",
                           file.string()));
  }
  while (lines.next(line, too_long)) {
    if (!too_long && line.empty()) {
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
  auto const named = read_table(file, {"lng1", "lng2", "lat1", "lat2", "start_date", "end_date"});
  if (!named.ok()) {
    return named.error();
  }
  std::vector<std::size_t> const& columns = named.value().columns;
  std::vector<watch::ThermalExclusion> exclusions;
  for (tables::RawRow const& row : named.value().table->rows) {
    std::array<double, 4> sides{};
    bool good = !row.ragged;
    for (std::size_t k = 0; good && k < sides.size(); ++k) {
      auto const value = number_in(row, columns[k]);
      good = value.has_value();
      sides[k] = value.value_or(0);
    }
    auto const from = good ? parse_day(row.cells[columns[4]].text) : std::nullopt;
    auto const to = good ? parse_day(row.cells[columns[5]].text) : std::nullopt;
    if (!from || !to) {
      return bad(fmt::format("{}:{}: an exclusion needs four numbers and two dates, day/month/year",
                             file.string(), row.line));
    }
    exclusions.push_back({.west = model::Degrees{std::min(sides[0], sides[1])},
                          .east = model::Degrees{std::max(sides[0], sides[1])},
                          .south = model::Degrees{std::min(sides[2], sides[3])},
                          .north = model::Degrees{std::max(sides[2], sides[3])},
                          .from = *from,
                          .to = *to});
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
  for (tables::RawRow const& row : named.value().table->rows) {
    auto const day =
        row.ragged ? std::nullopt : parse_day(row.cells[named.value().columns[0]].text);
    auto const fires = day ? number_in(row, named.value().columns[1]) : std::nullopt;
    if (!fires) {
      return bad(fmt::format("{}:{}: a date and a number are expected", file.string(), row.line));
    }
    days[*day] = *fires;
  }
  return days;
}

}  // namespace guarantor::bench
