#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// Where the hashes of a log's tree are kept: a folder of tiles, a table of a store.
class HashSource {
 public:
  HashSource() = default;
  virtual ~HashSource() = default;

  /// The first `width` hashes of tile `index` at `level` (C2SP tlog-tiles): hash i is the root of
  /// the entries [(256 * index + i) * 256^level, (256 * index + i + 1) * 256^level), at level 0 a
  /// leaf hash. Exactly `width` of them, or an error: not found where fewer are kept. REQUIRES: 0
  /// <= level < 8, 1 <= width <= 256.
  [[nodiscard]] virtual model::Result<std::vector<Digest>> tile(int level, std::uint64_t index,
                                                                int width) const = 0;

 protected:
  HashSource(HashSource const&) = default;
  HashSource(HashSource&&) = default;
  HashSource& operator=(HashSource const&) = default;
  HashSource& operator=(HashSource&&) = default;
};

}  // namespace guarantor::ledger
