#include "guarantor/ledger/random_bytes.h"

#include <sodium.h>

#include <cstdlib>

namespace guarantor::ledger {

std::array<std::uint8_t, 32> draw_random_bytes() {
  if (sodium_init() < 0) {
    std::abort();
  }
  std::array<std::uint8_t, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace guarantor::ledger
