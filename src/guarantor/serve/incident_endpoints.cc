#include "guarantor/serve/incident_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/ledger/digest.h"
#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/serve/case_actions.h"
#include "guarantor/serve/incident_list.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/incident_text.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/problem.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

/// Reports of one incident that are shown at once.
constexpr std::size_t kMostReports = 1000;

/// An incident as the viewer gets it; null where it does not see it.
Result<SharedCard> seen_card(Floor const& floor, policy::Viewer const& viewer,
                             model::IncidentId const& id) {
  auto const board = floor.services.watch.incidents();
  auto const card = board.ok() ? board.value()->find(id) : nullptr;
  return !board.ok() ? board.error()
         : card      ? floor.seen.of(viewer, card)
                     : Result<SharedCard>{SharedCard{}};
}

/// The incident that the path names, where the caller sees it.
Result<SharedCard> find_card(Floor const& floor, Call const& call) {
  model::IncidentId const id{call.at("incident")};
  auto card = seen_card(floor, call.caller.viewer, id);
  if (!card.ok() || card.value()) {
    return card;
  }
  auto const board = floor.services.watch.incidents();
  auto const into = board.ok() ? board.value()->taken_into(id) : std::nullopt;
  auto const other =
      into ? seen_card(floor, call.caller.viewer, *into) : Result<SharedCard>{SharedCard{}};
  return Error{ErrorKind::kNotFound, fmt::format("there is no incident {}", id.text()),
               other.ok() && other.value() ? "it was taken into " + into->text()
                                           : "GET /api/incidents lists them"};
}

struct Whole {
  model::Incident incident;
  model::CaseFile file;
  std::vector<model::Observation> reports;  ///< that the caller sees
};

Result<Whole> read_whole(store::Store const& store, model::IncidentId const& id,
                         policy::Viewer const& viewer) {
  auto file = monitor::case_of(store, id);
  auto incident = file.ok() ? monitor::kept_incident(store, id) : file.error();
  if (!incident.ok()) {
    return incident.error();
  }
  Whole whole{
      .incident = std::move(*incident.value()), .file = std::move(file).value(), .reports = {}};
  if (!sees_all_reports(viewer)) {
    auto revisions = seen_revisions(store, viewer, id);
    if (!revisions.ok()) {
      return revisions.error();
    }
    if (!revisions.value().empty()) {
      whole.incident = std::move(revisions.value().back().incident);
    }
  }
  monitor::StoreArchive archive{store};
  for (model::ObservationId const& id_of : whole.incident.observations) {
    auto report = archive.observation(id_of);
    if (!report.ok()) {
      return report.error();
    }
    if (report.value() &&
        sees_report(viewer, report.value()->owner, report.value()->releasable_to)) {
      whole.reports.push_back(std::move(*report.value()));
    }
    if (whole.reports.size() == kMostReports) {
      break;
    }
  }
  return whole;
}

/// With which the incident was one once, as far as the viewer sees them; one that is gone is named
/// to those alone who read every report.
Result<Json> seen_others(Floor const& floor, policy::Viewer const& viewer,
                         std::vector<model::IncidentId> const& others) {
  Json names = Json::array();
  for (model::IncidentId const& other : others) {
    auto const card = seen_card(floor, viewer, other);
    if (!card.ok()) {
      return card.error();
    }
    if (card.value() || sees_all_reports(viewer)) {
      names.push_back(other.text());
    }
  }
  return names;
}

Json case_json(model::CaseFile const& file, bool everything) {
  Json json{{"state", model::text(file.state)}, {"steps", Json::array()}};
  for (model::CaseStep const& step : file.steps) {
    json["steps"].push_back(to_json(step));
  }
  json["finding"] = file.finding ? to_json(*file.finding) : Json(nullptr);
  json["replies"] = Json::array();
  for (model::CaseStep const& reply : file.replies) {
    json["replies"].push_back(to_json(reply));
  }
  json["decision"] = file.decision ? to_json(*file.decision) : Json(nullptr);
  json["attribution_withheld"] = !everything;
  return json;
}

