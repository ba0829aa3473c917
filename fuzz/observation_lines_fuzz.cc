#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/observation_lines.h"

/// Any bytes as lines of our own form.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  auto const [piece, text] = piece_and_text(data, size);
  check_cuts(observation_lines(fuzz_limits()), observation_lines(fuzz_limits()), text, piece);
  return 0;
}
