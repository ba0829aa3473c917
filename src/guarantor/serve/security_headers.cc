#include "guarantor/serve/security_headers.h"

namespace guarantor::serve {

void add_security_headers(Response& response, bool secure) {
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
  if (secure) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace guarantor::serve