/// Takes from what is said the reports that the viewer does not see.
void keep_seen(policy::Viewer const& viewer, Whole& whole) {
  if (sees_all_reports(viewer)) {
    return;
  }
  auto const unseen = [&](model::ObservationId const& id) {
    return std::ranges::find(whole.reports, id, &model::Observation::id) == whole.reports.end();
  };
  for (model::Allegation& said : whole.incident.allegations) {
    said.counted = 0;  // it counts over everything there is
    std::erase_if(said.evidence, unseen);
    if (said.notice && unseen(*said.notice)) {
      said.notice.reset();
    }
  }
}

Result<Response> whole_response(Floor const& floor, Call const& call, IncidentCard const& card) {
  policy::Viewer const& viewer = call.caller.viewer;
  auto read = floor.services.store.read(
      [&](auto const& store) { return read_whole(store, card.id, viewer); });
  auto const view =
      read.ok() ? floor.services.views.of(viewer, floor.services.watch.scenario()) : read.error();
  if (!view.ok()) {
    return view.error();
  }
  Whole& whole = read.value();
  keep_seen(viewer, whole);
  auto const others = seen_others(floor, viewer, whole.incident.others);
  if (!others.ok()) {
    return others.error();
  }
  Json json = to_json(card, viewer);
  json["others"] = others.value();
  json["actors"] = whole.incident.actors;
  json["live_fire"] = to_json(whole.incident.live_fire);
  json["allegations"] = to_json(whole.incident.allegations, view.value()->scenario);
  json["observations"] = Json::array();
  for (model::Observation const& report : whole.reports) {
    json["observations"].push_back(Json::parse(intake::to_json(report)));
  }
  json["record"] = is_part(card) ? Json(nullptr) : Json(card.record);
  json["case"] = case_json(seen_file(viewer, whole.file), sees_attribution(viewer));
  json["may"] = Json::array();
  for (model::CaseAction const action : actions(call.caller, whole.file, floor.services.now())) {
    json["may"].push_back(model::text(action));
  }
  std::string text = dump(json);
  std::string const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  // What the caller may do follows from the time too; whoever changes it names the first part.
  response.headers.set("ETag", fmt::format("\"{}+{}\"", tag_of(viewer, card), tag.substr(1, 8)));
  return response;
}

Result<Response> get_incident(Floor const& floor, Call const& call) {
  auto const card = find_card(floor, call);
  return card.ok() ? whole_response(floor, call, *card.value()) : card.error();
}

Json revision_json(model::Incident const& incident, std::size_t reports) {
  Json json{{"revision", incident.revision},
            {"cause", model::text(incident.cause)},
            {"reports", reports},
            {"from", model::print(incident.from)},
            {"to", model::print(incident.to)},
            {"munitions", to_json(incident.munitions)},
            {"clauses", Json::array()}};
  for (model::Allegation const& said : incident.allegations) {
    if (!said.exempt) {
      json["clauses"].push_back(said.clause.text());
    }
  }
  return json;
}

Result<Response> seen_history(Floor const& floor, Call const& call, model::IncidentId const& id) {
  auto const revisions = floor.services.store.read(
      [&](auto const& store) { return seen_revisions(store, call.caller.viewer, id); });
  if (!revisions.ok()) {
    return revisions.error();
  }
  Json list = Json::array();
  for (SeenRevision const& seen : revisions.value()) {
    Json json = revision_json(seen.incident, seen.incident.observations.size());
    json["at"] = model::print(seen.at);
    json["by"] = seen.by;
    list.push_back(std::move(json));
  }
  return respond_json(list);
}

Result<Response> get_history(Floor const& floor, Call const& call) {
  auto const card = find_card(floor, call);
  if (!card.ok()) {
    return card.error();
  }
  model::IncidentId const id = card.value()->id;
  if (!sees_all_reports(call.caller.viewer)) {
    return seen_history(floor, call, id);
  }
  auto const history = floor.services.store.read(
      [&](auto const& store) { return store.history(store::RecordKind::kIncident, id.text()); });
  if (!history.ok()) {
    return history.error();
  }
  Json list = Json::array();
  for (store::Record const& record : history.value()) {
    auto const kept = monitor::parse_incident(record.body);
    if (!kept.ok()) {
      return kept.error();
    }
    Json json = revision_json(kept.value().incident, kept.value().reports);
    json["at"] = model::print(record.at);
    json["by"] = record.by;
    json["record"] = record.position;
    json["hash"] = ledger::hex(record.version);
    list.push_back(std::move(json));
  }
  return respond_json(list);
}

