#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text that came from outside, made fit to be shown: on a terminal or on a page.
namespace guarantor::report {

/// The text as valid UTF-8 on one line: control characters, line breaks and marks that turn the
/// direction of writing become spaces, broken bytes become U+FFFD. Nothing in it can steer a
/// terminal.
[[nodiscard]] std::string clean(std::string_view text);

/// Columns the text takes on a terminal: one a code point, none for combining marks, two for wide
/// East Asian ones. REQUIRES: `text` is clean.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text cut to at most `columns`, an ellipsis last where something was cut.
/// REQUIRES: `text` is clean and `columns` >= 1.
[[nodiscard]] std::string fit(std::string_view text, std::size_t columns);

/// The text cut or filled with spaces to exactly `columns`. Same requirements.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t columns);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t columns);

/// The text broken at spaces into lines of at most `columns`, each ended by a line break; the first
/// begins with `lead`, the others with as many blanks. Words longer than a line are cut.
/// REQUIRES: `text` and `lead` are clean; `lead` leaves at least ten columns.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t columns, std::string_view lead);

}  // namespace guarantor::report
