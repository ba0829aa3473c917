#include "guarantor/geo/demand_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "guarantor/geo/line_sectors.h"

namespace guarantor::geo {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

class PointFinder {
 public:
  PointFinder(model::Scenario const& scenario, std::vector<LineSectors> const& lines)
      : lines_{lines} {
    for (model::Location const& location : scenario.locations) {
      locations_[location.id] = &location;
    }
  }

  /// Appends the points of one demand; what is wrong with it, or nothing.
  std::optional<Error> append(std::size_t row, model::Demand const& demand) {
    if (!demand.location.empty()) {
      return append_location(row, demand);
    }
    bool found = false;
    for (LineSectors const& line : lines_) {
      for (Sector const& sector : line.sectors) {
        if (line.line == demand.line || sector.id == demand.sector.text()) {
          points_.push_back({row, model::SectorId{sector.id}, {}, sector.middle});
          found = true;
        }
      }
    }
    return found ? std::nullopt : std::optional{no_sector(demand)};
  }

  std::vector<DemandPoint> take() { return std::move(points_); }

 private:
  std::optional<Error> append_location(std::size_t row, model::Demand const& demand) {
    auto const found = locations_.find(demand.location);
    bool const placed =
        found != locations_.end() && found->second->latitude && found->second->longitude;
    if (!placed) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("demand `{}` is at `{}`, which has no coordinates", demand.id.text(),
                               demand.location.text()),
                   "give it lat and lon in locations.csv"};
    }
    points_.push_back(
        {row, {}, demand.location, {*found->second->longitude, *found->second->latitude}});
    return std::nullopt;
  }

  [[nodiscard]] Error no_sector(model::Demand const& demand) const {
    std::string const& name = demand.sector.text();
    for (LineSectors const& line : lines_) {
      if (name.starts_with(line.line.text() + "-")) {
        return {ErrorKind::kBadInput,
                fmt::format("demand `{}`: there is no sector `{}`", demand.id.text(), name),
                fmt::format("`{}` has the sectors {} to {}", line.line.text(),
                            line.sectors.front().id, line.sectors.back().id)};
      }
    }
    return {ErrorKind::kBadInput,
            fmt::format("demand `{}`: `{}` has no sectors", demand.id.text(),
                        demand.line.empty() ? name : demand.line.text()),
            "give the line sector_km in areas.geojson"};
  }

  std::vector<LineSectors> const& lines_;
  std::map<model::LocationId, model::Location const*> locations_;
  std::vector<DemandPoint> points_;
};

}  // namespace

Result<std::vector<DemandPoint>> demand_points(model::Scenario const& scenario) {
  auto const lines = sectors_of(scenario);
  if (!lines) {
    return lines.error();
  }
  PointFinder finder{scenario, lines.value()};
  for (std::size_t row = 0; row < scenario.demands.size(); ++row) {
    if (auto error = finder.append(row, scenario.demands[row])) {
      return *std::move(error);
    }
  }
  return finder.take();
}

Result<ContactLine> ContactLine::of(model::Scenario const& scenario) {
  ContactLine contact;
  for (model::Area const& area : scenario.areas) {
    if (area.kind != model::AreaKind::kLineOfContact) {
      continue;
    }
    for (model::Part const& part : area.parts) {
      auto const* shape = std::get_if<model::Line>(&part);
      auto line = shape == nullptr
                      ? Result<Polyline>{Error{ErrorKind::kBadInput, "it is no line", ""}}
                      : Polyline::from(*shape);
      if (!line) {
        Error error = line.error();
        error.message = fmt::format("area `{}`: {}", area.id.text(), error.message);
        return error;
      }
      contact.lines_.push_back(std::move(line).value());
    }
  }
  return contact;
}

std::optional<Metres> ContactLine::distance(model::Position point) const {
  std::optional<Metres> least;
  for (Polyline const& line : lines_) {
    Metres const distance = line.distance(point);
    least = least ? std::min(*least, distance) : distance;
  }
  return least;
}

}  // namespace guarantor::geo
