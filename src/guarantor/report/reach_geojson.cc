#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/reach_json.h"
#include "guarantor/report/reach_report.h"
#include "guarantor/report/reach_words.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

/// Collects features; each carries the mark, since features are what people pull out of a file.
class Features {
 public:
  Features(std::string mark, model::ReachAnswer const& answer)
      : mark_{std::move(mark)}, answer_{answer} {}

  Json collect() {
    rings();
    legs();
    points("from", answer_.from);
    points("to", answer_.to);
    places();
    return std::move(features_);
  }

 private:
  void add(Json geometry, std::string const& kind, Json properties) {
    Json all = {{"feature", kind}};
    if (!mark_.empty()) {
      all["heading"] = mark_;
    }
    all.update(properties);
    features_.push_back(
        {{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(all)}});
  }

  static Json point(model::Position position) {
    return {{"type", "Point"}, {"coordinates", coordinates(position)}};
  }

  void rings() {
    std::vector<model::ReachRing const*> longest_first;
    for (model::ReachRing const& ring : answer_.rings) {
      longest_first.push_back(&ring);
    }
    std::stable_sort(longest_first.begin(), longest_first.end(),
                     [](auto const* a, auto const* b) { return a->limit > b->limit; });
    for (model::ReachRing const* ring : longest_first) {
      add(geometry(*ring), "ring", {{"limit_hours", ring->limit.count()}});
    }
  }

  void legs() {
    for (model::ReachWay const& way : answer_.ways) {
      for (model::ReachLeg const& leg : way.legs) {
        bool const stays = leg.begins == leg.ends;
        Json line = {
            {"type", "LineString"},
            {"coordinates", Json::array({coordinates(leg.begins), coordinates(leg.ends)})}};
        add(stays ? point(leg.begins) : std::move(line), "leg", of(leg));
      }
    }
  }

  void points(std::string const& kind, std::vector<model::ReachPoint> const& all) {
    for (std::size_t p = 0; p < all.size(); ++p) {
      Json properties = {
          {"name", all[p].name}, {"place", all[p].place}, {"off_network_km", all[p].off.count()}};
      if (kind == "to") {
        Json hours = Json::object();
        for (std::size_t f = 0; f < answer_.from.size(); ++f) {
          hours[answer_.from[f].name] = hours_or_null(answer_.hours[f * answer_.to.size() + p]);
        }
        properties["hours_from"] = std::move(hours);
      }
      add(point(all[p].position), kind, std::move(properties));
    }
  }

  void places() {
    for (model::ReachedPlace const& place : answer_.reached) {
      Json properties = {{"name", place.place},
                         {"from", answer_.from[place.from].name},
                         {"hours", place.hours.count()}};
      if (auto const limit = limit_of(answer_, place.hours)) {
        properties["within_hours"] = limit->count();
      }
      add(point(place.position), "place", std::move(properties));
    }
  }

  std::string mark_;
  model::ReachAnswer const& answer_;
  Json features_ = Json::array();
};

}  // namespace

std::string to_geojson(model::Scenario const& scenario, model::ReachAnswer const& answer) {
  Json out = {{"type", "FeatureCollection"}};
  out.update(heading(scenario, answer));
  out["provenance"] = of(answer.basis);
  out["notes"] = answer.notes;
  out["features"] = Features{banner(scenario), answer}.collect();
  return printed(out);
}

}  // namespace guarantor::report
