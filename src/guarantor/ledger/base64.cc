#include "guarantor/ledger/base64.h"

#include <array>
#include <cstdint>

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 255;

constexpr std::array<std::uint8_t, 256> values() {
  std::array<std::uint8_t, 256> table{};
  table.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table.at(static_cast<unsigned char>(kAlphabet[i])) = static_cast<std::uint8_t>(i);
  }
  return table;
}
constexpr std::array<std::uint8_t, 256> kValues = values();

Error not_base64(std::string_view why) {
  return {ErrorKind::kBadInput, "this is no base 64: " + std::string{why}, ""};
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    std::size_t const in_group = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < in_group ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= in_group ? kAlphabet[group >> (18U - 6U * k) & 63U] : '=';
    }
  }
  return text;
}

Result<std::string> bytes_from_base64(std::string_view text) {
  if (text.size() % 4 != 0) {
    return not_base64("its length is no multiple of four");
  }
  std::size_t digits = text.size();
  while (digits > 0 && text.size() - digits < 2 && text[digits - 1] == '=') {
    --digits;
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  unsigned waiting = 0;  // bits in `group` that are not yet in `bytes`
  for (char const digit : text.substr(0, digits)) {
    std::uint8_t const value = kValues.at(static_cast<unsigned char>(digit));
    if (value == kNone) {
      return not_base64("it holds a character of none of its 64");
    }
    group = group << 6U | value;
    waiting += 6;
    if (waiting >= 8) {
      waiting -= 8;
      bytes += static_cast<char>(group >> waiting & 255U);
    }
  }
  if ((group & ((1U << waiting) - 1U)) != 0) {
    return not_base64("its last digit says more than its bytes hold");
  }
  return bytes;
}

}  // namespace guarantor::ledger
