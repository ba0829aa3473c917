#pragma once

#include <optional>
#include <string>

#include "guarantor/tables/toml_cursor.h"

namespace guarantor::tables {

/// A text in quotes.
struct TomlText {
  std::string text;
  LineColumn at;    ///< behind the quotes that open it
  bool good{true};  ///< false: something in it is wrong, and told
};

/// Where a text stands: keys take one line, values may take several between three quotes.
enum class TomlTextPlace { kKey, kValue };

/// Reads the text whose quote stands at the cursor, in double quotes with escapes, in single ones
/// without. Nothing, and told, where it is never closed; then the cursor stands at the end of the
/// line, or of the file where three quotes opened it. O(length).
[[nodiscard]] std::optional<TomlText> read_toml_text(TomlCursor& cursor, TomlTextPlace where);

}  // namespace guarantor::tables
