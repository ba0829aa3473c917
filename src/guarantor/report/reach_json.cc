#include "guarantor/report/reach_json.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/reach_report.h"
#include "guarantor/report/reach_words.h"

namespace guarantor::report {

using Json = nlohmann::ordered_json;

Json coordinates(model::Position position) {
  return Json::array({position.longitude.count(), position.latitude.count()});
}

Json geometry(model::ReachRing const& ring) {
  Json polygons = Json::array();
  for (model::Polygon const& polygon : ring.polygons) {
    Json rings = Json::array();
    for (model::Ring const& outline : polygon.rings) {
      Json line = Json::array();
      for (model::Position const position : outline) {
        line.push_back(coordinates(position));
      }
      rings.push_back(std::move(line));
    }
    polygons.push_back(std::move(rings));
  }
  return {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}};
}

Json hours_or_null(std::optional<model::Hours> hours) {
  return hours ? Json(hours->count()) : Json(nullptr);
}

Json of(model::ReachLeg const& leg) {
  Json out = {{"from", leg.from}, {"to", leg.to}, {"by", leg.by}};
  if (!leg.link.empty()) {
    out["link"] = leg.link;
  }
  out["km"] = leg.length.count();
  out["hours"] = leg.hours.count();
  out["arrival_hours"] = leg.arrival.count();
  if (!leg.rules.empty()) {
    out["rules"] = leg.rules;
  }
  return out;
}

Json scenario_heading(model::Scenario const& scenario, std::string const& scenario_hash,
                      std::string const& program_version, std::string const& network) {
  Json out = Json::object();
  if (auto const mark = banner(scenario); !mark.empty()) {
    out["heading"] = mark;
  }
  out["exercise"] = scenario.header.kind == model::ScenarioKind::kExercise;
  out["marking"] = scenario.header.marking;
  out["kind"] = model::text(scenario.header.kind);
  out["scenario"] = scenario.header.id.text();
  out["scenario_title"] = scenario.header.title;
  out["scenario_hash"] = scenario_hash;
  out["program_version"] = program_version;
  if (!network.empty()) {
    out["network"] = network;
  }
  return out;
}

Json heading(model::Scenario const& scenario, model::ReachAnswer const& answer) {
  Json out =
      scenario_heading(scenario, answer.scenario_hash, answer.program_version, answer.network);
  model::ReachTerms const& terms = answer.terms;
  out["asked"] = {
      {"class", model::text(terms.movement)},       {"carried", terms.carried},
      {"weight_t", terms.weight.count()},           {"runway_m", terms.runway.count()},
      {"draught_m", terms.draught.count()},         {"off_network_km", terms.off_network.count()},
      {"off_network_kmh", terms.off_speed.count()}, {"changed", terms.changed}};
  return out;
}

Json of(model::ReachBasis const& basis) {
  auto const shares = [](model::ProvenanceShares const& of) -> Json {
    return {
        {"reported", of.reported}, {"estimated", of.estimated}, {"illustrative", of.illustrative}};
  };
  Json out = shares(basis.both);
  out["km"] = basis.length.count();
  out["lengths"] = shares(basis.lengths);
  out["speeds"] = shares(basis.speeds);
  return out;
}

namespace {

Json points(std::vector<model::ReachPoint> const& all) {
  Json out = Json::array();
  for (model::ReachPoint const& point : all) {
    out.push_back({{"name", point.name},
                   {"lat", point.position.latitude.count()},
                   {"lon", point.position.longitude.count()},
                   {"place", point.place},
                   {"off_network_km", point.off.count()},
                   {"off_network_hours", point.off_hours.count()}});
  }
  return out;
}

Json times(model::ReachAnswer const& answer) {
  Json out = Json::array();
  for (std::size_t f = 0; f < answer.from.size(); ++f) {
    for (std::size_t t = 0; t < answer.to.size(); ++t) {
      out.push_back({{"from", answer.from[f].name},
                     {"to", answer.to[t].name},
                     {"hours", hours_or_null(answer.hours[f * answer.to.size() + t])}});
    }
  }
  return out;
}

Json ways(model::ReachAnswer const& answer) {
  Json out = Json::array();
  for (model::ReachWay const& way : answer.ways) {
    Json legs = Json::array();
    for (model::ReachLeg const& leg : way.legs) {
      legs.push_back(of(leg));
    }
    out.push_back({{"from", answer.from[way.from].name},
                   {"to", answer.to[way.to].name},
                   {"hours", hours_or_null(answer.hours[way.from * answer.to.size() + way.to])},
                   {"km", way.length.count()},
                   {"legs", std::move(legs)}});
  }
  return out;
}

Json reached(model::ReachAnswer const& answer) {
  Json out = Json::array();
  for (model::ReachedPlace const& place : answer.reached) {
    Json row = {{"place", place.place},
                {"lat", place.position.latitude.count()},
                {"lon", place.position.longitude.count()},
                {"from", answer.from[place.from].name},
                {"hours", place.hours.count()}};
    if (auto const limit = limit_of(answer, place.hours)) {
      row["within_hours"] = limit->count();
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string to_json(model::Scenario const& scenario, model::ReachAnswer const& answer) {
  Json out = heading(scenario, answer);
  out["from"] = points(answer.from);
  if (!answer.to.empty()) {
    out["to"] = points(answer.to);
    out["times"] = times(answer);
    if (!answer.ways.empty()) {
      out["ways"] = ways(answer);
    }
  } else {
    out["reached"] = reached(answer);
    out["not_reached"] = answer.not_reached;
  }
  if (!answer.rings.empty()) {
    Json rings = Json::array();
    for (model::ReachRing const& ring : answer.rings) {
      rings.push_back({{"limit_hours", ring.limit.count()}, {"geometry", geometry(ring)}});
    }
    out["rings"] = std::move(rings);
  }
  out["provenance"] = of(answer.basis);
  out["notes"] = answer.notes;
  if (auto const mark = banner(scenario); !mark.empty()) {
    out["footing"] = mark;
  }
  return printed(out);
}

}  // namespace guarantor::report
