#pragma once

#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

namespace guarantor::watch {

/// Disjoint sets of the numbers 0 to n - 1, each named by its least: so whoever unites the same
/// pairs, in whatever order and on however many threads, finds the same names. Any member may be
/// called from several threads at once; a `find` beside a `unite` may tell an older name.
class DisjointSets {
 public:
  explicit DisjointSets(std::uint32_t count) : parents_(count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      parents_[i].store(i, std::memory_order_relaxed);
    }
  }

  /// Amortised nearly O(1). Halves the way for those who come after.
  std::uint32_t find(std::uint32_t member) {
    for (;;) {
      std::uint32_t parent = load(member);
      std::uint32_t const above = load(parent);
      if (parent == above) {
        return parent;
      }
      parents_[member].compare_exchange_weak(parent, above, std::memory_order_relaxed);
      member = above;
    }
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    for (;;) {
      a = find(a);
      b = find(b);
      if (a == b) {
        return;
      }
      if (a < b) {
        std::swap(a, b);
      }
      std::uint32_t root = a;
      if (parents_[a].compare_exchange_strong(root, b, std::memory_order_relaxed)) {
        return;
      }
    }
  }

 private:
  [[nodiscard]] std::uint32_t load(std::uint32_t member) const {
    return parents_[member].load(std::memory_order_relaxed);
  }

  std::vector<std::atomic<std::uint32_t>> parents_;
};

}  // namespace guarantor::watch
