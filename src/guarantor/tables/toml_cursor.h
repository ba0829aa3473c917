#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/diagnostics.h"

namespace guarantor::tables {

/// Walks through a TOML text that is UTF-8 without NUL, knows the place, and tells what is wrong
/// there: once a line, and up to a number of lines, after which it stands at the end.
class TomlCursor {
 public:
  TomlCursor(std::string_view text, std::string const& file, std::size_t most_errors,
             Diagnostics& log);

  [[nodiscard]] bool at_end() const { return next_ == text_.size(); }
  /// The next byte, or NUL at the end of the text.
  [[nodiscard]] char current() const { return at_end() ? '\0' : text_[next_]; }
  /// The next character, of one byte or several.
  [[nodiscard]] std::string_view character() const;
  [[nodiscard]] std::string_view rest() const { return text_.substr(next_); }
  /// Before LF, CRLF or the end of the text.
  [[nodiscard]] bool at_line_end() const;
  /// Whether nothing but blanks stands before this on its line.
  [[nodiscard]] bool begins_line() const;
  [[nodiscard]] LineColumn place() const { return at_; }
  /// Whether an error on this line is told already.
  [[nodiscard]] bool told_on_line() const { return told_.contains(at_.line); }
  /// Whether something kept the text from being read to its end.
  [[nodiscard]] bool stopped() const { return stopped_; }

  void advance(std::size_t bytes = 1);
  void skip_blanks();
  /// Passes over the rest of the line, without its end, and tells of control characters.
  void skip_comment();
  void skip_line_end();
  void skip_line();

  void error(LineColumn at, std::string message, std::string hint);
  /// An error after which nothing more is read.
  void stop(LineColumn at, std::string message, std::string hint);
  /// Whether a control character, tab and line ends aside, stands here; it is told.
  bool refuse_control_character();

 private:
  std::string_view text_;
  std::string const& file_;
  std::size_t most_errors_;
  Diagnostics& log_;
  std::size_t next_{};
  std::size_t line_begin_{};
  LineColumn at_;
  std::set<std::uint64_t> told_;  ///< lines
  bool stopped_{};
};

}  // namespace guarantor::tables
