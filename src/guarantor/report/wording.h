#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/capability.h"
#include "guarantor/model/coalition.h"
#include "guarantor/model/date.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/quantity.h"

/// How the project says things to people, in one place for every rendering.
namespace guarantor::report {

/// `1 June 2026`.
[[nodiscard]] std::string long_date(model::Date date);
/// `Jun 2026`.
[[nodiscard]] std::string short_month(model::Date date);
/// The first day of a month of 30 days counted from C-day.
[[nodiscard]] model::Date month_start(model::Date c_day, model::Months month);
/// The calendar day a number of days after C-day, rounded up to whole days; far ones are held
/// within a hundred years.
[[nodiscard]] model::Date day_of(model::Date c_day, model::Days days);

/// `12 345`, with narrow no-break spaces.
[[nodiscard]] std::string grouped(std::int64_t number);
/// At most `digits` decimals, none where they are zero; `∞` where there is no figure.
[[nodiscard]] std::string decimal(double number, int digits);
/// A share as a percentage, rounded towards what is missing: 100 % only when it is whole, 0 % only
/// when it is nothing.
[[nodiscard]] std::string percent(double share);
/// Numbers up to nine in words, others in figures.
[[nodiscard]] std::string count_word(std::int64_t number);
/// `one line`, `12 lines`.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view singular);
[[nodiscard]] std::string plural(std::string_view noun);

/// `a, b and c`.
[[nodiscard]] std::string listed(std::vector<std::string> const& items,
                                 std::string_view last = "and");
/// As `listed`, but no longer than about `columns`: then the last item is "3 more" of `what`. At
/// least one item stands.
[[nodiscard]] std::string listed_within(std::vector<std::string> const& items, std::size_t columns,
                                        std::string_view what, std::string_view last = "and");
/// Shares of a whole as whole percentages that add up to 100, by largest remainder.
[[nodiscard]] std::vector<int> whole_percents(std::vector<double> const& shares);
/// The first letter in capitals.
[[nodiscard]] std::string capitalised(std::string text);
/// An identifier as words: `air-defence.short` is "air defence short".
[[nodiscard]] std::string humanised(std::string_view identifier);

/// `three companies of Mechanised infantry`, `two minehunters`, `800 thousand soldiers (Armed
/// forces)`. Titles stand as given: their first word may be a proper noun.
[[nodiscard]] std::string units_of(model::Units units, model::Capability const& capability);

[[nodiscard]] std::string_view explain(model::GapReason reason);
/// The same in at most 38 columns.
[[nodiscard]] std::string_view explain_briefly(model::GapReason reason);
[[nodiscard]] std::string_view explain(model::ConditionKind kind);
[[nodiscard]] std::string_view explain(model::ConditionMode mode);
/// What was proven about the plan, as one sentence.
[[nodiscard]] std::string explain_proof(model::ForcePlan const& plan);

}  // namespace guarantor::report
