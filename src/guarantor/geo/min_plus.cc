#include "guarantor/geo/min_plus.h"

#include "guarantor/geo/min_plus_sets.h"

namespace guarantor::geo {

MinPlus const& min_plus() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) {
    return min_plus_avx512();
  }
  if (__builtin_cpu_supports("avx2") != 0) {
    return min_plus_avx2();
  }
#endif
  return min_plus_plain();
}

}  // namespace guarantor::geo
