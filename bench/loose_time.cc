#include "bench/loose_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "guarantor/model/date.h"

namespace guarantor::bench {
namespace {

using std::chrono::microseconds;

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

/// A number of up to `most_digits` at the beginning, taken off `text`.
std::optional<int> take_number(std::string_view& text, std::size_t most_digits) {
  std::size_t length = 0;
  while (length < std::min(text.size(), most_digits) && is_digit(text[length])) {
    ++length;
  }
  std::string_view const digits = text.substr(0, length);
  int value = 0;
  auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  text.remove_prefix(length);
  return length > 0 && read.ec == std::errc{} ? std::optional{value} : std::nullopt;
}

/// One of `letters`, or several of them, taken off `text`.
bool take_any(std::string_view& text, std::string_view letters) {
  auto const end = std::min(text.find_first_not_of(letters), text.size());
  text.remove_prefix(end);
  return end > 0;
}

/// The month that is written out, or by its first three letters, taken off `text`.
std::optional<int> take_month(std::string_view& text) {
  constexpr std::array<std::string_view, 12> kMonths{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  constexpr std::size_t kShort = 3;
  auto const length = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size());
  std::string_view const name = text.substr(0, length);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (name == kMonths.at(i) || name == kMonths.at(i).substr(0, kShort)) {
      text.remove_prefix(length);
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

std::optional<model::Date> date_of(int year, int month, int day) {
  return model::parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

/// A day that stands before its month, taken off `text`.
std::optional<model::Date> take_day_first(std::string_view& text) {
  auto const day = take_number(text, 2);
  if (!day || text.empty()) {
    return std::nullopt;
  }
  std::string_view const mark = text.substr(0, 1);
  std::optional<int> month;
  if (mark == "/" || mark == ".") {
    text.remove_prefix(1);
    month = take_number(text, 2);
  } else {
    month = take_any(text, " -") ? take_month(text) : std::nullopt;
  }
  bool const parted = mark == "/" || mark == "." ? text.starts_with(mark) : text.size() > 1;
  if (!month || !parted || !take_any(text, "/. ,-")) {
    return std::nullopt;
  }
  std::size_t const before = text.size();
  auto const year = take_number(text, 4);
  return year && before - text.size() == 4 ? date_of(*year, *month, *day) : std::nullopt;
}

/// A date in any of the ways, taken off `text`.
std::optional<model::Date> take_date(std::string_view& text) {
  constexpr std::size_t kLength = 10;
  constexpr std::size_t kCompact = 8;
  if (auto const date = model::parse_date(text.substr(0, kLength))) {
    text.remove_prefix(kLength);
    return date;
  }
  auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == kCompact) {
    auto const year = take_number(text, 4);
    auto const month = take_number(text, 2);
    auto const day = take_number(text, 2);
    return date_of(*year, *month, *day);
  }
  return take_day_first(text);
}

/// Two digits at `at`, no more than `most`.
std::optional<int> two_digits(std::string_view text, std::size_t at, int most) {
  if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) {
    return std::nullopt;
  }
  int const value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return value <= most ? std::optional{value} : std::nullopt;
}

/// Minutes to take off for a zone: empty, `Z`, `+hh`, `+hhmm`, `+hh:mm`.
std::optional<std::chrono::minutes> zone_offset(std::string_view text) {
  take_any(text, " ");
  if (text.empty() || text == "z" || text == "utc") {
    return std::chrono::minutes{0};
  }
  bool const signed_zone = text.front() == '+' || text.front() == '-';
  auto const hours = signed_zone ? two_digits(text, 1, 14) : std::nullopt;
  std::size_t const at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  auto const minutes = text.size() == 3 ? std::optional{0} : two_digits(text, at, 59);
  if (!hours || !minutes || (text.size() != 3 && text.size() != at + 2)) {
    return std::nullopt;
  }
  std::chrono::minutes const offset{*hours * 60 + *minutes};
  return text.front() == '-' ? -offset : offset;
}

/// `hh:mm`, with seconds, their parts and a zone where they are.
std::optional<microseconds> clock_time(std::string_view text) {
  auto const hour = two_digits(text, 0, 23);
  auto const minute = two_digits(text, 3, 59);
  if (!hour || !minute || text[2] != ':') {
    return std::nullopt;
  }
  microseconds time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  text.remove_prefix(5);
  if (text.starts_with(':')) {
    auto const second = two_digits(text, 1, 59);
    if (!second) {
      return std::nullopt;
    }
    time += std::chrono::seconds{*second};
    text.remove_prefix(3);
  }
  if (text.starts_with('.')) {
    auto const end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    std::int64_t worth = 100'000;
    for (std::size_t i = 1; i < end; ++i, worth /= 10) {
      time += microseconds{(text[i] - '0') * worth};
    }
    text.remove_prefix(end);
  }
  auto const offset = zone_offset(text);
  return offset ? std::optional{time - *offset} : std::nullopt;
}

}  // namespace

std::string trimmed_lower(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  auto const begin = std::min(text.find_first_not_of(kBlank), text.size());
  text.remove_prefix(begin);
  std::string lower{text.substr(0, text.find_last_not_of(kBlank) + 1)};
  std::ranges::transform(lower, lower.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return lower;
}

std::optional<model::Instant> parse_loose_time(std::string_view text, bool& timed) {
  std::string const lower = trimmed_lower(text);
  std::string_view rest{lower};
  auto const day = take_date(rest);
  if (!day) {
    return std::nullopt;
  }
  if (rest.empty()) {
    timed = false;
    return *day;
  }
  if (rest[0] != ' ' && rest[0] != 't') {
    return std::nullopt;
  }
  auto const time = clock_time(rest.substr(1));
  return time ? std::optional<model::Instant>{*day + *time} : std::nullopt;
}

std::optional<microseconds> parse_time_of_day(std::string_view text, bool bare_digits) {
  std::string time = trimmed_lower(text);
  bool const digits = time.find_first_not_of("0123456789") == std::string::npos;
  constexpr std::size_t kHourAndMinute = 4;
  if (digits && (time.size() > kHourAndMinute || time.size() < (bare_digits ? 1 : 3))) {
    return std::nullopt;
  }
  if (digits) {
    time.insert(0, kHourAndMinute - time.size(), '0');
    time.insert(2, ":");
  } else if (time.find(':') == 1) {
    time.insert(0, "0");
  }
  return clock_time(time);
}

}  // namespace guarantor::bench
