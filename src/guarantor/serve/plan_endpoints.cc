#include "guarantor/serve/plan_endpoints.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "guarantor/chain/chain.h"
#include "guarantor/policy/row_share.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/kept_sites.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/plan_downloads.h"
#include "guarantor/serve/plan_job.h"
#include "guarantor/serve/plan_order.h"
#include "guarantor/serve/plan_release.h"
#include "guarantor/serve/plan_shelf.h"
#include "guarantor/tables/scenario_difference.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

/// What the endpoints of this group share.
struct Desk {
  explicit Desk(Services& all) : services{all}, shelf{all.store, all.views} {}
  Services& services;
  PlanShelf shelf;
};

/// That the scenario is there, in the words of the store.
Result<model::Done> known(Desk const& desk, Call const& call) {
  auto const view = desk.services.store.read(
      [&](auto const& store) { return store::find_version(store, call.at("scenario")); });
  return view.ok() ? Result<model::Done>{model::Done{}} : view.error();
}

/// Of the list that releases a plan what speaks of the viewer.
std::vector<std::string> own_part(std::vector<std::string> const& items,
                                  policy::Viewer const& viewer) {
  return policy::sees_everything(viewer) ? items : policy::owned_share("", items, viewer).items;
}

Json number(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json item_of(ListedPlan const& plan, policy::Viewer const& viewer) {
  Json item{{"plan", plan.plan},
            {"version", plan.name},
            {"title", plan.title},
            {"at", model::print(plan.at)},
            {"status", plan.status},
            {"what_if", plan.what_if},
            {"releasable_to", own_part(plan.releasable_to, viewer)}};
  if (policy::sees_everything(viewer)) {
    item["by"] = plan.by;
    item["objective"] = number(plan.objective);
    item["gap"] = number(plan.gap);
    item["scenario_version"] = plan.scenario_version;
  }
  return item;
}

Result<Response> list_plans(Desk& desk, Call const& call) {
  auto const paging = read_paging(call.request);
  auto const there = paging.ok() ? known(desk, call) : paging.error();
  if (!there.ok()) {
    return there.error();
  }
  auto const found = desk.shelf.list(call.caller.viewer, call.at("scenario"));
  if (!found.ok()) {
    return found.error();
  }
  auto const& plans = found.value();
  auto const span = span_of(paging.value(), plans.size(), [&](std::size_t i) {
    return fmt::format("{}@{}", plans[i].plan, plans[i].name);
  });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(item_of(plans[i], call.caller.viewer));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

Result<Response> start(Desk& desk, Call const& call) {
  auto const body = read_object(call.request);
  if (!body.ok()) {
    return body.error();
  }
  auto const version = body.value().find("version");
  bool const named = version != body.value().end() && version->is_string();
  auto const view = desk.services.views.whole(call.at("scenario"),
                                              named ? version->get<std::string>() : std::string{});
  if (!view.ok()) {
    return view.error();
  }
  auto order = read_plan_order(body.value(), *view.value());
  if (auto* const refused = std::get_if<Response>(&order)) {
    return std::move(*refused);
  }
  auto const shared = std::make_shared<PlanOrder const>(std::get<PlanOrder>(std::move(order)));
  auto const title =
      shared->asked.title.empty() ? view.value()->scenario.header.title : shared->asked.title;
  auto const job = desk.services.jobs.start(
      "plan", title, call.caller,
      [&services = desk.services, shared,
       author = desk.services.author(call.caller)](model::RunControl const& control) {
        return run_plan(services, *shared, author, control);
      });
  if (!job.ok()) {
    return job.error();
  }
  auto response = respond_json(Json{{"job", job.value()}}, 202);
  response.headers.set("Location", "/api/jobs/" + job.value());
  return response;
}

/// The sites that the viewer may see with the plan: chosen again, which gives the same ones.
Result<std::optional<model::SitePlan>> sites_with(Desk const& desk, ShownPlan const& plan,
                                                  policy::Viewer const& viewer) {
  std::optional<model::SitePlan> none;
  if (plan.seen.plan.sites.empty()) {
    return none;
  }
  auto const kept = find_sites(desk.services.store, viewer, plan.listed.plan);
  if (!kept.ok() || !kept.value()) {
    return kept.ok() ? Result<std::optional<model::SitePlan>>{none} : kept.error();
  }
  return chain::find_sites(plan.seen.scenario, {}, {});
}

Result<SharedPlan> wanted(Desk const& desk, Call const& call) {
  return desk.shelf.find(call.caller.viewer, call.at("scenario"), call.at("plan"),
                         call.request.parameter("version").value_or(""));
}

Result<Response> get_plan(Desk& desk, Call const& call) {
  auto const found = wanted(desk, call);
  if (!found.ok()) {
    return found.error();
  }
  ShownPlan const& plan = *found.value();
  auto const format = call.request.parameter("format").value_or("json");
  if (format != "json") {
    auto const sites = sites_with(desk, plan, call.caller.viewer);
    return sites.ok() ? plan_download(plan, format, call.request.parameter("table").value_or(""),
                                      sites.value())
                      : sites.error();
  }
  Json json = Json::parse(plan.json);
  Json shown = item_of(plan.listed, call.caller.viewer);
  for (auto const& [name, value] : shown.items()) {
    if (!json.contains(name)) {
      json[name] = value;
    }
  }
  if (plan.seen.whole) {
    json["withheld"] = Json::array();
    json["fill_withheld"] = Json::array();
  }
  auto text = dump(json);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

/// A plan as a parameter names it: `NAME`, `NAME@VERSION` or the beginning of a version.
Result<SharedPlan> named(Desk const& desk, Call const& call, char const* parameter) {
  auto const word = call.request.parameter(parameter).value_or("");
  if (word.empty()) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` must name a plan", parameter),
                 "NAME, NAME@VERSION or the first digits of a version"};
  }
  auto const plans = desk.shelf.list(call.caller.viewer, call.at("scenario"));
  if (!plans.ok()) {
    return plans.error();
  }
  for (ListedPlan const& plan : plans.value()) {
    if (plan.plan != word && plan.name.starts_with(word)) {
      return desk.shelf.find(call.caller.viewer, call.at("scenario"), plan.plan, word);
    }
  }
  auto const at = word.rfind('@');
  return desk.shelf.find(call.caller.viewer, call.at("scenario"), word.substr(0, at),
                         at == std::string::npos ? std::string{} : word.substr(at + 1));
}

/// What people call it, and where two are called the same its version too.
std::string name_of(ShownPlan const& plan) {
  auto const& name = plan.listed.title.empty() ? plan.listed.plan : plan.listed.title;
  return fmt::format("{} {:.8}", name, plan.listed.name);
}

Result<Response> compare(Desk& desk, Call const& call) {
  auto const first = named(desk, call, "a");
  auto const second = first.ok() ? named(desk, call, "b") : first;
  if (!second.ok()) {
    return second.error();
  }
  auto const& before = *first.value();
  auto const& after = *second.value();
  auto const different = before.listed.position != after.listed.position;
  report::SideBySide const sides{
      {{name_of(before), &before.seen.scenario, &before.seen.plan, {}},
       {name_of(after) + (different ? "" : " again"), &after.seen.scenario, &after.seen.plan,
        tables::difference(before.seen.scenario, after.seen.scenario)}}};
  auto const format = call.request.parameter("format").value_or("json");
  return format == "json"
             ? Result<Response>{respond_json(report::to_json(sides))}
             : compare_download(sides, format, call.request.parameter("table").value_or(""));
}

Result<Response> get_sites(Desk& desk, Call const& call) {
  auto const there = known(desk, call);
  auto const name = call.request.parameter("plan").value_or(call.at("scenario"));
  auto const kept = there.ok() ? find_sites(desk.services.store, call.caller.viewer, name)
                               : Result<std::optional<SeenSites>>{there.error()};
  if (!kept.ok()) {
    return kept.error();
  }
  if (!kept.value()) {
    return Error{ErrorKind::kNotFound, "there is no site plan for you to read",
                 "a plan with sites has one; planners release it"};
  }
  auto const& sites = *kept.value();
  Json json = Json::parse(sites.json);
  json["plan"] = name;
  json["version"] = sites.version;
  json["at"] = model::print(sites.record.at);
  json["releasable_to"] = own_part(sites.record.releasable_to, call.caller.viewer);
  auto text = dump(json);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

Result<Response> release(Desk& desk, Call const& call) {
  auto const found = wanted(desk, call);
  auto const body = read_object(call.request);
  if (!found.ok() || !body.ok()) {
    return found.ok() ? body.error() : found.error();
  }
  return release_plan(desk.services, call, body.value(), *found.value());
}

Result<Response> release_sites(Desk& desk, Call const& call) {
  auto const body = read_object(call.request);
  return body.ok() ? release_sites_of(desk.services, call, body.value()) : body.error();
}

}  // namespace

Routes plan_endpoints(Services& services) {
  // The shelf refers to the services and lives as long as the routes.
  auto const desk = std::make_shared<Desk>(services);
  auto const with = [desk](auto endpoint) {
    return [desk, endpoint](Call const& call) { return endpoint(*desk, call); };
  };
  auto const reads = may(policy::Operation::kRead, policy::Record::kPlan);
  return {{.method = "GET",
           .path = "/api/scenarios/{scenario}/plans",
           .operation = "listPlans",
           .rule = reads,
           .endpoint = with(list_plans)},
          {.method = "POST",
           .path = "/api/scenarios/{scenario}/plans",
           .operation = "startPlan",
           .rule = may(policy::Operation::kPlan, policy::Record::kPlan),
           .endpoint = with(start)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/plans/{plan}",
           .operation = "getPlan",
           .rule = reads,
           .endpoint = with(get_plan)},
          {.method = "POST",
           .path = "/api/scenarios/{scenario}/plans/{plan}/release",
           .operation = "releasePlan",
           .rule = may(policy::Operation::kRelease, policy::Record::kPlan),
           .endpoint = with(release)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/compare",
           .operation = "comparePlans",
           .rule = may(policy::Operation::kRead, policy::Record::kComparisons),
           .endpoint = with(compare)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/sites",
           .operation = "getSites",
           .rule = may(policy::Operation::kRead, policy::Record::kSitePlan),
           .endpoint = with(get_sites)},
          {.method = "POST",
           .path = "/api/scenarios/{scenario}/sites/release",
           .operation = "releaseSites",
           .rule = may(policy::Operation::kRelease, policy::Record::kSitePlan),
           .endpoint = with(release_sites)}};
}

}  // namespace guarantor::serve
