#include "guarantor/store/row_order.h"

#include <algorithm>
#include <cstddef>

namespace guarantor::store {
namespace {

/// What is left between neighbours, so that rows can come in between for a long time.
constexpr std::int64_t kStep = std::int64_t{1} << 20;

/// Marks a longest rising subsequence of the numbers that are given.
std::vector<bool> longest_rising(std::vector<std::optional<std::int64_t>> const& numbers) {
  std::vector<std::size_t> ends;  // of the best subsequence of each length
  std::vector<std::size_t> previous(numbers.size(), numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!numbers[i]) {
      continue;
    }
    auto const place = std::ranges::lower_bound(ends, *numbers[i], {},
                                                [&](std::size_t end) { return *numbers[end]; });
    previous[i] = place == ends.begin() ? numbers.size() : *std::prev(place);
    if (place == ends.end()) {
      ends.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<bool> stays(numbers.size(), false);
  for (std::size_t i = ends.empty() ? numbers.size() : ends.back(); i < numbers.size();
       i = previous[i]) {
    stays[i] = true;
  }
  return stays;
}

}  // namespace

std::vector<std::int64_t> row_order(std::vector<std::optional<std::int64_t>> const& before) {
  auto const stays = longest_rising(before);
  std::vector<std::int64_t> order(before.size());
  std::int64_t last = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && !stays[end]) {
      ++end;
    }
    // Rows [begin, end) come in between `last` and the next number that stays.
    auto const count = static_cast<std::int64_t>(end - begin);
    std::int64_t const step =
        end == order.size() ? kStep : std::min(kStep, (*before[end] - last) / (count + 1));
    if (count > 0 && step == 0) {
      return row_order(std::vector<std::optional<std::int64_t>>(before.size()));
    }
    for (; begin < end; ++begin) {
      last += step;
      order[begin] = last;
    }
    if (end < order.size()) {
      last = order[end] = *before[end];
      begin = end + 1;
    }
  }
  return order;
}

}  // namespace guarantor::store
