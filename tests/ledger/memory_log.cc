#include "memory_log.h"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "guarantor/ledger/proof.h"

namespace guarantor::ledger {

namespace fs = std::filesystem;

SigningKey key_of(char seed, SignatureType type, std::string_view name) {
  Seed bytes{};
  bytes.fill(static_cast<std::uint8_t>(seed));
  return SigningKey::make(name, bytes, type).value();
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "ledger_test.XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error{"no folder for temporaries"};
  }
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void MemoryLog::append(Digest const& entry) {
  entries_.push_back(entry);
  levels_[0].push_back(leaf_hash(entry));
  frontier_.append(levels_[0].back(), [this](int level, std::uint64_t, Digest const& root) {
    levels_.at(static_cast<std::size_t>(level)).push_back(root);
  });
}

void MemoryLog::grow(std::uint64_t count, std::string_view kind) {
  while (entries_.size() < count) {
    append(sha256(std::string{kind} + std::to_string(entries_.size())));
  }
}

model::Result<std::vector<Digest>> MemoryLog::tile(int level, std::uint64_t index,
                                                   int width) const {
  auto const& all = levels_.at(static_cast<std::size_t>(level));
  std::uint64_t const first = index * 256;
  std::uint64_t const end = first + static_cast<std::uint64_t>(width);
  if (end > all.size()) {
    return model::Error{model::ErrorKind::kNotFound, "no such hash", ""};
  }
  return std::vector<Digest>(all.begin() + static_cast<std::ptrdiff_t>(first),
                             all.begin() + static_cast<std::ptrdiff_t>(end));
}

TreeHead MemoryLog::head(std::uint64_t size) const {
  return {size, tree_root(*this, size).value()};
}

std::string MemoryLog::checkpoint(std::uint64_t size, std::vector<SigningKey> const& keys) const {
  return sign_checkpoint({std::string{kOrigin}, head(size), {}}, keys).value();
}

model::Result<model::Done> MemoryLog::publish(TileFolder const& folder, std::uint64_t from,
                                              std::uint64_t to,
                                              std::vector<SigningKey> const& keys) const {
  Publication const publication{.from = from,
                                .to = to,
                                .entries =
                                    [this](std::uint64_t first, std::uint64_t end) {
                                      return model::Result<std::vector<Digest>>{std::vector<Digest>(
                                          entries_.begin() + static_cast<std::ptrdiff_t>(first),
                                          entries_.begin() + static_cast<std::ptrdiff_t>(end))};
                                    },
                                .checkpoint = checkpoint(to, keys)};
  return folder.publish(publication, *this, {});
}

std::string read_file(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write_file(fs::path const& file, std::string_view bytes) {
  std::ofstream out{file, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace guarantor::ledger
