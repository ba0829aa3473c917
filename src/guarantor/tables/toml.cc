#include "guarantor/tables/toml.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>
#include <variant>

#include "guarantor/tables/toml_cursor.h"
#include "guarantor/tables/toml_names.h"
#include "guarantor/tables/toml_text.h"
#include "guarantor/tables/toml_word.h"

namespace guarantor::tables {
namespace {

constexpr std::string_view kFlat = "a scenario.toml is flat: lines are key = value";
constexpr std::string_view kLine = "lines are key = value, with text in quotes";
constexpr std::string_view kKeyLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
/// What a file of a few keys never comes near to; so memory stays in proportion.
constexpr std::size_t kMostValues = 100'000;
constexpr std::size_t kLongestKey = 256;

/// Whether a text begins with `key =`, which inside a list means that its end was forgotten.
bool begins_with_key(std::string_view text) {
  std::size_t const end = text.find_first_not_of(kKeyLetters);
  std::size_t const sign = end == 0 ? end : text.find_first_not_of(" \t", end);
  return end > 0 && sign < text.size() && text[sign] == '=';
}

/// The length of the word without quotes that a text begins with.
std::size_t word_length(std::string_view text) {
  constexpr std::string_view kEnds = " \t\n,]#";
  std::size_t length = 0;
  while (length < text.size() && kEnds.find(text[length]) == std::string_view::npos &&
         !find_control_character(text.substr(length, 1))) {
    ++length;
  }
  return length;
}

class TomlReader {
 public:
  TomlReader(std::string_view text, std::string const& file, Limits const& limits, Diagnostics& log)
      : cursor_{text, file, limits.diagnostics, log},
        nesting_{static_cast<std::size_t>(limits.nesting)} {}

  TomlDocument read() {
    while (!cursor_.at_end()) {
      cursor_.skip_blanks();
      if (cursor_.current() == '[') {
        read_header();
      } else if (cursor_.at_line_end() || cursor_.current() == '#') {
        (void)finish_line();
      } else {
        read_pair();
      }
    }
    document_.whole = document_.whole && !cursor_.stopped();
    return std::move(document_);
  }

 private:
  void read_header() {
    LineColumn const at = cursor_.place();
    cursor_.advance();
    skipping_ = true;  // until the header has turned out to be one
    if (cursor_.current() == '[') {
      cursor_.error(at, "a list of tables is not read here", std::string{kFlat});
      cursor_.skip_line();
      return;
    }
    cursor_.skip_blanks();
    auto const path = read_key();
    if (path && cursor_.current() != ']' && !cursor_.refuse_control_character()) {
      cursor_.error(cursor_.place(), "`]` is missing after the name of the table",
                    std::string{kFlat});
    }
    if (!path || cursor_.current() != ']') {
      document_.whole = false;
      cursor_.skip_line();
      return;
    }
    cursor_.advance();
    document_.whole = finish_line() && document_.whole;
    if (auto const clash = names_.open_table(*path, at.line)) {
      tell(*clash, at);
      return;
    }
    skipping_ = false;
    document_.entries.push_back(
        {dotted(*path), at, TomlValue{.kind = TomlKind::kTable, .at = at, .text_at = at}});
  }

  void read_pair() {
    LineColumn const at = cursor_.place();
    auto const path = read_key();
    if (path && cursor_.current() != '=' && !cursor_.refuse_control_character()) {
      cursor_.error(cursor_.place(),
                    fmt::format("`=` is missing after the key `{}`", excerpt(dotted(*path))),
                    std::string{kLine});
    }
    if (!path || cursor_.current() != '=') {
      document_.whole = false;
      cursor_.skip_line();
      return;
    }
    cursor_.advance();
    cursor_.skip_blanks();
    faulty_ = false;
    auto value = read_value();
    if (value) {
      faulty_ = !finish_line() || faulty_;
    } else {
      skip_broken_value();
    }
    if (skipping_) {
      return;
    }
    if (auto const clash = names_.add_key(*path, at.line)) {
      tell(*clash, at);
    } else {
      document_.entries.push_back(
          {names_.name_of(*path), at, faulty_ ? std::nullopt : std::move(value)});
    }
  }

  void tell(TomlNames::Clash const& clash, LineColumn at) {
    cursor_.error(at,
                  fmt::format("`{}` stands in line {} already", excerpt(clash.name), clash.line),
                  "every key stands once");
  }

