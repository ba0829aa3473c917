#include "guarantor/serve/observation_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/monitor/ingest.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/problem.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::size_t kPiece = std::size_t{1} << 16U;
/// Incidents that are named in one answer; all are counted.
constexpr std::size_t kMostNamed = 1000;

/// The format that the request names, or nothing where the first bytes are to tell.
Result<std::optional<intake::Format>> format_of(Request const& request) {
  if (auto const word = request.parameter("format")) {
    auto const format = model::parse<intake::Format>(*word);
    if (!format || *format == intake::Format::kMappedCsv) {
      return Error{ErrorKind::kBadInput, fmt::format("format: `{}` is none", *word),
                   "firms, ucdp-ged, geojson, cot or observations; a table of other columns is "
                   "taken in by `guarantor watch ingest --mapping`"};
    }
    return format;
  }
  struct Type {
    std::string_view type;
    intake::Format format;
  };
  constexpr std::array kTypes{Type{"application/x-ndjson", intake::Format::kObservationLines},
                              Type{"application/ndjson", intake::Format::kObservationLines},
                              Type{"application/jsonl", intake::Format::kObservationLines},
                              Type{"application/geo+json", intake::Format::kGeoJson},
                              Type{"application/xml", intake::Format::kCursorOnTarget},
                              Type{"text/xml", intake::Format::kCursorOnTarget}};
  auto const given = request.headers.find("Content-Type").value_or("");
  auto const found = std::ranges::find(kTypes, given.substr(0, given.find(';')), &Type::type);
  return found == kTypes.end() ? std::optional<intake::Format>{} : std::optional{found->format};
}

Json rejects_of(intake::RejectCounts const& rejects) {
  Json counts = Json::object();
  for (std::size_t i = 0; i < intake::kRejectReasons; ++i) {
    auto const reason = static_cast<intake::RejectReason>(i);
    if (rejects.count(reason) > 0) {
      counts[std::string{model::text(reason)}] = rejects.count(reason);
    }
  }
  return counts;
}

/// The first records of each kind that were not taken.
Json errors_of(intake::RejectCounts const& rejects) {
  Json errors = Json::array();
  for (std::size_t i = 0; i < intake::kRejectReasons; ++i) {
    for (intake::Reject const& reject : rejects.examples(static_cast<intake::RejectReason>(i))) {
      errors.push_back(
          {{"table", ""},
           {"key", fmt::format("line {}", reject.line)},
           {"column", reject.field},
           {"message", fmt::format("{}: {}", model::text(reject.reason), reject.message)},
           {"hint", "docs/watch-intake.md says what each format may hold"}});
    }
  }
  return errors;
}

Response nothing_taken(intake::RejectCounts const& rejects) {
  Json const errors = errors_of(rejects);
  return respond(422, "application/problem+json",
                 dump({{"type", "urn:guarantor:invalid"},
                       {"title", "not valid"},
                       {"status", 422},
                       {"detail", "no record could be taken in"},
                       {"hint", errors.empty() ? Json("") : errors.front().at("message")},
                       {"errors", errors}}));
}

Result<Response> post_observations(Services& services, Call const& call) {
  auto const format = format_of(call.request);
  if (!format.ok()) {
    return format.error();
  }
  std::set<model::IncidentId> incidents;
  monitor::Ingest ingest{
      [&](auto const& batch, auto const& author) { return services.watch.take(batch, author); },
      {.name = "the body",
       .format = format.value(),
       .mapping = {},
       .limits = {},
       .author = [&] { return services.author(call.caller); },
       .kept = [&](monitor::TakenBatch const& batch) -> Result<model::Done> {
         for (model::Incident const& incident : batch.incidents) {
           if (incidents.size() < kMostNamed) {
             incidents.insert(incident.id);
           }
         }
         return model::Done{};
       }}};
  Result<model::Done> fed{model::Done{}};
  std::string_view rest = call.request.body;
  while (fed.ok() && !rest.empty()) {
    fed = ingest.feed(rest.substr(0, kPiece));
    rest.remove_prefix(std::min(rest.size(), kPiece));
  }
  fed = fed.ok() ? ingest.finish() : fed;
  if (!fed.ok()) {
    Error error = fed.error();
    if (error.kind == ErrorKind::kBadInput) {
      error.hint = "?format= says which: firms, ucdp-ged, geojson, cot or observations";
    }
    return error;
  }
  auto const& counts = ingest.counts();
  if (counts.observations == 0 && counts.rejects.total() > 0) {
    return nothing_taken(counts.rejects);
  }
  Json json{{"observations", counts.observations},
            {"taken", counts.taken},
            {"repeated", counts.repeated},
            {"overtaken", counts.overtaken},
            {"rejected", rejects_of(counts.rejects)},
            {"errors", errors_of(counts.rejects)},
            {"revisions", counts.revisions},
            {"opened", counts.opened},
            {"incidents", Json::array()}};
  for (model::IncidentId const& id : incidents) {
    json["incidents"].push_back(id.text());
  }
  return respond_json(json);
}

Result<Response> get_observation(Services& services, Call const& call) {
  std::string const& id = call.at("observation");
  auto const record = services.store.read(
      [&](auto const& store) { return store.latest(store::RecordKind::kObservation, id); });
  if (!record.ok()) {
    return record.error();
  }
  auto const& kept = record.value();
  if (!kept || kept->erased || !sees_report(call.caller.viewer, kept->owner, kept->releasable_to)) {
    return Error{ErrorKind::kNotFound,
                 fmt::format("there is no observation `{}`, or it is not yours to see", id), ""};
  }
  auto const observation = monitor::kept_observation(*kept);
  if (!observation.ok()) {
    return observation.error();
  }
  Json json = Json::parse(intake::to_json(observation.value()));
  json["record"] = kept->position;
  json["kept_at"] = model::print(kept->at);
  json["kept_by"] = kept->by;
  auto text = dump(json);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

}  // namespace

Routes observation_endpoints(Services& services) {
  return {{.method = "POST",
           .path = "/api/observations",
           .operation = "postObservations",
           .rule = may(policy::Operation::kIngest, policy::Record::kObservation),
           .endpoint = [&](Call const& call) { return post_observations(services, call); }},
          {.method = "GET",
           .path = "/api/observations/{observation}",
           .operation = "getObservation",
           .rule = may(policy::Operation::kRead, policy::Record::kObservation),
           .endpoint = [&](Call const& call) { return get_observation(services, call); }}};
}

}  // namespace guarantor::serve
