#include "guarantor/serve/plan_release.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/release_item.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/kept_sites.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

Result<std::vector<std::string>> read_list(nlohmann::json const& body,
                                           model::Scenario const& scenario) {
  Error const wrong{ErrorKind::kBadInput,
                    "`releasable_to` must be a list of nations of the scenario, `all` or `public`",
                    "an empty list takes a release back"};
  auto const list = body.find("releasable_to");
  if (list == body.end() || !list->is_array()) {
    return wrong;
  }
  std::vector<std::string> items;
  for (auto const& item : *list) {
    auto const word = item.is_string() ? item.get<std::string>() : std::string{};
    bool const nation = std::ranges::any_of(scenario.nations,
                                            [&](auto const& one) { return one.id.text() == word; });
    if (!nation && word != model::kAllNations && word != model::kThePublic) {
      return Error{wrong.kind, fmt::format("{}, not `{}`", wrong.message, word), wrong.hint};
    }
    items.push_back(word);
  }
  return items;
}

/// The record's body once more, for others to see.
store::Draft draft_of(store::Record const& record, std::vector<std::string> const& to) {
  return {.kind = record.kind,
          .key = record.key,
          .body = record.body,
          .owner = record.owner,
          .releasable_to = to};
}

Result<Response> keep(Services& services, Call const& call, std::vector<store::Draft> const& drafts,
                      std::vector<std::string> const& to) {
  auto const author = services.author(call.caller);
  auto const kept = services.store.write([&](auto& store) -> Result<store::Record> {
    auto const receipt = store.append(drafts, author);
    return receipt.ok() ? store.at(receipt.value().first) : receipt.error();
  });
  if (!kept.ok()) {
    return kept.error();
  }
  return respond_json(Json{{"plan", kept.value().key},
                           {"version", ledger::hex(kept.value().version)},
                           {"at", model::print(kept.value().at)},
                           {"by", kept.value().by},
                           {"releasable_to", to}});
}

}  // namespace

Result<Response> release_plan(Services& services, Call const& call, nlohmann::json const& body,
                              ShownPlan const& plan) {
  auto const to = read_list(body, plan.seen.scenario);
  if (!to.ok()) {
    return to.error();
  }
  auto const with_sites = body.find("with_sites");
  if (with_sites != body.end() && !with_sites->is_boolean()) {
    return Error{ErrorKind::kBadInput, "`with_sites` must be true or false", ""};
  }
  auto const record =
      services.store.read([&](auto const& store) { return store.at(plan.listed.position); });
  if (!record.ok()) {
    return record.error();
  }
  std::vector<store::Draft> drafts{draft_of(record.value(), to.value())};
  if (with_sites == body.end() || with_sites->get<bool>()) {
    auto const sites = find_sites(services.store, call.caller.viewer, plan.listed.plan,
                                  plan.listed.scenario_version);
    if (!sites.ok()) {
      return sites.error();
    }
    if (sites.value()) {
      drafts.push_back(draft_of(sites.value()->record, to.value()));
    }
  }
  return keep(services, call, drafts, to.value());
}

Result<Response> release_sites_of(Services& services, Call const& call,
                                  nlohmann::json const& body) {
  auto const view = services.views.whole(call.at("scenario"));
  auto const to = view.ok() ? read_list(body, view.value()->scenario)
                            : Result<std::vector<std::string>>{view.error()};
  if (!to.ok()) {
    return to.error();
  }
  auto const plan = body.find("plan");
  auto const name =
      plan != body.end() && plan->is_string() ? plan->get<std::string>() : call.at("scenario");
  auto const sites = find_sites(services.store, call.caller.viewer, name);
  if (!sites.ok()) {
    return sites.error();
  }
  if (!sites.value()) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no site plan of `{}`", name),
                 "a plan with sites keeps one"};
  }
  return keep(services, call, {draft_of(sites.value()->record, to.value())}, to.value());
}

}  // namespace guarantor::serve
