#include "guarantor/watch/incident_summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/event_count.h"

namespace guarantor::watch {
namespace {

using model::Observation;

/// No report is placed better than this, so that one alone does not outweigh all others.
constexpr double kBestPrecision = 25;

/// The straight way through the earth, which over 10 km is shorter by a millimetre.
model::Metres chord(model::Position a, model::Position b) {
  auto const from = geo::earth_centred(a);
  auto const to = geo::earth_centred(b);
  return model::Metres{std::hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2])};
}

struct Placed {
  model::Position place;
  model::Metres radius;
};

/// The mean of places, weighted by the square of their precision, and how far the reports reach: no
/// less than the most exact of them is exact.
std::optional<Placed> placed(std::span<Observation const* const> core) {
  double weights = 0;
  double east = 0;
  double north = 0;
  std::optional<model::Position> first;
  for (Observation const* report : core) {
    if (!report->place) {
      continue;
    }
    first = first.value_or(*report->place);
    double const precision = std::max(report->precision.count(), kBestPrecision);
    double const weight = 1 / (precision * precision);
    // Counted from the first, so that the antimeridian does not tear a place in two.
    east += weight * geo::normalised(report->place->longitude - first->longitude).count();
    north += weight * report->place->latitude.count();
    weights += weight;
  }
  if (!first) {
    return std::nullopt;
  }
  Placed found{.place = {.longitude = geo::normalised(
                             model::Degrees{first->longitude.count() + east / weights}),
                         .latitude = model::Degrees{north / weights}},
               .radius = model::Metres{0}};
  // Reports that agree to the metre do not know the place to the metre.
  auto best = std::numeric_limits<double>::infinity();
  for (Observation const* report : core) {
    if (report->place) {
      found.radius = std::max(found.radius, chord(found.place, *report->place));
      best = std::min(best, report->precision.count());
    }
  }
  found.radius = std::max(found.radius, model::Metres{best});
  return found;
}

model::EventKind most_named(std::span<Observation const* const> core) {
  std::array<std::size_t, model::kWords<model::EventKind>.size()> times{};
  for (Observation const* report : core) {
    ++times[static_cast<std::size_t>(report->kind)];
  }
  return static_cast<model::EventKind>(std::ranges::max_element(times) - times.begin());
}

}  // namespace

model::Incident summary(std::span<Observation const* const> core,
                        std::span<Observation const* const> all) {
  model::Incident incident;
  incident.kind = most_named(core);
  incident.what = *model::incident_class(incident.kind);
  incident.from = core.front()->from;
  incident.to = core.front()->to;
  for (Observation const* report : core) {
    incident.from = std::min(incident.from, report->from);
    incident.to = std::max(incident.to, report->to);
  }
  if (auto const found = placed(core)) {
    incident.place = found->place;
    incident.radius = found->radius;
  }
  std::set<std::string> observers;
  std::set<std::string> actors;
  for (Observation const* report : all) {
    incident.observations.push_back(report->id);
    observers.insert(report->seen_by());
    if (!report->actor.empty()) {
      actors.insert(report->actor);
    }
  }
  incident.observers.assign(observers.begin(), observers.end());
  incident.actors.assign(actors.begin(), actors.end());
  EventCount const count = count_events(all);
  incident.munitions = count.munitions;
  incident.live_fire = count.live_fire;
  return incident;
}

}  // namespace guarantor::watch
