#pragma once

#include <string_view>
#include <variant>

#include "guarantor/tables/numbers.h"
#include "guarantor/tables/toml.h"

namespace guarantor::tables {

/// Whether a word begins as a date does, YYYY-MM-DD, whatever the day.
[[nodiscard]] bool begins_with_date(std::string_view word);

/// What a word without quotes says: a number, a date, `true` or `false`; or why it is none of
/// these. The value's places are left to the caller. O(length).
[[nodiscard]] std::variant<TomlValue, CellProblem> read_toml_word(std::string_view word);

}  // namespace guarantor::tables
