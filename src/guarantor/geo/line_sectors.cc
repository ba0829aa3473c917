#include "guarantor/geo/line_sectors.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

namespace guarantor::geo {

using model::Error;
using model::ErrorKind;
using model::Result;

Result<std::vector<LineSectors>> sectors_of(model::Scenario const& scenario) {
  constexpr double kMetresPerKilometre = 1000;
  std::vector<LineSectors> all;
  for (model::Area const& area : scenario.areas) {
    if (!area.sector_length) {
      continue;
    }
    auto const* shape =
        area.parts.size() == 1 ? std::get_if<model::Line>(&area.parts.front()) : nullptr;
    if (shape == nullptr) {
      return Error{
          ErrorKind::kBadInput,
          fmt::format("area `{}` is to be cut into sectors and is no line", area.id.text()),
          "draw it as one LineString"};
    }
    auto const line = Polyline::from(*shape);
    auto sectors = line
                       ? cut_into_sectors(line.value(),
                                          Metres{area.sector_length->count() * kMetresPerKilometre},
                                          area.id.text())
                       : Result<std::vector<Sector>>{line.error()};
    if (!sectors) {
      Error error = sectors.error();
      error.message = fmt::format("area `{}`: {}", area.id.text(), error.message);
      return error;
    }
    all.push_back({area.id, std::move(sectors).value()});
  }
  return all;
}

Result<model::MapLayers> map_layers(model::Scenario const& scenario) {
  auto const lines = sectors_of(scenario);
  if (!lines) {
    return lines.error();
  }
  model::MapLayers layers;
  for (LineSectors const& line : lines.value()) {
    for (Sector const& sector : line.sectors) {
      layers.sectors.push_back({model::SectorId{sector.id}, line.line, sector.line});
    }
  }
  return layers;
}

}  // namespace guarantor::geo
