#include "guarantor/ledger/right_edge.h"

#include <string>
#include <utility>

#include "guarantor/ledger/big_endian.h"
#include "guarantor/ledger/tile.h"

namespace guarantor::ledger {
namespace {

constexpr int kTileHeight = 8;

}  // namespace

int RightEdge::width(int level) const {
  return static_cast<int>(size_ >> (kTileHeight * level) & (kTileWidth - 1U));
}

std::uint64_t RightEdge::index(int level) const {
  return (size_ >> (kTileHeight * level)) / kTileWidth;
}

void RightEdge::set(int level, std::vector<Digest> hashes) {
  hashes_.at(static_cast<std::size_t>(level)) = std::move(hashes);
}

std::vector<Digest> const& RightEdge::hashes(int level) const {
  return hashes_.at(static_cast<std::size_t>(level));
}

Frontier RightEdge::frontier() const {
  constexpr std::size_t kSizeBytes = 8;
  std::string bytes;
  append_big_endian(bytes, size_, kSizeBytes);
  for (int level = kLevels - 1; level >= 0; --level) {
    auto at = hashes(level).begin();
    for (int height = kTileHeight - 1; height >= 0; --height) {
      if ((width(level) >> height & 1) != 0) {
        auto const end = at + (std::ptrdiff_t{1} << height);
        bytes += root_of_hashes({at, end}).view();
        at = end;
      }
    }
  }
  return Frontier::parse(bytes).value();
}

Digest root_of_hashes(std::vector<Digest> hashes) {
  while (hashes.size() > 1) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
    }
    hashes.resize(hashes.size() / 2);
  }
  return hashes.front();
}

}  // namespace guarantor::ledger