  /// The parts of a key, with the cursor behind it and its blanks; or nothing, and told.
  std::optional<TomlPath> read_key() {
    LineColumn const at = cursor_.place();
    TomlPath path;
    std::size_t bytes = 0;
    while (true) {
      auto part = read_key_part();
      if (!part) {
        return std::nullopt;
      }
      bytes += part->size();
      path.push_back(std::move(*part));
      if (bytes > kLongestKey) {
        cursor_.error(at, fmt::format("the key is longer than {} bytes", kLongestKey),
                      "is a quote or a `=` missing?");
        return std::nullopt;
      }
      cursor_.skip_blanks();
      if (cursor_.current() != '.') {
        return path;
      }
      if (path.size() > nesting_) {
        tell_depth();
        return std::nullopt;
      }
      cursor_.advance();
      cursor_.skip_blanks();
    }
  }

  std::optional<std::string> read_key_part() {
    if (cursor_.current() == '"' || cursor_.current() == '\'') {
      auto part = read_toml_text(cursor_, TomlTextPlace::kKey);
      return part && part->good ? std::optional{std::move(part->text)} : std::nullopt;
    }
    std::string_view const rest = cursor_.rest();
    std::string_view const word = rest.substr(0, rest.find_first_not_of(kKeyLetters));
    if (word.empty()) {
      tell_no_key();
      return std::nullopt;
    }
    cursor_.advance(word.size());
    return std::string{word};
  }

  void tell_no_key() {
    if (cursor_.refuse_control_character()) {
      return;
    }
    constexpr std::string_view kSigns = "=.]";
    bool const missing =
        cursor_.at_line_end() || kSigns.find(cursor_.current()) != std::string_view::npos;
    cursor_.error(cursor_.place(),
                  missing ? "a key is missing"
                          : fmt::format("`{}` cannot stand in a key", excerpt(cursor_.character())),
                  missing ? std::string{kLine}
                          : "a key is made of a-z, A-Z, 0-9, _ and -, or stands in quotes");
  }

  void tell_depth() {
    cursor_.error(cursor_.place(), fmt::format("nested deeper than {}", nesting_),
                  "a scenario.toml is flat");
  }

  /// The value at the cursor, or nothing, and told. Recursion ends at the nesting allowed.
  std::optional<TomlValue> read_value() {
    LineColumn const at = cursor_.place();
    if (++values_ > kMostValues) {
      cursor_.stop(at, fmt::format("the file has more than {} values", kMostValues),
                   std::string{kFlat});
      return std::nullopt;
    }
    switch (cursor_.current()) {
      case '"':
      case '\'':
        return read_text();
      case '[':
        return read_list();
      case '{':
        cursor_.error(at, "a table in braces is not read here", std::string{kFlat});
        return std::nullopt;
      default:
        return read_word();
    }
  }

  std::optional<TomlValue> read_text() {
    LineColumn const at = cursor_.place();
    auto text = read_toml_text(cursor_, TomlTextPlace::kValue);
    if (!text) {
      return std::nullopt;
    }
    faulty_ = faulty_ || !text->good;
    return TomlValue{
        .kind = TomlKind::kText, .at = at, .text = std::move(text->text), .text_at = text->at};
  }

