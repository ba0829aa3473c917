#pragma once

#include <cstdint>
#include <string_view>

namespace guarantor::model {

/// A stream of random numbers named by a seed, a purpose and a counter, so that a new purpose never
/// moves the draws of another and any draw can be repeated anywhere. SplitMix64 (Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) on a key hashed from the
/// three.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view purpose, std::uint64_t counter = 0);

  /// The next 64 random bits.
  std::uint64_t bits();

  /// The next number in [0, 1), a multiple of 2^-53.
  double uniform();

 private:
  std::uint64_t state_;
};

}  // namespace guarantor::model
