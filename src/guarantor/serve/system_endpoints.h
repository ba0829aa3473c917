#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Whether the server lives and can answer, for whoever runs it.
[[nodiscard]] Routes system_endpoints(Services& services);

}  // namespace guarantor::serve
