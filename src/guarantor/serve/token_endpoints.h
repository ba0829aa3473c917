#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// API tokens of one's own account.
[[nodiscard]] Routes token_endpoints(Services& services);

}  // namespace guarantor::serve
