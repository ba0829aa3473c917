#include "guarantor/ledger/tree.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "guarantor/ledger/big_endian.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kBytes = 32;
constexpr std::size_t kSizeBytes = 8;

template <std::size_t size>
std::string_view as_text(std::array<char, size> const& bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace

Digest leaf_hash(Digest const& entry) {
  std::array<char, 1 + kBytes> bytes{'\0'};
  std::copy(entry.bytes.begin(), entry.bytes.end(), bytes.begin() + 1);
  return sha256(as_text(bytes));
}

Digest node_hash(Digest const& left, Digest const& right) {
  std::array<char, 1 + 2 * kBytes> bytes{'\1'};
  std::copy(left.bytes.begin(), left.bytes.end(), bytes.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), bytes.begin() + 1 + kBytes);
  return sha256(as_text(bytes));
}

Digest empty_root() {
  return sha256("");
}

Digest Frontier::root() const {
  std::optional<Digest> root;
  for (std::size_t height = 0; height < peaks_.size(); ++height) {
    if ((size_ >> height & 1U) != 0) {
      root = root ? node_hash(peaks_.at(height), *root) : peaks_.at(height);
    }
  }
  return root.value_or(empty_root());
}

std::string Frontier::serialise() const {
  std::string bytes;
  append_big_endian(bytes, size_, kSizeBytes);
  for (std::size_t height = peaks_.size(); height-- > 0;) {
    if ((size_ >> height & 1U) != 0) {
      bytes += peaks_.at(height).view();
    }
  }
  return bytes;
}

Result<Frontier> Frontier::parse(std::string_view bytes) {
  Error const wrong{ErrorKind::kBadInput, "these bytes are no right edge of a log's tree", ""};
  if (bytes.size() < kSizeBytes) {
    return wrong;
  }
  Frontier frontier;
  frontier.size_ = read_big_endian(bytes.substr(0, kSizeBytes));
  bytes.remove_prefix(kSizeBytes);
  auto const peaks = static_cast<std::size_t>(std::popcount(frontier.size_));
  if (frontier.size_ > kMostEntries || bytes.size() != peaks * kBytes) {
    return wrong;
  }
  for (std::size_t height = frontier.peaks_.size(); height-- > 0;) {
    if ((frontier.size_ >> height & 1U) != 0) {
      std::copy_n(bytes.begin(), kBytes, frontier.peaks_.at(height).bytes.begin());
      bytes.remove_prefix(kBytes);
    }
  }
  return frontier;
}

}  // namespace guarantor::ledger
