#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The ledger: what is in it, proofs for strangers, and its public face as files.
[[nodiscard]] Routes ledger_endpoints(Services& services);

}  // namespace guarantor::serve
