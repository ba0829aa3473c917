#include "guarantor/model/instant.h"

#include <fmt/format.h>

#include <cstdint>

#include "guarantor/model/date.h"

namespace guarantor::model {
namespace {

constexpr std::size_t kDateLength = 10;
constexpr std::size_t kToSeconds = 19;  // YYYY-MM-DDThh:mm:ss
constexpr std::size_t kMostDigits = 6;

/// Digits alone, all of them.
std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t value = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional{value};
}

/// The part of a second in microseconds; `text` is empty, or `.` and up to six digits.
std::optional<std::int64_t> fraction(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  if (text.front() != '.' || text.size() > kMostDigits + 1) {
    return std::nullopt;
  }
  auto const value = digits(text.substr(1));
  if (!value) {
    return std::nullopt;
  }
  std::int64_t micros = *value;
  for (std::size_t i = text.size(); i < kMostDigits + 1; ++i) {
    micros *= 10;
  }
  return micros;
}

}  // namespace

std::string print(Instant instant) {
  auto const day = std::chrono::floor<std::chrono::days>(instant);
  std::chrono::hh_mm_ss const time{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", print(Date{day}), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() <= kToSeconds || text.back() != 'Z' || text[kDateLength] != 'T' ||
      text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  auto const day = parse_date(text.substr(0, kDateLength));
  auto const hours = digits(text.substr(11, 2));
  auto const minutes = digits(text.substr(14, 2));
  auto const seconds = digits(text.substr(17, 2));
  auto const micros = fraction(text.substr(kToSeconds, text.size() - kToSeconds - 1));
  if (!day || !hours || !minutes || !seconds || !micros || *hours > 23 || *minutes > 59 ||
      *seconds > 59) {
    return std::nullopt;
  }
  return Instant{*day} + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         std::chrono::seconds{*seconds} + std::chrono::microseconds{*micros};
}

}  // namespace guarantor::model
