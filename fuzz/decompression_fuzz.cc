#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "guarantor/intake/decompression.h"

namespace {

using namespace guarantor::intake;

/// What the stream becomes, and whether it was whole; nothing of one that swells too much, which is
/// noticed sooner or later depending on how it is cut.
std::string inflated(std::string_view packed, std::size_t piece) {
  constexpr DecompressionLimits kLimits{.bytes = 1 << 20, .free_bytes = 1 << 18};
  std::string text;
  Decompression decompression{"fuzz", kLimits};
  auto const append = [&](std::string_view bytes) { text += bytes; };
  auto result = guarantor::model::Result<guarantor::model::Done>{guarantor::model::Done{}};
  while (result && !packed.empty()) {
    result = decompression.feed(packed.substr(0, piece), append);
    packed.remove_prefix(std::min(piece, packed.size()));
  }
  if (result) {
    result = decompression.finish(append);
  }
  if (text.size() > kLimits.bytes) {
    std::abort();
  }
  if (!result && result.error().kind == guarantor::model::ErrorKind::kLimit) {
    return {};
  }
  return text + (result ? " whole" : " torn");
}

}  // namespace

/// Any bytes as a packed stream.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const packed{reinterpret_cast<char const*>(data), size};
  std::string const whole = inflated(packed, size + 1);
  std::string const cut = inflated(packed, 3);
  if (!whole.empty() && !cut.empty() && whole != cut) {
    std::abort();
  }
  return 0;
}
