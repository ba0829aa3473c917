#include "guarantor/geo/min_plus_kernels.h"
#include "guarantor/geo/min_plus_sets.h"

namespace guarantor::geo {

MinPlus const& min_plus_avx512() {
  return MinPlusOn<64>::kKernels;
}

}  // namespace guarantor::geo
