#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/hash_source.h"

namespace guarantor::ledger {

/// The tree of the first `size` entries of a source. Keeps the tiles it has read.
class SizedTree {
 public:
  /// REQUIRES: size <= kMostEntries; the source outlives the tree.
  SizedTree(HashSource const& source, std::uint64_t size) : source_{source}, size_{size} {}

  /// The largest power of two below `count`: where RFC 6962 divides that many leaves.
  /// REQUIRES: count > 1.
  [[nodiscard]] static std::uint64_t left_leaves(std::uint64_t count);

  /// The root of the entries [from, to), a subtree of this tree as RFC 6962 divides it.
  /// REQUIRES: from < to <= size.
  [[nodiscard]] model::Result<Digest> root_of(std::uint64_t from, std::uint64_t to);

 private:
  [[nodiscard]] model::Result<Digest> complete_subtree(int height, std::uint64_t index);
  [[nodiscard]] model::Result<std::vector<Digest> const*> tile(int level, std::uint64_t index);

  HashSource const& source_;
  std::uint64_t size_;
  std::map<std::pair<int, std::uint64_t>, std::vector<Digest>> tiles_;
};

}  // namespace guarantor::ledger
