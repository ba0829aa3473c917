#include "guarantor/serve/system_endpoints.h"

#include <memory>
#include <string_view>

namespace guarantor::serve {

/// The text of `openapi.yaml`, put in when this was built.
std::string_view description();

namespace {

using model::Result;

Result<Response> health(Call const&) {
  return respond(200, kText, "ok\n");
}

Result<Response> readiness(Services& services) {
  auto const size = services.store.read([](auto const& store) { return store.size(); });
  if (!size.ok()) {
    return size.error();
  }
  return respond(200, kText, "ready\n");
}

Result<Response> metrics(Services& services) {
  return respond(200, "text/plain; version=0.0.4; charset=utf-8", services.metrics->text());
}

}  // namespace

Routes system_endpoints(Services& services) {
  auto const text = std::make_shared<std::string const>(description());
  return {{.method = "GET",
           .path = "/healthz",
           .operation = "getHealth",
           .rule = anyone(),
           .endpoint = health},
          {.method = "GET",
           .path = "/readyz",
           .operation = "getReadiness",
           .rule = anyone(),
           .endpoint = [&services](Call const&) { return readiness(services); }},
          {.method = "GET",
           .path = "/metrics",
           .operation = "getMetrics",
           .rule = may(policy::Operation::kRead, policy::Record::kStore),
           .endpoint = [&services](Call const&) { return metrics(services); }},
          {.method = "GET",
           .path = "/openapi.yaml",
           .operation = "getDescription",
           .rule = anyone(),
           .endpoint = [text](Call const&) -> Result<Response> {
             auto response = respond(200, "application/yaml", {});
             response.body = text;
             return response;
           }}};
}

}  // namespace guarantor::serve
