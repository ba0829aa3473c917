#include "guarantor/ledger/utf8.h"

#include <array>
#include <cstddef>

namespace guarantor::ledger {
namespace {

/// How a character of so many bytes begins, and the least that needs as many.
struct Form {
  unsigned mask;
  unsigned lead;
  char32_t least;
};
constexpr std::array<Form, 4> kForms{
    {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}}};

}  // namespace

std::optional<char32_t> take_character(std::string_view& text) {
  constexpr char32_t kFirstSurrogate = 0xd800;
  constexpr char32_t kLastSurrogate = 0xdfff;
  constexpr char32_t kLast = 0x10ffff;
  if (text.empty()) {
    return std::nullopt;
  }
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t length = 0;
  while (length < kForms.size() && (first & kForms.at(length).mask) != kForms.at(length).lead) {
    ++length;
  }
  if (length == kForms.size() || text.size() <= length) {
    return std::nullopt;
  }
  char32_t character = first & ~kForms.at(length).mask;
  for (std::size_t i = 1; i <= length; ++i) {
    auto const byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0U) != 0x80U) {
      return std::nullopt;
    }
    character = character << 6U | (byte & 0x3fU);
  }
  if (character < kForms.at(length).least || character > kLast ||
      (character >= kFirstSurrogate && character <= kLastSurrogate)) {
    return std::nullopt;
  }
  text.remove_prefix(length + 1);
  return character;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80U) {
      text.remove_prefix(1);
    } else if (!take_character(text)) {
      return false;
    }
  }
  return true;
}

bool is_space(char32_t character) {
  return (character >= 0x09 && character <= 0x0d) || character == 0x20 || character == 0x85 ||
         character == 0xa0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200a) ||
         character == 0x2028 || character == 0x2029 || character == 0x202f || character == 0x205f ||
         character == 0x3000;
}

}  // namespace guarantor::ledger
