#include "guarantor/serve/dispatcher.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/serve/problem.h"
#include "guarantor/serve/security_headers.h"
#include "guarantor/store/password.h"

namespace guarantor::serve {
namespace {

bool changes_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

Response sign_in_first(std::string_view detail) {
  auto response = problem(401, "sign-in", "sign in first", detail,
                          "POST /api/session with a name and a password, or send an API token");
  response.headers.set("WWW-Authenticate", "Bearer realm=\"guarantor\"");
  return response;
}

/// Why the caller may not ask, or nothing.
std::optional<Response> refusal(Route const& route, Caller const& caller, Call const& call) {
  bool const known = caller.credential != Credential::kNone;
  if (route.rule.who == Who::kAnyone) {
    return std::nullopt;
  }
  if (route.rule.who == Who::kTable) {
    auto kind = route.rule.kind;
    if (!kind) {
      auto const table = model::parse<model::Table>(call.at("table"));
      if (!table) {
        return problem(404, "not-found", "not found", "there is no table of that name",
                       "GET /api/schema lists them");
      }
      kind = *table;
    }
    if (policy::allowance(caller.viewer.role, route.rule.operation, *kind) !=
        policy::Allowance::kNo) {
      return std::nullopt;
    }
  } else if (known) {
    return std::nullopt;
  }
  return known ? problem(403, "refused", "refused", "this is not for your role",
                         "docs/policy.md says who may do what")
               : sign_in_first("this is not for the public");
}

Response too_many(std::chrono::seconds wait) {
  auto response = problem(429, "too-many", "too many requests", "this was asked for too often",
                          "ask again when the time in Retry-After has passed");
  response.headers.set("Retry-After", std::to_string(wait.count()));
  return response;
}

/// A page of somebody else's cannot know what a session's pages send with each change.
std::optional<Response> forged(Request const& request, Caller const& caller) {
  if (!changes_something(request.method)) {
    return std::nullopt;
  }
  auto const site = request.headers.find("Sec-Fetch-Site");
  bool const foreign = site && *site != "same-origin" && *site != "none";
  // What a proxy says of somebody may come with a browser's request, or with a program's.
  bool const browser = site || request.headers.find("Origin") || request.headers.find("Cookie");
  bool const needs_token = caller.credential == Credential::kSession ||
                           (caller.credential == Credential::kProxy && browser);
  if (foreign ||
      (needs_token &&
       !store::same_secret(request.headers.find("X-CSRF-Token").value_or(""), caller.csrf))) {
    return problem(403, "csrf", "not from a page of this session",
                   "the request lacks the session's X-CSRF-Token, or comes from another site",
                   "reload the page; GET /api/session gives the token");
  }
  return std::nullopt;
}

bool names(std::string_view list, std::string_view tag) {
  return list == "*" || list.find(tag) != std::string_view::npos;
}

/// What whoever has the same already need not be sent.
void shorten(Request const& request, Response& response) {
  auto const tag = response.headers.find("ETag");
  auto const known = request.headers.find("If-None-Match");
  if (response.status == 200 && tag && known && names(*known, *tag)) {
    response.status = 304;
    response.body.reset();
  }
}

}  // namespace

Dispatcher::Dispatcher(Routes routes, SignIns& sign_ins, Note note, Rules rules)
    : router_{std::move(routes)},
      sign_ins_{sign_ins},
      note_{std::move(note)},
      rates_{rules.rates, rules.clock
                              ? rules.clock
                              : [] { return std::chrono::steady_clock::now().time_since_epoch(); }},
      idempotency_{rules.idempotency, rules.now ? rules.now : [] {
                     return std::chrono::time_point_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now());
                   }} {}

