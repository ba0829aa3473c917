#include "guarantor/intake/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace guarantor::intake {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

/// How many bytes the character at the beginning has; 0 where there is none.
std::size_t character_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto const continues = [&](std::size_t i) {
    return i < text.size() && (byte(i) & 0xc0U) == 0x80U;
  };
  unsigned const first = byte(0);
  if (first < 0x80U) {
    return 1;
  }
  if (first < 0xc2U || first > 0xf4U || !continues(1)) {
    return 0;
  }
  if (first < 0xe0U) {
    return 2;
  }
  unsigned const second = byte(1);
  if (first < 0xf0U) {
    bool const wrong = (first == 0xe0U && second < 0xa0U) || (first == 0xedU && second >= 0xa0U);
    return !wrong && continues(2) ? 3 : 0;
  }
  bool const wrong = (first == 0xf0U && second < 0x90U) || (first == 0xf4U && second >= 0x90U);
  return !wrong && continues(2) && continues(3) ? 4 : 0;
}

}  // namespace

std::string_view whole_characters(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (std::uint64_t word = 0; at + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & kHighBits) == 0) {
        at += sizeof word;
        continue;
      }
    }
    std::size_t const length = character_length(text.substr(at));
    if (length == 0) {
      break;
    }
    at += length;
  }
  return text.substr(0, at);
}

bool is_utf8(std::string_view text) {
  return whole_characters(text).size() == text.size();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  std::size_t const begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace guarantor::intake
