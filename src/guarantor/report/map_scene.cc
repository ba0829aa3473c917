#include "guarantor/report/map_scene.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "guarantor/report/display_text.h"

namespace guarantor::report {
namespace {

using model::Area;
using model::Location;
using model::LocationId;
using model::Position;

std::optional<Position> position_of(Location const& location) {
  return location.longitude && location.latitude
             ? std::optional{Position{*location.longitude, *location.latitude}}
             : std::nullopt;
}

bool is_line(Area const& area) {
  return area.kind == model::AreaKind::kLineOfContact || area.kind == model::AreaKind::kBorder;
}

std::vector<Position> positions_of(Area const& area) {
  std::vector<Position> all;
  for (model::Part const& part : area.parts) {
    if (auto const* point = std::get_if<model::Point>(&part)) {
      all.push_back(point->position);
    } else if (auto const* line = std::get_if<model::Line>(&part)) {
      all.insert(all.end(), line->positions.begin(), line->positions.end());
    } else {
      for (model::Ring const& ring : std::get<model::Polygon>(part).rings) {
        all.insert(all.end(), ring.begin(), ring.end());
      }
    }
  }
  return all;
}

/// How often each location is named, and by requirements alone.
struct Mentions {
  std::map<LocationId, int> by_lines;
  std::map<LocationId, int> by_anything;

  explicit Mentions(model::Scenario const& scenario) {
    for (auto const& line : scenario.requirements) {
      ++by_lines[line.location];
      ++by_anything[line.location];
    }
    for (auto const& demand : scenario.demands) {
      ++by_anything[demand.location];
    }
    for (auto const& site : scenario.sites) {
      ++by_anything[site.location];
    }
  }
  [[nodiscard]] bool needed(LocationId const& id) const { return by_lines.contains(id); }
  [[nodiscard]] int weight(LocationId const& id) const {
    constexpr int kLine = 10;
    auto const any = by_anything.find(id);
    auto const lines = by_lines.find(id);
    return (any == by_anything.end() ? 0 : any->second) +
           (lines == by_lines.end() ? 0 : kLine * lines->second);
  }
};

/// A name as short as the sign beside it allows.
std::string short_name(std::string const& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kShort{
      {{" nuclear power plant", " NPP"},
       {" nuclear plant", " NPP"},
       {" logistics hub", ""},
       {" air base", ""},
       {" training area", ""}}};
  constexpr std::size_t kLongest = 30;
  std::string text = clean(name);
  // Behind a comma stands what the place is, before it what it is called.
  text = text.substr(0, text.find(','));
  for (auto const& [from, to] : kShort) {
    if (auto const at = text.find(from); at != std::string::npos) {
      text.replace(at, from.size(), to);
    }
  }
  return fit(text, kLongest);
}

/// Areas without those that hold the middles of more than half of the others.
std::vector<Area const*> without_background(std::vector<Area const*> areas, MapFrame const& frame) {
  auto const middle = [&](Area const& area) {
    PaperPoint sum;
    auto const positions = positions_of(area);
    for (Position const position : positions) {
      PaperPoint const point = frame.at(position);
      sum.x += point.x / static_cast<double>(positions.size());
      sum.y += point.y / static_cast<double>(positions.size());
    }
    return sum;
  };
  auto const box = [&](Area const& area) {
    PaperBox out{1e9, 1e9, -1e9, -1e9};
    for (Position const position : positions_of(area)) {
      PaperPoint const point = frame.at(position);
      out = {std::min(out.left, point.x), std::min(out.top, point.y), std::max(out.right, point.x),
             std::max(out.bottom, point.y)};
    }
    return out;
  };
  std::vector<PaperPoint> middles;
  for (Area const* const area : areas) {
    middles.push_back(middle(*area));
  }
  std::erase_if(areas, [&](Area const* area) {
    PaperBox const outer = box(*area);
    auto const held = std::count_if(middles.begin(), middles.end(),
                                    [&](PaperPoint point) { return outer.holds(point); });
    return middles.size() > 2 && 2 * (held - 1) > static_cast<std::ptrdiff_t>(middles.size() - 1);
  });
  return areas;
}

/// What the map must show: lines, and places that something names; areas where there is neither.
std::vector<Position> what_matters(model::Scenario const& scenario, Mentions const& mentions) {
  std::vector<Position> out;
  for (Area const& area : scenario.areas) {
    // Its ends and its middle: a line drawn with many points weighs no more than a place.
    auto const positions = is_line(area) ? positions_of(area) : std::vector<Position>{};
    if (!positions.empty()) {
      out.insert(out.end(), {positions.front(), positions[positions.size() / 2], positions.back()});
    }
  }
  for (Location const& location : scenario.locations) {
    auto const position = position_of(location);
    if (position && mentions.weight(location.id) > 0) {
      out.push_back(*position);
    }
  }
  for (bool const areas : {false, true}) {
    if (!out.empty()) {
      break;
    }
    for (Location const& location : scenario.locations) {
      if (auto const position = position_of(location); position && !areas) {
        out.push_back(*position);
      }
    }
    for (Area const& area : scenario.areas) {
      auto const positions = areas ? positions_of(area) : std::vector<Position>{};
      out.insert(out.end(), positions.begin(), positions.end());
    }
  }
  return out;
}

void gather_places(model::Scenario const& scenario, Mentions const& mentions, MapScene& scene) {
  std::map<std::string, int> hosts;
  for (Location const& location : scenario.locations) {
    auto const position = position_of(location);
    if (!position || (location.kind == "line" && !scene.lines.empty())) {
      continue;
    }
    bool const needed = mentions.needed(location.id);
    hosts[location.country] += needed ? 1 : 0;
    bool const lost = !location.controlled_by.empty() && location.controlled_by != location.country;
    MapPlace const place{short_name(location.name.empty() ? location.id.text() : location.name),
                         symbol_of(location.kind),
                         lost     ? PlaceStanding::kLost
                         : needed ? PlaceStanding::kNeeded
                                  : PlaceStanding::kOther,
                         mentions.weight(location.id), scene.frame.at(*position)};
    constexpr double kEdge = 12;
    if (scene.frame.box().grown(-kEdge).holds(place.at)) {
      scene.places.push_back(place);
    } else if (needed) {
      scene.beyond.push_back(place);
    }
  }
  std::stable_sort(scene.places.begin(), scene.places.end(),
                   [](MapPlace const& a, MapPlace const& b) { return a.weight > b.weight; });
  auto const most = std::max_element(
      hosts.begin(), hosts.end(), [](auto const& a, auto const& b) { return a.second < b.second; });
  scene.host = most == hosts.end() || most->second == 0 ? "" : most->first;
}

}  // namespace

std::optional<MapScene> gather_scene(model::Scenario const& scenario, MapSource const& source) {
  Mentions const mentions{scenario};
  auto const positions = what_matters(scenario, mentions);
  if (positions.empty()) {
    return std::nullopt;
  }
  MapScene scene{MapFrame::around(positions), {}, {}, {}, {}, {}};
  for (Area const& area : scenario.areas) {
    (is_line(area) ? scene.lines : scene.areas).push_back(&area);
  }
  if (source.base != nullptr) {
    scene.areas = without_background(std::move(scene.areas), scene.frame);
  }
  gather_places(scenario, mentions, scene);
  return scene;
}

}  // namespace guarantor::report
