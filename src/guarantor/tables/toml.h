#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/scenario_folder.h"

/// TOML 1.0 as far as a flat file needs it: keys, dotted keys and tables, texts, numbers, yes and
/// no, dates, lists. Tables in braces, lists of tables, times and dates with a time are refused.
namespace guarantor::tables {

enum class TomlKind { kText, kInteger, kFloat, kBoolean, kDate, kList, kTable };

struct TomlValue {
  TomlKind kind{TomlKind::kText};
  LineColumn at;  ///< its first character; of a table, the bracket of its header
  /// A text without its quotes, its line ends as LF; an integer in decimal digits; a float as it
  /// stands, without `+` and `_`; a date as YYYY-MM-DD; `true` or `false`.
  std::string text{};
  LineColumn text_at{};            ///< where the text begins, behind its quotes
  std::vector<TomlValue> items{};  ///< of a list
};

/// A key, or the header of a table, and what it stands for.
struct TomlEntry {
  std::string name;  ///< with its tables, dots between; parts that a dot or quote is in are quoted
  LineColumn at;
  std::optional<TomlValue> value{};  ///< nothing where it could not be read, which is told already
};

struct TomlDocument {
  std::vector<TomlEntry> entries;  ///< in order; of a key that stands twice, the first
  bool whole{true};                ///< false: there may be further keys, on lines not understood
};

/// Reads a TOML text. Every line that is none is an error, told once, and reading goes on behind
/// it; a file that is no UTF-8 is one error. Lists nest to `limits.nesting`, as keys do. O(length).
[[nodiscard]] TomlDocument parse_toml(std::string_view text, std::string const& file,
                                      Limits const& limits, Diagnostics& log);

}  // namespace guarantor::tables
