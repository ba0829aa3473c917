#include "guarantor/ledger/sized_tree.h"

#include <bit>

#include "guarantor/ledger/right_edge.h"
#include "guarantor/ledger/tile.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr int kTileHeight = 8;

}  // namespace

std::uint64_t SizedTree::left_leaves(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

Result<std::vector<Digest> const*> SizedTree::tile(int level, std::uint64_t index) {
  auto const known = tiles_.find({level, index});
  if (known != tiles_.end()) {
    return &known->second;
  }
  int const width = tile_width(level, index, size_);
  auto hashes = source_.tile(level, index, width);
  if (!hashes) {
    return hashes.error();
  }
  if (hashes.value().size() != static_cast<std::size_t>(width)) {
    return Error{ErrorKind::kDefect, "a source of hashes gave another number than it was asked for",
                 ""};
  }
  return &tiles_.emplace(std::pair{level, index}, std::move(hashes).value()).first->second;
}

Result<Digest> SizedTree::complete_subtree(int height, std::uint64_t index) {
  int const below = height % kTileHeight;
  std::uint64_t const first = index << below;
  auto const hashes = tile(height / kTileHeight, first / kTileWidth);
  if (!hashes) {
    return hashes.error();
  }
  auto const begin = hashes.value()->begin() + static_cast<std::ptrdiff_t>(first % kTileWidth);
  return root_of_hashes({begin, begin + (std::ptrdiff_t{1} << below)});
}

Result<Digest> SizedTree::root_of(std::uint64_t from, std::uint64_t to) {
  std::vector<Digest> parts;
  while (from < to) {
    int const height = static_cast<int>(std::bit_width(to - from)) - 1;
    auto part = complete_subtree(height, from >> height);
    if (!part) {
      return part;
    }
    parts.push_back(part.value());
    from += std::uint64_t{1} << height;
  }
  Digest root = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) {
    root = node_hash(parts[i], root);
  }
  return root;
}

}  // namespace guarantor::ledger
