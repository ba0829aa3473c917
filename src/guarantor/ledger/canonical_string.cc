#include "guarantor/ledger/canonical_string.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/utf8.h"

namespace guarantor::ledger {

using model::Error;
using model::ErrorKind;
using model::Result;

void append_utf8(std::string& out, char32_t character) {
  auto const tail = [&out, character](unsigned shift) {
    out += static_cast<char>(0x80U | (character >> shift & 0x3fU));
  };
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += static_cast<char>(0xc0U | character >> 6U);
    tail(0);
  } else if (character < 0x10000) {
    out += static_cast<char>(0xe0U | character >> 12U);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0U | character >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

void append_canonical_character(std::string& out, char32_t character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (character) {
    case U'"':
      out += "\\\"";
      return;
    case U'\\':
      out += "\\\\";
      return;
    case U'\b':
      out += "\\b";
      return;
    case U'\t':
      out += "\\t";
      return;
    case U'\n':
      out += "\\n";
      return;
    case U'\f':
      out += "\\f";
      return;
    case U'\r':
      out += "\\r";
      return;
    default:
      break;
  }
  if (character < 0x20) {
    out += "\\u00";
    out += kDigits[character >> 4U];
    out += kDigits[character & 15U];
  } else {
    append_utf8(out, character);
  }
}

std::size_t plain_bytes(std::string_view text) {
  // Eight bytes at a time: one that is a quote, a backslash, below a blank or above ASCII leaves
  // the highest bit of its byte set. The tests may find one too many behind the first, never too
  // few.
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighest = 0x8080808080808080;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  auto const has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighest; };
  std::size_t i = 0;
  for (; i + kWord <= text.size(); i += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, kWord);
    std::uint64_t const special = (word & kHighest) | has_zero(word ^ (kOnes * '"')) |
                                  has_zero(word ^ (kOnes * '\\')) |
                                  ((word - kOnes * ' ') & ~word & kHighest);
    if (special != 0) {
      break;
    }
  }
  while (i < text.size() && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
    ++i;  // bytes from 0x80 on are negative characters here
  }
  return i;
}

bool less_by_utf16(std::string_view a, std::string_view b) {
  std::size_t const shorter = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < shorter && a[i] == b[i]) {
    ++i;
  }
  if (i == shorter) {
    return a.size() < b.size();
  }
  // The units that open a pair of surrogates lie below U+E000: 0xee and 0xef come after 0xf0 on.
  auto const rank = [](char byte) {
    constexpr unsigned kFirstAbove = 0xee;
    constexpr unsigned kFirstOfPairs = 0xf0;
    auto const value = static_cast<unsigned>(static_cast<unsigned char>(byte));
    return value >= kFirstAbove && value < kFirstOfPairs ? value + 0x100U : value;
  };
  return rank(a[i]) < rank(b[i]);
}

Result<std::string> canonical_json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    std::size_t const plain = plain_bytes(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) {
      break;
    }
    auto const character = take_character(text);
    if (!character) {
      return Error{ErrorKind::kBadInput, "a JSON string is UTF-8", ""};
    }
    append_canonical_character(out, *character);
  }
  return out + "\"";
}

}  // namespace guarantor::ledger
