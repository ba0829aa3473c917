#include "bench/points_csv.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>

namespace guarantor::bench {
namespace {

using model::Error;
using model::ErrorKind;

/// Tells, letter after letter, what stands in quotes. A quote opens a cell only as its first
/// character that is no blank: `6" pipe` has none that opens. In a quoted cell two stand for one.
class Quotes {
 public:
  void take(char letter) {
    bool const closed = std::exchange(closed_, false);
    if (inside_) {
      inside_ = letter != '"';
      closed_ = !inside_;
    } else if (letter == '"') {
      inside_ = at_start_ || closed;
      at_start_ = false;
    } else if (letter == ',' || letter == '\n') {
      at_start_ = true;
    } else if (letter != ' ' && letter != '\t') {
      at_start_ = false;
    }
  }
  [[nodiscard]] bool inside() const { return inside_; }

 private:
  bool inside_{};
  bool closed_{};  ///< by the letter just before
  bool at_start_{true};
};

/// Lines of a file, plain or gzip; a line break within quotes does not end one.
class Lines {
 public:
  explicit Lines(std::filesystem::path const& file) : file_{gzopen(file.c_str(), "rb"), &gzclose} {}

  [[nodiscard]] bool open() const { return file_ != nullptr; }
  /// Whether the file came to an end in good order, once `next` has said that there is no more.
  [[nodiscard]] bool whole() const {
    int state = Z_OK;
    gzerror(file_.get(), &state);
    return state == Z_OK || state == Z_STREAM_END;
  }
  /// Whether the last line came to the end of the file within quotes.
  [[nodiscard]] bool unclosed() const { return unclosed_; }

  bool next(std::string& line) {
    line.clear();
    Quotes quotes;
    for (;;) {
      if (at_ == filled_) {
        int const got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
        at_ = 0;
        filled_ = got > 0 ? static_cast<std::size_t>(got) : 0;
        if (filled_ == 0) {
          unclosed_ = quotes.inside();
          return !line.empty();
        }
      }
      char const letter = buffer_[at_++];
      if (letter == '\n' && !quotes.inside()) {
        return true;
      }
      quotes.take(letter);
      if (line.size() < kLongest) {
        line += letter;
      }
    }
  }

 private:
  static constexpr std::size_t kLongest = 1 << 20;  // what is cut off has its cells wrong
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  std::string buffer_ = std::string(1 << 16, '\0');
  std::size_t at_{};
  std::size_t filled_{};
  bool unclosed_{};
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  auto const begin = text.find_first_not_of(kBlank);
  return begin == std::string_view::npos
             ? std::string_view{}
             : text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// The cells of a line, without blanks and quotes around them.
void split(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  std::size_t begin = 0;
  Quotes quotes;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    bool const ends = at == line.size() || (line[at] == ',' && !quotes.inside());
    if (at < line.size()) {
      quotes.take(line[at]);
    }
    if (ends) {
      std::string_view cell = trimmed(line.substr(begin, at - begin));
      if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') {
        cell = trimmed(cell.substr(1, cell.size() - 2));
      }
      cells.push_back(cell);
      begin = at + 1;
    }
  }
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value)
             ? std::optional{value}
             : std::nullopt;
}

/// The date that eight digits write, YYYYMMDD.
std::optional<model::Date> compact_date(std::string_view digits) {
  return model::parse_date(
      fmt::format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6)));
}

std::optional<model::Date> date_in(std::string_view text) {
  constexpr std::size_t kLength = 10;
  constexpr std::size_t kCompact = 8;
  std::size_t const day_ends = std::min(text.find_first_of("Tt "), text.size());
  std::string_view const day = text.substr(0, day_ends);
  if (day_ends == text.size() || day.size() == kLength || day.size() == kCompact) {
    if (auto const date = model::parse_date(day)) {
      return date;
    }
    // Never a number of days: eight digits of those would be a hundred thousand years.
    if (day.size() == kCompact && day.find_first_not_of("0123456789") == std::string_view::npos) {
      return compact_date(day);
    }
  }
  constexpr double kMost = 1'000'000'000;
  auto const days = number_in(text);
  return days && std::abs(*days) <= kMost && *days == std::floor(*days)
             ? std::optional{model::Date{std::chrono::days{static_cast<int>(*days)}}}
             : std::nullopt;
}

struct Columns {
  std::optional<std::size_t> east;
  std::optional<std::size_t> north;
  std::optional<std::size_t> date;
  std::size_t count{};
  bool metres{};
};

model::Result<Columns> columns_of(std::string const& header, std::filesystem::path const& file,
                                  bool with_dates) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::string names =
      header.starts_with(kByteOrderMark) ? header.substr(kByteOrderMark.size()) : header;
  std::ranges::transform(names, names.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  std::vector<std::string_view> cells;
  split(names, cells);
  auto const column = [&](std::initializer_list<std::string_view> called) {
    auto const names_one = [&](std::string_view name) {
      return std::ranges::find(cells, name) != cells.end();
    };
    auto const* const name = std::ranges::find_if(called, names_one);
    return name == called.end() ? std::nullopt
                                : std::optional{static_cast<std::size_t>(
                                      std::ranges::find(cells, *name) - cells.begin())};
  };
  Columns columns{.east = column({"x_m"}),
                  .north = column({"y_m"}),
                  .date = column({"date", "acq_date", "event_date", "day", "days", "started_at",
                                  "acq_datetime", "datetime", "timestamp", "time", "t"}),
                  .count = cells.size(),
                  .metres = true};
  if (!columns.east || !columns.north) {
    columns.east = column({"longitude", "lon", "lng", "long"});
    columns.north = column({"latitude", "lat"});
    columns.metres = false;
  }
  if (!columns.east || !columns.north) {
    columns.east = column({"x"});
    columns.north = column({"y"});
    columns.metres = true;
  }
  if (!columns.east || !columns.north || (with_dates && !columns.date)) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("{}:1: the header \"{}\" names no columns to read {} from", file.string(),
                    header.substr(0, 200), columns.east && columns.north ? "dates" : "places"),
        "name columns latitude and longitude, or x_m and y_m, and date"};
  }
  return columns;
}

