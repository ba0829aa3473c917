#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How text survives a workbook: its files write a character that XML cannot hold as `_xHHHH_`, so
/// a text that looks like that must be escaped itself.
namespace guarantor::tables {

/// What a workbook's cell holds at most, in UTF-16 units.
inline constexpr std::size_t kMostCellUnits = 32767;

/// The length of a text as a workbook counts it.
[[nodiscard]] std::size_t count_utf16_units(std::string_view text);

/// The text with each `_` that begins something like `_xHHHH_` written as `_x005F_`.
[[nodiscard]] std::string escape_cell(std::string_view text);

/// The text with every `_xHHHH_` turned back into its character.
[[nodiscard]] std::string unescape_cell(std::string_view text);

/// Cuts a text between characters into pieces of at most `most_bytes` (at least 4).
[[nodiscard]] std::vector<std::string> cut_cell(std::string_view text, std::size_t most_bytes);

}  // namespace guarantor::tables
