#include "guarantor/serve/incident_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/ledger/digest.h"
#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/serve/case_actions.h"
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

/// Which incidents are asked for.
struct Wanted {
  std::optional<model::Instant> from;
  std::optional<model::Instant> to;
  std::optional<std::string> sector;
  std::optional<std::string> clause;
  std::optional<std::string> text;
  std::vector<std::string> states;
  std::vector<std::string> kinds;
};

std::vector<std::string> words_of(std::optional<std::string> const& list) {
  std::vector<std::string> words;
  std::string_view rest = list ? std::string_view{*list} : std::string_view{};
  while (!rest.empty()) {
    std::string_view const word = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (!word.empty()) {
      words.emplace_back(word);
    }
  }
  return words;
}

/// A moment, or the beginning of a day.
Result<std::optional<model::Instant>> moment_of(Request const& request, std::string_view name) {
  auto const text = request.parameter(name);
  if (!text || text->empty()) {
    return std::optional<model::Instant>{};
  }
  if (auto const instant = model::parse_instant(*text)) {
    return instant;
  }
  if (auto const day = model::parse_date(*text)) {
    return std::optional<model::Instant>{*day};
  }
  return Error{ErrorKind::kBadInput, fmt::format("{}: `{}` is no moment", name, *text),
               "as 2026-06-03T12:00:00Z, or a day as 2026-06-03"};
}

template <class... Enums>
Result<model::Done> known_words(std::vector<std::string> const& words, std::string_view name,
                                std::string_view hint) {
  for (std::string const& word : words) {
    if (!(model::parse<Enums>(word) || ...)) {
      return Error{ErrorKind::kBadInput, fmt::format("{}: `{}` is none", name, word),
                   std::string{hint}};
    }
  }
  return model::Done{};
}

Result<Wanted> read_wanted(Request const& request) {
  auto const from = moment_of(request, "from");
  auto const to = moment_of(request, "to");
  if (!from.ok() || !to.ok()) {
    return from.ok() ? to.error() : from.error();
  }
  Wanted wanted{.from = from.value(),
                .to = to.value(),
                .sector = request.parameter("sector"),
                .clause = request.parameter("clause"),
                .text = request.parameter("q"),
                .states = words_of(request.parameter("state")),
                .kinds = words_of(request.parameter("kind"))};
  for (auto* given : {&wanted.sector, &wanted.clause, &wanted.text}) {
    if (*given && (*given)->empty()) {
      given->reset();
    }
  }
  auto known = known_words<model::CaseState>(
      wanted.states, "state",
      "observed, alleged, verified, not-verified, unverifiable, disputed or closed");
  known = known.ok() ? known_words<model::EventKind, model::IncidentClass>(
                           wanted.kinds, "kind", "a kind of event, or a class as fire or flight")
                     : known;
  return known.ok() ? Result<Wanted>{std::move(wanted)} : known.error();
}

