#include "guarantor/serve/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace guarantor::serve {

int status_of(model::ErrorKind kind) {
  switch (kind) {
    case model::ErrorKind::kBadInput:
      return 400;
    case model::ErrorKind::kNotFound:
      return 404;
    case model::ErrorKind::kUnwritable:
      return 507;
    case model::ErrorKind::kRefused:
      return 403;
    case model::ErrorKind::kLimit:
      return 503;
    case model::ErrorKind::kCheckFailed:
      return 409;
    case model::ErrorKind::kDefect:
      break;
  }
  return 500;
}

Response problem(model::Error const& error) {
  std::string name{model::text(error.kind)};
  std::ranges::replace(name, ' ', '-');
  bool const ours = error.kind == model::ErrorKind::kDefect;
  return problem(status_of(error.kind), name, model::text(error.kind),
                 ours ? "something went wrong here; it has been written down" : error.message,
                 ours ? "" : error.hint);
}

Response problem(int status, std::string_view name, std::string_view title, std::string_view detail,
                 std::string_view hint) {
  nlohmann::ordered_json body{{"type", "urn:guarantor:" + std::string{name}},
                              {"title", title},
                              {"status", status},
                              {"detail", detail}};
  if (!hint.empty()) {
    body["hint"] = hint;
  }
  return respond(status, "application/problem+json",
                 body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace guarantor::serve
