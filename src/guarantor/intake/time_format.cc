#include "guarantor/intake/time_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "guarantor/model/date.h"

namespace guarantor::intake {
namespace {

using model::Instant;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr microseconds kShortest{1};
constexpr std::chrono::year kFirstYearOfRule{1997};

/// A zone of the European Union's rule and its hours from UTC in winter.
constexpr std::array<std::pair<std::string_view, int>, 26> kZones{
    {{"Europe/Kyiv", 2},      {"Europe/Kiev", 2},       {"Europe/Bucharest", 2},
     {"Europe/Sofia", 2},     {"Europe/Athens", 2},     {"Europe/Helsinki", 2},
     {"Europe/Tallinn", 2},   {"Europe/Riga", 2},       {"Europe/Vilnius", 2},
     {"Europe/Warsaw", 1},    {"Europe/Berlin", 1},     {"Europe/Paris", 1},
     {"Europe/Rome", 1},      {"Europe/Madrid", 1},     {"Europe/Vienna", 1},
     {"Europe/Prague", 1},    {"Europe/Budapest", 1},   {"Europe/Brussels", 1},
     {"Europe/Amsterdam", 1}, {"Europe/Copenhagen", 1}, {"Europe/Stockholm", 1},
     {"Europe/Oslo", 1},      {"Europe/Zurich", 1},     {"Europe/London", 0},
     {"Europe/Dublin", 0},    {"Europe/Lisbon", 0}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// From `least` to `most` digits off the text's beginning, as many as there are.
std::optional<std::int64_t> take_digits(std::string_view& text, std::size_t least,
                                        std::size_t most) {
  std::int64_t value = 0;
  std::size_t count = 0;
  while (count < most && count < text.size() && is_digit(text[count])) {
    value = value * 10 + (text[count] - '0');
    ++count;
  }
  if (count < least) {
    return std::nullopt;
  }
  text.remove_prefix(count);
  return value;
}

/// `Z`, `+02:00`, `+0200`, `+02` or `+2` off the text's beginning.
std::optional<minutes> take_offset(std::string_view& text) {
  if (text.starts_with('Z')) {
    text.remove_prefix(1);
    return minutes{0};
  }
  if (!text.starts_with('+') && !text.starts_with('-')) {
    return std::nullopt;
  }
  bool const west = text.front() == '-';
  text.remove_prefix(1);
  auto const hours = take_digits(text, 1, 2);
  std::int64_t rest = 0;
  if (text.starts_with(':')) {
    text.remove_prefix(1);
    auto const given = take_digits(text, 2, 2);
    if (!given) {
      return std::nullopt;
    }
    rest = *given;
  } else if (!text.empty() && is_digit(text.front())) {
    auto const given = take_digits(text, 2, 2);
    if (!given) {
      return std::nullopt;
    }
    rest = *given;
  }
  if (!hours || *hours > 14 || rest > 59) {
    return std::nullopt;
  }
  minutes const offset{*hours * 60 + rest};
  return west ? -offset : offset;
}

/// When clocks are changed in a month of a year: its last Sunday, 01:00 UTC.
Instant change(std::chrono::year year, std::chrono::month month) {
  sys_days const sunday{year / month / std::chrono::Sunday[std::chrono::last]};
  return sunday + std::chrono::hours{1};
}

}  // namespace

TimeSpan span_of_day(sys_days day) {
  return {day, Instant{day} + std::chrono::days{1} - kShortest};
}

std::optional<TimeZone> TimeZone::parse(std::string_view text) {
  TimeZone zone;
  if (text == "UTC") {
    return zone;
  }
  for (auto const& [name, hours] : kZones) {
    if (name == text) {
      zone.offset_ = std::chrono::hours{hours};
      zone.has_summer_ = true;
      return zone;
    }
  }
  auto const offset = take_offset(text);
  if (!offset || !text.empty()) {
    return std::nullopt;
  }
  zone.offset_ = *offset;
  return zone;
}

std::optional<Instant> TimeZone::to_utc(Instant local) const {
  Instant const in_winter = local - offset_;
  if (!has_summer_) {
    return in_winter;
  }
  std::chrono::year const year =
      std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local)}.year();
  if (year < kFirstYearOfRule) {
    return std::nullopt;
  }
  Instant const in_summer = in_winter - std::chrono::hours{1};
  bool const summer = in_summer >= change(year, std::chrono::March) &&
                      in_summer < change(year, std::chrono::October);
  return summer ? in_summer : in_winter;
}

struct TimeFormat::Fields {
  std::int64_t year{};
  std::int64_t month{};
  std::int64_t day{};
  std::int64_t hour{};
  std::int64_t minute{};
  std::int64_t second{};
  microseconds fraction{};
  bool afternoon{};
  std::optional<minutes> offset{};
  std::optional<Instant> epoch{};
};

std::optional<TimeFormat::Step> TimeFormat::take_step(std::string_view& pattern) {
  constexpr std::size_t kAny = 18;
  struct Token {
    std::string_view text;
    Step step;
  };
  static constexpr std::array<Token, 14> kTokens{{{"epoch-ms", {Part::kEpochMilliseconds, 1, kAny}},
                                                  {"epoch-s", {Part::kEpochSeconds, 1, kAny}},
                                                  {"YYYY", {Part::kYear, 4, 4}},
                                                  {"MM", {Part::kMonth, 2, 2}},
                                                  {"M", {Part::kMonth, 1, 2}},
                                                  {"DD", {Part::kDay, 2, 2}},
                                                  {"D", {Part::kDay, 1, 2}},
                                                  {"hh", {Part::kHour, 2, 2}},
                                                  {"h", {Part::kHour, 1, 2}},
                                                  {"mm", {Part::kMinute, 2, 2}},
                                                  {"ss", {Part::kSecond, 2, 2}},
                                                  {".f", {Part::kFraction, 1, 9}},
                                                  {"AM", {Part::kHalfDay}},
                                                  {"Z", {Part::kOffset}}}};
  for (Token const& token : kTokens) {
    if (pattern.starts_with(token.text)) {
      pattern.remove_prefix(token.text.size());
      return token.step;
    }
  }
  char const c = pattern.front();
  bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (letter && c != 'T') {
    return std::nullopt;
  }
  pattern.remove_prefix(1);
  return Step{.part = Part::kLiteral, .literal = c};
}

bool TimeFormat::has(Part part) const {
  return std::ranges::any_of(steps_, [&](Step const& step) { return step.part == part; });
}

model::Result<TimeFormat> TimeFormat::parse(std::string_view pattern) {
  TimeFormat format;
  for (std::string_view rest = pattern; !rest.empty();) {
    auto const step = take_step(rest);
    if (!step) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format("`{}` means nothing in the time format `{}`", rest.front(), pattern),
          "YYYY, MM, M, DD, D, hh, h, mm, ss, .f, AM, Z, T, epoch-s, epoch-ms"};
    }
    format.steps_.push_back(*step);
  }
  bool const epoch = format.has(Part::kEpochSeconds) || format.has(Part::kEpochMilliseconds);
  bool const day = format.has(Part::kYear) && format.has(Part::kMonth) && format.has(Part::kDay);
  if (epoch ? format.steps_.size() != 1 : !day) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("the time format `{}` has no year, month and day", pattern),
                        "such as YYYY-MM-DD hh:mm:ss"};
  }
  return format;
}

