#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Who has an account, for auditors and the controller; the controller changes them.
[[nodiscard]] Routes account_endpoints(Services& services);

}  // namespace guarantor::serve
