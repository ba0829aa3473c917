#include "guarantor/tables/cell_readers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/codec.h"

namespace guarantor::tables {
namespace {

std::string lower(std::string_view text) {
  std::string copy{text};
  for (char& c : copy) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return copy;
}

Problem read_given_item(std::string_view item, model::Given& given) {
  std::size_t const equals = item.rfind('=');
  bool const comparison = equals != std::string_view::npos && equals > 0 && item[equals - 1] == '>';
  if (equals == std::string_view::npos || comparison) {
    return CellProblem{"a probability is missing in `" + excerpt(trimmed(item)) + "`",
                       "items are expression=probability, e.g. vote-gbr=0.9; backstop=0.6", 0};
  }
  std::string_view const when = item.substr(0, equals);
  if (trimmed(when).empty()) {
    return CellProblem{"an expression is missing before `=`", "write true for always", equals};
  }
  if (Problem problem = read_expression(when, given.when)) {
    return problem;
  }
  std::string_view const chance = item.substr(equals + 1);
  Problem problem = trimmed(chance).empty()
                        ? Problem{CellProblem{"a number is missing after `=`", "e.g. 0.9", 0}}
                        : Codec<model::Probability>::read(chance, given.probability);
  if (problem) {
    std::size_t const first = chance.find_first_not_of(" \t");
    problem->offset += equals + 1 + (first == std::string_view::npos ? 0 : first);
  }
  return problem;
}

}  // namespace

CellProblem unknown_word(std::string_view text, std::span<std::string_view const> words) {
  // One letter is as near to any other.
  auto const near = model::closest(lower(text), words);
  std::string const all = fmt::format("one of {}", fmt::join(words, ", "));
  return {fmt::format("`{}` is not known here", excerpt(text)),
          near ? fmt::format("did you mean `{}`? It is {}", *near, all) : "it is " + all, 0};
}

Problem check_identifier(std::string_view text) {
  if (model::is_identifier(text)) {
    return std::nullopt;
  }
  std::string const small = lower(text);
  return CellProblem{
      fmt::format("`{}` is not an identifier", excerpt(text)),
      model::is_identifier(small)
          ? fmt::format("identifiers are in small letters: `{}`", small)
          : "identifiers are a-z, 0-9, `.`, `_` and `-`, at most 64, beginning with a letter or "
            "digit",
      0, true};
}

Problem read_yes_no(std::string_view text, bool& value) {
  std::string const word = lower(text);
  if (word == "yes" || word == "true") {
    value = true;
    return std::nullopt;
  }
  if (word == "no" || word == "false") {
    value = false;
    return std::nullopt;
  }
  return CellProblem{fmt::format("`{}` is neither yes nor no", excerpt(text)),
                     "write yes or no, or leave the cell empty", 0};
}

Problem read_date(std::string_view text, model::Date& value) {
  auto const date = model::parse_date(text);
  if (date) {
    value = *date;
    return std::nullopt;
  }
  constexpr std::size_t kIsoLength = 10;
  constexpr std::string_view kForm = "dddd-dd-dd";
  bool formed = text.size() == kIsoLength;
  for (std::size_t i = 0; formed && i < kIsoLength; ++i) {
    bool const digit = text[i] >= '0' && text[i] <= '9';
    formed = kForm[i] == 'd' ? digit : text[i] == kForm[i];
  }
  return CellProblem{formed ? fmt::format("there is no day {}", text)
                            : fmt::format("`{}` is not a date", excerpt(text)),
                     formed ? "" : "write YYYY-MM-DD, e.g. 2026-01-06", 0};
}

Problem read_expression(std::string_view text, model::Expression& value) {
  auto parsed = model::parse_expression(text);
  if (auto* error = std::get_if<model::ExpressionError>(&parsed)) {
    return CellProblem{std::move(error->message), std::move(error->hint), error->offset};
  }
  value = std::move(std::get<model::Expression>(parsed));
  return std::nullopt;
}

Problem read_given(std::string_view text, std::vector<model::Given>& value) {
  value.clear();
  Problem first;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t const end = std::min(text.find(';', from), text.size());
    std::string_view const item = text.substr(from, end - from);
    bool const nothing_left = end == text.size() && trimmed(item).empty();
    model::Given given;
    Problem problem = nothing_left ? std::nullopt : read_given_item(item, given);
    if (problem && !first) {
      problem->offset += from;
      first = std::move(problem);
    } else if (!problem && !nothing_left) {
      value.push_back(std::move(given));
    }
    from = end + 1;
  }
  return first;
}

std::string write_given(std::vector<model::Given> const& value) {
  std::string text;
  for (model::Given const& given : value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", model::print(given.when),
                        print_number(given.probability.count()));
  }
  return text;
}

std::vector<std::pair<std::string_view, std::size_t>> split_words(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n";
  std::vector<std::pair<std::string_view, std::size_t>> words;
  std::size_t from = text.find_first_not_of(kBlanks);
  while (from != std::string_view::npos) {
    std::size_t const end = std::min(text.find_first_of(kBlanks, from), text.size());
    words.emplace_back(text.substr(from, end - from), from);
    from = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

}  // namespace guarantor::tables
