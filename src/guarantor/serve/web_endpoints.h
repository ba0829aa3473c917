#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The web pages: `/` and the path of each page give the one document, `/assets/…` what it loads.
[[nodiscard]] Routes web_endpoints(Services& services);

}  // namespace guarantor::serve
