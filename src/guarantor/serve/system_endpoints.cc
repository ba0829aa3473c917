#include "guarantor/serve/system_endpoints.h"

namespace guarantor::serve {

Routes system_endpoints(Services& services) {
  return {{.method = "GET",
           .path = "/healthz",
           .operation = "getHealth",
           .rule = anyone(),
           .endpoint = [](Call const&) -> model::Result<Response> {
             return respond(200, kText, "ok\n");
           }},
          {.method = "GET",
           .path = "/readyz",
           .operation = "getReadiness",
           .rule = anyone(),
           .endpoint = [&services](Call const&) -> model::Result<Response> {
             auto const size = services.store.read([](auto const& store) { return store.size(); });
             if (!size.ok()) {
               return size.error();
             }
             return respond(200, kText, "ready\n");
           }}};
}

}  // namespace guarantor::serve
