#include "guarantor/serve/session_endpoints.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "guarantor/policy/operation.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/problem.h"
#include "guarantor/serve/sign_ins.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::ordered_json;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMostBytes = 16U << 10U;

/// What the operation table lets a role do, so that pages offer nothing that would be refused.
Json what_may(policy::Role role) {
  auto may = Json::object();
  for (std::size_t i = 0; i < model::kWords<policy::Operation>.size(); ++i) {
    auto const operation = static_cast<policy::Operation>(i);
    auto kinds = Json::array();
    for (policy::Kind const kind : policy::all_kinds()) {
      if (policy::allowance(role, operation, kind) != policy::Allowance::kNo) {
        kinds.push_back(policy::text(kind));
      }
    }
    if (!kinds.empty()) {
      may[std::string{model::text(operation)}] = std::move(kinds);
    }
  }
  return may;
}

Json text_or_null(std::string const& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json session(Services const& services, Caller const& caller) {
  return {{"account", text_or_null(caller.account)},
          {"role", model::text(caller.viewer.role)},
          {"viewer", policy::print(caller.viewer)},
          {"nation", text_or_null(caller.viewer.nation.text())},
          {"must_change", caller.must_change},
          {"csrf", text_or_null(caller.csrf)},
          {"may", what_may(caller.viewer.role)},
          {"scenario", text_or_null(services.usual_scenario)},
          {"program", services.program_version}};
}

Response opened(Services const& services, SignIns::Opened const& opening) {
  auto response = respond_json(session(services, opening.caller));
  response.headers.set("Set-Cookie", opening.cookie);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// Two texts of the body's object.
struct TwoTexts {
  std::string first;
  std::string second;
};
Result<TwoTexts> two_texts(Request const& request, char const* first, char const* second) {
  auto const body = read_object(request, kMostBytes);
  if (!body.ok()) {
    return body.error();
  }
  auto const& json = body.value();
  if (!json.contains(first) || !json.contains(second) || !json[first].is_string() ||
      !json[second].is_string()) {
    return Error{ErrorKind::kBadInput,
                 std::string{"the body needs `"} + first + "` and `" + second + "`, both text", ""};
  }
  return TwoTexts{json[first].get<std::string>(), json[second].get<std::string>()};
}

/// A form on somebody else's page cannot send JSON.
std::optional<Response> no_json(Request const& request) {
  auto const type = request.headers.find("Content-Type").value_or("");
  if (type == kJson || type.starts_with(std::string{kJson} + ";")) {
    return std::nullopt;
  }
  return problem(415, "media-type", "another type of body", "the body must be JSON",
                 "Content-Type: application/json");
}

/// A refused password is no matter of who may ask; too many at once pass.
Result<Response> not_signed_in(Error const& error) {
  if (error.kind == ErrorKind::kRefused) {
    return problem(401, "sign-in", "not signed in", error.message, error.hint);
  }
  if (error.kind == ErrorKind::kLimit) {
    auto response = problem(error);
    response.headers.set("Retry-After", "3");
    return response;
  }
  return error;
}

Result<Response> sign_in(Services& services, Call const& call) {
  if (auto other = no_json(call.request)) {
    return *std::move(other);
  }
  auto const body = two_texts(call.request, "name", "password");
  if (!body.ok()) {
    return body.error();
  }
  auto const opening =
      services.sign_ins.sign_in(body.value().first, body.value().second, call.request);
  return opening.ok() ? opened(services, opening.value()) : not_signed_in(opening.error());
}

Result<Response> who(Services& services, Call const& call) {
  auto response = respond_json(session(services, call.caller));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Result<Response> sign_out(Services& services, Call const& call) {
  auto response = no_content();
  response.headers.set("Set-Cookie", services.sign_ins.sign_out(call.caller, call.request));
  return response;
}

Result<Response> change_password(Services& services, Call const& call) {
  if (call.caller.credential != Credential::kSession) {
    return Error{ErrorKind::kRefused, "a password is changed in a session, not with a token",
                 "POST /api/session first"};
  }
  auto const body = two_texts(call.request, "old", "new");
  if (!body.ok()) {
    return body.error();
  }
  auto const opening = services.sign_ins.change_password(call.caller, body.value().first,
                                                         body.value().second, call.request);
  return opening.ok() ? opened(services, opening.value()) : not_signed_in(opening.error());
}

}  // namespace

Routes session_endpoints(Services& services) {
  auto const with = [&services](auto answer) {
    return [&services, answer](Call const& call) { return answer(services, call); };
  };
  return {{"GET", "/api/session", "getSession", anyone(), with(who)},
          {"POST", "/api/session", "openSession", anyone(), with(sign_in)},
          {"DELETE", "/api/session", "closeSession", anyone(), with(sign_out)},
          {"POST", "/api/session/password", "changePassword", signed_in(), with(change_password)}};
}

}  // namespace guarantor::serve
