#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/hash_source.h"

namespace guarantor::ledger::recursive {

/// RFC 6962, section 2.1, word for word over entries of any length: slow, obvious, the oracle.
[[nodiscard]] Digest tree_hash(std::span<std::string const> entries);
[[nodiscard]] std::vector<Digest> audit_path(std::uint64_t index,
                                             std::span<std::string const> entries);
[[nodiscard]] std::vector<Digest> consistency(std::uint64_t old_size,
                                              std::span<std::string const> entries);

/// `count` different entries.
[[nodiscard]] std::vector<std::string> numbered_entries(std::uint64_t count);

/// Every hash of the tiles, counted from the entries; counts how often it is asked.
class Tiles final : public HashSource {
 public:
  explicit Tiles(std::vector<std::string> entries) : entries_{std::move(entries)} {}

  [[nodiscard]] model::Result<std::vector<Digest>> tile(int level, std::uint64_t index,
                                                        int width) const override;
  [[nodiscard]] std::vector<std::string> const& entries() const { return entries_; }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  std::vector<std::string> entries_;
  mutable int asked_{};
};

}  // namespace guarantor::ledger::recursive
