#include "guarantor/report/geojson_layers.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "guarantor/report/plan_marking.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

Json coordinates(model::Position position) {
  return Json::array({position.longitude.count(), position.latitude.count()});
}

Json coordinates(std::vector<model::Position> const& positions) {
  Json out = Json::array();
  for (model::Position const position : positions) {
    out.push_back(coordinates(position));
  }
  return out;
}

Json coordinates(model::Polygon const& polygon) {
  Json out = Json::array();
  for (model::Ring const& ring : polygon.rings) {
    out.push_back(coordinates(ring));
  }
  return out;
}

Json geometry(model::Part const& part) {
  return std::visit(
      [](auto const& shape) {
        using Shape = std::remove_cvref_t<decltype(shape)>;
        if constexpr (std::is_same_v<Shape, model::Point>) {
          return Json{{"type", "Point"}, {"coordinates", coordinates(shape.position)}};
        } else if constexpr (std::is_same_v<Shape, model::Line>) {
          return Json{{"type", "LineString"}, {"coordinates", coordinates(shape.positions)}};
        } else {
          return Json{{"type", "Polygon"}, {"coordinates", coordinates(shape)}};
        }
      },
      part);
}

Json geometry(std::vector<model::Part> const& parts) {
  if (parts.size() == 1) {
    return geometry(parts.front());
  }
  Json all = Json::array();
  for (model::Part const& part : parts) {
    all.push_back(geometry(part));
  }
  return {{"type", "GeometryCollection"}, {"geometries", std::move(all)}};
}

/// Properties in their order, without those that are empty.
class Properties {
 public:
  explicit Properties(std::string const& mark) { text("marking", mark); }

  Properties& text(std::string_view name, std::string const& value) {
    if (!value.empty()) {
      json_[std::string{name}] = value;
    }
    return *this;
  }
  template <class Value>
  Properties& value(std::string_view name, Value const& value) {
    json_[std::string{name}] = value;
    return *this;
  }
  Properties& provenance(model::Provenance const& row) {
    text("source", row.source);
    text("source_date", row.source_date ? model::print(*row.source_date) : "");
    text("confidence", row.confidence ? std::string{model::text(*row.confidence)} : "");
    return text("note", row.note);
  }
  [[nodiscard]] Json json() const { return json_; }

 private:
  Json json_ = Json::object();
};

class LayerFile {
 public:
  explicit LayerFile(std::string mark) : mark_{std::move(mark)} {}

  void add(Json const& shape, Properties const& properties) {
    Json const feature{{"type", "Feature"}, {"properties", properties.json()}, {"geometry", shape}};
    features_ += (features_.empty() ? "" : ",\n") +
                 feature.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  [[nodiscard]] bool empty() const { return features_.empty(); }
  [[nodiscard]] std::string text() const {
    std::string const heading =
        mark_.empty()
            ? ""
            : fmt::format("\"heading\":{},",
                          Json(mark_).dump(-1, ' ', false, Json::error_handler_t::replace));
    return fmt::format("{{\"type\":\"FeatureCollection\",{}\"features\":[\n{}\n]}}\n", heading,
                       features_);
  }

 private:
  std::string mark_;
  std::string features_;
};

LayerFile locations(model::Scenario const& scenario, std::string const& mark) {
  LayerFile file{mark};
  for (model::Location const& row : scenario.locations) {
    if (!row.longitude || !row.latitude) {
      continue;
    }
    Properties properties{mark};
    properties.text("location", row.id.text())
        .text("name", row.name)
        .text("kind", row.kind)
        .text("country", row.country)
        .text("controlled_by", row.controlled_by)
        .text("area", row.area.text())
        .provenance(row.row.provenance);
    file.add(geometry(model::Part{model::Point{{*row.longitude, *row.latitude}}}), properties);
  }
  return file;
}

LayerFile areas(model::Scenario const& scenario, std::string const& mark) {
  LayerFile file{mark};
  for (model::Area const& row : scenario.areas) {
    Properties properties{mark};
    properties.text("area", row.id.text())
        .text("title", row.title)
        .text("kind", row.kind ? std::string{model::text(*row.kind)} : "")
        .provenance(row.row.provenance);
    file.add(geometry(row.parts), properties);
  }
  return file;
}

LayerFile sectors(model::MapLayers const& layers, std::string const& mark) {
  LayerFile file{mark};
  for (model::SectorLayer const& sector : layers.sectors) {
    Properties properties{mark};
    properties.text("sector", sector.id.text()).text("line", sector.line.text());
    file.add(geometry(model::Part{sector.shape}), properties);
  }
  return file;
}

LayerFile sites(model::MapLayers const& layers, std::string const& mark) {
  LayerFile file{mark};
  for (model::SiteLayer const& site : layers.sites) {
    Properties properties{mark};
    properties.text("site", site.id.text())
        .text("name", site.label)
        .text("kind", std::string{model::text(site.kind)})
        .value("existing", site.existing);
    file.add(geometry(model::Part{model::Point{site.position}}), properties);
  }
  return file;
}

LayerFile reach(model::MapLayers const& layers, std::string const& mark) {
  LayerFile file{mark};
  for (model::ReachLayer const& ring : layers.reach) {
    Properties properties{mark};
    properties.text("kind", std::string{model::text(ring.kind)})
        .value("within_hours", ring.within.count());
    Json all = Json::array();
    for (model::Polygon const& polygon : ring.shape) {
      all.push_back(coordinates(polygon));
    }
    file.add({{"type", "MultiPolygon"}, {"coordinates", std::move(all)}}, properties);
  }
  return file;
}

}  // namespace

std::map<std::string, std::string> to_geojson(model::Scenario const& scenario,
                                              model::MapLayers const& layers) {
  std::string const mark = banner(scenario);
  std::map<std::string, std::string> files{{"areas.geojson", areas(scenario, mark).text()},
                                           {"locations.geojson", locations(scenario, mark).text()}};
  std::vector<std::pair<std::string, LayerFile>> const optional{
      {"sectors.geojson", sectors(layers, mark)},
      {"sites.geojson", sites(layers, mark)},
      {"reach.geojson", reach(layers, mark)}};
  for (auto const& [name, file] : optional) {
    if (!file.empty()) {
      files[name] = file.text();
    }
  }
  return files;
}

}  // namespace guarantor::report
