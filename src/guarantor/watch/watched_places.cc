#include "guarantor/watch/watched_places.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <variant>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/line_sectors.h"

namespace guarantor::watch {
namespace {

using model::AreaId;
using model::Kilometres;
using model::Position;

constexpr double kMetresPerKilometre = 1000;
/// Further from a line than this an incident is of no sector of it.
constexpr model::Metres kNearestSector{60'000};

/// A line, and the parallels and meridians it lies between, so that most places are told to be far
/// without measuring.
struct BoundedLine {
  geo::Polyline line;
  double south{std::numeric_limits<double>::infinity()};
  double north{-std::numeric_limits<double>::infinity()};
  double west{std::numeric_limits<double>::infinity()};
  double east{-std::numeric_limits<double>::infinity()};

  explicit BoundedLine(geo::Polyline drawn) : line{std::move(drawn)} {
    for (Position const place : line.positions()) {
      south = std::min(south, place.latitude.count());
      north = std::max(north, place.latitude.count());
      west = std::min(west, place.longitude.count());
      east = std::max(east, place.longitude.count());
    }
  }

  [[nodiscard]] bool may_be_within(Position place, double metres) const {
    constexpr double kShortestDegree = 110'000;
    double const latitudes = metres / kShortestDegree;
    double const highest = std::max(std::abs(south), std::abs(north)) + latitudes;
    double const shrink = std::cos(std::min(highest, 89.0) * 0.017453292519943295);
    double const longitudes = latitudes / shrink;
    return place.latitude.count() >= south - latitudes &&
           place.latitude.count() <= north + latitudes &&
           place.longitude.count() >= west - longitudes &&
           place.longitude.count() <= east + longitudes;
  }
};

struct Site {
  std::string id;
  std::string kind;
  Position place;
};

}  // namespace

struct WatchedPlaces::Shapes {
  std::map<AreaId, std::vector<BoundedLine>> lines;
  std::map<AreaId, geo::AreaIndex> areas;
  std::vector<Site> sites;
  std::vector<std::pair<AreaId, std::pair<std::size_t, std::size_t>>> sectors_of;
  std::vector<geo::Sector> sectors;

  [[nodiscard]] std::optional<Proximity> near_line(AreaId const& id, Kilometres within,
                                                   Position place) const {
    auto const found = lines.find(id);
    std::optional<Proximity> nearest;
    if (found == lines.end()) {
      return nearest;
    }
    double const reach = within.count() * kMetresPerKilometre;
    for (BoundedLine const& line : found->second) {
      if (!line.may_be_within(place, reach)) {
        continue;
      }
      double const away = line.line.distance(place).count();
      if (away <= reach && (!nearest || away < nearest->distance->count() * kMetresPerKilometre)) {
        nearest = Proximity{Kilometres{away / kMetresPerKilometre}, id.text()};
      }
    }
    return nearest;
  }

  [[nodiscard]] std::optional<Proximity> near_site(std::vector<std::string> const& wanted,
                                                   Kilometres within, Position place) const {
    constexpr double kShortestDegree = 110.0;
    std::optional<Proximity> nearest;
    for (Site const& site : sites) {
      bool const named = std::ranges::any_of(
          wanted, [&](std::string const& name) { return name == site.id || name == site.kind; });
      bool const close = std::abs(site.place.latitude.count() - place.latitude.count()) <=
                         within.count() / kShortestDegree;
      if (!named || !close) {
        continue;
      }
      double const away = geo::distance(site.place, place).count() / kMetresPerKilometre;
      if (away <= within.count() && (!nearest || away < nearest->distance->count())) {
        nearest = Proximity{Kilometres{away}, site.id};
      }
    }
    return nearest;
  }