/// Takes rows of one table after the other.
class Gathering {
 public:
  explicit Gathering(bool with_dates) : with_dates_{with_dates} {}

  model::Result<model::Done> read(std::filesystem::path const& file) {
    Lines lines{file};
    if (!lines.open() || std::filesystem::is_directory(file)) {
      return Error{ErrorKind::kNotFound, fmt::format("{}: there is no such file", file.string()),
                   "name files of CSV, plain or gzip"};
    }
    std::string line;
    bool any = lines.next(line);
    while (any && trimmed(line).empty()) {
      any = lines.next(line);
    }
    if (!any) {
      return Error{ErrorKind::kBadInput, fmt::format("{}: the file is empty", file.string()),
                   "a header is needed, and rows under it"};
    }
    auto const columns = columns_of(line, file, with_dates_);
    if (!columns.ok()) {
      return columns.error();
    }
    if (metres_.value_or(columns.value().metres) != columns.value().metres) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("{}: one file has positions, another metres", file.string()),
                   "cluster them apart"};
    }
    metres_ = columns.value().metres;
    while (lines.next(line)) {
      if (trimmed(line).empty()) {
        continue;
      }
      ++row_;
      if (lines.unclosed()) {
        ++points_.rejected["a quote that is never closed, up to the end of the file"];
      } else if (char const* const reason = take(line, columns.value())) {
        ++points_.rejected[reason];
      }
    }
    if (!lines.whole()) {
      ++points_.rejected["the compressed file breaks off"];
    }
    return model::Done{};
  }

  model::Result<TablePoints> finish() && {
    if (points_.places.empty() && !points_.rejected.empty()) {
      std::string reasons;
      for (auto const& [reason, rows] : points_.rejected) {
        reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", rows, reason);
      }
      return Error{ErrorKind::kBadInput,
                   fmt::format("every row is left out (rows by reason: {})", reasons),
                   "see --help for what the columns may hold"};
    }
    if (!metres_.value_or(true)) {
      project();
    }
    return std::move(points_);
  }

 private:
  /// Why a row is left out; nothing where it is taken.
  char const* take(std::string_view line, Columns const& columns) {
    split(line, cells_);
    if (cells_.size() != columns.count) {
      return "another number of cells than the header";
    }
    auto const east = number_in(cells_[*columns.east]);
    auto const north = number_in(cells_[*columns.north]);
    if (!east || !north) {
      return "a place that is no number";
    }
    constexpr double kPole = 90;
    constexpr double kAntimeridian = 180;
    constexpr double kCircle = 360;  // some publishers count longitudes from 0 to it
    if (!columns.metres && std::abs(*north) > kPole) {
      return "a latitude that is not between -90 and 90";
    }
    if (!columns.metres && (*east < -kAntimeridian || *east > kCircle)) {
      return "a longitude that is not between -180 and 360";
    }
    if (with_dates_) {
      auto const date = date_in(cells_[*columns.date]);
      if (!date) {
        return "a date that is none";
      }
      points_.dates.push_back(*date);
    }
    points_.rows.push_back(row_);
    points_.places.push_back({*east, *north});
    return nullptr;
  }

  void project() {
    std::vector<model::Position> positions;
    positions.reserve(points_.places.size());
    for (geo::PlanePoint const place : points_.places) {
      positions.push_back({model::Degrees{place.east}, model::Degrees{place.north}});
    }
    points_.plane = geo::ConicPlane::around(positions);
    std::ranges::transform(positions, points_.places.begin(),
                           [&](model::Position position) { return points_.plane->at(position); });
    for (model::Position const position : positions) {
      points_.worst_scale_error =
          std::max(points_.worst_scale_error, std::abs(points_.plane->scale_at(position) - 1));
    }
  }

  bool with_dates_;
  std::optional<bool> metres_;
  std::uint64_t row_{};
  std::vector<std::string_view> cells_;
  TablePoints points_;
};

}  // namespace

model::Result<TablePoints> read_points(std::span<std::filesystem::path const> files,
                                       bool with_dates) {
  Gathering gathering{with_dates};
  for (auto const& file : files) {
    if (auto const read = gathering.read(file); !read.ok()) {
      return read.error();
    }
  }
  return std::move(gathering).finish();
}

std::string proj_text(geo::ConicPlane const& plane) {
  auto const [south, north] = plane.standard_parallels();
  return fmt::format("+proj=lcc +lat_1={} +lat_2={} +lat_0={} +lon_0={} +ellps=WGS84 +units=m",
                     south, north, plane.origin_latitude(), plane.meridian());
}

}  // namespace guarantor::bench
