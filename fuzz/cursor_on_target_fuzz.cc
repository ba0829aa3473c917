#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/cursor_on_target.h"

/// Any bytes as events of Cursor on Target.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  auto const [piece, text] = piece_and_text(data, size);
  check_cuts(cursor_on_target({.limits = fuzz_limits()}),
             cursor_on_target({.limits = fuzz_limits()}), text, piece);
  return 0;
}
