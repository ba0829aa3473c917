#pragma once

#include <optional>
#include <string_view>

namespace guarantor::ledger {

/// Takes the first character off a UTF-8 text. Nothing, and the text as it was, where it is empty
/// or does not begin with a character as RFC 3629 writes it: the shortest form, no surrogates, none
/// above U+10FFFF.
[[nodiscard]] std::optional<char32_t> take_character(std::string_view& text);

[[nodiscard]] bool is_utf8(std::string_view text);

/// Whether Unicode calls it a space (the property White_Space).
[[nodiscard]] bool is_space(char32_t character);

}  // namespace guarantor::ledger
