#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guarantor::ledger {

/// Appends a character's UTF-8. REQUIRES: one that UTF-8 can write.
void append_utf8(std::string& out, char32_t character);

/// Appends a character as it stands within a canonical JSON string (RFC 8785, 3.2.2.2).
/// REQUIRES: one that UTF-8 can write.
void append_canonical_character(std::string& out, char32_t character);

/// How many of the first bytes stand for themselves in a canonical JSON string: ASCII, but no
/// quote, no backslash, no control character.
[[nodiscard]] std::size_t plain_bytes(std::string_view text);

/// Whether a comes before b by their UTF-16 units (RFC 8785, 3.2.3), which for characters beyond
/// U+FFFF is not the order of their UTF-8. REQUIRES: both are UTF-8.
[[nodiscard]] bool less_by_utf16(std::string_view a, std::string_view b);

}  // namespace guarantor::ledger
