#include "serve_case.h"

#include <stdexcept>

#include "guarantor/policy/operation.h"
#include "guarantor/serve/problem.h"
#include "guarantor/serve/routes.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::serve {
namespace {

model::Instant now() {
  return *model::parse_instant("2026-11-29T12:00:00Z");
}

std::unique_ptr<StoreGate> open(store::TemporaryStore& files, model::Scenario const& scenario) {
  auto gate = StoreGate::open(files.file(), files.key());
  if (!gate.ok()) {
    throw std::runtime_error(gate.error().message);
  }
  static_cast<void>(scenario);
  return std::move(gate).value();
}

}  // namespace

ServeCase::ServeCase(model::Scenario const& scenario)
    : gate_{open(files_, scenario)},
      views_{*gate_},
      sign_ins_{*gate_, {}, now},
      jobs_{*events_, now},
      watch_{*gate_, views_, scenario.header.id.text()},
      services_{.store = *gate_,
                .views = views_,
                .events = *events_,
                .sign_ins = sign_ins_,
                .jobs = jobs_,
                .watch = watch_,
                .now = now,
                .program_version = "test",
                .usual_scenario = scenario.header.id.text()},
      router_{all_routes(services_)} {
  put(scenario);
}

void ServeCase::put(model::Scenario const& scenario) {
  auto const kept = gate_->write([&](auto& store) {
    return store::put_scenario(store,
                               {.scenario = scenario.header.id.text(),
                                .title = scenario.header.title,
                                .content_hash = tables::content_hash(scenario),
                                .variant_of = {},
                                .rows = tables::to_rows(scenario)},
                               {.name = "planner:anna", .at = now()});
  });
  if (!kept.ok()) {
    throw std::runtime_error(kept.error().message);
  }
}

Response ServeCase::ask(std::string_view viewer, std::string_view method, std::string_view target,
                        std::string body, Headers const& headers) {
  Request request;
  request.method = method;
  request.path = target.substr(0, target.find('?'));
  if (target.find('?') != std::string_view::npos) {
    request.query = target.substr(target.find('?') + 1);
  }
  request.body = std::move(body);
  for (auto const& [name, value] : headers) {
    request.headers.set(name, value);
  }
  Caller caller;
  if (viewer != "public") {
    caller.viewer = policy::parse_viewer(viewer).value();
    caller.account = viewer;
    caller.credential = Credential::kToken;
  }
  auto match = router_.find(request.method, request.path);
  if (match.route == nullptr) {
    return problem(404, "not-found", "not found", "no route");
  }
  Call const call{request, caller, std::move(match.parameters)};
  auto const& rule = match.route->rule;
  if (rule.who == Who::kTable) {
    auto const table =
        rule.kind ? std::optional<model::Table>{} : model::parse<model::Table>(call.at("table"));
    if (!rule.kind && !table) {
      return problem(404, "not-found", "not found", "no table");
    }
    auto const kind = rule.kind ? *rule.kind : policy::Kind{*table};
    if (policy::allowance(caller.viewer.role, rule.operation, kind) == policy::Allowance::kNo) {
      return problem(403, "refused", "refused", "not for your role");
    }
  } else if (rule.who == Who::kSignedIn && caller.credential == Credential::kNone) {
    return problem(401, "sign-in", "sign in", "not for the public");
  }
  auto result = match.route->endpoint(call);
  return result.ok() ? std::move(result).value() : problem(result.error());
}

nlohmann::json ServeCase::json(std::string_view viewer, std::string_view target) {
  auto const response = get(viewer, target);
  if (response.status != 200) {
    throw std::runtime_error(std::string{target} + ": " + std::string{response.text()});
  }
  return nlohmann::json::parse(response.text());
}

model::Scenario scenario_at(std::string const& folder) {
  auto loaded = tables::load(folder);
  if (!loaded.scenario) {
    throw std::runtime_error("cannot read " + folder);
  }
  return *std::move(loaded.scenario);
}

}  // namespace guarantor::serve
