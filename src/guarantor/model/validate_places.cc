#include <algorithm>
#include <cmath>
#include <string>

#include "guarantor/model/checker.h"

/// The rules of locations and areas.
namespace guarantor::model {
namespace {

std::string degrees(Position position) {
  auto const two_places = [](Degrees angle) {
    std::string text = std::to_string(angle.count());
    return text.substr(0, text.find('.') + 3);
  };
  return two_places(position.longitude) + " east, " + two_places(position.latitude) + " north";
}

bool on_earth(Position position) {
  constexpr double kMostNorth = 90;
  constexpr double kMostEast = 180;
  double const latitude = position.latitude.count();
  double const longitude = position.longitude.count();
  return latitude >= -kMostNorth && latitude <= kMostNorth && longitude >= -kMostEast &&
         longitude <= kMostEast;
}

}  // namespace

void Checker::check_locations() {
  for (std::size_t row = 0; row < scenario_.locations.size(); ++row) {
    Location const& location = scenario_.locations[row];
    auto const at = [row](std::string_view column) { return At{Table::kLocations, row, column}; };
    if (location.latitude.has_value() != location.longitude.has_value()) {
      error(at(location.latitude ? "lon" : "lat"), "one coordinate without the other");
    }
    if (!on_earth({Degrees{0}, location.latitude.value_or(Degrees{0})})) {
      error(at("lat"), "latitude is not between -90 and 90", "are lat and lon swapped?");
    }
    if (!on_earth({location.longitude.value_or(Degrees{0}), Degrees{0}})) {
      error(at("lon"), "longitude is not between -180 and 180");
    }
    if (!location.country.empty()) {
      nation_code(at("country"), location.country);
    }
    if (!location.controlled_by.empty()) {
      nation_code(at("controlled_by"), location.controlled_by);
    }
    area(at("area"), location.area);
    check_location_facts(row, location);
  }
}

void Checker::check_location_facts(std::size_t row, Location const& location) {
  auto const at = [row](std::string_view column) { return At{Table::kLocations, row, column}; };
  auto const count = [](auto const& value) {
    return value ? std::optional<double>{value->count()} : std::nullopt;
  };
  above_zero(at("runway_m"), count(location.runway));
  above_zero(at("draught_m"), count(location.draught));
  not_negative(at("throughput_tpd"), location.throughput);
  if (location.berths) {
    not_negative(at("berths"), static_cast<double>(*location.berths));
  }
  for (Millimetres const gauge : location.gauges) {
    above_zero(at("gauges"), gauge.count());
  }
}

void Checker::check_areas() {
  for (std::size_t row = 0; row < scenario_.areas.size(); ++row) {
    Area const& area = scenario_.areas[row];
    At const at{Table::kAreas, row, "geometry"};
    if (!is_identifier(area.id.text())) {
      error({Table::kAreas, row, "area"}, "`" + area.id.text() + "` is not an identifier",
            "a-z, 0-9, `.`, `_`, `-`, at most 64, beginning with a letter or digit");
    }
    if (area.parts.empty()) {
      error(at, "area `" + area.id.text() + "` has no geometry");
    }
    check_area_use(row, area);
    for (Part const& part : area.parts) {
      if (auto const* point = std::get_if<Point>(&part)) {
        check_position(at, point->position);
      } else if (auto const* line = std::get_if<Line>(&part)) {
        if (line->positions.size() < 2) {
          error(at, "a line needs at least 2 positions");
        }
        for (Position const position : line->positions) {
          check_position(at, position);
        }
      } else {
        for (Ring const& ring : std::get<Polygon>(part).rings) {
          check_ring(at, ring);
        }
      }
    }
  }
}

void Checker::check_area_use(std::size_t row, Area const& area) {
  bool const line = area.parts.size() == 1 && std::holds_alternative<Line>(area.parts.front());
  bool const lines = !area.parts.empty() &&
                     std::all_of(area.parts.begin(), area.parts.end(), [](Part const& part) {
                       return std::holds_alternative<Line>(part);
                     });
  if ((area.kind == AreaKind::kLineOfContact || area.kind == AreaKind::kBorder) && !lines) {
    error({Table::kAreas, row, "kind"}, "a " + std::string{text(*area.kind)} + " that is no line",
          "draw it as a LineString");
  }
  if (!area.sector_length) {
    return;
  }
  At const at{Table::kAreas, row, "sector_km"};
  if (!(*area.sector_length > Kilometres{0} && std::isfinite(area.sector_length->count()))) {
    error(at, "sector_km is not above 0", "25: no sector is longer than 25 km");
  }
  if (!line) {
    error(at, "only a single line is cut into sectors", "draw it as one LineString");
  }
}

void Checker::check_position(At at, Position position) {
  if (!on_earth(position)) {
    error(at, "a position is not on the earth: " + degrees(position),
          "GeoJSON gives longitude first, then latitude");
  }
}

void Checker::check_ring(At at, Ring const& ring) {
  constexpr std::size_t kFewest = 4;
  std::size_t const before = findings_.size();
  for (Position const position : ring) {
    check_position(at, position);
  }
  if (findings_.size() != before) {
    return;
  }
  if (ring.size() < kFewest) {
    error(at, "a ring needs at least 4 positions", "the last repeats the first");
  } else if (ring.front() != ring.back()) {
    error(at, "a ring is not closed", "its last position must repeat its first");
  } else if (auto const crossing = find_self_crossing(ring)) {
    error(at,
          "the ring crosses itself near " + degrees(crossing->near) + ": edge " +
              std::to_string(crossing->first_edge + 1) + " meets edge " +
              std::to_string(crossing->second_edge + 1),
          "redraw it there; it is not repaired silently");
  }
}

}  // namespace guarantor::model
