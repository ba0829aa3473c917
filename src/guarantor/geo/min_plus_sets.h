#pragma once

#include "guarantor/geo/min_plus.h"

namespace guarantor::geo {

/// The kernels for one instruction set each; to be called only where the processor has it.
[[nodiscard]] MinPlus const& min_plus_plain();
#if defined(__x86_64__)
[[nodiscard]] MinPlus const& min_plus_avx2();
[[nodiscard]] MinPlus const& min_plus_avx512();
#endif

}  // namespace guarantor::geo
