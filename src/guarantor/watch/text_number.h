#pragma once

#include <cstdint>
#include <string_view>

namespace guarantor::watch {

/// A number for a text, the same on every machine: FNV-1a, whose poorly mixed high bits are mixed.
[[nodiscard]] constexpr std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0xCBF29CE484222325;
  for (char const c : text) {
    number = (number ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  number = (number ^ (number >> 32U)) * 0xD6E8FEB86659FD93;
  return number ^ (number >> 32U);
}

}  // namespace guarantor::watch
