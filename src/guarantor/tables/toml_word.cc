#include "guarantor/tables/toml_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace guarantor::tables {
namespace {

constexpr std::size_t kDateLength = 10;
constexpr std::string_view kDigits = "0123456789";

/// Whether a text begins as the form says, where 9 stands for any digit.
bool begins_like(std::string_view text, std::string_view form) {
  return text.size() >= form.size() &&
         std::equal(form.begin(), form.end(), text.begin(), [](char expected, char c) {
           return expected == '9' ? kDigits.find(c) != std::string_view::npos : expected == c;
         });
}

TomlValue value_of(TomlKind kind, std::string text) {
  return {.kind = kind, .at = {}, .text = std::move(text)};
}

std::string quoted(std::string_view word) {
  return "`" + excerpt(word) + "`";
}

unsigned number_at(std::string_view text, std::size_t from, std::size_t digits) {
  unsigned number = 0;
  std::from_chars(text.data() + from, text.data() + from + digits, number);
  return number;
}

std::variant<TomlValue, CellProblem> read_date(std::string_view word) {
  if (word.size() > kDateLength) {
    bool const time =
        word[kDateLength] == 'T' || word[kDateLength] == 't' || word[kDateLength] == ' ';
    return CellProblem{quoted(word) + (time ? " is a date with a time" : " is not a value"),
                       "write the date alone, e.g. 2026-06-01"};
  }
  std::chrono::year_month_day const day{std::chrono::year{static_cast<int>(number_at(word, 0, 4))},
                                        std::chrono::month{number_at(word, 5, 2)},
                                        std::chrono::day{number_at(word, 8, 2)}};
  if (!day.ok()) {
    return CellProblem{fmt::format("there is no day {}", word), ""};
  }
  return value_of(TomlKind::kDate, std::string{word});
}

/// Takes the digits, single underscores between them, from the beginning of `rest`; nothing where
/// there are none, or an underscore stands otherwise.
std::optional<std::string> take_digits(std::string_view& rest, std::string_view allowed) {
  std::string digits;
  bool digit_before = false;
  while (!rest.empty()) {
    bool const digit = allowed.find(rest.front()) != std::string_view::npos;
    if (!digit && rest.front() != '_') {
      break;
    }
    if (!digit && !digit_before) {
      return std::nullopt;
    }
    if (digit) {
      digits += rest.front();
    }
    digit_before = digit;
    rest.remove_prefix(1);
  }
  return digit_before ? std::optional{std::move(digits)} : std::nullopt;
}

std::variant<TomlValue, CellProblem> integer(std::string_view word, std::string const& digits,
                                             int base) {
  std::int64_t number = 0;
  auto const [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    using Range = std::numeric_limits<std::int64_t>;
    return CellProblem{quoted(word) + " is too large a number",
                       fmt::format("from {} to {}", Range::min(), Range::max())};
  }
  return value_of(TomlKind::kInteger, std::to_string(number));
}

CellProblem no_value(std::string_view word) {
  constexpr std::string_view kNumberBegins = "0123456789+-.";
  bool const number = kNumberBegins.find(word.front()) != std::string_view::npos;
  return {quoted(word) + " is not a value",
          number ? "numbers are written like 24 or 0.5, dates like 2026-06-01, text in quotes"
                 : "put text in quotes"};
}

/// 0xFF, 0o17, 0b101: no sign, at least one digit.
std::variant<TomlValue, CellProblem> read_based(std::string_view word) {
  struct Base {
    char letter;
    int base;
    std::string_view digits;
  };
  constexpr Base kBases[] = {
      {'x', 16, "0123456789abcdefABCDEF"}, {'o', 8, "01234567"}, {'b', 2, "01"}};
  for (Base const& base : kBases) {
    std::string_view rest = word.substr(2);
    if (word[1] != base.letter) {
      continue;
    }
    auto const digits = take_digits(rest, base.digits);
    if (digits && rest.empty()) {
      return integer(word, *digits, base.base);
    }
  }
  return no_value(word);
}

/// A decimal integer or float.
std::variant<TomlValue, CellProblem> read_decimal(std::string_view word) {
  std::string text = word.starts_with('-') ? "-" : "";
  std::string_view rest = word.substr(word.find_first_of("+-") == 0 ? 1 : 0);
  if (rest == "inf" || rest == "nan") {
    return value_of(TomlKind::kFloat, text + std::string{rest});
  }
  auto const whole = take_digits(rest, kDigits);
  if (!whole) {
    return no_value(word);
  }
  bool const zero = whole->size() > 1 && whole->front() == '0';
  text += *whole;
  bool const is_integer = rest.empty();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    auto const fraction = take_digits(rest, kDigits);
    if (!fraction) {
      return no_value(word);
    }
    text += "." + *fraction;
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    text += 'e';
    if (rest.starts_with('+') || rest.starts_with('-')) {
      text += rest.front();
      rest.remove_prefix(1);
    }
    auto const exponent = take_digits(rest, kDigits);
    if (!exponent) {
      return no_value(word);
    }
    text += *exponent;
  }
  if (!rest.empty()) {
    return no_value(word);
  }
  if (zero) {
    return CellProblem{quoted(word) + " begins with a zero", "leave it out"};
  }
  if (is_integer) {
    return integer(word, text, 10);
  }
  return value_of(TomlKind::kFloat, std::move(text));
}

}  // namespace

bool begins_with_date(std::string_view word) {
  return begins_like(word, "9999-99-99");
}

std::variant<TomlValue, CellProblem> read_toml_word(std::string_view word) {
  if (word == "true" || word == "false") {
    return value_of(TomlKind::kBoolean, std::string{word});
  }
  if (begins_with_date(word)) {
    return read_date(word);
  }
  if (begins_like(word, "99:99")) {
    return CellProblem{quoted(word) + " is a time of day", "a scenario knows days only"};
  }
  bool const based =
      word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'o' || word[1] == 'b');
  return based ? read_based(word) : read_decimal(word);
}

}  // namespace guarantor::tables
