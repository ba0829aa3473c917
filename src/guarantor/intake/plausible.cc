#include "guarantor/intake/plausible.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace guarantor::intake {
namespace {

using model::Observation;

constexpr double kMostLatitude = 90;
constexpr double kMostLongitude = 180;
constexpr double kMostPrecision = 20'040'000;  // metres, half of the equator

std::optional<Reject> find_place_flaw(model::Position place) {
  // The negation also refuses what is no number.
  if (!(std::abs(place.latitude.count()) <= kMostLatitude)) {
    return Reject{RejectReason::kLatitudeOutOfRange, 0, "latitude",
                  fmt::format("{} is no latitude; they go from -90 to 90", place.latitude.count())};
  }
  if (!(std::abs(place.longitude.count()) <= kMostLongitude)) {
    return Reject{
        RejectReason::kLongitudeOutOfRange, 0, "longitude",
        fmt::format("{} is no longitude; they go from -180 to 180", place.longitude.count())};
  }
  return std::nullopt;
}

std::optional<Reject> find_number_flaw(Observation const& observation) {
  auto const bad = [](std::string_view field, std::string_view rule) {
    return Reject{RejectReason::kBadNumber, 0, std::string{field}, std::string{rule}};
  };
  if (!(observation.precision.count() >= 0 && observation.precision.count() <= kMostPrecision)) {
    return bad("precision_m",
               "a radius is no less than 0 and no more than half way round the Earth");
  }
  // Of clouds it is the per cent covered, and a clear sky is worth telling.
  int const least = observation.kind == model::EventKind::kCloud ? 0 : 1;
  if (observation.count && *observation.count < least) {
    return bad("count", "a number of explosions, bursts or shots is at least 1");
  }
  if (observation.calibre && observation.calibre->count() < 1) {
    return bad("calibre_mm", "a calibre is at least 1 mm");
  }
  if (observation.probability &&
      !(*observation.probability >= 0 && *observation.probability <= 1)) {
    return bad("probability", "a probability lies between 0 and 1");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reject> find_flaw(Observation const& observation, Limits const& limits) {
  if (observation.id.empty()) {
    return Reject{RejectReason::kMissingField, 0, "id", "an observation needs an id"};
  }
  if (observation.source.empty()) {
    return Reject{RejectReason::kMissingField, 0, "source", "an observation needs its source"};
  }
  if (observation.to < observation.from) {
    return Reject{RejectReason::kBadDate, 0, "to",
                  fmt::format("ends {}, before it begins", model::print(observation.to))};
  }
  if (observation.from < limits.earliest || observation.to >= limits.before) {
    bool const early = observation.from < limits.earliest;
    return Reject{RejectReason::kDateOutOfRange, 0, early ? "from" : "to",
                  fmt::format("{} lies outside {} to {}",
                              model::print(early ? observation.from : observation.to),
                              model::print(limits.earliest), model::print(limits.before))};
  }
  if (observation.reported &&
      (*observation.reported < limits.earliest || *observation.reported >= limits.before)) {
    return Reject{RejectReason::kDateOutOfRange, 0, "reported",
                  fmt::format("{} lies outside {} to {}", model::print(*observation.reported),
                              model::print(limits.earliest), model::print(limits.before))};
  }
  if (observation.place) {
    if (auto flaw = find_place_flaw(*observation.place)) {
      return flaw;
    }
  }
  return find_number_flaw(observation);
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<Reject> read_position(std::string_view latitude, std::string_view longitude,
                                    std::string_view latitude_field,
                                    std::string_view longitude_field,
                                    std::optional<model::Position>& place) {
  if (latitude.empty() || longitude.empty()) {
    return Reject{RejectReason::kNoPlace, 0,
                  std::string{latitude.empty() ? latitude_field : longitude_field},
                  "the place is not given"};
  }
  auto const north = parse_number(latitude);
  auto const east = parse_number(longitude);
  if (!north || !east) {
    return Reject{
        RejectReason::kBadNumber, 0, std::string{!north ? latitude_field : longitude_field},
        fmt::format("`{}` is no number of degrees", excerpt(!north ? latitude : longitude))};
  }
  model::Position const position{model::Degrees{*east}, model::Degrees{*north}};
  auto flaw = find_place_flaw(position);
  if (!flaw) {
    place = position;
  } else {
    flaw->field =
        flaw->reason == RejectReason::kLatitudeOutOfRange ? latitude_field : longitude_field;
  }
  return flaw;
}

}  // namespace guarantor::intake
