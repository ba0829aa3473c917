#include "guarantor/report/display_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace guarantor::report {
namespace {

constexpr char32_t kBroken = 0xFFFD;

struct CodePoint {
  char32_t value{};
  std::size_t bytes{};
};

/// The code point at `at`, strictly: overlong forms, surrogates and stray bytes are broken, one
/// byte each. REQUIRES: `at < text.size()`.
CodePoint decode(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto const first = byte(at);
  if (first < 0x80) {
    return {first, 1};
  }
  std::size_t const size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) {
    return {kBroken, 1};
  }
  char32_t value = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      return {kBroken, 1};
    }
    value = (value << 6U) | (byte(at + i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[size] || value > 0x10FFFF || surrogate) {
    return {kBroken, 1};
  }
  return {value, size};
}

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

std::size_t columns_of(char32_t c) {
  bool const combining = (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) ||
                         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
                         c == 0x200B || c == 0x200C || c == 0x200D;
  bool const wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF);
  return combining ? 0 : wide ? 2 : 1;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode(text, at);
    if (point.value == kBroken) {
      out += "\xEF\xBF\xBD";
    } else if (steers(point.value)) {
      out += ' ';
    } else {
      out += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode(text, at);
    width += columns_of(point.value);
    at += point.bytes;
  }
  return width;
}

std::string fit(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) {
    return std::string{text};
  }
  std::size_t width = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const point = decode(text, at);
    if (width + columns_of(point.value) > columns - 1) {
      break;
    }
    width += columns_of(point.value);
    at += point.bytes;
  }
  auto head = text.substr(0, at);
  while (head.ends_with(' ')) {
    head.remove_suffix(1);
  }
  return std::string{head} + "…";
}

std::string pad_right(std::string_view text, std::size_t columns) {
  auto out = fit(text, columns);
  out.append(columns - display_width(out), ' ');
  return out;
}

std::string pad_left(std::string_view text, std::size_t columns) {
  auto const shown = fit(text, columns);
  return std::string(columns - display_width(shown), ' ') + shown;
}

std::string wrap(std::string_view text, std::size_t columns, std::string_view lead) {
  auto const indent = display_width(lead);
  std::string out;
  std::string line{lead};
  bool fresh = true;
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find(' ', at), text.size());
    auto const word = fit(text.substr(at, end - at), columns - indent);
    at = end + 1;
    if (word.empty()) {
      continue;
    }
    if (!fresh && display_width(line) + 1 + display_width(word) > columns) {
      out += line + "\n";
      line.assign(indent, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
  }
  return out + line + "\n";
}

}  // namespace guarantor::report
