#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guarantor::intake {

/// What is wrong with a line of a mapping file.
struct MappingProblem {
  std::size_t line{};  ///< from 1; 0: the file as a whole
  std::string message;

  friend bool operator==(MappingProblem const&, MappingProblem const&) = default;
};

/// One `key = value` of a mapping file.
struct MappingEntry {
  std::string table;  ///< as in `[words.kind]`; empty before the first
  std::string key;
  std::vector<std::string> values;  ///< one, or those of a list
  bool is_list{};
  bool is_text{};  ///< in quotes; else a number, true or false
  std::size_t line{};
};

/// The part of TOML 1.0 that a mapping needs: a line is blank, a comment, `[table]`, or
/// `key = value`, where a key is bare or in quotes and a value a text in quotes, a number, true,
/// false, or a list of texts in one line. Lines that are none of these are told to `problems`, each
/// once. O(length).
[[nodiscard]] std::vector<MappingEntry> parse_mapping_text(std::string_view text,
                                                           std::vector<MappingProblem>& problems);

}  // namespace guarantor::intake
