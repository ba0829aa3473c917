#include "guarantor/geo/min_plus_kernels.h"
#include "guarantor/geo/min_plus_sets.h"

namespace guarantor::geo {

MinPlus const& min_plus_plain() {
  return MinPlusOn<16>::kKernels;
}

}  // namespace guarantor::geo