bool holds(std::vector<std::string> const& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool says(IncidentCard const& card, std::string_view text) {
  auto const in = [&](std::string_view where) {
    return where.find(text) != std::string_view::npos;
  };
  return in(card.id.text()) || in(card.sector.text()) || in(model::text(card.kind)) ||
         in(model::text(card.state)) || std::ranges::any_of(card.observers, in) ||
         std::ranges::any_of(card.clauses, [&](auto const& clause) { return in(clause.text()); }) ||
         std::ranges::any_of(card.sources, [&](auto const& source) { return in(source.first); });
}

bool is_wanted(Wanted const& wanted, IncidentCard const& card) {
  return (!wanted.from || card.to >= *wanted.from) && (!wanted.to || card.from < *wanted.to) &&
         (!wanted.sector || card.sector.text() == *wanted.sector) &&
         (wanted.states.empty() || holds(wanted.states, model::text(card.state))) &&
         (wanted.kinds.empty() || holds(wanted.kinds, model::text(card.kind)) ||
          holds(wanted.kinds, model::text(card.what))) &&
         (!wanted.clause ||
          std::ranges::find(card.clauses, model::ClauseId{*wanted.clause}) != card.clauses.end()) &&
         (!wanted.text || says(card, *wanted.text));
}

std::string cursor_of(IncidentCard const& card) {
  return model::print(card.from) + "~" + card.id.text();
}

Result<std::optional<BoardPlace>> place_of(std::string const& cursor) {
  if (cursor.empty()) {
    return std::optional<BoardPlace>{};
  }
  auto const tilde = cursor.find('~');
  auto const from = model::parse_instant(cursor.substr(0, tilde));
  if (tilde == std::string::npos || !from) {
    return Error{ErrorKind::kBadInput, "after: that is no cursor",
                 "take `next` of the page before as it is"};
  }
  return std::optional{BoardPlace{*from, model::IncidentId{cursor.substr(tilde + 1)}}};
}

Result<Response> list_incidents(Services& services, Call const& call) {
  auto const wanted = read_wanted(call.request);
  auto const paging = wanted.ok() ? read_paging(call.request) : wanted.error();
  auto after = paging.ok() ? place_of(paging.value().after) : paging.error();
  auto const board = after.ok() ? services.watch.incidents() : after.error();
  if (!board.ok()) {
    return board.error();
  }
  // Nothing that begins at `to` or later is wanted.
  if (wanted.value().to && (!after.value() || after.value()->from >= *wanted.value().to)) {
    after = std::optional{BoardPlace{*wanted.value().to - std::chrono::microseconds{1}, {}}};
  }
  std::vector<SharedCard> found;
  bool more = false;
  board.value()->each(after.value(), [&](SharedCard const& card) {
    if (!is_wanted(wanted.value(), *card) || !sees_incident(call.caller.viewer, *card)) {
      return true;
    }
    more = found.size() == paging.value().limit;
    if (!more) {
      found.push_back(card);
    }
    return !more;
  });
  Json items = Json::array();
  for (SharedCard const& card : found) {
    items.push_back(to_json(*card, call.caller.viewer));
  }
  return respond_page(
      call.request,
      page(std::move(items), more ? std::optional{cursor_of(*found.back())} : std::nullopt));
}

/// The incident that the path names, where the caller sees it.
Result<SharedCard> find_card(Services& services, Call const& call) {
  auto const board = services.watch.incidents();
  if (!board.ok()) {
    return board.error();
  }
  model::IncidentId const id{call.at("incident")};
  if (auto card = board.value()->find(id); card && sees_incident(call.caller.viewer, *card)) {
    return card;
  }
  auto const into = board.value()->taken_into(id);
  auto const other = into ? board.value()->find(*into) : nullptr;
  return Error{ErrorKind::kNotFound, fmt::format("there is no incident {}", id.text()),
               other && sees_incident(call.caller.viewer, *other)
                   ? "it was taken into " + into->text()
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
    std::erase_if(said.evidence, unseen);
    if (said.notice && unseen(*said.notice)) {
      said.notice.reset();
    }
  }
}

Result<Response> whole_response(Services& services, Call const& call, IncidentCard const& card) {
  policy::Viewer const& viewer = call.caller.viewer;
  auto read =
      services.store.read([&](auto const& store) { return read_whole(store, card.id, viewer); });
  auto const view = read.ok() ? services.views.of(viewer, services.watch.scenario()) : read.error();
  if (!view.ok()) {
    return view.error();
  }
  Whole& whole = read.value();
  keep_seen(viewer, whole);
  Json json = to_json(card, viewer);
  json["others"] = Json::array();
  for (model::IncidentId const& other : whole.incident.others) {
    json["others"].push_back(other.text());
  }
  json["actors"] = whole.incident.actors;
  json["live_fire"] = to_json(whole.incident.live_fire);
  json["allegations"] = to_json(whole.incident.allegations, view.value()->scenario);
  json["observations"] = Json::array();
  for (model::Observation const& report : whole.reports) {
    json["observations"].push_back(Json::parse(intake::to_json(report)));
  }
  json["record"] = card.record;
  json["case"] = case_json(seen_file(viewer, whole.file), sees_attribution(viewer));
  json["may"] = Json::array();
  for (model::CaseAction const action : actions(call.caller, whole.file, services.now())) {
    json["may"].push_back(model::text(action));
  }
  std::string text = dump(json);
  std::string const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  // What the caller may do follows from the time too; whoever changes it names the first part.
  response.headers.set("ETag", fmt::format("\"{}+{}\"", tag_of(viewer, card), tag.substr(1, 8)));
  return response;
}

Result<Response> get_incident(Services& services, Call const& call) {
  auto const card = find_card(services, call);
  return card.ok() ? whole_response(services, call, *card.value()) : card.error();
}

Result<Response> get_history(Services& services, Call const& call) {
  auto const card = find_card(services, call);
  auto const history = card.ok() ? services.store.read([&](auto const& store) {
    return store.history(store::RecordKind::kIncident, card.value()->id.text());
  })
                                 : card.error();
  if (!history.ok()) {
    return history.error();
  }
  Json list = Json::array();
  for (store::Record const& record : history.value()) {
    auto const kept = monitor::parse_incident(record.body);
    if (!kept.ok()) {
      return kept.error();
    }
    model::Incident const& incident = kept.value().incident;
    Json json{{"record", record.position},
              {"at", model::print(record.at)},
              {"by", record.by},
              {"revision", incident.revision},
              {"cause", model::text(incident.cause)},
              {"reports", kept.value().reports},
              {"from", model::print(incident.from)},
              {"to", model::print(incident.to)},
              {"munitions", to_json(incident.munitions)},
              {"clauses", Json::array()}};
    for (model::Allegation const& said : incident.allegations) {
      if (!said.exempt) {
        json["clauses"].push_back(said.clause.text());
      }
    }
    if (sees_all_reports(call.caller.viewer)) {
      json["hash"] = ledger::hex(record.version);
    }
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

Result<Response> take_step(Services& services, Call const& call) {
  auto const card = find_card(services, call);
  auto const body = card.ok() ? read_object(call.request) : card.error();
  auto const view =
      body.ok() ? services.views.of(call.caller.viewer, services.watch.scenario()) : body.error();
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
  auto const kept = services.store.write([&](store::SqliteStore& store) -> Result<model::Done> {
    auto const file = monitor::case_of(store, seen.id);
    auto const incident = file.ok() ? monitor::kept_incident(store, seen.id) : file.error();
    if (!incident.ok()) {
      return incident.error();
    }
    changed = incident.value()->revision != seen.revision ||
              file.value().steps.size() != seen.steps + seen.attribution;
    auto const may = may_take(call.caller, step, file.value());
    if (changed || !may.ok()) {
      return changed ? Result<model::Done>{model::Done{}} : may;
    }
    auto const receipt = monitor::keep_step(store, step, services.author(call.caller));
    return receipt.ok() ? Result<model::Done>{model::Done{}} : receipt.error();
  });
  if (!kept.ok() && kept.error().kind == ErrorKind::kRefused &&
      may_take(call.caller, step, {}).ok()) {
    return problem(409, "refused", "not now", kept.error().message, kept.error().hint);
  }
  if (!kept.ok()) {
    return kept.error();
  }
  auto const now = find_card(services, call);
  if (!now.ok()) {
    return now.error();
  }
  if (auto wrong = changed ? stale(call.request, call.caller.viewer, *now.value()) : std::nullopt) {
    return *std::move(wrong);
  }
  return whole_response(services, call, *now.value());
}

}  // namespace

Routes incident_endpoints(Services& services) {
  auto const reading = may(policy::Operation::kRead, policy::Record::kIncident);
  return {{.method = "GET",
           .path = "/api/incidents",
           .operation = "listIncidents",
           .rule = reading,
           .endpoint = [&](Call const& call) { return list_incidents(services, call); }},
          {.method = "GET",
           .path = "/api/incidents/{incident}",
           .operation = "getIncident",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_incident(services, call); }},
          {.method = "GET",
           .path = "/api/incidents/{incident}/history",
           .operation = "getIncidentHistory",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_history(services, call); }},
          {.method = "POST",
           .path = "/api/incidents/{incident}/steps",
           .operation = "takeIncidentStep",
           .rule = signed_in(),
           .endpoint = [&](Call const& call) { return take_step(services, call); }}};
}

}  // namespace guarantor::serve
