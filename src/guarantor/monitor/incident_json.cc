#include "guarantor/monitor/incident_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "guarantor/model/vocabulary.h"

namespace guarantor::monitor {
namespace {

using model::Incident;
using nlohmann::json;

template <class Tag>
json ids(std::vector<model::Id<Tag>> const& list) {
  json array = json::array();
  for (model::Id<Tag> const& id : list) {
    array.push_back(id.text());
  }
  return array;
}

template <class Tag>
std::vector<model::Id<Tag>> read_ids(json const& object, char const* name) {
  std::vector<model::Id<Tag>> list;
  if (auto const found = object.find(name); found != object.end()) {
    for (json const& id : *found) {
      list.emplace_back(id.get<std::string>());
    }
  }
  return list;
}

json munitions(model::MunitionCount const& count) {
  return {{"explosions", count.explosions}, {"bursts", count.bursts}, {"shots", count.shots}};
}

model::MunitionCount read_munitions(json const& object, char const* name) {
  if (!object.contains(name)) {
    return {};
  }
  json const& count = object.at(name);
  return {.explosions = count.at("explosions").get<std::int64_t>(),
          .bursts = count.at("bursts").get<std::int64_t>(),
          .shots = count.at("shots").get<std::int64_t>()};
}

json allegation(model::Allegation const& said) {
  json object{{"clause", said.clause.text()}, {"evidence", ids(said.evidence)}};
  if (said.distance) {
    object["distance_km"] = said.distance->count();
  }
  if (!said.near.empty()) {
    object["near"] = said.near;
  }
  if (said.exempt) {
    object["exempt"] = model::text(*said.exempt);
  }
  if (said.notice) {
    object["notice"] = said.notice->text();
  }
  object["counted"] = said.counted;
  return object;
}

/// REQUIRES below: thrown exceptions are caught by `parse_incident`.
template <class Enum>
Enum read_word(json const& object, char const* name) {
  auto const word = object.at(name).get<std::string>();
  auto const value = model::parse<Enum>(word);
  if (!value) {
    throw json::other_error::create(501, fmt::format("`{}` is no {}", word, name), nullptr);
  }
  return *value;
}

model::Instant read_instant(json const& object, char const* name) {
  auto const moment = model::parse_instant(object.at(name).get<std::string>());
  if (!moment) {
    throw json::other_error::create(501, fmt::format("{} is no moment", name), nullptr);
  }
  return *moment;
}

model::Allegation read_allegation(json const& object) {
  model::Allegation said;
  said.clause = model::ClauseId{object.at("clause").get<std::string>()};
  said.evidence = read_ids<model::ObservationTag>(object, "evidence");
  if (object.contains("distance_km")) {
    said.distance = model::Kilometres{object.at("distance_km").get<double>()};
  }
  said.near = object.value("near", "");
  if (object.contains("exempt")) {
    said.exempt = read_word<model::Exemption>(object, "exempt");
  }
  if (object.contains("notice")) {
    said.notice = model::ObservationId{object.at("notice").get<std::string>()};
  }
  said.counted = object.value("counted", std::int64_t{0});
  return said;
}

KeptIncident read(json const& object) {
  KeptIncident kept;
  Incident& incident = kept.incident;
  incident.id = model::IncidentId{object.at("incident").get<std::string>()};
  incident.revision = object.at("revision").get<std::int64_t>();
  incident.cause = read_word<model::RevisionCause>(object, "cause");
  incident.others = read_ids<model::IncidentTag>(object, "others");
  incident.what = read_word<model::IncidentClass>(object, "class");
  incident.kind = read_word<model::EventKind>(object, "kind");
  incident.from = read_instant(object, "from");
  incident.to = read_instant(object, "to");
  if (object.contains("latitude")) {
    incident.place =
        model::Position{.longitude = model::Degrees{object.at("longitude").get<double>()},
                        .latitude = model::Degrees{object.at("latitude").get<double>()}};
  }
  incident.radius = model::Metres{object.value("radius_m", 0.0)};
  incident.sector = model::SectorId{object.value("sector", "")};
  kept.reports = object.at("reports").get<std::size_t>();
  incident.observations = read_ids<model::ObservationTag>(object, "observations");
  incident.added = read_ids<model::ObservationTag>(object, "added");
  incident.removed = read_ids<model::ObservationTag>(object, "removed");
  incident.observers = object.value("observers", std::vector<std::string>{});
  incident.actors = object.value("actors", std::vector<std::string>{});
  incident.munitions = read_munitions(object, "munitions");
  incident.live_fire = read_munitions(object, "live_fire");
  if (object.contains("probability")) {
    incident.probability = object.at("probability").get<double>();
  }
  if (object.contains("allegations")) {
    for (json const& said : object.at("allegations")) {
      incident.allegations.push_back(read_allegation(said));
    }
  }
  return kept;
}

}  // namespace

std::string to_json(Incident const& incident, std::size_t most_listed) {
  json object{{"incident", incident.id.text()},       {"revision", incident.revision},
              {"cause", model::text(incident.cause)}, {"class", model::text(incident.what)},
              {"kind", model::text(incident.kind)},   {"from", model::print(incident.from)},
              {"to", model::print(incident.to)},      {"reports", incident.observations.size()}};
  if (!incident.others.empty()) {
    object["others"] = ids(incident.others);
  }
  if (incident.place) {
    object["latitude"] = incident.place->latitude.count();
    object["longitude"] = incident.place->longitude.count();
    object["radius_m"] = incident.radius.count();
  }
  if (!incident.sector.empty()) {
    object["sector"] = incident.sector.text();
  }
  if (incident.observations.size() <= most_listed) {
    object["observations"] = ids(incident.observations);
  }
  if (!incident.added.empty()) {
    object["added"] = ids(incident.added);
  }
  if (!incident.removed.empty()) {
    object["removed"] = ids(incident.removed);
  }
  if (!incident.observers.empty()) {
    object["observers"] = incident.observers;
  }
  if (!incident.actors.empty()) {
    object["actors"] = incident.actors;
  }
  if (incident.munitions != model::MunitionCount{}) {
    object["munitions"] = munitions(incident.munitions);
  }
  if (incident.live_fire != model::MunitionCount{}) {
    object["live_fire"] = munitions(incident.live_fire);
  }
  if (incident.probability) {
    object["probability"] = *incident.probability;
  }
  for (model::Allegation const& said : incident.allegations) {
    object["allegations"].push_back(allegation(said));
  }
  return object.dump();
}

model::Result<KeptIncident> parse_incident(std::string_view text) {
  try {
    return read(json::parse(text));
  } catch (json::exception const& error) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        fmt::format("an incident's record cannot be read: {}", error.what()),
                        "it was kept by another program"};
  }
}

}  // namespace guarantor::monitor
