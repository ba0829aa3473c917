#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The pot: what nations bring against what is asked for, what one more offer would close, what
/// became of what was promised, and the rounds of asking.
[[nodiscard]] Routes pot_endpoints(Services& services);

}  // namespace guarantor::serve
