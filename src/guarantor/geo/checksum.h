#pragma once

#include <bit>
#include <cstdint>

namespace guarantor::geo {

/// A running 64-bit check of a sequence of words. Every step is a bijection of the state for a
/// given word and of the word for a given state, so a change confined to one word never goes
/// unnoticed; any other change does with probability 2^-64. Not a defence against forgery.
class Checksum {
 public:
  void add(std::uint64_t word) { state_ = std::rotl((state_ ^ word) * kOdd, 29) + kStep; }
  [[nodiscard]] std::uint64_t value() const {
    std::uint64_t mixed = (state_ ^ (state_ >> 32)) * kOdd;
    return mixed ^ (mixed >> 29);
  }

 private:
  static constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  static constexpr std::uint64_t kStep = 0x632be59bd9b4e019;
  std::uint64_t state_{0x243f6a8885a308d3};
};

}  // namespace guarantor::geo
