#pragma once

#include <string_view>

namespace guarantor::intake {

/// Whether the bytes are UTF-8 as RFC 3629 has it: shortest forms, no surrogates, none above
/// U+10FFFF. O(length); eight bytes at a time where they are ASCII.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The longest beginning of the text that is UTF-8.
[[nodiscard]] std::string_view whole_characters(std::string_view text);

/// Without the blanks, tabs and carriage returns around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace guarantor::intake