bool TimeFormat::take(Step const& step, std::string_view& text, Fields& fields) {
  auto const number = [&](std::int64_t& field) {
    auto const value = take_digits(text, step.least, step.most);
    field = value.value_or(0);
    return value.has_value();
  };
  std::int64_t value = 0;
  switch (step.part) {
    case Part::kYear:
      return number(fields.year);
    case Part::kMonth:
      return number(fields.month);
    case Part::kDay:
      return number(fields.day);
    case Part::kHour:
      return number(fields.hour);
    case Part::kMinute:
      return number(fields.minute);
    case Part::kSecond:
      return number(fields.second);
    case Part::kFraction: {
      if (!text.starts_with('.')) {
        return true;
      }
      text.remove_prefix(1);
      std::size_t const before = text.size();
      if (!number(value)) {
        return false;
      }
      for (std::size_t i = before - text.size(); i < step.most; ++i) {
        value *= 10;
      }
      fields.fraction = microseconds{value / 1000};
      return true;
    }
    case Part::kHalfDay: {
      std::string_view const word = text.substr(0, 2);
      fields.afternoon = word == "PM" || word == "pm";
      text.remove_prefix(word.size());
      return fields.afternoon || word == "AM" || word == "am";
    }
    case Part::kOffset:
      fields.offset = take_offset(text);
      return fields.offset.has_value();
    case Part::kEpochSeconds:
    case Part::kEpochMilliseconds: {
      if (!number(value)) {
        return false;
      }
      std::int64_t const unit = step.part == Part::kEpochSeconds ? 1'000'000 : 1'000;
      if (value > std::numeric_limits<std::int64_t>::max() / unit) {
        return false;
      }
      fields.epoch = Instant{microseconds{value * unit}};
      return true;
    }
    case Part::kLiteral:
      break;
  }
  bool const same = text.starts_with(step.literal);
  text.remove_prefix(same ? 1 : 0);
  return same;
}

