#include "guarantor/geo/area.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {

using model::Error;
using model::ErrorKind;
using model::Result;

namespace {

std::string place_text(model::Position place) {
  return fmt::format("{:.6f}, {:.6f}", place.longitude.count(), place.latitude.count());
}

std::string ring_text(EdgePlace place) {
  return place.ring == 0 ? fmt::format("part {}", place.part + 1)
                         : fmt::format("part {}, hole {}", place.part + 1, place.ring);
}

std::string edge_text(EdgePlace place) {
  return fmt::format("edge {} ({})", place.edge + 1, ring_text(place));
}

std::string both_edges(AreaFlaw const& flaw, std::string_view verb) {
  return fmt::format("{} {} {} at {}", edge_text(flaw.first), verb,
                     edge_text(flaw.second.value_or(flaw.first)), place_text(flaw.place));
}

/// One ring and another at a place.
std::string both_rings(AreaFlaw const& flaw, std::string_view what) {
  return fmt::format("{} {} {} at {}", ring_text(flaw.first), what,
                     ring_text(flaw.second.value_or(flaw.first)), place_text(flaw.place));
}

}  // namespace

std::string text(AreaFlaw const& flaw) {
  std::string const ring = ring_text(flaw.first);
  std::size_t const position = flaw.first.edge + 1;
  switch (flaw.fault) {
    case AreaFault::kNoRing:
      return ring + " has no ring";
    case AreaFault::kOffTheEarth:
      return fmt::format("{}: position {} is not on the earth: {}", ring, position,
                         place_text(flaw.place));
    case AreaFault::kTooFewPositions:
      return fmt::format(
          "{} has fewer than 3 different positions, the first of them repeated at "
          "the end",
          ring);
    case AreaFault::kOpenRing:
      return fmt::format("{} is not closed: its last position, {}, does not repeat its first", ring,
                         place_text(flaw.place));
    case AreaFault::kOppositeNeighbours:
      return fmt::format("{} joins opposite sides of the earth at {}", edge_text(flaw.first),
                         place_text(flaw.place));
    case AreaFault::kTooLarge:
      return "it spans more than half of the earth";
    case AreaFault::kPositionRepeated:
      return both_edges(flaw, "begins where another begins,");
    case AreaFault::kEdgeRepeated:
      return both_edges(flaw, "runs along");
    case AreaFault::kCrossing:
    case AreaFault::kRingsCross:
      return both_edges(flaw, "crosses");
    case AreaFault::kTouching:
      return both_edges(flaw, "touches");
    case AreaFault::kRingsCrossAtPosition:
      return both_rings(flaw, "crosses");
    case AreaFault::kHoleOutside:
      return fmt::format("{} lies outside its polygon at {}", ring, place_text(flaw.place));
    case AreaFault::kHolesOverlap:
    case AreaFault::kPartsOverlap:
      return both_rings(flaw, "lies inside");
  }
  return "unknown flaw";
}

Result<ValidArea> ValidArea::from(model::Area const& area) {
  std::vector<model::Polygon> polygons;
  for (model::Part const& part : area.parts) {
    auto const* polygon = std::get_if<model::Polygon>(&part);
    if (polygon == nullptr) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("`{}` is a point or a line, not an area", area.id.text()),
                   {}};
    }
    polygons.push_back(*polygon);
  }
  return from(area.id, std::move(polygons));
}

Result<ValidArea> ValidArea::from(model::AreaId id, std::vector<model::Polygon> polygons) {
  std::vector<AreaFlaw> const flaws = find_flaws(polygons);
  if (!flaws.empty()) {
    std::string const more =
        flaws.size() > 1 ? fmt::format(", and {} more flaws", flaws.size() - 1) : std::string{};
    return Error{ErrorKind::kBadInput,
                 fmt::format("area `{}`: {}{}", id.text(), text(flaws.front()), more),
                 "redraw it there; it is not repaired silently"};
  }
  return ValidArea{std::move(id), std::move(polygons)};
}

SquareMetres ValidArea::size() const {
  SquareMetres sum;
  for (model::Polygon const& polygon : polygons_) {
    for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
      SquareMetres const ring = enclosed_area(polygon.rings[i]);
      sum += i == 0 ? ring : ring * -1.0;
    }
  }
  return sum;
}

}  // namespace guarantor::geo
