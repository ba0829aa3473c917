#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// Plans and their sites: having one made, what there is, one of them in every form, two side by
/// side, and releasing one.
[[nodiscard]] Routes plan_endpoints(Services& services);

}  // namespace guarantor::serve
