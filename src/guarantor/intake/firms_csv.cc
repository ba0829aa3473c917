#include "guarantor/intake/firms_csv.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/intake/csv_adapter.h"
#include "guarantor/intake/plausible.h"
#include "guarantor/intake/repetitions.h"
#include "guarantor/intake/utf8.h"
#include "guarantor/model/date.h"

namespace guarantor::intake {
namespace {

using model::Metres;
using model::Observation;

constexpr Metres kViirsPrecision{375};
constexpr Metres kModisPrecision{1000};
constexpr std::chrono::microseconds kShortest{1};

enum class Column {
  kLatitude,
  kLongitude,
  kDate,
  kTime,
  kSatellite,
  kInstrument,
  kConfidence,
  kVersion,
  kViirsBrightness,
  kModisBrightness,
  kPower,
  kDayNight,
  kType
};
constexpr std::array<std::string_view, 13> kColumnNames{
    "latitude", "longitude",  "acq_date",   "acq_time", "satellite", "instrument", "confidence",
    "version",  "bright_ti4", "brightness", "frp",      "daynight",  "type"};
constexpr std::size_t kNeeded = 3;

/// As FIRMS abbreviates them, and their names.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSatellites{
    {{"N", "suomi-npp"},
     {"1", "noaa-20"},
     {"N20", "noaa-20"},
     {"2", "noaa-21"},
     {"N21", "noaa-21"},
     {"T", "terra"},
     {"Terra", "terra"},
     {"A", "aqua"},
     {"Aqua", "aqua"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kConfidences{
    {{"l", "low"}, {"n", "nominal"}, {"h", "high"}}};
/// By number, from 0.
constexpr std::array<std::string_view, 4> kTypes{"presumed vegetation fire", "active volcano",
                                                 "other static land source", "offshore"};

template <std::size_t N>
std::string_view meaning(std::array<std::pair<std::string_view, std::string_view>, N> const& table,
                         std::string_view word) {
  for (auto const& [short_form, long_form] : table) {
    if (short_form == word) {
      return long_form;
    }
  }
  return word;
}

/// Hours and minutes of `0130`, `130`, `30` or `01:30`; FIRMS drops leading zeros.
std::optional<std::chrono::minutes> parse_time(std::string_view text) {
  std::string digits;
  for (char const c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ':') {
      return std::nullopt;
    }
  }
  if (digits.empty() || digits.size() > 4) {
    return std::nullopt;
  }
  int const number = std::stoi(digits);
  int const hours = number / 100;
  int const minutes = number % 100;
  if (hours > 23 || minutes > 59) {
    return std::nullopt;
  }
  return std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

enum class Instrument { kUnknown, kViirs, kModis };

class FirmsReader final : public RowReader {
 public:
  explicit FirmsReader(FirmsOptions const& options) : options_{options} {}

  std::optional<Reject> begin(Columns const& columns) override {
    for (std::size_t i = 0; i < kColumnNames.size(); ++i) {
      places_.at(i) = columns.find(kColumnNames.at(i));
      if (i < kNeeded && !places_.at(i)) {
        return Reject{RejectReason::kBadHeader, 0, std::string{kColumnNames.at(i)},
                      fmt::format("a FIRMS file has the column `{}`", kColumnNames.at(i))};
      }
    }
    return std::nullopt;
  }

  std::optional<Reject> read(std::vector<std::string_view> const& fields,
                             Observation& observation) override {
    fields_ = &fields;
    if (auto flaw = read_position(at(Column::kLatitude), at(Column::kLongitude), "latitude",
                                  "longitude", observation.place)) {
      return flaw;
    }
    if (auto flaw = read_moment(observation)) {
      return flaw;
    }
    if (auto flaw = read_confidence(observation)) {
      return flaw;
    }
    read_instrument(observation);
    read_text(observation);
    observation.kind = model::EventKind::kAnomaly;
    observation.sense = model::Sense::kSensor;
    set_id(observation);
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string_view at(Column column) const {
    auto const place = places_.at(static_cast<std::size_t>(column));
    return place ? trimmed((*fields_)[*place]) : std::string_view{};
  }

  std::optional<Reject> read_moment(Observation& observation) const {
    std::string_view const day = at(Column::kDate);
    auto const date = model::parse_date(day);
    if (!date) {
      return Reject{RejectReason::kBadDate, 0, "acq_date",
                    fmt::format("`{}` is no date; write YYYY-MM-DD", excerpt(day))};
    }
    observation.from = *date;
    std::string_view const time = at(Column::kTime);
    if (time.empty()) {
      observation.to = observation.from + std::chrono::days{1} - kShortest;
      return std::nullopt;
    }
    auto const minutes = parse_time(time);
    if (!minutes) {
      return Reject{RejectReason::kBadDate, 0, "acq_time",
                    fmt::format("`{}` is no time of day; write HHMM", excerpt(time))};
    }
    observation.from += *minutes;
    observation.to = observation.from + std::chrono::minutes{1} - kShortest;
    return std::nullopt;
  }

  /// VIIRS has three words, MODIS percents, which its guide calls an estimate of confidence.
  std::optional<Reject> read_confidence(Observation& observation) const {
    std::string_view const confidence = at(Column::kConfidence);
    if (confidence.empty()) {
      return std::nullopt;
    }
    if (auto const percent = parse_number(confidence)) {
      if (*percent < 0 || *percent > 100) {
        return Reject{RejectReason::kBadNumber, 0, "confidence",
                      fmt::format("`{}` is no percentage", excerpt(confidence))};
      }
      observation.probability = *percent / 100;
      return std::nullopt;
    }
    observation.category = meaning(kConfidences, confidence);
    return std::nullopt;
  }

  void read_instrument(Observation& observation) const {
    std::string_view const name = at(Column::kInstrument);
    bool const viirs = name.empty() ? !at(Column::kViirsBrightness).empty() : name == "VIIRS";
    bool const modis = name.empty() ? !at(Column::kModisBrightness).empty() : name == "MODIS";
    if (viirs) {
      observation.source = "firms-viirs";
      observation.precision = kViirsPrecision;
    } else if (modis) {
      observation.source = "firms-modis";
      observation.precision = kModisPrecision;
    } else {
      observation.source = "firms";
      observation.precision = options_.unknown_precision;
    }
    observation.observer = meaning(kSatellites, at(Column::kSatellite));
  }

  void read_text(Observation& observation) const {
    auto const add = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) {
        fmt::format_to(std::back_inserter(observation.text), "{}{} {}",
                       observation.text.empty() ? "" : ", ", name, value);
      }
    };
    std::string_view const type = at(Column::kType);
    bool const known = type.size() == 1 && type.front() >= '0' && type.front() <= '3';
    add("type", known ? kTypes.at(static_cast<std::size_t>(type.front() - '0')) : type);
    add("frp", at(Column::kPower));
    add("daynight", at(Column::kDayNight));
    add("version", at(Column::kVersion));
  }

  void set_id(Observation& observation) {
    id_.clear();
    for (std::string_view const part :
         {std::string_view{observation.source}, std::string_view{":"}, at(Column::kSatellite),
          std::string_view{observation.observer.empty() ? "" : ","}, at(Column::kLatitude),
          std::string_view{","}, at(Column::kLongitude), std::string_view{","}, at(Column::kDate),
          std::string_view{at(Column::kTime).empty() ? "" : "T"}, at(Column::kTime)}) {
      id_ += part;
    }
    auto const day = std::chrono::floor<std::chrono::days>(observation.from);
    if (std::uint64_t const nth = repetitions_.add(day, id_); nth > 1) {
      fmt::format_to(std::back_inserter(id_), "#{}", nth);
    }
    observation.id = model::ObservationId{id_};
  }

  FirmsOptions options_;
  std::array<std::optional<std::size_t>, kColumnNames.size()> places_{};
  std::vector<std::string_view> const* fields_{};
  Repetitions repetitions_{};
  std::string id_{};
};

}  // namespace

std::unique_ptr<Adapter> firms_csv(FirmsOptions const& options) {
  return std::make_unique<CsvAdapter>(std::make_unique<FirmsReader>(options), ',', options.limits);
}

}  // namespace guarantor::intake
