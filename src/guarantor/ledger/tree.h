#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "guarantor/ledger/digest.h"

namespace guarantor::ledger {

/// How large a log may grow: what a signed 64-bit number holds, as other verifiers read sizes.
inline constexpr std::uint64_t kMostEntries = (std::uint64_t{1} << 63) - 1;

/// How many entries a log has and the root of their RFC 6962 Merkle tree.
struct TreeHead {
  std::uint64_t size{};
  Digest root{};

  friend bool operator==(TreeHead const&, TreeHead const&) = default;
};

/// The leaf of an entry of the log: SHA-256(0x00 || entry) (RFC 6962, 2.1).
[[nodiscard]] Digest leaf_hash(Digest const& entry);
/// SHA-256(0x01 || left || right) (RFC 6962, 2.1).
[[nodiscard]] Digest node_hash(Digest const& left, Digest const& right);
/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962, 2.1).
[[nodiscard]] Digest empty_root();

/// The right edge of a growing tree: its size and the roots of the complete subtrees it falls into,
/// which is all an appender needs. Appending costs two hashes on average, whatever the size; the
/// root O(log n) hashes. 2 kB.
class Frontier {
 public:
  /// Adds a leaf (`leaf_hash` of the entry). Tells `on_node(int tile_level, std::uint64_t index,
  /// Digest const& root)` of each subtree of 256^tile_level leaves that is now complete
  /// (tile_level >= 1): hash `index` of that level's tiles. Lower levels first.
  /// REQUIRES: size() < kMostEntries.
  template <class OnNode>
  void append(Digest const& leaf, OnNode&& on_node) {
    Digest node = leaf;
    int height = 0;
    while (((size_ >> height) & 1U) != 0) {
      node = node_hash(peaks_[static_cast<std::size_t>(height)], node);
      ++height;
      if (height % kTileHeight == 0) {
        on_node(height / kTileHeight, size_ >> height, node);
      }
    }
    peaks_[static_cast<std::size_t>(height)] = node;
    ++size_;
  }
  void append(Digest const& leaf) {
    append(leaf, [](int, std::uint64_t, Digest const&) {});
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;
  [[nodiscard]] TreeHead head() const { return {.size = size_, .root = root()}; }

  /// Size as 8 bytes, most significant first, then the subtrees' roots, the largest first.
  [[nodiscard]] std::string serialise() const;
  /// The reverse. Errors: bad input for any text `serialise` does not write.
  [[nodiscard]] static model::Result<Frontier> parse(std::string_view bytes);

  friend bool operator==(Frontier const& a, Frontier const& b) {
    return a.serialise() == b.serialise();
  }

 private:
  static constexpr int kTileHeight = 8;

  std::uint64_t size_{};
  std::array<Digest, 64> peaks_{};  ///< by height; in use where `size_` has that bit
};

}  // namespace guarantor::ledger
