#include "guarantor/serve/account_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/new_password.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/problem.h"
#include "guarantor/store/accounts.h"

namespace guarantor::serve {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = 4096;

Json to_json(store::Account const& account, std::optional<model::Instant> until,
             model::Instant now) {
  auto const viewer = policy::parse_viewer(account.role);
  bool const of_nation = viewer.ok() && !viewer.value().nation.empty();
  auto const counting = std::ranges::count_if(
      account.tokens, [&](auto const& token) { return !store::why_not(token, now); });
  return {{"account", account.name},
          {"role", account.role},
          {"nation", of_nation ? Json(viewer.value().nation.text()) : Json(nullptr)},
          {"locked", account.locked},
          {"locked_until", until ? Json(model::print(*until)) : Json(nullptr)},
          {"one_time", account.one_time},
          {"tokens", counting}};
}

Result<Response> list(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  auto const now = services.now();
  return services.store.read([&](store::Store const& store) -> Result<Response> {
    auto const all = store::accounts_in(store);
    if (!all.ok()) {
      return all.error();
    }
    auto const& accounts = all.value();
    auto const span =
        span_of(paging.value(), accounts.size(), [&](std::size_t i) { return accounts[i].name; });
    Json items = Json::array();
    for (std::size_t i = span.begin; i < span.end; ++i) {
      auto const until = store::locked_until(store, accounts[i].name, now,
                                             services.sign_ins.account_rules().lock_out);
      if (!until.ok()) {
        return until.error();
      }
      items.push_back(to_json(accounts[i], until.value(), now));
    }
    return respond_page(call.request, page(std::move(items), span.next));
  });
}

Result<Response> one(Services& services, std::string const& name, Json const& more, int status) {
  auto const now = services.now();
  return services.store.read([&](store::Store const& store) -> Result<Response> {
    auto const account = store::account_in(store, name);
    auto const until =
        store::locked_until(store, name, now, services.sign_ins.account_rules().lock_out);
    if (!account.ok() || !until.ok()) {
      return account.ok() ? until.error() : account.error();
    }
    if (!account.value()) {
      return Error{ErrorKind::kNotFound, fmt::format("there is no account `{}`", name), ""};
    }
    auto json = to_json(*account.value(), until.value(), now);
    json.update(more);
    auto response = respond_json(json, status);
    response.headers.set("Cache-Control", "no-store");
    return response;
  });
}

Result<Response> too_many(Error const& error) {
  if (error.kind != ErrorKind::kLimit) {
    return error;
  }
  auto response = problem(error);
  response.headers.set("Retry-After", "3");
  return response;
}

/// A change of accounts in the caller's name.
template <class Change>
Result<Done> keep(Services& services, Caller const& caller, Change const& change) {
  return services.store.write([&](auto& store) -> Result<Done> {
    store::Accounts accounts{store, services.sign_ins.account_rules()};
    return change(accounts, services.author(caller));
  });
}

Result<Response> add(Services& services, Call const& call) {
  auto const body = read_object(call.request, kMostBytes);
  if (!body.ok()) {
    return body.error();
  }
  auto const& json = body.value();
  for (char const* const name : {"account", "role"}) {
    if (!json.contains(name) || !json[name].is_string()) {
      return Error{ErrorKind::kBadInput, "the body needs `account` and `role`, both text", ""};
    }
  }
  auto const name = json["account"].get<std::string>();
  auto const role = json["role"].get<std::string>();
  auto const& rules = services.sign_ins.account_rules();
  auto const fits = services.store.read(
      [&](store::Store const& store) { return store::can_add(store, rules, name, role); });
  if (!fits.ok()) {
    return fits.error();
  }
  auto const password = drawn_password();
  auto const prepared = services.sign_ins.prepare(name, password);
  if (!prepared.ok()) {
    return too_many(prepared.error());
  }
  auto const kept = keep(services, call.caller, [&](auto& accounts, auto const& author) {
    return accounts.add_prepared(name, role, prepared.value(), author);
  });
  return kept.ok() ? one(services, name, {{"password", password.text}}, 201) : kept.error();
}

/// What a change asks for; what it leaves out stays.
struct Change {
  std::optional<std::string> role{};
  std::optional<bool> locked{};
};

Result<Change> read_change(Services const& services, Request const& request) {
  auto const body = read_object(request, kMostBytes);
  if (!body.ok()) {
    return body.error();
  }
  auto const& json = body.value();
  Change change;
  if (json.contains("role") && json["role"].is_string()) {
    change.role = json["role"].get<std::string>();
  }
  if (json.contains("locked") && json["locked"].is_boolean()) {
    change.locked = json["locked"].get<bool>();
  }
  auto const understood = (change.role ? 1U : 0U) + (change.locked ? 1U : 0U);
  if (understood == 0 || json.size() != understood) {
    return Error{ErrorKind::kBadInput, "the body needs `role`, a text, or `locked`, yes or no", ""};
  }
  auto const& rules = services.sign_ins.account_rules();
  if (change.role && rules.role) {
    if (auto const known = rules.role(*change.role); !known.ok()) {
      return known.error();
    }
  }
  return change;
}

Result<Response> edit(Services& services, Call const& call) {
  auto const& name = call.at("account");
  auto const change = read_change(services, call.request);
  if (!change.ok()) {
    return change.error();
  }
  // Otherwise the last one could leave nobody who can undo it.
  if (name == call.caller.account) {
    return Error{ErrorKind::kRefused, "nobody locks himself out or takes another role by himself",
                 "another controller can, or `guarantor user` on the machine"};
  }
  auto const kept =
      keep(services, call.caller, [&](auto& accounts, auto const& author) -> Result<Done> {
        auto const before = accounts.find(name);
        if (!before.ok()) {
          return before.error();
        }
        Result<Done> done = Done{};
        if (change.value().role && *change.value().role != before.value().role) {
          done = accounts.set_role(name, *change.value().role, author);
        }
        if (done.ok() && change.value().locked) {
          bool const locked = before.value().locked;
          if (*change.value().locked) {
            done = locked ? done : accounts.lock(name, author);
          } else {
            done = accounts.unlock(name, author);
          }
        }
        return done;
      });
  if (!kept.ok()) {
    return kept.error();
  }
  services.events.end(name);
  return one(services, name, Json::object(), 200);
}

Result<Response> reset(Services& services, Call const& call) {
  auto const& name = call.at("account");
  auto const password = drawn_password();
  auto const there =
      services.store.read([&](auto const& store) { return store::account_in(store, name); });
  if (!there.ok()) {
    return there.error();
  }
  if (!there.value() || there.value()->removed) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no account `{}`", name), ""};
  }
  auto const prepared = services.sign_ins.prepare(name, password);
  if (!prepared.ok()) {
    return too_many(prepared.error());
  }
  auto const kept = keep(services, call.caller, [&](auto& accounts, auto const& author) {
    return accounts.set_prepared_password(name, prepared.value(), author);
  });
  if (!kept.ok()) {
    return kept.error();
  }
  services.events.end(name);
  return one(services, name, {{"password", password.text}}, 200);
}

}  // namespace

Routes account_endpoints(Services& services) {
  auto const with = [&services](auto answer) {
    return [&services, answer](Call const& call) { return answer(services, call); };
  };
  auto const read = may(policy::Operation::kRead, policy::Record::kAccount);
  auto const administer = may(policy::Operation::kAdminister, policy::Record::kAccount);
  return {{"GET", "/api/accounts", "listAccounts", read, with(list)},
          {"POST", "/api/accounts", "addAccount", administer, with(add)},
          {"PATCH", "/api/accounts/{account}", "changeAccount", administer, with(edit)},
          {"POST", "/api/accounts/{account}/password", "resetPassword", administer, with(reset)}};
}

}  // namespace guarantor::serve