std::optional<TimeSpan> TimeFormat::assemble(Fields const& fields, TimeZone const& zone) const {
  if (fields.epoch) {
    return TimeSpan{*fields.epoch, *fields.epoch};
  }
  std::chrono::year_month_day const date{std::chrono::year{static_cast<int>(fields.year)},
                                         std::chrono::month{static_cast<unsigned>(fields.month)},
                                         std::chrono::day{static_cast<unsigned>(fields.day)}};
  std::int64_t hour = fields.hour;
  if (has(Part::kHalfDay)) {
    if (hour < 1 || hour > 12) {
      return std::nullopt;
    }
    hour = hour % 12 + (fields.afternoon ? 12 : 0);
  }
  if (!date.ok() || hour > 23 || fields.minute > 59 || fields.second > 59) {
    return std::nullopt;
  }
  Instant const local = sys_days{date} + std::chrono::hours{hour} + minutes{fields.minute} +
                        std::chrono::seconds{fields.second} + fields.fraction;
  Instant last = local;
  if (!has(Part::kHour)) {
    last += std::chrono::days{1} - kShortest;
  } else if (!has(Part::kMinute)) {
    last += std::chrono::hours{1} - kShortest;
  } else if (!has(Part::kSecond)) {
    last += minutes{1} - kShortest;
  }
  if (fields.offset) {
    return TimeSpan{local - *fields.offset, last - *fields.offset};
  }
  auto const from = zone.to_utc(local);
  auto const to = zone.to_utc(last);
  return from && to ? std::optional{TimeSpan{*from, *to}} : std::nullopt;
}

std::optional<TimeSpan> TimeFormat::read(std::string_view text, TimeZone const& zone) const {
  Fields fields;
  for (Step const& step : steps_) {
    if (!take(step, text, fields)) {
      return std::nullopt;
    }
  }
  return text.empty() ? assemble(fields, zone) : std::nullopt;
}

std::vector<TimeFormat> iso_formats() {
  std::vector<TimeFormat> formats;
  for (std::string_view const pattern :
       {"YYYY-MM-DD", "YYYY-MM-DDThh:mm:ss.fZ", "YYYY-MM-DD hh:mm:ss.fZ", "YYYY-MM-DDThh:mm:ss.f",
        "YYYY-MM-DD hh:mm:ss.f", "YYYY-MM-DDThh:mmZ", "YYYY-MM-DD hh:mmZ", "YYYY-MM-DDThh:mm",
        "YYYY-MM-DD hh:mm"}) {
    formats.push_back(TimeFormat::parse(pattern).value());
  }
  return formats;
}

}  // namespace guarantor::intake
