#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "guarantor/ledger/canonical_json.h"

/// A canonical text is the canonical text of itself; any UTF-8 text is a JSON string's.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::ledger;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (auto const once = canonical_json(text)) {
    auto const twice = canonical_json(once.value());
    if (!twice || twice.value() != once.value()) {
      std::abort();
    }
  }
  if (auto const quoted = canonical_json_string(text)) {
    auto const again = canonical_json(quoted.value());
    if (!again || again.value() != quoted.value()) {
      std::abort();
    }
  }
  return 0;
}
