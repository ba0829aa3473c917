#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"

/// Dates and times as other people write them.
namespace guarantor::intake {

/// A moment as exact as it was written: a day lasts to its last microsecond, so does a minute; with
/// seconds it is a moment.
struct TimeSpan {
  model::Instant from;
  model::Instant to;

  friend bool operator==(TimeSpan const&, TimeSpan const&) = default;
};

/// The whole day, UTC.
[[nodiscard]] TimeSpan span_of_day(std::chrono::sys_days day);

/// How local time becomes UTC: an offset that never changes, or one of the European Union's zones
/// with its summer time, as it stands since 1997 (Directive 2000/84/EC and the one before it): from
/// the last Sunday of March to the last Sunday of October, 01:00 UTC each. Without a table of
/// zones, so that the same text means the same moment on every machine.
class TimeZone {
 public:
  TimeZone() = default;  ///< UTC

  /// `UTC`, `Z`, `+02:00`, `-0330`, `+3`, or one of: Europe/Kyiv (Kiev), Bucharest, Sofia, Athens,
  /// Helsinki, Tallinn, Riga, Vilnius, Warsaw, Berlin, Paris, Rome, Madrid, Vienna, Prague,
  /// Budapest, Brussels, Amsterdam, Copenhagen, Stockholm, Oslo, Zurich, London, Dublin, Lisbon.
  /// Nothing for any other text.
  [[nodiscard]] static std::optional<TimeZone> parse(std::string_view text);

  /// What the clocks of the zone show as UTC. The hour that comes twice in October is the first of
  /// them; one that does not exist in March is read as if clocks had not been changed. Nothing
  /// before 1997 in a zone with summer time.
  [[nodiscard]] std::optional<model::Instant> to_utc(model::Instant local) const;

 private:
  std::chrono::minutes offset_{};  ///< in winter
  bool has_summer_{};
};

/// A pattern for a moment. `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss` stand for so many digits; `M`, `D`,
/// `h` for one or two; `.f` for nothing, or a point and one to nine digits; `AM` for AM or PM in
/// any case, which makes hours go from 1 to 12; `T` for itself; `Z` for an offset from UTC (`Z`,
/// `+02:00`,
/// `+0200`, `+02`). Any other letter is an error, any other character stands for itself. `epoch-s`
/// and `epoch-ms` count seconds and milliseconds since 1970.
class TimeFormat {
 public:
  /// Errors: bad input where a letter means nothing, or year, month or day is missing.
  [[nodiscard]] static model::Result<TimeFormat> parse(std::string_view pattern);

  /// Nothing where the text does not follow the pattern or names a moment that does not exist. The
  /// zone counts where the text has no offset of its own.
  [[nodiscard]] std::optional<TimeSpan> read(std::string_view text, TimeZone const& zone) const;

 private:
  enum class Part {
    kLiteral,
    kYear,
    kMonth,
    kDay,
    kHour,
    kMinute,
    kSecond,
    kFraction,
    kHalfDay,
    kOffset,
    kEpochSeconds,
    kEpochMilliseconds
  };
  struct Step {
    Part part{Part::kLiteral};
    std::size_t least{};  ///< digits
    std::size_t most{};
    char literal{};
  };
  struct Fields;

  [[nodiscard]] static std::optional<Step> take_step(std::string_view& pattern);
  [[nodiscard]] bool has(Part part) const;
  [[nodiscard]] static bool take(Step const& step, std::string_view& text, Fields& fields);
  [[nodiscard]] std::optional<TimeSpan> assemble(Fields const& fields, TimeZone const& zone) const;

  std::vector<Step> steps_;
};

/// The patterns of ISO 8601 that are taken where none is stated.
[[nodiscard]] std::vector<TimeFormat> iso_formats();

}  // namespace guarantor::intake