  std::optional<TomlValue> read_list() {
    TomlValue list{.kind = TomlKind::kList, .at = cursor_.place(), .text_at = cursor_.place()};
    if (open_lists_ == nesting_) {
      tell_depth();
      return std::nullopt;
    }
    ++open_lists_;
    cursor_.advance();
    while (skip_to_item(list.at)) {
      if (cursor_.current() == ']') {
        cursor_.advance();
        --open_lists_;
        return list;
      }
      auto item = read_value();
      if (!item || !skip_to_item(list.at)) {
        return std::nullopt;
      }
      list.items.push_back(std::move(*item));
      if (cursor_.current() == ',') {
        cursor_.advance();
      } else if (cursor_.current() != ']') {
        if (!cursor_.refuse_control_character()) {
          cursor_.error(cursor_.place(), "a comma or `]` is missing in the list",
                        "a list is written like [1000, 100, 10, 1]");
        }
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  /// Passes over blanks, comments and line ends of a list; false, and told, where its end is
  /// missing.
  bool skip_to_item(LineColumn opened) {
    bool new_line = false;
    while (true) {
      cursor_.skip_blanks();
      if (cursor_.current() == '#') {
        cursor_.skip_comment();
      }
      if (cursor_.at_end() || !cursor_.at_line_end()) {
        break;
      }
      cursor_.skip_line_end();
      new_line = true;
    }
    if (cursor_.at_end() || (new_line && begins_with_key(cursor_.rest()))) {
      cursor_.error(opened, "the list that opens here is never closed", "close it with ]");
      return false;
    }
    return true;
  }

  std::optional<TomlValue> read_word() {
    LineColumn const at = cursor_.place();
    std::string_view const rest = cursor_.rest();
    std::size_t length = word_length(rest);
    if (length == 0) {
      if (!cursor_.refuse_control_character()) {
        cursor_.error(at, "a value is missing", std::string{kLine});
      }
      return std::nullopt;
    }
    // Between a date and its time a blank may stand.
    std::string_view const behind = rest.substr(length);
    if (begins_with_date(rest.substr(0, length)) && behind.starts_with(' ') &&
        behind.find_first_not_of("0123456789", 1) == 3 && behind[3] == ':') {
      length += 1 + word_length(behind.substr(1));
    }
    auto word = read_toml_word(rest.substr(0, length));
    if (auto* const problem = std::get_if<CellProblem>(&word)) {
      cursor_.error(at, std::move(problem->message), std::move(problem->hint));
      return std::nullopt;
    }
    cursor_.advance(length);
    TomlValue& value = std::get<TomlValue>(word);
    value.at = value.text_at = at;
    return std::move(value);
  }

  /// Whether nothing more than a comment follows on this line; it is told. Goes to the next.
  bool finish_line() {
    cursor_.skip_blanks();
    if (cursor_.current() == '#') {
      cursor_.skip_comment();
    }
    bool const finished = cursor_.at_line_end();
    if (!finished && !cursor_.refuse_control_character()) {
      bool const comma = cursor_.current() == ',';
      cursor_.error(
          cursor_.place(),
          fmt::format("`{}` stands behind the end of the line's value",
                      excerpt(cursor_.character())),
          comma ? "decimals are written with a point, lists in brackets" : std::string{kLine});
    }
    cursor_.skip_line();
    return finished;
  }

  /// Goes behind the line of a value that could not be read; out of a list, behind its end or to
  /// the next line with a key.
  void skip_broken_value() {
    faulty_ = true;
    std::size_t open = std::exchange(open_lists_, 0);
    if (open == 0) {
      cursor_.skip_line();
      return;
    }
    bool new_line = cursor_.begins_line();
    while (!cursor_.at_end() && open > 0) {
      if (std::exchange(new_line, false) && begins_with_key(trimmed_front())) {
        return;
      }
      char const c = cursor_.current();
      if (c == '"' || c == '\'') {
        skip_text(c);
        continue;
      }
      if (c == '#') {
        cursor_.skip_line();
        new_line = true;
        continue;
      }
      open = c == '[' ? open + 1 : (c == ']' ? open - 1 : open);
      new_line = c == '\n';
      cursor_.advance();
    }
    cursor_.skip_line();
  }

  std::string_view trimmed_front() {
    cursor_.skip_blanks();
    return cursor_.rest();
  }

  void skip_text(char quote) {
    do {
      cursor_.advance(cursor_.current() == '\\' && quote == '"' ? 2 : 1);
    } while (!cursor_.at_line_end() && cursor_.current() != quote);
    if (cursor_.current() == quote) {
      cursor_.advance();
    }
  }

  TomlCursor cursor_;
  std::size_t nesting_;
  TomlDocument document_;
  TomlNames names_;
  std::size_t values_{};
  std::size_t open_lists_{};
  bool faulty_{};    ///< something in the value that is being read is wrong, and told
  bool skipping_{};  ///< keys stand in a table that is not known
};

}  // namespace

TomlDocument parse_toml(std::string_view text, std::string const& file, Limits const& limits,
                        Diagnostics& log) {
  text = without_byte_order_mark(text);
  if (auto const problem = find_encoding_problem(text)) {
    LineColumn const at = line_column(text, problem->offset);
    log.error({file, at.line, at.column}, problem->message, problem->hint);
    return {{}, false};
  }
  return TomlReader{text, file, limits, log}.read();
}

}  // namespace guarantor::tables
