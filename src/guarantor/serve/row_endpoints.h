#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The rows of a scenario's tables: read, changed, and their history.
[[nodiscard]] Routes row_endpoints(Services& services);

}  // namespace guarantor::serve
