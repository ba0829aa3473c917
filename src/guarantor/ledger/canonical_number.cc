#include "guarantor/ledger/canonical_number.h"

#include <array>
#include <charconv>
#include <string_view>

namespace guarantor::ledger {

void append_canonical_number(std::string& out, double value) {
  constexpr int kLongestPlain = 21;
  constexpr int kMostLeadingZeros = 6;
  if (value == 0) {
    out += '0';
    return;
  }
  // d.ddde[+-]xx with the fewest digits; the names k and n are those of ECMA-262.
  std::array<char, 32> buffer{};
  auto const written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::scientific);
  std::string_view text{buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data())};
  if (text.front() == '-') {
    out += '-';
    text.remove_prefix(1);
  }
  auto const e = text.find('e');
  int exponent = 0;
  std::string_view const power = text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  std::string digits{text.substr(0, 1)};
  digits += text.substr(1, e - 1).substr(e > 1 ? 1 : 0);
  int const k = static_cast<int>(digits.size());
  int const n = exponent + 1;

  if (k <= n && n <= kLongestPlain) {
    out += digits;
    out.append(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= kLongestPlain) {
    out += digits.insert(static_cast<std::size_t>(n), 1, '.');
  } else if (-kMostLeadingZeros < n && n <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-n), '0');
    out += digits;
  } else {
    if (k > 1) {
      digits.insert(1, 1, '.');
    }
    out += digits;
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(exponent < 0 ? -exponent : exponent);
  }
}

}  // namespace guarantor::ledger
