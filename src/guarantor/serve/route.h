#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/policy/operation.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/http_message.h"

/// What can be asked: a method and a path, who may, and the function that answers.
namespace guarantor::serve {

enum class Who {
  kAnyone,    ///< the public too; the endpoint gives each what is released to it
  kSignedIn,  ///< whoever signed in, with an account of any role
  kTable      ///< whom the operation table lets do `operation` with `kind`
};

/// Who may ask. It is the first gate: what of it a caller sees the endpoint asks the policy.
struct Rule {
  Who who{Who::kTable};
  policy::Operation operation{policy::Operation::kRead};
  /// Absent: the table that the path's `{table}` names.
  std::optional<policy::Kind> kind{};
};

[[nodiscard]] inline Rule anyone() {
  return {.who = Who::kAnyone};
}
[[nodiscard]] inline Rule signed_in() {
  return {.who = Who::kSignedIn};
}
[[nodiscard]] inline Rule may(policy::Operation operation, policy::Kind kind) {
  return {.who = Who::kTable, .operation = operation, .kind = kind};
}
[[nodiscard]] inline Rule may_with_table(policy::Operation operation) {
  return {.who = Who::kTable, .operation = operation};
}

/// One request on its way through: who asks, and what the path's parameters are, decoded.
struct Call {
  Request const& request;
  Caller const& caller;
  std::map<std::string, std::string, std::less<>> parameters{};

  /// REQUIRES: the route's path names it.
  [[nodiscard]] std::string const& at(std::string_view name) const {
    return parameters.find(name)->second;
  }
};

using Endpoint = std::function<model::Result<Response>(Call const&)>;

/// An operation of `openapi.yaml`.
struct Route {
  std::string_view method;
  std::string_view path;  ///< e.g. `/api/scenarios/{scenario}`; `{rest...}` takes all that follows
  std::string_view operation;  ///< its operationId
  Rule rule;
  Endpoint endpoint;
};
using Routes = std::vector<Route>;

}  // namespace guarantor::serve
