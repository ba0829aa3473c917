#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What happens, as a stream of server-sent events.
[[nodiscard]] Routes event_endpoints(Services& services);

}  // namespace guarantor::serve
