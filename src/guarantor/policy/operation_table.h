#pragma once

#include <span>
#include <string_view>

#include "guarantor/policy/operation.h"

namespace guarantor::policy {

/// One line of the table: what may be done with which kinds, a blank between, and by whom. Words
/// stand in the order of `Role`.
struct OperationRule {
  Operation operation{};
  std::string_view kinds;
  std::string_view allowances;
};

[[nodiscard]] std::span<OperationRule const> operation_table();

/// True where `word` stands in a list of words with blanks between.
[[nodiscard]] constexpr bool lists(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != std::string_view::npos;
       at = list.find(word, at + 1)) {
    std::size_t const end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) {
      return true;
    }
  }
  return false;
}

/// The word at a place in such a list, from 0; empty past its end.
[[nodiscard]] constexpr std::string_view word_at(std::string_view list, std::size_t place) {
  std::size_t at = 0;
  while (at < list.size()) {
    std::size_t const begin = list.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) {
      break;
    }
    std::size_t const blank = list.find(' ', begin);
    std::size_t const end = blank == std::string_view::npos ? list.size() : blank;
    if (place == 0) {
      return list.substr(begin, end - begin);
    }
    --place;
    at = end;
  }
  return {};
}

}  // namespace guarantor::policy
