#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/ucdp_ged_csv.h"

/// Any bytes as a file of UCDP GED.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  auto const [piece, text] = piece_and_text(data, size);
  check_cuts(ucdp_ged_csv(fuzz_limits()), ucdp_ged_csv(fuzz_limits()), text, piece);
  return 0;
}
