#include "guarantor/intake/mapping_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "guarantor/intake/reject.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// One line, read from left to right; `problem` is the first thing that is wrong with it.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : rest_{line} { skip_blanks(); }

  [[nodiscard]] std::string const& problem() const { return problem_; }
  [[nodiscard]] bool at_end() const { return rest_.empty() || rest_.front() == '#'; }

  bool take(char wanted) {
    if (!rest_.starts_with(wanted)) {
      return false;
    }
    rest_.remove_prefix(1);
    skip_blanks();
    return true;
  }

  std::optional<std::string> take_key() {
    if (rest_.starts_with('"') || rest_.starts_with('\'')) {
      return take_text();
    }
    std::string key;
    while (!rest_.empty() && is_bare(rest_.front())) {
      key += rest_.front();
      rest_.remove_prefix(1);
    }
    skip_blanks();
    if (key.empty()) {
      return fail("a key is expected here: letters, digits, _ and -, or a text in quotes");
    }
    return key;
  }

  std::optional<std::string> take_text() {
    char const quote = rest_.front();
    rest_.remove_prefix(1);
    std::string text;
    while (!rest_.empty() && rest_.front() != quote) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\\' && quote == '"') {
        auto const escaped = take_escape();
        if (!escaped) {
          return fail("after a backslash stands one of \" \\ n t; or use single quotes");
        }
        c = *escaped;
      }
      text += c;
    }
    if (rest_.empty()) {
      return fail("the quote is not closed in its line");
    }
    rest_.remove_prefix(1);
    skip_blanks();
    return text;
  }

  bool take_value(MappingEntry& entry) {
    if (take('[')) {
      entry.is_list = true;
      entry.is_text = true;
      return take_list(entry);
    }
    if (rest_.starts_with('"') || rest_.starts_with('\'')) {
      entry.is_text = true;
      auto text = take_text();
      bool const whole = text.has_value();
      entry.values.push_back(std::move(text).value_or(""));
      return whole;
    }
    std::size_t const end = std::min(rest_.find_first_of(" \t#"), rest_.size());
    entry.values.emplace_back(rest_.substr(0, end));
    rest_.remove_prefix(end);
    skip_blanks();
    bool const plain =
        !entry.values.front().empty() && std::ranges::all_of(entry.values.front(), [](char c) {
          return is_bare(c) || c == '.' || c == '+';
        });
    if (!plain) {
      (void)fail("a value is expected: a text in quotes, a number, true, false or a list");
    }
    return plain;
  }

  std::nullopt_t fail(std::string message) {
    if (problem_.empty()) {
      problem_ = std::move(message);
    }
    return std::nullopt;
  }

 private:
  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
  }

  std::optional<char> take_escape() {
    constexpr std::string_view kNames = "\"\\nt";
    constexpr std::string_view kMeanings = "\"\\\n\t";
    std::size_t const at = rest_.empty() ? std::string_view::npos : kNames.find(rest_.front());
    if (at == std::string_view::npos) {
      return std::nullopt;
    }
    rest_.remove_prefix(1);
    return kMeanings[at];
  }

  bool take_list(MappingEntry& entry) {
    while (!take(']')) {
      if (!rest_.starts_with('"') && !rest_.starts_with('\'')) {
        (void)fail("a list holds texts in quotes with commas between, and closes in its line");
        return false;
      }
      auto text = take_text();
      if (!text) {
        return false;
      }
      entry.values.push_back(std::move(*text));
      if (!take(',') && !rest_.starts_with(']')) {
        (void)fail("a list closes with ] in its line");
        return false;
      }
    }
    return true;
  }

  std::string_view rest_;
  std::string problem_{};
};

std::optional<std::string> read_table(LineReader& reader) {
  std::string name;
  do {
    auto const part = reader.take_key();
    if (!part) {
      return std::nullopt;
    }
    name += (name.empty() ? "" : ".") + *part;
  } while (reader.take('.'));
  if (!reader.take(']') || !reader.at_end()) {
    return reader.fail("a table's name stands alone in its line, such as [columns]");
  }
  return name;
}

std::optional<MappingEntry> read_entry(LineReader& reader) {
  MappingEntry entry;
  auto key = reader.take_key();
  if (!key) {
    return std::nullopt;
  }
  entry.key = std::move(*key);
  if (!reader.take('=')) {
    return reader.fail("after a key stands `=`");
  }
  if (!reader.take_value(entry)) {
    return std::nullopt;
  }
  if (!reader.at_end()) {
    return reader.fail("something follows the value");
  }
  return entry;
}

}  // namespace

std::vector<MappingEntry> parse_mapping_text(std::string_view text,
                                             std::vector<MappingProblem>& problems) {
  std::vector<MappingEntry> entries;
  std::set<std::pair<std::string, std::string>> seen;
  std::string table;
  if (!is_utf8(text)) {
    problems.push_back({0, "the file is no UTF-8"});
    return entries;
  }
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view const line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    LineReader reader{trimmed(line)};
    if (reader.at_end()) {
      continue;
    }
    if (reader.take('[')) {
      if (auto name = read_table(reader)) {
        table = std::move(*name);
      }
    } else if (auto entry = read_entry(reader)) {
      entry->table = table;
      entry->line = number;
      if (seen.emplace(table, entry->key).second) {
        entries.push_back(std::move(*entry));
      } else {
        (void)reader.fail(fmt::format("`{}` stands twice", excerpt(entry->key)));
      }
    }
    if (!reader.problem().empty()) {
      problems.push_back({number, reader.problem()});
    }
  }
  return entries;
}

}  // namespace guarantor::intake
