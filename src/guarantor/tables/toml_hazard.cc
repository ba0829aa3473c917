#include "guarantor/tables/toml_hazard.h"

#include <fmt/format.h>

#include <algorithm>

namespace guarantor::tables {
namespace {

/// The end of the string that opens at `from`, or of the text where it never closes.
std::size_t skip_string(std::string_view text, std::size_t from) {
  char const quote = text[from];
  std::string_view const three = text.substr(from, 3);
  bool const many_lines = three == "\"\"\"" || three == "'''";
  std::size_t i = from + (many_lines ? 3 : 1);
  while (i < text.size()) {
    if (text[i] == '\\' && quote == '"') {
      i += 2;
    } else if (many_lines && text.substr(i, 3) == three) {
      // Up to two more quotes belong to the string's end.
      std::size_t end = i + 3;
      while (end < std::min(i + 5, text.size()) && text[end] == quote) {
        ++end;
      }
      return end;
    } else if (!many_lines && (text[i] == quote || text[i] == '\n')) {
      return i + 1;
    } else {
      ++i;
    }
  }
  return text.size();
}

/// Follows a text, character by character outside strings and comments: whether a key or a value
/// stands here, within which brackets, and what came last.
class TomlPosition {
 public:
  void pass(char c) {
    if (c == '\n' && brackets_.empty()) {
      in_value_ = false;
    } else if (c == '[' || c == '{') {
      brackets_ += c;
      in_value_ = in_value_ && c == '[';
    } else if ((c == ']' || c == '}') && !brackets_.empty()) {
      brackets_.pop_back();
      in_value_ = in_value_ || c == '}';
    } else if (c == ',') {
      in_value_ = brackets_.empty() || brackets_.back() == '[';
    } else if (c == '=') {
      in_value_ = true;
    }
    dots_ = c == '.' ? dots_ + 1 : (is_key_letter(c) ? dots_ : 0);
    last_ = c == ' ' || c == '\t' || c == '\r' ? last_ : c;
  }
  void pass_string() { last_ = '"'; }

  /// Whether quotes, or brackets, may open here.
  [[nodiscard]] bool may_open() const {
    std::string_view const before = in_value_ ? "=,[\n" : "\n.,[{";
    return before.find(last_) != std::string_view::npos;
  }
  [[nodiscard]] bool in_value() const { return in_value_; }
  [[nodiscard]] int depth() const { return std::max(static_cast<int>(brackets_.size()), dots_); }

 private:
  static bool is_key_letter(char c) {
    return std::string_view{"=,[]{}\n"}.find(c) == std::string_view::npos;
  }

  std::string brackets_;
  int dots_{};
  bool in_value_{};
  char last_{'\n'};  ///< that is no blank
};

/// A letter beyond ASCII right after an escaped line break: the library looks whether it is a
/// blank.
std::optional<std::size_t> find_letter_after_escaped_break(std::string_view text) {
  constexpr unsigned char kFirstBeyondAscii = 0x80;
  for (std::size_t i = text.find('\\'); i < text.size(); i = text.find('\\', i + 1)) {
    std::size_t const next = text.find_first_not_of(" \t\r\n", i + 1);
    bool const letter =
        next < text.size() && static_cast<unsigned char>(text[next]) >= kFirstBeyondAscii;
    if (letter && text.substr(i, next - i).find('\n') != std::string_view::npos) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<TomlHazard> find_toml_hazard(std::string_view text, int deepest) {
  constexpr unsigned char kFirstBeyondAscii = 0x80;
  if (auto const escaped = find_letter_after_escaped_break(text)) {
    return TomlHazard{*escaped, "a line break is escaped", "write the text on one line"};
  }
  TomlPosition position;
  for (std::size_t i = 0; i < text.size();) {
    char const c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    bool const quote = c == '"' || c == '\'';
    if ((quote || c == '[' || c == '{') && !position.may_open()) {
      return TomlHazard{i, fmt::format("`{}` stands where nothing can begin", c),
                        "lines are key = value, with text in one pair of quotes"};
    }
    if (c == '=' && position.in_value()) {
      return TomlHazard{i, "a second `=` stands on the line", "put text in quotes"};
    }
    if (static_cast<unsigned char>(c) >= kFirstBeyondAscii) {
      return TomlHazard{i, "a letter other than a-z, A-Z stands outside quotes",
                        "keys are plain letters; put text in quotes"};
    }
    if (quote) {
      i = skip_string(text, i);
      position.pass_string();
      continue;
    }
    position.pass(c);
    if (position.depth() > deepest) {
      return TomlHazard{i, fmt::format("nested deeper than {}", deepest),
                        "a scenario.toml is flat"};
    }
    ++i;
  }
  return std::nullopt;
}

}  // namespace guarantor::tables
