#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The scenarios there are, what each is about, its versions, and what its tables hold.
[[nodiscard]] Routes scenario_endpoints(Services& services);

}  // namespace guarantor::serve
