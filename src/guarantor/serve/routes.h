#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Every operation of `openapi.yaml`, one file for each group of them.
[[nodiscard]] Routes all_routes(Services& services);

}  // namespace guarantor::serve
