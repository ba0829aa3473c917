#include "guarantor/model/spelling.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace guarantor::model {
namespace {

/// Optimal string alignment distance. O(|a| |b|).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> closest(std::string_view word,
                                   std::span<std::string_view const> candidates) {
  constexpr std::size_t kLongestWord = 64;
  constexpr std::size_t kShortestWord = 2;
  if (word.size() < kShortestWord || word.size() > kLongestWord) {
    return std::nullopt;
  }
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::optional<std::string> nearest;
  for (std::string_view const candidate : candidates) {
    std::size_t const longer = std::max(word.size(), candidate.size());
    std::size_t const shorter = std::min(word.size(), candidate.size());
    if (longer - shorter >= best) {
      continue;
    }
    std::size_t const changes = distance(word, candidate);
    if (changes < best) {
      best = changes;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace guarantor::model
