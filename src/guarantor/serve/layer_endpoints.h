#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The layers of the map: land, what the scenario says of it, sites, incidents.
[[nodiscard]] Routes layer_endpoints(Services& services);

}  // namespace guarantor::serve
