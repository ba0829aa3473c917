#include "guarantor/intake/geojson_features.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "guarantor/intake/feature_records.h"
#include "guarantor/intake/json_parser.h"
#include "guarantor/intake/plausible.h"
#include "guarantor/intake/text_adapter.h"

namespace guarantor::intake {
namespace {

using model::Observation;
using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr double kEarthRadius = 6'371'008.8;  // metres, mean (IUGG)

/// The box around a geometry's positions.
struct Box {
  double west{181};
  double south{91};
  double east{-181};
  double north{-91};
  std::size_t positions{};
};

/// Takes all positions below a list of coordinates into the box; false where they are none.
bool add_positions(element coordinates, Box& box) {
  simdjson::dom::array list;
  if (coordinates.get(list) != simdjson::SUCCESS || list.size() == 0) {
    return false;
  }
  element first = *list.begin();
  if (first.is<simdjson::dom::array>()) {
    return std::ranges::all_of(list.begin(), list.end(),
                               [&](element item) { return add_positions(item, box); });
  }
  double longitude = 0;
  double latitude = 0;
  if (list.at(0).get(longitude) != simdjson::SUCCESS ||
      list.at(1).get(latitude) != simdjson::SUCCESS) {
    return false;
  }
  box.west = std::min(box.west, longitude);
  box.east = std::max(box.east, longitude);
  box.south = std::min(box.south, latitude);
  box.north = std::max(box.north, latitude);
  ++box.positions;
  return true;
}

double half_diagonal(Box const& box) {
  constexpr double kRadians = std::numbers::pi / 180;
  double const height = (box.north - box.south) * kRadians;
  double const width =
      (box.east - box.west) * kRadians * std::cos((box.north + box.south) / 2 * kRadians);
  return std::hypot(height, width) / 2 * kEarthRadius;
}

std::optional<Reject> read_geometry(element geometry, Observation& observation) {
  element coordinates;
  Box box;
  if (geometry.is_null()) {
    return Reject{RejectReason::kNoPlace, 0, "geometry", "the feature has no geometry"};
  }
  simdjson::dom::object object;
  if (geometry.get(object) != simdjson::SUCCESS ||
      object.at_key("coordinates").get(coordinates) != simdjson::SUCCESS ||
      !add_positions(coordinates, box)) {
    return Reject{RejectReason::kNoPlace, 0, "geometry",
                  "a geometry has coordinates, lists of longitude and latitude"};
  }
  for (double const latitude : {box.south, box.north}) {
    if (!(std::abs(latitude) <= 90)) {
      return Reject{RejectReason::kLatitudeOutOfRange, 0, "geometry",
                    fmt::format("{} is no latitude; longitude comes first", latitude)};
    }
  }
  for (double const longitude : {box.west, box.east}) {
    if (!(std::abs(longitude) <= 180)) {
      return Reject{RejectReason::kLongitudeOutOfRange, 0, "geometry",
                    fmt::format("{} is no longitude", longitude)};
    }
  }
  observation.place = {model::Degrees{(box.west + box.east) / 2},
                       model::Degrees{(box.south + box.north) / 2}};
  if (box.positions > 1) {
    observation.precision =
        model::Metres{std::max(observation.precision.count(), half_diagonal(box))};
  }
  return std::nullopt;
}

/// What a property says, as a table would; nothing for null and objects.
std::string cell(element value, char separator) {
  std::string text;
  if (simdjson::dom::array items; value.get(items) == simdjson::SUCCESS) {
    for (element const item : items) {
      if (std::string_view part; item.get(part) == simdjson::SUCCESS) {
        text += text.empty() ? "" : std::string{separator};
        text += part;
      }
    }
    return text;
  }
  switch (value.type()) {
    case element_type::STRING:
      return std::string{value.get_string().value_unsafe()};
    case element_type::INT64:
      return fmt::to_string(value.get_int64().value_unsafe());
    case element_type::UINT64:
      return fmt::to_string(value.get_uint64().value_unsafe());
    case element_type::DOUBLE:
      return fmt::to_string(value.get_double().value_unsafe());
    case element_type::BOOL:
      return value.get_bool().value_unsafe() ? "true" : "false";
    default:
      return text;
  }
}

class GeoJsonFeatures final : public TextAdapter {
 public:
  explicit GeoJsonFeatures(GeoJsonOptions const& options)
      : limits_{options.limits},
        mapping_{options.mapping ? *options.mapping : Mapping::identity(options.source)},
        records_{options.limits.record_bytes} {
    cells_.resize(mapping_.columns().size());
  }

 private:
  class Receiver final : public FeatureReceiver {
   public:
    Receiver(GeoJsonFeatures& adapter, Sink& sink) : adapter_{adapter}, sink_{sink} {}

    void feature(std::string_view text, std::uint64_t line) override {
      Observation observation;
      auto flaw = adapter_.read(text, observation);
      if (!flaw) {
        flaw = find_flaw(observation, adapter_.limits_);
      }
      if (flaw) {
        flaw->line = line;
        sink_.reject(*flaw);
      } else {
        sink_.take(std::move(observation), line);
      }
    }
    void bad_feature(Reject const& reject) override { sink_.reject(reject); }

   private:
    GeoJsonFeatures& adapter_;
    Sink& sink_;
  };

  void feed_text(std::string_view text, Sink& sink) override {
    Receiver receiver{*this, sink};
    records_.feed(text, receiver);
  }
  void finish_text(Sink& sink) override {
    Receiver receiver{*this, sink};
    records_.finish(receiver);
  }

  std::optional<Reject> read(std::string_view text, Observation& observation) {
    element root;
    if (auto flaw = json_.parse(text, root)) {
      return flaw;
    }
    simdjson::dom::object feature;
    std::string_view type;
    if (root.get(feature) != simdjson::SUCCESS ||
        feature.at_key("type").get(type) != simdjson::SUCCESS || type != "Feature") {
      return Reject{RejectReason::kBadSyntax, 0, "type", "a feature has the type `Feature`"};
    }
    fill_cells(feature);
    std::vector<std::string_view> const values(cells_.begin(), cells_.end());
    if (auto flaw = mapping_.read(values, observation)) {
      return flaw;
    }
    if (mapping_.maps_place()) {
      return std::nullopt;
    }
    element geometry;
    bool const given = feature.at_key("geometry").get(geometry) == simdjson::SUCCESS;
    bool const needed = mapping_.needs_place() && observation.sector.empty();
    if (!needed && (!given || geometry.is_null())) {
      return std::nullopt;
    }
    if (!given) {
      return Reject{RejectReason::kNoPlace, 0, "geometry", "the feature has no geometry"};
    }
    return read_geometry(geometry, observation);
  }

  void fill_cells(simdjson::dom::object feature) {
    simdjson::dom::object properties;
    bool const has_properties = feature.at_key("properties").get(properties) == simdjson::SUCCESS;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      std::string const& name = mapping_.columns()[i];
      element value;
      bool const given =
          (has_properties && properties.at_key(name).get(value) == simdjson::SUCCESS) ||
          (name == "id" && feature.at_key("id").get(value) == simdjson::SUCCESS);
      cells_[i] = given ? cell(value, mapping_.evidence_separator()) : std::string{};
    }
  }

  Limits limits_;
  Mapping mapping_;
  FeatureRecords records_;
  JsonParser json_{};
  std::vector<std::string> cells_{};
};

}  // namespace

std::unique_ptr<Adapter> geojson_features(GeoJsonOptions const& options) {
  return std::make_unique<GeoJsonFeatures>(options);
}

}  // namespace guarantor::intake
