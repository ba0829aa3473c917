#include "guarantor/geo/min_plus_kernels.h"
#include "guarantor/geo/min_plus_sets.h"

namespace guarantor::geo {

MinPlus const& min_plus_avx2() {
  return MinPlusOn<32>::kKernels;
}

}  // namespace guarantor::geo