/// Nothing where the request names what the incident is now.
std::optional<Response> stale(Request const& request, policy::Viewer const& viewer,
                              IncidentCard const& card) {
  auto const named = request.headers.find("If-Match");
  std::string const now = tag_of(viewer, card);
  if (!named) {
    return problem(428, "if-match", "say what you have seen",
                   "a step needs the header If-Match with the incident's etag",
                   fmt::format("it is \"{}\" now", now));
  }
  std::string_view seen = *named;
  if (seen.size() >= 2 && seen.front() == '"' && seen.back() == '"') {
    seen = seen.substr(1, seen.size() - 2);
  }
  if (seen.substr(0, seen.find('+')) == now) {
    return std::nullopt;
  }
  return problem(412, "stale", "it has changed",
                 fmt::format("incident {} is {} by now, revision {}", card.id.text(),
                             model::text(card.state), card.revision),
                 fmt::format("look at it again; its etag is \"{}\"", now));
}

Result<Response> take_step(Floor const& floor, Call const& call) {
  auto const card = find_card(floor, call);
  auto const body = card.ok() ? read_object(call.request) : card.error();
  auto const view =
      body.ok() ? floor.services.views.of(call.caller.viewer, floor.services.watch.scenario())
                : body.error();
  if (!view.ok()) {
    return view.error();
  }
  auto read = read_step(body.value(), view.value()->scenario);
  if (auto* const wrong = std::get_if<Response>(&read)) {
    return std::move(*wrong);
  }
  auto step = std::get<model::CaseStep>(std::move(read));
  step.incident = card.value()->id;
  if (auto wrong = stale(call.request, call.caller.viewer, *card.value())) {
    return *std::move(wrong);
  }
  IncidentCard const& seen = *card.value();
  bool changed = false;
  auto const kept =
      floor.services.store.write([&](store::SqliteStore& store) -> Result<model::Done> {
        auto const file = monitor::case_of(store, seen.id);
        auto const incident = file.ok() ? monitor::kept_incident(store, seen.id) : file.error();
        if (!incident.ok()) {
          return incident.error();
        }
        changed = (!is_part(seen) && incident.value()->revision != seen.revision) ||
                  file.value().steps.size() != seen.steps + seen.attribution;
        auto const may = may_take(call.caller, step, file.value());
        if (changed || !may.ok()) {
          return changed ? Result<model::Done>{model::Done{}} : may;
        }
        auto const receipt = monitor::keep_step(store, step, floor.services.author(call.caller));
        return receipt.ok() ? Result<model::Done>{model::Done{}} : receipt.error();
      });
  if (!kept.ok() && kept.error().kind == ErrorKind::kRefused &&
      may_take(call.caller, step, {}).ok()) {
    return problem(409, "refused", "not now", kept.error().message, kept.error().hint);
  }
  if (!kept.ok()) {
    return kept.error();
  }
  auto const now = find_card(floor, call);
  if (!now.ok()) {
    return now.error();
  }
  if (auto wrong = changed ? stale(call.request, call.caller.viewer, *now.value()) : std::nullopt) {
    return *std::move(wrong);
  }
  return whole_response(floor, call, *now.value());
}

}  // namespace

Routes incident_endpoints(Services& services) {
  auto const floor = std::make_shared<Floor const>(services);
  auto const reading = may(policy::Operation::kRead, policy::Record::kIncident);
  return {{.method = "GET",
           .path = "/api/incidents",
           .operation = "listIncidents",
           .rule = reading,
           .endpoint = [floor](Call const& call) { return list_incidents(*floor, call); }},
          {.method = "GET",
           .path = "/api/incidents/{incident}",
           .operation = "getIncident",
           .rule = reading,
           .endpoint = [floor](Call const& call) { return get_incident(*floor, call); }},
          {.method = "GET",
           .path = "/api/incidents/{incident}/history",
           .operation = "getIncidentHistory",
           .rule = reading,
           .endpoint = [floor](Call const& call) { return get_history(*floor, call); }},
          {.method = "POST",
           .path = "/api/incidents/{incident}/steps",
           .operation = "takeIncidentStep",
           .rule = signed_in(),
           .endpoint = [floor](Call const& call) { return take_step(*floor, call); }}};
}

}  // namespace guarantor::serve
