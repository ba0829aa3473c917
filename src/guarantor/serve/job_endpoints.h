#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Long work: what there is, how far one is, and calling it off.
[[nodiscard]] Routes job_endpoints(Services& services);

}  // namespace guarantor::serve
