#include "guarantor/watch/incident_gate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/text_number.h"

namespace guarantor::watch {
namespace {

using model::IncidentClass;

/// Far from the earth, and from each other.
constexpr double kOutOfTheWorld = 1e9;
constexpr double kApart = 1e5;
constexpr std::uint64_t kPlaces = 1'000'000;

Gate const& gate_of(IncidentClass what, FusionRules const& rules) {
  return rules.gates[static_cast<std::size_t>(what)];
}

Gate const& gate_between(GatedReport const& a, GatedReport const& b, FusionRules const& rules) {
  bool const both_heat = a.what == IncidentClass::kHeat && b.what == IncidentClass::kHeat;
  return a.what == IncidentClass::kHeat && !both_heat ? gate_of(b.what, rules)
                                                      : gate_of(a.what, rules);
}

std::uint64_t sector_number(model::SectorId const& sector) {
  return sector.empty() ? 0 : number_of(sector.text()) | 1U;
}

}  // namespace

GatedReport gated(model::Observation const& observation, FusionRules const& rules) {
  GatedReport report;
  report.what = *model::incident_class(observation.kind);
  report.from = observation.from.time_since_epoch();
  report.to =
      std::clamp(Span{observation.to.time_since_epoch()}, report.from, report.from + kLongestSpan);
  report.precision = std::min(observation.precision.count(), rules.vaguest.count());
  if (observation.place) {
    report.place = geo::earth_centred(*observation.place);
  } else {
    report.placeless = !observation.sector.empty();
    report.sector = report.placeless ? sector_number(observation.sector) : 0;
    std::string const name = observation.sector.empty() ? "source " + observation.source
                                                        : "sector " + observation.sector.text();
    report.place = {kOutOfTheWorld, kApart * static_cast<double>(number_of(name) % kPlaces),
                    kApart * static_cast<double>(number_of("2 " + name) % kPlaces)};
    report.precision = 0;
  }
  report.precise = report.what != IncidentClass::kHeat && !report.placeless &&
                   report.precision <= rules.precise.count() &&
                   report.to - report.from <= rules.precise_span;
  if (report.precise && observation.place && rules.sector_of) {
    report.sector = sector_number(rules.sector_of(*observation.place));
  }
  return report;
}

double strangeness(GatedReport const& a, GatedReport const& b, FusionRules const& rules) {
  Gate const& gate = gate_between(a, b, rules);
  // That something happened on one day and something on the next makes no event of two days.
  bool const both_vague = !a.precise && !b.precise && !a.placeless && !b.placeless &&
                          a.what != IncidentClass::kHeat && b.what != IncidentClass::kHeat;
  Span const pause = both_vague ? Span{0} : gate.pause;
  Span const between = std::max(a.from, b.from) - std::min(a.to, b.to);
  if (between > pause) {
    return std::numeric_limits<double>::infinity();
  }
  if (a.placeless != b.placeless) {
    bool const there = a.sector != 0 && a.sector == b.sector && (a.precise || b.precise);
    return !there ? std::numeric_limits<double>::infinity()
           : between <= Span{}
               ? 0
               : static_cast<double>(between.count()) / static_cast<double>(gate.pause.count());
  }
  double square = 0;
  for (std::size_t axis = 0; axis < a.place.size(); ++axis) {
    double const apart = a.place[axis] - b.place[axis];
    square += apart * apart;
  }
  double const reach = gate.distance.count();
  return square / (reach * reach + a.precision * a.precision + b.precision * b.precision);
}

bool may_confirm(IncidentClass vague, IncidentClass precise) {
  return vague == precise || (vague == IncidentClass::kHeat && precise == IncidentClass::kFire);
}

double furthest(GatedReport const& report, FusionRules const& rules) {
  double reach = gate_of(report.what, rules).distance.count();
  if (report.what == IncidentClass::kHeat || report.what == IncidentClass::kFire) {
    reach = std::max(gate_of(IncidentClass::kHeat, rules).distance.count(),
                     gate_of(IncidentClass::kFire, rules).distance.count());
  }
  double const other = rules.vaguest.count();
  return std::sqrt(reach * reach + report.precision * report.precision + other * other);
}

}  // namespace guarantor::watch
