#include "small_map.h"

#include <string>
#include <utility>

namespace guarantor::report {
namespace {

using model::Degrees;
using model::Position;

Position at(double east, double north) {
  return {Degrees{east}, Degrees{north}};
}

void put(model::Scenario& scenario, char const* name, char const* kind, double east, double north,
         bool needed = false) {
  model::Location location;
  location.id = model::LocationId{name};
  location.name = name;
  location.kind = kind;
  location.country = "XAA";
  location.longitude = Degrees{east};
  location.latitude = Degrees{north};
  scenario.locations.push_back(location);
  if (needed) {
    model::Requirement line;
    line.location = location.id;
    scenario.requirements.push_back(line);
  }
}

model::Area area(char const* id, char const* title, model::Part shape) {
  model::Area out;
  out.id = model::AreaId{id};
  out.title = title;
  out.parts.push_back(std::move(shape));
  return out;
}

/// The line of contact, from south to north, and its halves.
model::Line const kFront{{at(36, 47), at(36.5, 48), at(36.2, 49), at(37, 50)}};

model::ReachedPoint reached(char const* sector, double hours) {
  model::ReachedPoint point;
  point.demand = model::DemandId{"front"};
  point.sector = model::SectorId{sector};
  point.from = model::SiteId{"hill"};
  point.travel = model::Hours{hours};
  point.standard_hours = {model::Hours{24}, model::Hours{72}};
  return point;
}

}  // namespace

model::Scenario small_map() {
  model::Scenario s;
  s.header.kind = model::ScenarioKind::kExercise;
  s.header.title = "A small map";
  put(s, "Keystone", "city", 30.5, 50.4, true);
  put(s, "Saltmouth", "port", 31.0, 46.8, true);
  put(s, "Windfield", "airport", 27.5, 48.0, true);
  put(s, "Cooling", "plant", 34.5, 47.6);
  s.locations.back().controlled_by = "XAB";
  put(s, "Weir", "dam", 33.5, 49.0);
  put(s, "Gauge", "railhead", 25.0, 49.5);
  put(s, "Fort, third garrison", "base", 28.5, 50.2);
  put(s, "Farhold", "city", 2.3, 48.9, true);
  s.areas = {
      area("front", "Line of contact", kFront),
      area("ridge", "Border on the ridge", model::Line{{at(26, 51.5), at(29, 51.2), at(32, 52)}}),
      area("west", "The west",
           model::Polygon{{{at(24, 48), at(27, 48), at(27, 51), at(24, 51), at(24, 48)}}}),
      area("coast", "The coast",
           model::Polygon{{{at(29, 46.5), at(33, 46.5), at(33, 48), at(29, 48), at(29, 46.5)}}})};
  s.areas[0].kind = model::AreaKind::kLineOfContact;
  s.areas[1].kind = model::AreaKind::kBorder;
  model::Demand demand;
  demand.id = model::DemandId{"front"};
  demand.title = "A reserve at every sector";
  demand.line = s.areas[0].id;
  demand.standard_hours = {model::Hours{24}, model::Hours{72}};
  s.demands.push_back(demand);
  return s;
}

model::Scenario crowded_map() {
  auto s = small_map();
  for (int i = 0; i < 200; ++i) {
    auto const name = "Crowd " + std::to_string(i);
    put(s, name.c_str(), "city", 30 + 0.05 * (i % 20), 50 + 0.04 * static_cast<double>(i / 20));
  }
  return s;
}

MapSource small_source() {
  static BaseMap const kBase{
      {{"XAA",
        "Midland",
        {{at(22, 46.5), at(35, 46.5), at(39, 47), at(39, 53), at(22, 53), at(22, 46.5)}}},
       {"XAB", "Overland", {{at(39, 47), at(45, 47), at(45, 53), at(39, 53), at(39, 47)}}}},
      {{{at(39, 47), at(39, 53)}}},
      {}};
  MapSource source;
  source.base = &kBase;
  for (std::size_t i = 0; i + 1 < kFront.positions.size(); ++i) {
    source.layers.sectors.push_back({model::SectorId{"front-0" + std::to_string(i + 1)},
                                     model::AreaId{"front"},
                                     {{kFront.positions[i], kFront.positions[i + 1]}}});
  }
  return source;
}

MapSource reached_source() {
  MapSource source = small_source();
  source.layers.sites = {
      {model::SiteId{"hill"}, model::SiteKind::kReserve, "Hill", at(32, 49.5), true},
      {model::SiteId{"store"}, model::SiteKind::kStockpile, "Store", at(29.5, 49), false},
      {model::SiteId{"ward"}, model::SiteKind::kMedical, "Ward", at(33.5, 48.2), false}};
  source.layers.reach = {{model::SiteKind::kReserve,
                          model::Hours{24},
                          {{{{at(30, 48), at(36, 48), at(36, 51), at(30, 51), at(30, 48)}}}}}};
  source.layers.reached = {reached("front-01", 20), reached("front-02", 30.5),
                           reached("front-03", 90)};
  return source;
}

}  // namespace guarantor::report
