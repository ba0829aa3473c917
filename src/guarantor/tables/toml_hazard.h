#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guarantor::tables {

/// A place in a TOML text that the TOML library would not survive.
struct TomlHazard {
  std::size_t offset{};
  std::string message;
  std::string hint;
};

/// The first hazard: nesting deeper than `deepest`, by brackets or by the dots of a key (the
/// library recurses along both and limits only the former), or a letter beyond ASCII outside quotes
/// and comments (no TOML; the library's letter tables run into undefined behaviour on some). Quotes
/// and brackets where none can open are one too: there the library sees a word and we would see
/// text. O(length).
[[nodiscard]] std::optional<TomlHazard> find_toml_hazard(std::string_view text, int deepest);

}  // namespace guarantor::tables
