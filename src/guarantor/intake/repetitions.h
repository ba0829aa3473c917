#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "guarantor/model/date.h"

namespace guarantor::intake {

/// Counts how often the same text came on the same day, among the days that came last.
class Repetitions {
 public:
  static constexpr std::size_t kDays = 64;

  /// Which time this is, from 1. Texts are told apart by 64 bits of a hash: with a million texts a
  /// day, one in 37 million of such days counts a stranger. O(1).
  [[nodiscard]] std::uint64_t add(model::Date day, std::string_view text);

 private:
  /// An open-addressed table of hashes, and how often those came that came again.
  struct Day {
    model::Date date;
    std::vector<std::uint64_t> hashes{};
    std::size_t size{};
    std::unordered_map<std::uint64_t, std::uint64_t> again{};
  };

  [[nodiscard]] Day& find(model::Date date);
  static void grow(Day& day);
  [[nodiscard]] static bool insert(Day& day, std::uint64_t hash);

  std::deque<Day> days_{};  ///< the one looked at last in front
};

}  // namespace guarantor::intake
