#include "guarantor/model/id.h"

#include <algorithm>

namespace guarantor::model {

bool is_identifier(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  auto const joining = [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= kLongest && plain(text.front()) &&
         std::all_of(text.begin(), text.end(), joining);
}

}  // namespace guarantor::model
