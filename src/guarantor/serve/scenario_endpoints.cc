#include "guarantor/serve/scenario_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "guarantor/report/wording.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/table_downloads.h"
#include "guarantor/serve/table_words.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

std::string_view heading(model::Scenario const& scenario) {
  return scenario.header.kind == model::ScenarioKind::kExercise
             ? "EXERCISE: fictional; no nation here exists"
             : "";
}

/// What a list says of each scenario, and what one scenario says first.
Json outline(ScenarioView const& view, policy::Viewer const& viewer) {
  auto const& header = view.scenario.header;
  Json json{{"scenario", view.version.scenario},
            {"title", header.title},
            {"kind", model::text(header.kind)},
            {"marking", header.marking},
            {"exercise", header.kind == model::ScenarioKind::kExercise},
            {"heading", heading(view.scenario)},
            {"as_of", model::print(header.as_of)},
            {"c_day", model::print(header.c_day)},
            {"horizon_months", header.horizon.count()},
            {"currency", header.currency},
            {"version", view.name}};
  // When the whole last changed tells of changes that the viewer may not know of.
  if (policy::sees_everything(viewer)) {
    json["at"] = model::print(view.version.at);
    json["by"] = view.version.by;
    json["follows"] = view.version.follows;
  }
  return json;
}

Json months(model::Header const& header) {
  Json list = Json::array();
  for (int month = 0; month < header.horizon.count(); ++month) {
    list.push_back(model::print(report::month_start(header.c_day, model::Months{month})));
  }
  return list;
}

Json counts(ScenarioView const& view, policy::Role role) {
  std::map<std::string_view, int> rows;
  for (auto const& table : view.text.rows.tables()) {
    rows[table->front().table] += static_cast<int>(table->size());
  }
  Json json = Json::object();
  for (std::string_view const table : model::kWords<model::Table>) {
    if (policy::allowance(role, policy::Operation::kRead, *model::parse<model::Table>(table)) !=
        policy::Allowance::kNo) {
      json[std::string{table}] = rows[table];
    }
  }
  return json;
}

/// How many rows rest on what; a row that does not say counts as illustrative.
Json provenance(ScenarioView const& view) {
  std::map<std::string, int> rows;
  for (auto const& table : view.text.rows.tables()) {
    if (table->front().table == model::text(model::Table::kScenario)) {
      continue;
    }
    for (auto const& row : *table) {
      auto const found = row.cells.find("confidence");
      ++rows[found == row.cells.end() ? "illustrative" : found->second];
    }
  }
  Json json = Json::object();
  for (std::string_view const word : model::kWords<model::Confidence>) {
    json[std::string{word}] = rows[std::string{word}];
  }
  return json;
}

Result<Response> list_all(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  auto const all =
      services.store.read([](auto const& store) { return store::list_scenarios(store); });
  if (!all.ok()) {
    return all.error();
  }
  auto const& versions = all.value();
  auto const span =
      span_of(paging.value(), versions.size(), [&](std::size_t i) { return versions[i].scenario; });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    auto view = services.views.of(call.caller.viewer, versions[i]);
    if (!view.ok() && view.error().kind == ErrorKind::kBadInput) {
      // A delegate of another coalition sees of this one what everyone does.
      view = services.views.of(policy::Viewer{}, versions[i]);
    }
    if (!view.ok()) {
      return view.error();
    }
    items.push_back(outline(*view.value(), call.caller.viewer));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

Result<Response> get_one(Services& services, Call const& call) {
  auto const found = services.views.of(call.caller.viewer, call.at("scenario"),
                                       call.request.parameter("version").value_or(""));
  if (!found.ok()) {
    return found.error();
  }
  ScenarioView const& view = *found.value();
  if (auto const format = call.request.parameter("format"); format && *format != "json") {
    return *format == "xlsx" ? download_workbook(view)
                             : Error{ErrorKind::kBadInput, "there is no such format", "`xlsx`"};
  }
  Json json = outline(view, call.caller.viewer);
  json["months"] = months(view.scenario.header);
  json["tables"] = counts(view, call.caller.viewer.role);
  json["nations"] = Json::array();
  for (auto const& nation : view.scenario.nations) {
    json["nations"].push_back({{"nation", nation.id.text()}, {"name", nation.name}});
  }
  json["provenance"] = provenance(view);
  std::string text = dump(json);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

Json version_json(store::ScenarioVersion const& version, bool current) {
  return {{"version", version.content_hash}, {"title", version.title},
          {"at", model::print(version.at)},  {"by", version.by},
          {"follows", version.follows},      {"rows", version.rows},
          {"changed", version.changed},      {"current", current}};
}

Result<Response> list_versions(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  auto const& id = call.at("scenario");
  auto const current =
      services.store.read([&](auto const& store) { return store::find_version(store, id); });
  if (!current.ok()) {
    return current.error();
  }
  auto listed =
      services.store.read([&](auto const& store) { return store::list_versions(store, id); });
  if (!listed.ok()) {
    return listed.error();
  }
  auto versions = std::move(listed).value();
  std::ranges::reverse(versions);
  auto const span = span_of(paging.value(), versions.size(),
                            [&](std::size_t i) { return fmt::format("{}", versions[i].position); });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(version_json(versions[i], versions[i].position == current.value().position));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

/// Undo, and redo: a version from before is what counts again.
Result<Response> set_current(Services& services, Call const& call) {
  auto const body = read_object(call.request);
  if (!body.ok()) {
    return body.error();
  }
  auto const version = body.value().find("version");
  if (version == body.value().end() || !version->is_string()) {
    return Error{ErrorKind::kBadInput, "`version` must be the hash of a version",
                 "GET /api/scenarios/{scenario}/versions lists them"};
  }
  auto const& id = call.at("scenario");
  auto const& name = version->get_ref<std::string const&>();
  auto const moved = services.store.write([&](auto& store) {
    return store::set_current(store, id, name, services.author(call.caller));
  });
  return moved.ok() ? Result<Response>{respond_json(version_json(moved.value(), true))}
                    : moved.error();
}

Result<Response> get_schema(Services&, Call const& call) {
  static std::string const kSchema = dump(schema_json());
  auto response = respond_json(kSchema);
  response.headers.set("ETag", entity_tag(kSchema));
  static_cast<void>(call);
  return response;
}

}  // namespace

Routes scenario_endpoints(Services& services) {
  auto const with = [&services](auto endpoint) {
    return [&services, endpoint](Call const& call) { return endpoint(services, call); };
  };
  return {{.method = "GET",
           .path = "/api/scenarios",
           .operation = "listScenarios",
           .rule = anyone(),
           .endpoint = with(list_all)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}",
           .operation = "getScenario",
           .rule = anyone(),
           .endpoint = with(get_one)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/versions",
           .operation = "listVersions",
           .rule = may(policy::Operation::kRead, policy::Record::kBound),
           .endpoint = with(list_versions)},
          {.method = "POST",
           .path = "/api/scenarios/{scenario}/current",
           .operation = "setCurrentVersion",
           .rule = may(policy::Operation::kEdit, model::Table::kScenario),
           .endpoint = with(set_current)},
          {.method = "GET",
           .path = "/api/schema",
           .operation = "getSchema",
           .rule = anyone(),
           .endpoint = with(get_schema)}};
}

}  // namespace guarantor::serve
