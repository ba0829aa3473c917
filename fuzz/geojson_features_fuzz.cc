#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/geojson_features.h"

/// Any bytes as features of GeoJSON.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  auto const [piece, text] = piece_and_text(data, size);
  check_cuts(geojson_features({.limits = fuzz_limits()}),
             geojson_features({.limits = fuzz_limits()}), text, piece);
  return 0;
}
