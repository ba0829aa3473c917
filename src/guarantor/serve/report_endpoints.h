#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What was watched, counted and alleged on some days; and what was given out of it.
[[nodiscard]] Routes report_endpoints(Services& services);

}  // namespace guarantor::serve
