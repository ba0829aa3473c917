#include "guarantor/tables/numbers.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "guarantor/tables/characters.h"

namespace guarantor::tables {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What a person most likely meant by a text that is no number.
std::string number_hint(std::string_view text, bool whole) {
  bool const comma = text.find(',') != std::string_view::npos;
  bool const blank = text.find(' ') != std::string_view::npos ||
                     text.find("\xC2\xA0") != std::string_view::npos ||
                     text.find("\xE2\x80\xAF") != std::string_view::npos;
  if (comma) {
    return "decimals are written with a point, and nothing stands between thousands";
  }
  if (blank) {
    return "nothing stands between thousands";
  }
  if (text.starts_with('+')) {
    return "leave out the plus sign";
  }
  return whole ? "write digits only, e.g. 12" : "write a plain number, e.g. 12 or 0.5";
}

std::string quoted(std::string_view text) {
  return "`" + excerpt(text) + "`";
}

}  // namespace

std::variant<std::int64_t, CellProblem> parse_whole(std::string_view text, std::int64_t least,
                                                    std::int64_t most) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const complete = end == text.data() + text.size();
  if (complete && (error == std::errc::result_out_of_range ||
                   (error == std::errc{} && (value < least || value > most)))) {
    return CellProblem{quoted(text) + " is too large a number",
                       fmt::format("from {} to {}", least, most), 0};
  }
  if (complete && error == std::errc{}) {
    return value;
  }
  auto const number = parse_number(text);
  if (std::holds_alternative<double>(number)) {
    return CellProblem{quoted(text) + " is not a whole number",
                       "choose the unit so that the number is whole", 0};
  }
  return CellProblem{quoted(text) + " is not a whole number", number_hint(text, true), 0};
}

std::variant<double, CellProblem> parse_number(std::string_view text) {
  CellProblem const no_number{quoted(text) + " is not a number", number_hint(text, false), 0};
  std::size_t const first = text.starts_with('-') ? 1 : 0;
  if (first >= text.size() || !is_digit(text[first]) || !is_digit(text.back())) {
    return no_number;
  }
  double value = 0;
  auto const [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::general);
  if (end != text.data() + text.size()) {
    return no_number;
  }
  if (error != std::errc{} || !std::isfinite(value)) {
    return CellProblem{quoted(text) + " is too large or too small a number", "", 0};
  }
  return value == 0 ? 0.0 : value;
}

std::string print_number(double number) {
  constexpr double kSmallest = 1e-5;
  constexpr double kLargest = 1e15;
  double const size = std::abs(number);
  bool const plain = number == 0 || (size >= kSmallest && size < kLargest);
  std::array<char, 64> text{};
  auto const [end, error] =
      plain ? std::to_chars(text.data(), text.data() + text.size(), number == 0 ? 0.0 : number,
                            std::chars_format::fixed)
            : std::to_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? std::string{text.data(), end} : std::string{};
}

}  // namespace guarantor::tables
