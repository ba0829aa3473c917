#include "guarantor/intake/ucdp_ged_csv.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/intake/csv_adapter.h"
#include "guarantor/intake/plausible.h"
#include "guarantor/intake/time_format.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

using model::Metres;
using model::Observation;

enum class Column {
  kId,
  kLatitude,
  kLongitude,
  kStart,
  kEnd,
  kViolence,
  kPlacePrecision,
  kSideA,
  kSideB,
  kBest,
  kHigh,
  kLow,
  kWhere
};
constexpr std::array<std::string_view, 13> kColumnNames{
    "id",     "latitude", "longitude", "date_start", "date_end", "type_of_violence", "where_prec",
    "side_a", "side_b",   "best",      "high",       "low",      "where_description"};
constexpr std::size_t kNeeded = 6;

/// By type_of_violence, from 1.
constexpr std::array<std::string_view, 3> kViolence{"state-based", "non-state", "one-sided"};
constexpr int kOneSided = 3;
/// By where_prec, from 1: the place itself, near it (UCDP: within about 25 km), a district, a
/// province, part of a country, a country, sea or air between countries.
constexpr std::array<Metres, 7> kPrecision{Metres{1000},   Metres{25000},  Metres{50000},
                                           Metres{100000}, Metres{150000}, Metres{600000},
                                           Metres{300000}};

/// A number from 1 to `most`.
std::optional<int> parse_code(std::string_view text, std::size_t most) {
  if (text.size() != 1 || text.front() < '1' || text.front() > static_cast<char>('0' + most)) {
    return std::nullopt;
  }
  return text.front() - '0';
}

class UcdpReader final : public RowReader {
 public:
  std::optional<Reject> begin(Columns const& columns) override {
    for (std::size_t i = 0; i < kColumnNames.size(); ++i) {
      places_.at(i) = columns.find(kColumnNames.at(i));
      if (i < kNeeded && !places_.at(i)) {
        return Reject{RejectReason::kBadHeader, 0, std::string{kColumnNames.at(i)},
                      fmt::format("a GED file has the column `{}`", kColumnNames.at(i))};
      }
    }
    return std::nullopt;
  }

  std::optional<Reject> read(std::vector<std::string_view> const& fields,
                             Observation& observation) override {
    fields_ = &fields;
    std::string_view const id = at(Column::kId);
    if (id.empty()) {
      return Reject{RejectReason::kMissingField, 0, "id", "the event has no id"};
    }
    observation.id = model::ObservationId{fmt::format("ucdp-ged:{}", id)};
    observation.source = "ucdp-ged";
    if (auto flaw = read_position(at(Column::kLatitude), at(Column::kLongitude), "latitude",
                                  "longitude", observation.place)) {
      return flaw;
    }
    if (auto flaw = read_day(Column::kStart, &TimeSpan::from, observation.from)) {
      return flaw;
    }
    if (auto flaw = read_day(Column::kEnd, &TimeSpan::to, observation.to)) {
      return flaw;
    }
    return read_violence(observation);
  }

 private:
  [[nodiscard]] std::string_view at(Column column) const {
    auto const place = places_.at(static_cast<std::size_t>(column));
    return place ? trimmed((*fields_)[*place]) : std::string_view{};
  }

  std::optional<Reject> read_day(Column column, model::Instant TimeSpan::* end,
                                 model::Instant& instant) const {
    std::string_view const text = at(column);
    for (TimeFormat const& format : formats_) {
      if (auto const span = format.read(text, TimeZone{})) {
        auto const whole_day = span_of_day(std::chrono::floor<std::chrono::days>(span->from));
        instant = whole_day.*end;
        return std::nullopt;
      }
    }
    return Reject{RejectReason::kBadDate, 0,
                  std::string{kColumnNames.at(static_cast<std::size_t>(column))},
                  fmt::format("`{}` is no day; write YYYY-MM-DD", excerpt(text))};
  }

  std::optional<Reject> read_violence(Observation& observation) const {
    auto const violence = parse_code(at(Column::kViolence), kViolence.size());
    if (!violence) {
      return Reject{RejectReason::kUnknownKind, 0, "type_of_violence",
                    fmt::format("`{}` is not 1, 2 or 3", excerpt(at(Column::kViolence)))};
    }
    auto const precision = parse_code(at(Column::kPlacePrecision), kPrecision.size());
    if (!precision && places_.at(static_cast<std::size_t>(Column::kPlacePrecision))) {
      return Reject{RejectReason::kBadNumber, 0, "where_prec",
                    fmt::format("`{}` is not 1 to 7", excerpt(at(Column::kPlacePrecision)))};
    }
    observation.kind = model::EventKind::kCasualty;
    observation.category = kViolence.at(static_cast<std::size_t>(*violence - 1));
    // Without the column nothing is claimed beyond a province.
    observation.precision = kPrecision.at(static_cast<std::size_t>(precision.value_or(4) - 1));
    if (*violence == kOneSided) {
      observation.actor = at(Column::kSideA);
    }
    observation.text =
        fmt::format("{} / {}; deaths: best {}, low {}, high {}", at(Column::kSideA),
                    at(Column::kSideB), at(Column::kBest), at(Column::kLow), at(Column::kHigh));
    if (std::string_view const where = at(Column::kWhere); !where.empty()) {
      observation.text += "; ";
      observation.text += where;
    }
    return std::nullopt;
  }

  std::array<std::optional<std::size_t>, kColumnNames.size()> places_{};
  std::vector<std::string_view> const* fields_{};
  /// Releases write days by ISO 8601, the candidate events as North America does: of those that
  /// were released later, all that tell day and month apart do.
  std::array<TimeFormat, 6> formats_{TimeFormat::parse("YYYY-MM-DD").value(),
                                     TimeFormat::parse("YYYY-MM-DD hh:mm:ss").value(),
                                     TimeFormat::parse("YYYY-MM-DD hh:mm:ss.f").value(),
                                     TimeFormat::parse("M/D/YYYY h:mm:ss AM").value(),
                                     TimeFormat::parse("M/D/YYYY h:mm").value(),
                                     TimeFormat::parse("M/D/YYYY").value()};
};

}  // namespace

std::unique_ptr<Adapter> ucdp_ged_csv(Limits const& limits) {
  return std::make_unique<CsvAdapter>(std::make_unique<UcdpReader>(), ',', limits);
}

}  // namespace guarantor::intake
