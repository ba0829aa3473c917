#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What happened once, what is said against it, and people's steps.
[[nodiscard]] Routes incident_endpoints(Services& services);

}  // namespace guarantor::serve
