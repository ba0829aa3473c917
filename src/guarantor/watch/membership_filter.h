#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace guarantor::watch {

/// Remembers very many numbers in memory that does not grow: what was added is found again, and a
/// few that were not are found too (B. H. Bloom, "Space/time trade-offs in hash coding with
/// allowable errors", 1970). With ten bits a number, one in a hundred.
class MembershipFilter {
 public:
  /// REQUIRES: `bits` a power of two, at least 64.
  explicit MembershipFilter(std::size_t bits) : words_(bits / kWord), mask_{bits - 1} {}

  void add(std::uint64_t number) {
    for (std::uint64_t probe = 0; probe < kProbes; ++probe) {
      std::uint64_t const bit = bit_of(number, probe);
      words_[bit / kWord] |= std::uint64_t{1} << (bit % kWord);
    }
  }

  [[nodiscard]] bool may_hold(std::uint64_t number) const {
    for (std::uint64_t probe = 0; probe < kProbes; ++probe) {
      std::uint64_t const bit = bit_of(number, probe);
      if ((words_[bit / kWord] >> (bit % kWord) & 1U) == 0) {
        return false;
      }
    }
    return true;
  }

 private:
  static constexpr std::uint64_t kWord = 64;
  static constexpr std::uint64_t kProbes = 6;

  [[nodiscard]] std::uint64_t bit_of(std::uint64_t number, std::uint64_t probe) const {
    // splitmix64, once for each probe.
    std::uint64_t mixed = number + (probe + 1) * 0x9E3779B97F4A7C15;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EB;
    return (mixed ^ (mixed >> 31U)) & mask_;
  }

  std::vector<std::uint64_t> words_;
  std::uint64_t mask_;
};

}  // namespace guarantor::watch
