#include "guarantor/serve/dispatcher.h"

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "guarantor/serve/problem.h"

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

/// A page of somebody else's cannot know what a session's pages send with each change.
std::optional<Response> forged(Request const& request, Caller const& caller) {
  if (!changes_something(request.method)) {
    return std::nullopt;
  }
  auto const site = request.headers.find("Sec-Fetch-Site");
  bool const foreign = site && *site != "same-origin" && *site != "none";
  bool const needs_token = caller.credential == Credential::kSession;
  if (foreign || (needs_token && request.headers.find("X-CSRF-Token") != caller.csrf)) {
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

void secure(Request const& request, Response& response) {
  auto& headers = response.headers;
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Permissions-Policy", "geolocation=(), camera=(), microphone=()");
  if (!headers.find("Content-Security-Policy")) {
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
  if (!headers.find("Cache-Control")) {
    headers.set("Cache-Control", "private, no-cache");
  }
  if (request.secure) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace

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
  secure(request, answered.response);
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
  auto const caller = sign_ins_.identify(request);
  if (!caller.ok()) {
    answered.response = sign_in_first(caller.error().message);
    return answered;
  }
  answered.account = caller.value().account;
  Call const call{request, caller.value(), std::move(match.parameters)};
  auto refused = refusal(route, caller.value(), call);
  if (!refused && caller.value().must_change && !route.operation.ends_with("Session") &&
      route.operation != "changePassword" && route.path.starts_with("/api/")) {
    refused = problem(403, "password", "change the password first", "the password was for one use",
                      "POST /api/session/password");
  }
  if (!refused) {
    refused = forged(request, caller.value());
  }
  if (refused) {
    answered.response = std::move(*refused);
    return answered;
  }
  auto result = route.endpoint(call);
  if (result.ok()) {
    answered.response = std::move(result).value();
  } else {
    answered.response = problem(result.error());
    if (result.error().kind == model::ErrorKind::kDefect) {
      answered.defect = result.error().message;
    }
  }
  return answered;
}

}  // namespace guarantor::serve
