#include "guarantor/tables/workbook_cells.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "guarantor/tables/characters.h"

namespace guarantor::tables {
namespace {

constexpr std::size_t kEscapeLength = 7;  // _xHHHH_

/// The code unit of an escape at the beginning of a text.
std::optional<unsigned> escape_at_front(std::string_view text) {
  if (text.size() < kEscapeLength || !text.starts_with("_x") || text[kEscapeLength - 1] != '_') {
    return std::nullopt;
  }
  constexpr int kHexadecimal = 16;
  unsigned unit = 0;
  char const* const end = text.data() + kEscapeLength - 1;
  auto const [stop, error] = std::from_chars(text.data() + 2, end, unit, kHexadecimal);
  return error == std::errc{} && stop == end ? std::optional{unit} : std::nullopt;
}

std::string utf8_of(unsigned unit) {
  constexpr unsigned kOneByte = 0x80;
  constexpr unsigned kTwoBytes = 0x800;
  constexpr unsigned kSix = 0x3F;
  auto const byte = [](unsigned value) { return static_cast<char>(value); };
  if (unit < kOneByte) {
    return {byte(unit)};
  }
  if (unit < kTwoBytes) {
    return {byte(0xC0U | (unit >> 6U)), byte(kOneByte | (unit & kSix))};
  }
  return {byte(0xE0U | (unit >> 12U)), byte(kOneByte | ((unit >> 6U) & kSix)),
          byte(kOneByte | (unit & kSix))};
}

}  // namespace

std::size_t count_utf16_units(std::string_view text) {
  constexpr unsigned char kFirstOfFourBytes = 0xF0;
  auto const beyond = std::count_if(text.begin(), text.end(), [](char byte) {
    return static_cast<unsigned char>(byte) >= kFirstOfFourBytes;
  });
  return count_characters(text) + static_cast<std::size_t>(beyond);
}

std::string escape_cell(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && escape_at_front(text.substr(i))) {
      escaped += "_x005F_";
    } else {
      escaped += text[i];
    }
  }
  return escaped;
}

std::string unescape_cell(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    auto const unit = text[i] == '_' ? escape_at_front(text.substr(i)) : std::nullopt;
    constexpr unsigned kFirstSurrogate = 0xD800;
    constexpr unsigned kLastSurrogate = 0xDFFF;
    bool const character = unit && (*unit < kFirstSurrogate || *unit > kLastSurrogate);
    if (character) {
      plain += utf8_of(*unit);
      i += kEscapeLength;
    } else {
      plain += text[i++];
    }
  }
  return plain;
}

std::vector<std::string> cut_cell(std::string_view text, std::size_t most_bytes) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    std::size_t end = std::min(most_bytes, text.size());
    while (end < text.size() && end > 0 && continues_character(text[end])) {
      --end;
    }
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return pieces;
}

}  // namespace guarantor::tables
