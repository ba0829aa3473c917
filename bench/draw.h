#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "guarantor/model/random_stream.h"

namespace guarantor::bench {

/// Draws from one named random stream.
class Draw {
 public:
  Draw(std::uint64_t seed, std::string_view purpose) : stream_{seed, purpose} {}

  [[nodiscard]] bool chance(double probability) { return stream_.uniform() < probability; }

  /// A whole number in [from, to]. REQUIRES: `from <= to`.
  [[nodiscard]] int between(int from, int to) {
    return from + static_cast<int>(stream_.uniform() * (to - from + 1));
  }

  /// A place in a list. REQUIRES: the list is not empty.
  [[nodiscard]] std::size_t place_in(std::size_t size) {
    return static_cast<std::size_t>(stream_.uniform() * static_cast<double>(size));
  }

  template <class T>
  [[nodiscard]] T of(std::vector<T> const& values) {
    return values[place_in(values.size())];
  }

 private:
  model::RandomStream stream_;
};

}  // namespace guarantor::bench
