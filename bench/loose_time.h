#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/instant.h"

/// Dates and times as the tables of many publishers write them.
namespace guarantor::bench {

/// Without blanks around it, capitals A to Z made small.
[[nodiscard]] std::string trimmed_lower(std::string_view text);

/// `2022-03-04`, `20220304`, `4/3/2022` and `04.03.2022` (the day first), `4 March 2022`,
/// `4-Mar-2022`; after any of them a time: `05:06`, `T05:06:07.5Z`, `05:06:07 +02:00`. Nothing for
/// other texts. `timed` is told false where there was no time of day.
[[nodiscard]] std::optional<model::Instant> parse_loose_time(std::string_view text, bool& timed);

/// What is to be added to a day: `10:00`, `9:05:30`, `10:00+02:00`, `1000`, `955`. With
/// `bare_digits`, `5` is five minutes past midnight, as where zeros before a number were lost.
[[nodiscard]] std::optional<std::chrono::microseconds> parse_time_of_day(std::string_view text,
                                                                         bool bare_digits);

}  // namespace guarantor::bench
