#include "guarantor/tables/toml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

namespace guarantor::tables {
namespace {

constexpr std::string_view kEscapeHint =
    "for a backslash write \\\\, or put the text in single quotes";

bool is_character(std::uint32_t code) {
  constexpr std::uint32_t kFirstSurrogate = 0xD800;
  constexpr std::uint32_t kLastSurrogate = 0xDFFF;
  constexpr std::uint32_t kLast = 0x10FFFF;
  return code <= kLast && !(code >= kFirstSurrogate && code <= kLastSurrogate);
}

/// Appends a character as UTF-8.
void append_character(std::string& text, std::uint32_t code) {
  constexpr std::uint32_t kSixBits = 0x3F;
  constexpr std::uint32_t kContinues = 0x80;
  auto const append = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    append(code);
    return;
  }
  if (code < 0x800) {
    append(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    append(0xE0U | (code >> 12U));
    append(kContinues | ((code >> 6U) & kSixBits));
  } else {
    append(0xF0U | (code >> 18U));
    append(kContinues | ((code >> 12U) & kSixBits));
    append(kContinues | ((code >> 6U) & kSixBits));
  }
  append(kContinues | (code & kSixBits));
}

class TextReader {
 public:
  TextReader(TomlCursor& cursor, TomlTextPlace where)
      : cursor_{cursor},
        quote_{cursor.current()},
        three_(3, quote_),
        many_lines_{where == TomlTextPlace::kValue && cursor.rest().starts_with(three_)} {}

  std::optional<TomlText> read() {
    LineColumn const opened = cursor_.place();
    cursor_.advance(many_lines_ ? 3 : 1);
    if (many_lines_ && cursor_.at_line_end()) {
      cursor_.skip_line_end();
    }
    read_.at = cursor_.place();
    while (!at_close()) {
      if (cursor_.at_end() || (!many_lines_ && cursor_.at_line_end())) {
        tell_unclosed(opened);
        return std::nullopt;
      }
      read_next();
    }
    cursor_.advance(many_lines_ ? 3 : 1);
    // Before the three that close it, up to two more quotes may stand.
    for (int more = 0; many_lines_ && more < 2 && cursor_.current() == quote_; ++more) {
      read_.text += quote_;
      cursor_.advance();
    }
    return std::move(read_);
  }

 private:
  [[nodiscard]] bool at_close() const {
    return many_lines_ ? cursor_.rest().starts_with(three_) : cursor_.current() == quote_;
  }

  void tell_unclosed(LineColumn opened) {
    std::string message = "the quote that opens here is never closed";
    if (many_lines_) {  // and has taken the rest of the file
      cursor_.stop(opened, std::move(message), fmt::format("close it with {}", three_));
    } else {
      cursor_.error(opened, std::move(message),
                    fmt::format("close it with {} on its line", quote_));
    }
  }

  void read_next() {
    if (cursor_.at_line_end()) {
      read_.text += '\n';
      cursor_.skip_line_end();
    } else if (quote_ == '"' && cursor_.current() == '\\') {
      read_escape();
    } else {
      read_.good = !cursor_.refuse_control_character() && read_.good;
      read_.text += cursor_.current();
      cursor_.advance();
    }
  }

  void read_escape() {
    LineColumn const at = cursor_.place();
    cursor_.advance();
    if (many_lines_ && skip_escaped_line_end()) {
      return;
    }
    constexpr std::string_view kLetters = "btnfr\"\\";
    constexpr std::string_view kMeanings = "\b\t\n\f\r\"\\";
    char const letter = cursor_.current();
    if (letter == 'u' || letter == 'U') {
      read_code(at, letter == 'u' ? 4 : 8);
    } else if (auto const index = kLetters.find(letter); index != std::string_view::npos) {
      read_.text += kMeanings[index];
      cursor_.advance();
    } else if (cursor_.told_on_line()) {
      read_.good = false;
    } else {
      std::string_view const next = cursor_.at_line_end() ? "" : cursor_.character();
      refuse(at, fmt::format("`\\{}` is no escape", excerpt(next)), std::string{kEscapeHint});
    }
  }

  /// A backslash at the end of a line joins it to the next letter.
  bool skip_escaped_line_end() {
    std::string_view const behind = cursor_.rest();
    std::string_view const text =
        behind.substr(std::min(behind.find_first_not_of(" \t"), behind.size()));
    if (!text.starts_with('\n') && !text.starts_with("\r\n")) {
      return false;
    }
    cursor_.skip_blanks();
    while (!cursor_.at_end() && cursor_.at_line_end()) {
      cursor_.skip_line_end();
      cursor_.skip_blanks();
    }
    return true;
  }

  void read_code(LineColumn at, std::size_t digits) {
    constexpr int kHexadecimal = 16;
    std::string_view const word = cursor_.rest().substr(1, digits);
    std::uint32_t code = 0;
    auto const [end, error] =
        std::from_chars(word.data(), word.data() + word.size(), code, kHexadecimal);
    bool const complete =
        error == std::errc{} && word.size() == digits && end == word.data() + word.size();
    if (!complete) {
      refuse(at, fmt::format("{} hexadecimal digits must follow `\\{}`", digits, cursor_.current()),
             std::string{kEscapeHint});
      return;
    }
    if (is_character(code)) {
      append_character(read_.text, code);
    } else {
      refuse(at, fmt::format("`\\{}{}` is no character", cursor_.current(), word),
             std::string{kEscapeHint});
    }
    cursor_.advance(1 + digits);
  }

  void refuse(LineColumn at, std::string message, std::string hint) {
    cursor_.error(at, std::move(message), std::move(hint));
    read_.good = false;
  }

  TomlCursor& cursor_;
  char quote_;
  std::string three_;
  bool many_lines_;
  TomlText read_{};
};

}  // namespace

std::optional<TomlText> read_toml_text(TomlCursor& cursor, TomlTextPlace where) {
  return TextReader{cursor, where}.read();
}

}  // namespace guarantor::tables
