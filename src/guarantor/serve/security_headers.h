#pragma once

#include "guarantor/serve/http_message.h"

namespace guarantor::serve {

/// What keeps browsers from doing with a response what it is not for. What an endpoint said of its
/// content and caches itself stays. `secure`: over TLS, and never again without.
void add_security_headers(Response& response, bool secure);

}  // namespace guarantor::serve
