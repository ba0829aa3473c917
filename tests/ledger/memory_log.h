#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/hash_source.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {

inline constexpr std::string_view kOrigin = "ledger.example/ukraine";

/// A key whose seed is of this byte.
[[nodiscard]] SigningKey key_of(char seed, SignatureType type = SignatureType::kEd25519,
                                std::string_view name = kOrigin);

/// A folder of its own below the system's for temporaries, gone with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(ScratchFolder const&) = delete;
  ScratchFolder& operator=(ScratchFolder const&) = delete;
  ~ScratchFolder();
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A log that is kept in memory: what a store would be.
class MemoryLog final : public HashSource {
 public:
  explicit MemoryLog(std::uint64_t count = 0, std::string_view kind = "entry") {
    grow(count, kind);
  }

  /// Appends numbered entries up to that many in all.
  void grow(std::uint64_t count, std::string_view kind = "entry");
  void append(Digest const& entry);

  [[nodiscard]] model::Result<std::vector<Digest>> tile(int level, std::uint64_t index,
                                                        int width) const override;
  [[nodiscard]] std::vector<Digest> const& entries() const { return entries_; }
  [[nodiscard]] TreeHead head(std::uint64_t size) const;
  [[nodiscard]] TreeHead head() const { return head(entries_.size()); }
  [[nodiscard]] std::string checkpoint(std::uint64_t size,
                                       std::vector<SigningKey> const& keys = {key_of('a')}) const;
  [[nodiscard]] model::Result<model::Done> publish(TileFolder const& folder, std::uint64_t from,
                                                   std::uint64_t to,
                                                   std::vector<SigningKey> const& keys = {
                                                       key_of('a')}) const;
  [[nodiscard]] model::Result<model::Done> publish_all(TileFolder const& folder) const {
    return publish(folder, 0, entries_.size());
  }

 private:
  std::vector<Digest> entries_;
  std::array<std::vector<Digest>, 8> levels_;
  Frontier frontier_;
};

[[nodiscard]] std::string read_file(std::filesystem::path const& file);
void write_file(std::filesystem::path const& file, std::string_view bytes);

}  // namespace guarantor::ledger
