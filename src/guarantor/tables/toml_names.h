#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace guarantor::tables {

/// A key as it is written: its parts, between dots.
using TomlPath = std::vector<std::string>;

/// The path with dots between its parts, in quotes where a part would not be clear without. Two
/// paths have one text only if they are equal.
[[nodiscard]] std::string dotted(std::span<std::string const> path);

/// The names that stand in a TOML text, to find those that stand twice.
class TomlNames {
 public:
  /// A name that stands already, and where.
  struct Clash {
    std::string name;
    std::uint64_t line{};
  };

  /// Opens the table of a header, in which the following keys stand. O(parts log names).
  [[nodiscard]] std::optional<Clash> open_table(TomlPath const& path, std::uint64_t line);
  /// Adds a key of the open table. O(parts log names).
  [[nodiscard]] std::optional<Clash> add_key(TomlPath const& path, std::uint64_t line);
  /// The whole name of a key of the open table.
  [[nodiscard]] std::string name_of(TomlPath const& path) const;

 private:
  /// What made a name: a value, a header, a longer header, a longer key.
  enum class Made { kByValue, kByHeader, kByLongerHeader, kByLongerKey };
  struct Name {
    Made made{Made::kByHeader};
    std::uint64_t line{};
    std::map<std::string, std::size_t> parts;  ///< indices of the names below
  };

  /// The name below `parent`, made if there is none.
  std::size_t below(std::size_t parent, std::string const& part, Made made, std::uint64_t line);

  std::vector<Name> names_{Name{}};  ///< the first is the whole text
  std::size_t open_{};
  TomlPath open_path_;
};

}  // namespace guarantor::tables
