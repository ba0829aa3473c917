#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {

/// The partial tiles of a log, one a level at most: together they make the signed root.
class RightEdge {
 public:
  static constexpr int kLevels = 8;

  explicit RightEdge(std::uint64_t size) : size_{size} {}

  /// How many hashes level `level` has in its partial tile: 0 to 255.
  [[nodiscard]] int width(int level) const;
  /// Which tile of the level it is.
  [[nodiscard]] std::uint64_t index(int level) const;

  /// REQUIRES: as many as `width(level)`.
  void set(int level, std::vector<Digest> hashes);
  [[nodiscard]] std::vector<Digest> const& hashes(int level) const;

  /// The tree as an appender keeps it. REQUIRES: every level has been set.
  [[nodiscard]] Frontier frontier() const;

 private:
  std::uint64_t size_;
  std::array<std::vector<Digest>, kLevels> hashes_;
};

/// The root of a full tile, or of any power of two of hashes. REQUIRES: a power of two of them.
[[nodiscard]] Digest root_of_hashes(std::vector<Digest> hashes);

}  // namespace guarantor::ledger
