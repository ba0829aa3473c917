#include "guarantor/model/date.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace guarantor::model {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const all_digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (error != std::errc{} || end != text.data() + text.size() || !all_digits) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  constexpr std::size_t kLength = 10;
  if (text.size() != kLength || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  auto const year = digits(text.substr(0, 4));
  auto const month = digits(text.substr(5, 2));
  auto const day = digits(text.substr(8, 2));
  if (!year || !month || !day) {
    return std::nullopt;
  }
  std::chrono::year_month_day const date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional{Date{date}} : std::nullopt;
}

std::string print(Date date) {
  std::chrono::year_month_day const parts{date};
  std::array<char, 32> text{};
  int const length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int{parts.year()},
                                   unsigned{parts.month()}, unsigned{parts.day()});
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace guarantor::model
