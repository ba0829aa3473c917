#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/firms_csv.h"

/// Any bytes as a file of NASA FIRMS.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  auto const [piece, text] = piece_and_text(data, size);
  check_cuts(firms_csv({.limits = fuzz_limits()}), firms_csv({.limits = fuzz_limits()}), text,
             piece);
  return 0;
}