  [[nodiscard]] bool within_area(AreaId const& id, Position place) const {
    auto const found = areas.find(id);
    return found != areas.end() && !found->second.containing(place).empty();
  }
};

WatchedPlaces::WatchedPlaces(std::unique_ptr<Shapes> shapes) : shapes_{std::move(shapes)} {}
WatchedPlaces::~WatchedPlaces() = default;
WatchedPlaces::WatchedPlaces(WatchedPlaces&&) noexcept = default;
WatchedPlaces& WatchedPlaces::operator=(WatchedPlaces&&) noexcept = default;

model::Result<WatchedPlaces> WatchedPlaces::from(model::Scenario const& scenario) {
  auto shapes = std::make_unique<Shapes>();
  for (model::Area const& area : scenario.areas) {
    std::vector<model::Polygon> polygons;
    for (model::Part const& part : area.parts) {
      if (auto const* shape = std::get_if<model::Line>(&part)) {
        auto line = geo::Polyline::from(*shape);
        if (!line.ok()) {
          return model::Error{line.error().kind,
                              "area `" + area.id.text() + "`: " + line.error().message,
                              line.error().hint};
        }
        shapes->lines[area.id].emplace_back(std::move(line).value());
      } else if (auto const* polygon = std::get_if<model::Polygon>(&part)) {
        polygons.push_back(*polygon);
      }
    }
    if (!polygons.empty()) {
      auto valid = geo::ValidArea::from(area.id, std::move(polygons));
      if (!valid.ok()) {
        return valid.error();
      }
      shapes->areas.emplace(area.id, std::vector<geo::ValidArea>{std::move(valid).value()});
    }
  }
  for (model::Location const& location : scenario.locations) {
    if (location.latitude && location.longitude) {
      shapes->sites.push_back({location.id.text(),
                               location.kind,
                               {.longitude = *location.longitude, .latitude = *location.latitude}});
    }
  }
  auto lines = geo::sectors_of(scenario);
  if (!lines.ok()) {
    return lines.error();
  }
  for (geo::LineSectors& line : lines.value()) {
    std::size_t const first = shapes->sectors.size();
    std::ranges::move(line.sectors, std::back_inserter(shapes->sectors));
    shapes->sectors_of.push_back({line.line, {first, shapes->sectors.size()}});
  }
  return WatchedPlaces{std::move(shapes)};
}

std::optional<Proximity> WatchedPlaces::where(model::Clause const& clause, Position place) const {
  bool const anywhere = clause.area.empty() && clause.line.empty() && clause.sites.empty();
  if (anywhere) {
    return Proximity{};
  }
  if (!clause.area.empty() && !shapes_->within_area(clause.area, place)) {
    return std::nullopt;
  }
  if (clause.line.empty() && clause.sites.empty()) {
    return Proximity{.distance = {}, .near = clause.area.text()};
  }
  Kilometres const within = clause.within.value_or(Kilometres{0});
  if (!clause.line.empty()) {
    if (auto const near = shapes_->near_line(clause.line, within, place)) {
      return near;
    }
  }
  return clause.sites.empty() ? std::nullopt : shapes_->near_site(clause.sites, within, place);
}

std::optional<Proximity> WatchedPlaces::where(model::Indicator const& indicator,
                                              Position place) const {
  model::Clause clause;
  clause.area = indicator.area;
  clause.line = indicator.line;
  clause.within = indicator.within;
  return where(clause, place);
}

model::SectorId WatchedPlaces::sector(Position place) const {
  model::Metres best = kNearestSector;
  geo::Sector const* found = nullptr;
  for (auto const& [id, range] : shapes_->sectors_of) {
    for (BoundedLine const& line : shapes_->lines.at(id)) {
      if (!line.may_be_within(place, best.count())) {
        continue;
      }
      geo::Nearest const nearest = line.line.nearest(place);
      if (nearest.distance <= best && (found == nullptr || nearest.distance < best)) {
        best = nearest.distance;
        auto const begin = shapes_->sectors.begin() + static_cast<std::ptrdiff_t>(range.first);
        auto const end = shapes_->sectors.begin() + static_cast<std::ptrdiff_t>(range.second);
        auto const at = std::partition_point(
            begin, end, [&](geo::Sector const& sector) { return sector.to < nearest.along; });
        found = &*(at == end ? std::prev(end) : at);
      }
    }
  }
  return found == nullptr ? model::SectorId{} : model::SectorId{found->id};
}

std::vector<geo::Sector> const& WatchedPlaces::sectors() const {
  return shapes_->sectors;
}

std::optional<Position> WatchedPlaces::middle(model::SectorId const& sector) const {
  auto const found = std::ranges::find(shapes_->sectors, sector.text(), &geo::Sector::id);
  return found == shapes_->sectors.end() ? std::nullopt : std::optional{found->middle};
}

}  // namespace guarantor::watch
