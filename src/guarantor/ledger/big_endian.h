#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guarantor::ledger {

/// Appends a number as so many bytes, the most significant first. REQUIRES: it fits.
inline void append_big_endian(std::string& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) {
    out += static_cast<char>(number >> (8 * i) & 255U);
  }
}

/// The number in those bytes. REQUIRES: at most 8 of them.
inline std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (char const byte : bytes) {
    number = number << 8U | static_cast<unsigned char>(byte);
  }
  return number;
}

}  // namespace guarantor::ledger
