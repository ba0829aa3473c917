#include "guarantor/report/map_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/map_ground.h"
#include "guarantor/report/map_legend.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

using model::AreaKind;

std::string path(std::string const& data, std::string_view style) {
  return data.empty() ? "" : fmt::format(R"(<path d="{}" class="{}"/>)", data, style);
}

/// Draws from the ground up; names last, so that nothing covers them.
class MapComposer {
 public:
  MapComposer(model::Scenario const& scenario, MapSource const& source, MapScene const& scene)
      : scenario_{scenario}, source_{source}, scene_{scene}, labels_{scene.frame.box().grown(-3)} {}

  MapDrawing compose() {
    out_ += draw_ground(scene_, source_.base);
    out_ += draw_degrees(scene_.frame, labels_);
    draw_watermark();
    draw_areas();
    draw_reach();
    draw_lines();
    draw_beyond();
    out_ += draw_scale(scene_, labels_);
    draw_places();
    draw_sites();
    place_names();
    for (PlacedLabel const& label : placed_) {
      out_ += drawn(label);
    }
    double const height = scene_.frame.height();
    out_ += fmt::format(R"(<rect width="{:.0f}" height="{:.0f}" class="edge"/>)", MapFrame::kWidth,
                        height);
    Legend const legend = draw_legend(legend_entries(), height);
    out_ += legend.drawing;
    double const foot = height + legend.height + 12;
    out_ += fmt::format(R"(<text x="0" y="{:.1f}" class="cr">{}</text>)", foot, credit());
    return {foot + 8, scene_.frame.box(), std::move(placed_), std::move(out_)};
  }

 private:
  [[nodiscard]] std::string shape_data(model::Part const& part) const {
    MapFrame const& frame = scene_.frame;
    if (auto const* polygon = std::get_if<model::Polygon>(&part)) {
      std::string data;
      for (model::Ring const& ring : polygon->rings) {
        PaperLine const piece = cut_ring(frame.line(ring), frame.box());
        data += piece.empty() ? "" : path_data(piece, true);
      }
      return data;
    }
    std::string data;
    if (auto const* line = std::get_if<model::Line>(&part)) {
      for (PaperLine const& piece : cut_line(frame.line(line->positions), frame.box())) {
        data += path_data(piece, false);
      }
    }
    return data;
  }

  [[nodiscard]] std::string shape_data(model::Area const& area) const {
    std::string data;
    for (model::Part const& part : area.parts) {
      data += shape_data(part);
    }
    return data;
  }

  void draw_watermark() {
    auto const mark = banner(scenario_);
    if (mark.empty()) {
      return;
    }
    constexpr std::size_t kLongest = 20;
    double const x = MapFrame::kWidth / 2;
    double const y = scene_.frame.height() / 2;
    out_ += fmt::format(
        R"svg(<text x="{0:.0f}" y="{1:.0f}" class="wm" transform="rotate(-32 {0:.0f} {1:.0f})">{2}</text>)svg",
        x, y + 30, escape(fit(clean(mark), kLongest)));
  }

  void draw_areas() {
    for (model::Area const* const area : scene_.areas) {
      out_ += path(shape_data(*area), "area");
    }
  }

  /// The layer of the shortest time: wider ones would cover the sheet, and the colours of the
  /// sectors say the same. Null where there is none.
  [[nodiscard]] model::ReachLayer const* narrowest_reach() const {
    return source_.layers.reach.empty() ? nullptr : &source_.layers.reach.back();
  }

  void draw_reach() {
    model::ReachLayer const* const layer = narrowest_reach();
    if (layer == nullptr) {
      return;
    }
    std::string data;
    for (model::Polygon const& polygon : layer->shape) {
      data += shape_data(model::Part{polygon});
    }
    out_ += path(data, "reach");
  }

  /// How soon each sector is reached by a reserve: 0 in its first tier, 1 in a later one, 2 not.
  [[nodiscard]] std::map<model::SectorId, int> sector_tiers() const {
    std::map<model::SectorId, int> tiers;
    for (model::ReachedPoint const& point : source_.layers.reached) {
      if (point.sector.empty() || point.kind != model::SiteKind::kReserve) {
        continue;
      }
      auto const tier = point.tier();
      int const rank = !tier ? 2 : tier == point.standard_hours.front() ? 0 : 1;
      auto const [at, fresh] = tiers.emplace(point.sector, rank);
      at->second = std::max(at->second, rank);
    }
    return tiers;
  }

