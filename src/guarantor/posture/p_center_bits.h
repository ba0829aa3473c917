#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace guarantor::posture {

/// A set of small numbers as bits.
class BitRow {
 public:
  BitRow() = default;
  explicit BitRow(std::size_t size) : words_((size + 63) / 64, 0) {}

  void put(std::size_t k) { words_[k / 64] |= bit(k); }
  void drop(std::size_t k) { words_[k / 64] &= ~bit(k); }
  [[nodiscard]] bool has(std::size_t k) const { return (words_[k / 64] & bit(k)) != 0; }

  [[nodiscard]] bool empty() const {
    for (std::uint64_t const word : words_) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }
  [[nodiscard]] std::size_t size() const {
    std::size_t total = 0;
    for (std::uint64_t const word : words_) {
      total += static_cast<std::size_t>(std::popcount(word));
    }
    return total;
  }
  /// How many of these are in the other too, counting no further than `enough`.
  [[nodiscard]] std::size_t shared(BitRow const& other, std::size_t enough) const {
    std::size_t total = 0;
    for (std::size_t w = 0; w < words_.size() && total < enough; ++w) {
      total += static_cast<std::size_t>(std::popcount(words_[w] & other.words_[w]));
    }
    return total;
  }
  void keep(BitRow const& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      words_[w] &= other.words_[w];
    }
  }
  void remove(BitRow const& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      words_[w] &= ~other.words_[w];
    }
  }
  /// Calls `visit` with each number in ascending order until it returns false.
  template <class Visit>
  void each_while(Visit visit) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
        if (!visit(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)))) {
          return;
        }
      }
    }
  }
  template <class Visit>
  void each(Visit visit) const {
    each_while([&](std::size_t k) {
      visit(k);
      return true;
    });
  }
  [[nodiscard]] bool only(std::size_t k) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if (words_[w] != (w == k / 64 ? bit(k) : 0)) {
        return false;
      }
    }
    return true;
  }

 private:
  static std::uint64_t bit(std::size_t k) { return std::uint64_t{1} << (k % 64); }

  std::vector<std::uint64_t> words_;
};

}  // namespace guarantor::posture
