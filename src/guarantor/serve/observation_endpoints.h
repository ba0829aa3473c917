#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What one source reported: taken in, and read again.
[[nodiscard]] Routes observation_endpoints(Services& services);

}  // namespace guarantor::serve
