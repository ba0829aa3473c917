#include "guarantor/serve/json_body.h"

#include <fmt/format.h>

#include "guarantor/report/json_text.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;

constexpr int kMostNested = 32;
constexpr std::size_t kTagDigits = 16;

/// How deep brackets stand in each other, without reading what is in them.
int nesting(std::string_view text) {
  int depth = 0;
  int most = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      i += c == '\\' ? 1U : 0U;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      most = std::max(most, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return most;
}

}  // namespace

std::string dump(nlohmann::ordered_json const& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Response respond_json(nlohmann::ordered_json const& json, int status) {
  return respond_json(dump(json), status);
}

model::Result<nlohmann::json> read_object(Request const& request, std::size_t most_bytes) {
  if (request.body.size() > most_bytes) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("the body has {} bytes, more than {}", request.body.size(), most_bytes),
        "send less at a time"};
  }
  if (request.body.empty()) {
    return nlohmann::json::object();
  }
  if (nesting(request.body) > kMostNested) {
    return Error{ErrorKind::kBadInput, "the body is nested too deeply",
                 fmt::format("at most {} levels", kMostNested)};
  }
  auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (!json.is_object()) {
    return Error{ErrorKind::kBadInput, "the body is no JSON object", "/openapi.yaml shows it"};
  }
  return json;
}

std::string entity_tag(std::string const& bytes) {
  return fmt::format("\"{}\"", report::sha256(bytes).substr(0, kTagDigits));
}

}  // namespace guarantor::serve