Response Dispatcher::answer(Request const& request) {
  auto const begun = std::chrono::steady_clock::now();
  Answered answered;
  try {
    answered = routed(request);
  } catch (std::exception const& wrong) {
    answered.response = problem(model::Error{});
    answered.defect = wrong.what();
  }
  shorten(request, answered.response);
  add_security_headers(answered.response, request.secure);
  if (note_) {
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
    note_({.method = request.method,
           .path = request.path,
           .operation = answered.operation,
           .account = answered.account,
           .remote = request.remote,
           .status = answered.response.status,
           .seconds = took.count(),
           .bytes = answered.response.text().size(),
           .defect = answered.defect});
  }
  return std::move(answered.response);
}

Dispatcher::Answered Dispatcher::routed(Request const& request) {
  auto match = router_.find(request.method, request.path);
  if (match.route != nullptr) {
    return called(request, std::move(match));
  }
  if (match.allowed.empty()) {
    return {.response = problem(404, "not-found", "not found", "there is nothing at this path",
                                "/openapi.yaml lists what there is")};
  }
  Answered answered{.response = problem(405, "method", "method not allowed",
                                        "this path does not take that method", match.allowed)};
  answered.response.headers.set("Allow", match.allowed);
  return answered;
}

Dispatcher::Answered Dispatcher::called(Request const& request, Router::Match match) {
  Route const& route = *match.route;
  Answered answered{.response = {}, .operation = route.operation};
  // Looked at before a credential is: guessing must not cost us more than whoever guesses.
  std::optional<std::chrono::seconds> wait;
  if (request.headers.find("Authorization")) {
    wait = rates_.wait(Asking::kRefusedToken, counted_address(request.remote));
  }
  auto const caller = wait ? model::Result<Caller>{Caller{}} : identify(request);
  if (!caller.ok()) {
    answered.response = sign_in_first(caller.error().message);
    return answered;
  }
  wait = wait ? wait : too_often(request, caller.value(), route.operation);
  if (wait) {
    answered.response = too_many(*wait);
    return answered;
  }
  Call const call{request, caller.value(), std::move(match.parameters)};
  answered = allowed(call, route);
  answered.operation = route.operation;
  answered.account = caller.value().account;
  return answered;
}

Dispatcher::Answered Dispatcher::allowed(Call const& call, Route const& route) {
  auto refused = refusal(route, call.caller, call);
  if (!refused && call.caller.must_change && !route.operation.ends_with("Session") &&
      route.operation != "changePassword" && route.path.starts_with("/api/")) {
    refused = problem(403, "password", "change the password first", "the password was for one use",
                      "POST /api/session/password");
  }
  if (!refused) {
    refused = forged(call.request, call.caller);
  }
  if (refused) {
    return {.response = std::move(*refused)};
  }
  Answered answered;
  auto const ask = [&]() -> Response {
    auto result = route.endpoint(call);
    if (result.ok()) {
      return std::move(result).value();
    }
    if (result.error().kind == model::ErrorKind::kDefect) {
      answered.defect = result.error().message;
    }
    return problem(result.error());
  };
  answered.response = Idempotency::applies(call.caller, call.request)
                          ? idempotency_.answer(call.caller, call.request, ask)
                          : ask();
  return answered;
}

model::Result<Caller> Dispatcher::identify(Request const& request) {
  auto caller = sign_ins_.identify(request);
  if (!caller.ok() && request.headers.find("Authorization")) {
    static_cast<void>(rates_.take(Asking::kRefusedToken, counted_address(request.remote)));
  }
  return caller;
}

std::optional<std::chrono::seconds> Dispatcher::too_often(Request const& request,
                                                          Caller const& caller,
                                                          std::string_view operation) {
  if (operation == "openSession") {
    return rates_.take(Asking::kSignIn, counted_address(request.remote));
  }
  if (caller.credential == Credential::kNone) {
    return rates_.take(Asking::kPublic, counted_address(request.remote));
  }
  // Whoever took over a session guesses the old password no faster than at the door.
  auto const asking = operation == "changePassword"       ? Asking::kSignIn
                      : changes_something(request.method) ? Asking::kChange
                                                          : Asking::kRead;
  return rates_.take(asking, caller.account);
}

}  // namespace guarantor::serve
