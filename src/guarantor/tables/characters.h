#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Text as people count it: UTF-8 characters, lines and columns.
namespace guarantor::tables {

/// A place in a text: line and column from 1, the column in characters.
struct LineColumn {
  std::uint64_t line{1};
  std::uint64_t column{1};

  friend bool operator==(LineColumn, LineColumn) = default;
};

/// Why a text is not the UTF-8 it must be, and where that shows.
struct EncodingProblem {
  std::size_t offset{};
  std::string message;
  std::string hint;
};

/// True for bytes that continue a character and so do not count as one.
[[nodiscard]] constexpr bool continues_character(char byte) {
  constexpr unsigned kMask = 0xC0;
  constexpr unsigned kContinuation = 0x80;
  return (static_cast<unsigned char>(byte) & kMask) == kContinuation;
}

/// The first thing that keeps `text` from being UTF-8 text: UTF-16 or UTF-32 by its byte order mark
/// or its pattern of NULs, a byte sequence that is no character, or a NUL. O(length).
[[nodiscard]] std::optional<EncodingProblem> find_encoding_problem(std::string_view text);

/// The text without byte order marks at its beginning; joining files leaves several.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view text);

/// Where the byte at `offset` stands. O(offset).
[[nodiscard]] LineColumn line_column(std::string_view text, std::size_t offset);

/// Answers `line_column` many times over one text, which must outlive it. Preparation is O(length),
/// an answer O(log lines).
class PlaceIndex {
 public:
  explicit PlaceIndex(std::string_view text);
  [[nodiscard]] LineColumn at(std::size_t offset) const;

 private:
  [[nodiscard]] std::size_t characters_before(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> line_starts_{0};
  std::vector<std::size_t> block_characters_;  ///< characters before each block of the text
};

/// How many characters a UTF-8 text has.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// The first bytes of a text for a message, cut between characters, control characters and bytes
/// that are no character made visible, with an ellipsis where something was cut.
[[nodiscard]] std::string excerpt(std::string_view text);

/// The text without blanks (space and tab) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The offset of the first control character other than tab and line feed, which no cell may hold.
[[nodiscard]] std::optional<std::size_t> find_control_character(std::string_view text);

}  // namespace guarantor::tables
