#include "guarantor/tables/toml_cursor.h"

#include <fmt/format.h>

#include <utility>

namespace guarantor::tables {

TomlCursor::TomlCursor(std::string_view text, std::string const& file, std::size_t most_errors,
                       Diagnostics& log)
    : text_{text}, file_{file}, most_errors_{most_errors}, log_{log} {}

std::string_view TomlCursor::character() const {
  std::size_t end = next_;
  while (end < text_.size() && (end == next_ || continues_character(text_[end]))) {
    ++end;
  }
  return text_.substr(next_, end - next_);
}

bool TomlCursor::at_line_end() const {
  return at_end() || current() == '\n' || rest().starts_with("\r\n");
}

bool TomlCursor::begins_line() const {
  return trimmed(text_.substr(line_begin_, next_ - line_begin_)).empty();
}

void TomlCursor::advance(std::size_t bytes) {
  for (; bytes > 0 && !at_end(); --bytes) {
    char const byte = text_[next_++];
    if (byte == '\n') {
      ++at_.line;
      at_.column = 1;
      line_begin_ = next_;
    } else if (!continues_character(byte)) {
      ++at_.column;
    }
  }
}

void TomlCursor::skip_blanks() {
  while (current() == ' ' || current() == '\t') {
    advance();
  }
}

void TomlCursor::skip_comment() {
  while (!at_line_end()) {
    refuse_control_character();
    advance();
  }
}

void TomlCursor::skip_line_end() {
  advance(current() == '\r' ? 2 : 1);
}

void TomlCursor::skip_line() {
  while (!at_line_end()) {
    advance();
  }
  skip_line_end();
}

void TomlCursor::error(LineColumn at, std::string message, std::string hint) {
  if (stopped_ || !told_.insert(at.line).second) {
    return;
  }
  log_.error({file_, at.line, at.column}, std::move(message), std::move(hint));
  if (told_.size() >= most_errors_) {
    log_.error({file_, at_.line, at_.column}, "what follows is not read",
               "mend the lines above first");
    stopped_ = true;
    next_ = text_.size();
  }
}

void TomlCursor::stop(LineColumn at, std::string message, std::string hint) {
  error(at, std::move(message), std::move(hint));
  stopped_ = true;
  next_ = text_.size();
}

bool TomlCursor::refuse_control_character() {
  if (at_line_end() || current() == '\t' || !find_control_character(rest().substr(0, 1))) {
    return false;
  }
  if (told_on_line()) {
    return true;
  }
  if (current() == '\r') {
    error(at_, "a line ends with a carriage return alone",
          "lines end with LF or CRLF; save the file again");
  } else {
    error(at_,
          fmt::format("a control character (0x{:02X}) stands here",
                      static_cast<unsigned char>(current())),
          "remove it");
  }
  return true;
}

}  // namespace guarantor::tables