  void draw_lines() {
    for (AreaKind const kind : {AreaKind::kBorder, AreaKind::kLineOfContact}) {
      bool const contact = kind == AreaKind::kLineOfContact;
      for (model::Area const* const area : scene_.lines) {
        if (area->kind == kind) {
          auto const data = shape_data(*area);
          out_ += path(data, "casing") + path(data, contact ? "front" : "watched");
          discourage(*area);
        }
      }
    }
    auto const tiers = sector_tiers();
    for (model::SectorLayer const& sector : source_.layers.sectors) {
      auto const area =
          std::find_if(scenario_.areas.begin(), scenario_.areas.end(),
                       [&](model::Area const& candidate) { return candidate.id == sector.line; });
      bool const contact = area != scenario_.areas.end() && area->kind == AreaKind::kLineOfContact;
      if (auto const tier = tiers.find(sector.id); tier != tiers.end()) {
        out_ += path(shape_data(model::Part{sector.shape}), fmt::format("front t{}", tier->second));
      }
      draw_tick(sector, contact);
    }
  }

  /// A short stroke across the line where a sector begins, and the number of every fifth.
  void draw_tick(model::SectorLayer const& sector, bool contact) {
    if (sector.shape.positions.size() < 2) {
      return;
    }
    PaperPoint const a = scene_.frame.at(sector.shape.positions[0]);
    PaperPoint const b = scene_.frame.at(sector.shape.positions[1]);
    double const length = std::hypot(b.x - a.x, b.y - a.y);
    if (!scene_.frame.box().holds(a) || length <= 0) {
      return;
    }
    double const half = contact ? 6.5 : 4.5;
    double const x = -(b.y - a.y) / length * half;
    double const y = (b.x - a.x) / length * half;
    out_ += fmt::format(R"(<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" class="{}"/>)", a.x - x, a.y - y,
                        a.x + x, a.y + y, contact ? "tick-f" : "tick-w");
    std::string const& id = sector.id.text();
    auto const dash = id.rfind('-');
    std::string number = dash == std::string::npos ? id : id.substr(dash + 1);
    number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
    bool const named = contact && (number == "1" || number.back() == '0' || number.back() == '5');
    if (named) {
      sector_names_.push_back({number, "se", 11.5, 0, a, half + 3, false});
    }
  }

  void discourage(model::Area const& area) {
    constexpr double kStep = 12;
    for (model::Part const& part : area.parts) {
      auto const* line = std::get_if<model::Line>(&part);
      if (line == nullptr) {
        continue;
      }
      PaperLine const points = scene_.frame.line(line->positions);
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        double const length =
            std::hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y);
        for (double along = 0; along < length; along += kStep) {
          labels_.discourage({points[i].x + (points[i + 1].x - points[i].x) * along / length,
                              points[i].y + (points[i + 1].y - points[i].y) * along / length});
        }
      }
    }
  }

  /// Places that requirements name outside the frame: an arrow at its edge, names that lie in the
  /// same direction together.
  void draw_beyond() {
    constexpr double kInset = 16;
    constexpr double kTogether = 60;
    constexpr double kSize = 12.5;
    PaperBox const inner = scene_.frame.box().grown(-kInset);
    PaperPoint const middle = inner.middle();
    std::vector<std::pair<PaperPoint, std::string>> arrows;
    for (MapPlace const& place : scene_.beyond) {
      double const dx = place.at.x - middle.x;
      double const dy = place.at.y - middle.y;
      double const share = 1 / std::max(std::abs(dx) / (inner.right - middle.x),
                                        std::abs(dy) / (inner.bottom - middle.y));
      PaperPoint const edge{middle.x + dx * share, middle.y + dy * share};
      auto const same = std::find_if(arrows.begin(), arrows.end(), [&](auto const& arrow) {
        return std::hypot(arrow.first.x - edge.x, arrow.first.y - edge.y) < kTogether;
      });
      if (same != arrows.end()) {
        same->second += ", " + place.label;
        continue;
      }
      arrows.emplace_back(edge, place.label);
      out_ += fmt::format(R"svg(<g transform="translate({:.1f} {:.1f}) rotate({:.1f})">)svg"
                          R"(<path d="M-9 -6L5 0L-9 6Z" class="away"/></g>)",
                          edge.x, edge.y, std::atan2(dy, dx) * 180 / 3.141592653589793);
      labels_.block(PaperBox{edge.x, edge.y, edge.x, edge.y}.grown(9));
    }
    for (auto const& [edge, names] : arrows) {
      take(labels_.place({fit("to " + names, 40), "pl", kSize, 0, edge, 12, false}));
    }
  }

  void draw_places() {
    // A place nobody refers to is drawn only where there are not too many of them.
    constexpr std::size_t kMost = 90;
    for (std::size_t i = 0; i < scene_.places.size(); ++i) {
      MapPlace const& place = scene_.places[i];
      if (place.weight == 0 && i >= kMost) {
        continue;
      }
      labels_.block(
          PaperBox{place.at.x, place.at.y, place.at.x, place.at.y}.grown(reach_of(place.symbol)));
      shown_.push_back(&place);
    }
    // The most important on top.
    for (auto place = shown_.rbegin(); place != shown_.rend(); ++place) {
      out_ += drawn((*place)->symbol, (*place)->standing, (*place)->at);
    }
  }

  /// Sites of several kinds at one place stand side by side.
  void draw_sites() {
    std::map<std::pair<double, double>, double> beside;
    for (model::SiteLayer const& site : source_.layers.sites) {
      PaperPoint at = scene_.frame.at(site.position);
      double& right = beside[{at.x, at.y}];
      at.x -= right;
      right += 2 * kSiteReach;
      if (scene_.frame.box().grown(-kSiteReach).holds(at)) {
        out_ += drawn(site.kind, site.existing, at);
        labels_.block(PaperBox{at.x, at.y, at.x, at.y}.grown(kSiteReach));
      }
    }
  }

  void take(std::optional<PlacedLabel> label) {
    if (label) {
      placed_.push_back(*std::move(label));
    }
  }

  /// Whether a site stands at a place: then its name is there already.
  [[nodiscard]] bool is_named(MapPlace const& place) const {
    auto const& sites = source_.layers.sites;
    return std::any_of(sites.begin(), sites.end(), [&](model::SiteLayer const& site) {
      PaperPoint const at = scene_.frame.at(site.position);
      return std::hypot(place.at.x - at.x, place.at.y - at.y) < 1;
    });
  }

  void place_names() {
    std::set<std::string> named;  // several kinds of site at one place have one name
    for (model::SiteLayer const& site : source_.layers.sites) {
      if (!named.insert(site.label).second) {
        continue;
      }
      take(labels_.place({fit(clean(site.label), 30), "pl need", 13.5, 0,
                          scene_.frame.at(site.position), kSiteReach + 2, false}));
    }
    auto const place_name = [&](MapPlace const& place) {
      if (is_named(place)) {
        return;
      }
      bool const needed = place.standing == PlaceStanding::kNeeded;
      take(labels_.place({place.label, needed ? "pl need" : "pl", needed ? 13.5 : 12.0, 0, place.at,
                          reach_of(place.symbol) + 2, false}));
    };
    for (MapPlace const* place : shown_) {
      if (place->weight >= kNeededWeight) {
        place_name(*place);
      }
    }
    for (LabelWish const& wish : ground_names(scene_, source_.base)) {
      take(labels_.place(wish));
    }
    for (LabelWish const& wish : sector_names_) {
      take(labels_.place(wish));
    }
    for (MapPlace const* place : shown_) {
      if (place->weight < kNeededWeight) {
        place_name(*place);
      }
    }
    place_area_names();
  }

  void place_area_names() {
    for (model::Area const* const area : scene_.areas) {
      for (model::Part const& part : area->parts) {
        auto const* polygon = std::get_if<model::Polygon>(&part);
        if (polygon == nullptr || polygon->rings.empty()) {
          continue;
        }
        PaperLine const piece =
            cut_ring(scene_.frame.line(polygon->rings.front()), scene_.frame.box());
        PaperPoint middle;
        for (PaperPoint const point : piece) {
          middle.x += point.x / static_cast<double>(piece.size());
          middle.y += point.y / static_cast<double>(piece.size());
        }
        if (!piece.empty()) {
          take(labels_.place({fit(clean(area->title.empty() ? area->id.text() : area->title), 34),
                              "an", 11.5, 0.02, middle, 0, true}));
        }
      }
    }
  }

  [[nodiscard]] std::vector<LegendEntry> legend_entries() const {
    std::vector<LegendEntry> entries;
    constexpr std::string_view kStroke = "M-15 0H15";
    auto const has = [&](AreaKind kind) {
      return std::any_of(scene_.lines.begin(), scene_.lines.end(),
                         [&](model::Area const* area) { return area->kind == kind; });
    };
    bool const cut = !source_.layers.sectors.empty();
    auto const sectors = [&](std::string words) { return words + (cut ? ", by sector" : ""); };
    if (has(AreaKind::kLineOfContact)) {
      entries.push_back({path(std::string{kStroke}, "front") +
                             (cut ? path("M0 -6.5V6.5", "tick-f") : std::string{}),
                         sectors("line of contact")});
    }
    if (!source_.layers.reached.empty()) {
      constexpr std::array<std::string_view, 3> kTiers{"sector reached within its first standard",
                                                       "sector reached within a later one",
                                                       "sector reached too late or not at all"};
      for (std::size_t i = 0; i < kTiers.size(); ++i) {
        entries.push_back(
            {path(std::string{kStroke}, fmt::format("front t{}", i)), std::string{kTiers.at(i)}});
      }
    }
    if (has(AreaKind::kBorder)) {
      entries.push_back({path(std::string{kStroke}, "watched") +
                             (cut ? path("M0 -4.5V4.5", "tick-w") : std::string{}),
                         sectors("state border watched")});
    }
    if (!scene_.areas.empty()) {
      entries.push_back({path("M-15 -7H15V7H-15Z", "area"), "area of the case, coarse"});
    }
    append_sites(entries);
    append_places(entries);
    return entries;
  }

  void append_sites(std::vector<LegendEntry>& entries) const {
    for (model::SiteKind const kind :
         {model::SiteKind::kReserve, model::SiteKind::kStockpile, model::SiteKind::kMedical}) {
      auto const& sites = source_.layers.sites;
      if (std::any_of(sites.begin(), sites.end(),
                      [&](model::SiteLayer const& site) { return site.kind == kind; })) {
        entries.push_back({drawn(kind, false, {0, 0}), std::string{meaning(kind)}});
      }
    }
    if (std::any_of(source_.layers.sites.begin(), source_.layers.sites.end(),
                    [](model::SiteLayer const& site) { return site.existing; })) {
      entries.push_back({R"(<g class="si"><circle r="11" class="ex"/></g>)", "stands already"});
    }
    if (model::ReachLayer const* const layer = narrowest_reach()) {
      entries.push_back({path("M-15 -7H15V7H-15Z", "reach"),
                         fmt::format("within {} h of a {}", decimal(layer->within.count(), 1),
                                     meaning(layer->kind))});
    }
  }

  void append_places(std::vector<LegendEntry>& entries) const {
    std::array<bool, kMapSymbols> symbols{};
    std::array<bool, 3> standings{};
    for (MapPlace const* place : shown_) {
      symbols.at(static_cast<std::size_t>(place->symbol)) = true;
      standings.at(static_cast<std::size_t>(place->standing)) = true;
    }
    for (std::size_t i = 0; i < kMapSymbols; ++i) {
      auto const symbol = static_cast<MapSymbol>(i);
      if (symbols.at(i)) {
        entries.push_back(
            {drawn(symbol, PlaceStanding::kOther, {0, 0}), std::string{meaning(symbol)}});
      }
    }
    constexpr std::array<std::pair<PlaceStanding, std::string_view>, 2> kStandings{
        {{PlaceStanding::kNeeded, "filled: named by a line of requirements"},
         {PlaceStanding::kLost, "struck out: not in its country's hands"}}};
    for (auto const& [standing, words] : kStandings) {
      if (standings.at(static_cast<std::size_t>(standing))) {
        entries.push_back({drawn(MapSymbol::kPlant, standing, {0, 0}), std::string{words}});
      }
    }
  }

  [[nodiscard]] std::string credit() const {
    std::string const projection = "Lambert conformal conic projection. ";
    return escape(projection +
                  (source_.base != nullptr
                       ? "Land and borders: Made with Natural Earth; Crimea is Ukraine "
                         "(UN General Assembly resolution 68/262)."
                       : "This program was built without its base map: land and borders are "
                         "missing, not unknown."));
  }

  static constexpr int kNeededWeight = 10;

  model::Scenario const& scenario_;
  MapSource const& source_;
  MapScene const& scene_;
  LabelPlacer labels_;
  std::vector<MapPlace const*> shown_;
  std::vector<LabelWish> sector_names_;
  std::vector<PlacedLabel> placed_;
  std::string out_;
};

}  // namespace

std::optional<MapDrawing> compose_map(model::Scenario const& scenario, MapSource const& source) {
  auto const scene = gather_scene(scenario, source);
  return scene ? std::optional{MapComposer{scenario, source, *scene}.compose()} : std::nullopt;
}

std::optional<std::string> draw_map(model::Scenario const& scenario, MapSource const& source) {
  auto const drawing = compose_map(scenario, source);
  if (!drawing) {
    return std::nullopt;
  }
  std::string const title =
      "Map of the case: lines and sectors, areas, and the places that lines of requirements name; "
      "the places stand with their coordinates in locations.csv";
  return tag("svg", tag("title", title) + drawing->inner,
             fmt::format(R"(xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" )"
                         R"(role="img" class="chart map")",
                         MapFrame::kWidth, drawing->height));
}

}  // namespace guarantor::report
