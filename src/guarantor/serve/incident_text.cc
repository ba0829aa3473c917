#include "guarantor/serve/incident_text.h"

#include <algorithm>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/serve/incident_sight.h"

namespace guarantor::serve {

using Json = nlohmann::ordered_json;

Json to_json(model::MunitionCount const& count) {
  return {{"explosions", count.explosions}, {"bursts", count.bursts}, {"shots", count.shots}};
}

Json to_json(IncidentCard const& card, policy::Viewer const& viewer) {
  Json json{{"id", card.id.text()},
            {"revision", card.revision},
            {"cause", model::text(card.cause)},
            {"what", model::text(card.what)},
            {"kind", model::text(card.kind)},
            {"from", model::print(card.from)},
            {"to", model::print(card.to)}};
  json["lat"] = card.place ? Json(card.place->latitude.count()) : Json(nullptr);
  json["lon"] = card.place ? Json(card.place->longitude.count()) : Json(nullptr);
  json["radius_m"] = card.radius.count();
  json["sector"] = card.sector.text();
  json["reports"] = card.reports;
  json["observers"] = card.observers;
  json["munitions"] = to_json(card.munitions);
  if (card.probability) {
    json["probability"] = *card.probability;
  }
  json["state"] = model::text(card.state);
  json["alleged"] = !card.clauses.empty();
  json["clauses"] = Json::array();
  for (model::ClauseId const& clause : card.clauses) {
    json["clauses"].push_back(clause.text());
  }
  json["sources"] = Json::array();
  for (auto const& [source, reports] : card.sources) {
    json["sources"].push_back(source);
  }
  json["etag"] = '"' + tag_of(viewer, card) + '"';
  return json;
}

Json to_json(model::CaseStep const& step) {
  Json json = Json::parse(monitor::to_json(step));
  json.erase("incident");
  return json;
}

Json to_json(std::vector<model::Allegation> const& allegations, model::Scenario const& scenario) {
  Json list = Json::array();
  for (model::Allegation const& said : allegations) {
    Json json{{"clause", said.clause.text()}};
    auto const clause = std::ranges::find(scenario.clauses, said.clause, &model::Clause::id);
    if (clause != scenario.clauses.end()) {
      json["agreement"] = clause->agreement.text();
      json["title"] = clause->title;
      json["text"] = clause->text;
    }
    if (said.distance) {
      json["distance_km"] = said.distance->count();
    }
    if (!said.near.empty()) {
      json["near"] = said.near;
    }
    if (said.exempt) {
      json["exempt"] = model::text(*said.exempt);
    }
    if (said.notice) {
      json["notice"] = said.notice->text();
    }
    if (said.counted > 0) {
      json["counted"] = said.counted;
    }
    json["evidence"] = Json::array();
    for (model::ObservationId const& id : said.evidence) {
      json["evidence"].push_back(id.text());
    }
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace guarantor::serve
