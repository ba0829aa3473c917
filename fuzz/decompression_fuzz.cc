#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/intake/decompression.h"

namespace {

using namespace guarantor::intake;

struct Outcome {
  std::string text;
  bool whole{};
  bool swells{};  ///< noticed sooner or later depending on how the stream is cut
};

Outcome inflated(std::string_view packed, std::size_t piece) {
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
  bool const swells = !result && result.error().kind == guarantor::model::ErrorKind::kLimit;
  return {std::move(text), result.ok(), swells};
}

}  // namespace

/// Any bytes as a packed stream. What comes out before damage is noticed may be more or less.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const packed{reinterpret_cast<char const*>(data), size};
  Outcome const first = inflated(packed, size + 1);
  Outcome const second = inflated(packed, 3);
  if (first.swells || second.swells) {
    return 0;
  }
  bool const same =
      first.whole == second.whole &&
      (first.whole ? first.text == second.text
                   : first.text.starts_with(second.text) || second.text.starts_with(first.text));
  if (!same) {
    std::abort();
  }
  return 0;
}
