#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {

/// A size or an index as the formats of logs write it: decimal digits without leading zeros, up to
/// 2^63 - 1. Nothing for any other text.
[[nodiscard]] inline std::optional<std::uint64_t> log_number(std::string_view text) {
  std::uint64_t number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const leading_zero = text.size() > 1 && text.front() == '0';
  bool const right = read.ec == std::errc{} && read.ptr == text.data() + text.size() &&
                     !leading_zero && number <= kMostEntries;
  return right ? std::optional{number} : std::nullopt;
}

}  // namespace guarantor::ledger
