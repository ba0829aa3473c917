#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Signing in and out, who one is, and another password.
[[nodiscard]] Routes session_endpoints(Services& services);

}  // namespace guarantor::serve
