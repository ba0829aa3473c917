#include "guarantor/serve/pot_endpoints.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "guarantor/model/promise_ledger.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/pot.h"
#include "guarantor/serve/pot_json.h"
#include "guarantor/serve/row_body.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

Response tagged(std::string_view type, std::string text) {
  auto const tag = entity_tag(text);
  auto response = respond(200, type, std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

Result<SharedView> view_of(Services& services, Call const& call) {
  return services.views.of(call.caller.viewer, call.at("scenario"),
                           call.request.parameter("version").value_or(""));
}

/// `nominal`, where every condition comes true, unless `world` says `assured`.
Result<model::WorldKind> world_of(Call const& call) {
  auto const word = call.request.parameter("world").value_or("nominal");
  if (word == "nominal") {
    return model::WorldKind::kNominal;
  }
  if (word == "assured") {
    return model::WorldKind::kAssured;
  }
  return Error{ErrorKind::kBadInput, "the pot is of one world", "`nominal` or `assured`"};
}

Result<SharedPot> pot_of(Services& services, Call const& call, Pots& pots) {
  auto const world = world_of(call);
  if (!world.ok()) {
    return world.error();
  }
  auto const view = view_of(services, call);
  return view.ok() ? pots.of(view.value(), world.value()) : view.error();
}

Result<Response> get_pot(Services& services, Call const& call, Pots& pots) {
  auto const pot = pot_of(services, call, pots);
  if (!pot.ok()) {
    return pot.error();
  }
  auto response = respond_json(pot.value()->json);
  response.headers.set("ETag", pot.value()->tag);
  return response;
}

/// The row that is tried: its key is what its cells say, or a name that nobody has.
Result<RowEdit> tried_row(Call const& call) {
  auto row = read_row_body(call.request);
  if (!row.ok()) {
    return row.error();
  }
  Cells cells = std::move(row.value().cells);
  cells.try_emplace("pledge", "on-trial");
  auto key = key_part(cells.at("pledge"));
  return RowEdit{model::Table::kPledges, std::move(key), std::move(cells)};
}

Result<Response> try_offer(Services& services, Call const& call, Pots& pots) {
  auto const row = tried_row(call);
  if (!row.ok()) {
    return row.error();
  }
  auto const pot = pot_of(services, call, pots);
  if (!pot.ok()) {
    return pot.error();
  }
  auto const trial = trial_of(*pot.value(), row.value(), pot.value()->plan.world.kind);
  if (!trial.ok()) {
    return trial.error();
  }
  Json json{{"version", pot.value()->view->name}};
  json["lines"] = Json::array();
  for (auto const& line : trial.value().lines) {
    json["lines"].push_back(
        {{"requirement", line.requirement}, {"before", line.before}, {"after", line.after}});
  }
  json["problems"] = Json::array();
  for (auto const& problem : trial.value().problems) {
    json["problems"].push_back({{"table", problem.table},
                                {"key", problem.key},
                                {"column", problem.column},
                                {"message", problem.message},
                                {"hint", problem.hint}});
  }
  return respond_json(json);
}

Result<model::PromiseRequest> promises_asked(Call const& call) {
  model::PromiseRequest request;
  request.nation = model::NationId{call.request.parameter("nation").value_or("")};
  request.capability = model::CapabilityId{call.request.parameter("capability").value_or("")};
  for (auto const& [name, day] : {std::pair{"from", &request.from}, {"until", &request.until}}) {
    if (auto const text = call.request.parameter(name)) {
      *day = model::parse_date(*text);
      if (!*day) {
        return Error{ErrorKind::kBadInput, fmt::format("`{}` must be a day", name),
                     "as in 2026-02-24"};
      }
    }
  }
  return request;
}

Result<Response> get_promises(Services& services, Call const& call) {
  auto const request = promises_asked(call);
  if (!request.ok()) {
    return request.error();
  }
  auto const view = view_of(services, call);
  if (!view.ok()) {
    return view.error();
  }
  auto const& scenario = view.value()->scenario;
  auto ledger = model::promise_ledger(scenario, request.value());
  ledger.scenario_hash = view.value()->name;
  ledger.program_version = services.program_version;
  auto const format = call.request.parameter("format").value_or("json");
  if (format == "json") {
    return tagged(kJson, report::to_json(scenario, ledger));
  }
  if (format == "html") {
    auto response = tagged(kHtml, report::to_page(scenario, ledger));
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                         "frame-ancestors 'none'");
    return response;
  }
  auto const part = call.request.parameter("part").value_or("promises");
  if (format == "csv" && (part == "promises" || part == "events")) {
    auto response = tagged(kCsv, report::to_csv(scenario, ledger).at(part + ".csv"));
    response.headers.set("Content-Disposition",
                         fmt::format("attachment; filename=\"{}.csv\"", part));
    return response;
  }
  return Error{ErrorKind::kBadInput, "there is no such format",
               "`json`, `html`, or `csv` with the part `promises` or `events`"};
}

Result<Response> get_rounds(Services& services, Call const& call) {
  auto const view = view_of(services, call);
  if (!view.ok()) {
    return view.error();
  }
  return tagged(kJson, dump(rounds_json(*view.value())));
}

}  // namespace

Routes pot_endpoints(Services& services) {
  auto const pots = std::make_shared<Pots>();
  return {
      {.method = "GET",
       .path = "/api/scenarios/{scenario}/pot",
       .operation = "getPot",
       .rule = may(policy::Operation::kRead, model::Table::kPledges),
       .endpoint = [&services, pots](Call const& call) { return get_pot(services, call, *pots); }},
      {.method = "POST",
       .path = "/api/scenarios/{scenario}/pot/trial",
       .operation = "tryOffer",
       .rule = may(policy::Operation::kOffer, model::Table::kPledges),
       .endpoint = [&services,
                    pots](Call const& call) { return try_offer(services, call, *pots); }},
      {.method = "GET",
       .path = "/api/scenarios/{scenario}/promises",
       .operation = "getPromises",
       .rule = may(policy::Operation::kRead, model::Table::kPledges),
       .endpoint = [&services](Call const& call) { return get_promises(services, call); }},
      {.method = "GET",
       .path = "/api/scenarios/{scenario}/rounds",
       .operation = "getRounds",
       .rule = may(policy::Operation::kRead, model::Table::kMeetings),
       .endpoint = [&services](Call const& call) { return get_rounds(services, call); }}};
}

}  // namespace guarantor::serve
