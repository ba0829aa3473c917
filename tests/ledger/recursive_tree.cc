#include "recursive_tree.h"

#include <algorithm>

namespace guarantor::ledger::recursive {
namespace {

using Entries = std::span<std::string const>;

std::string text(Digest const& digest) {
  return {digest.bytes.begin(), digest.bytes.end()};
}

/// The largest power of two below `n`.
std::size_t largest_below(std::size_t n) {
  std::size_t power = 1;
  while (power * 2 < n) {
    power *= 2;
  }
  return power;
}

std::vector<Digest> subproof(std::size_t m, Entries entries, bool complete) {
  std::size_t const n = entries.size();
  if (m == n) {
    return complete ? std::vector<Digest>{} : std::vector{tree_hash(entries)};
  }
  std::size_t const k = largest_below(n);
  auto proof =
      m <= k ? subproof(m, entries.first(k), complete) : subproof(m - k, entries.subspan(k), false);
  proof.push_back(tree_hash(m <= k ? entries.subspan(k) : entries.first(k)));
  return proof;
}

}  // namespace

Digest tree_hash(Entries entries) {
  if (entries.empty()) {
    return sha256("");
  }
  if (entries.size() == 1) {
    return sha256(std::string(1, '\0') + entries[0]);
  }
  std::size_t const k = largest_below(entries.size());
  return sha256("\1" + text(tree_hash(entries.first(k))) + text(tree_hash(entries.subspan(k))));
}

std::vector<Digest> audit_path(std::uint64_t index, Entries entries) {
  if (entries.size() <= 1) {
    return {};
  }
  std::size_t const k = largest_below(entries.size());
  auto path =
      index < k ? audit_path(index, entries.first(k)) : audit_path(index - k, entries.subspan(k));
  path.push_back(tree_hash(index < k ? entries.subspan(k) : entries.first(k)));
  return path;
}

std::vector<Digest> consistency(std::uint64_t old_size, Entries entries) {
  return old_size == 0 ? std::vector<Digest>{} : subproof(old_size, entries, true);
}

std::vector<std::string> numbered_entries(std::uint64_t count) {
  std::vector<std::string> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    entries.push_back(text(sha256("entry " + std::to_string(i))));
  }
  return entries;
}

model::Result<std::vector<Digest>> Tiles::tile(int level, std::uint64_t index, int width) const {
  ++asked_;
  std::vector<Digest> hashes;
  for (int i = 0; i < width; ++i) {
    std::uint64_t const step = std::uint64_t{1} << (8 * level);
    std::uint64_t const from = (index * 256 + static_cast<std::uint64_t>(i)) * step;
    if (from + step > entries_.size()) {
      return model::Error{model::ErrorKind::kNotFound, "no such hash", ""};
    }
    hashes.push_back(tree_hash(Entries{entries_}.subspan(from, step)));
  }
  return hashes;
}

}  // namespace guarantor::ledger::recursive
