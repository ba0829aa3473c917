#include "guarantor/geo/hierarchy_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "guarantor/geo/checksum.h"

namespace guarantor::geo {
namespace {

static_assert(std::endian::native == std::endian::little, "the cache is written as it lies");

constexpr std::uint64_t kMagic = 0x0a48434341525447;  // "GTRACCH\n"
constexpr std::uint64_t kVersion = 1;

/// Stands first; then follow, each number in four bytes, the node at every rank, every supernode's
/// first rank, how many rows it has, and all rows; zeros up to a whole word; the checksum.
struct Header {
  std::uint64_t magic{kMagic};
  std::uint64_t version{kVersion};
  std::uint64_t fingerprint{};
  std::uint64_t nodes{};
  std::uint64_t supernodes{};
  std::uint64_t rows{};
};
constexpr std::size_t kWord = sizeof(std::uint64_t);

std::size_t size_for(Header const& header) {
  std::size_t const numbers = header.nodes + 2 * header.supernodes + header.rows;
  return sizeof(Header) + (numbers + 1) / 2 * kWord + kWord;
}

std::uint64_t checksum_of(std::string_view bytes) {
  Checksum sum;
  for (std::size_t at = 0; at + kWord <= bytes.size(); at += kWord) {
    std::uint64_t word{};
    std::memcpy(&word, bytes.data() + at, kWord);
    sum.add(word);
  }
  return sum.value();
}

model::Error torn(std::string_view reason) {
  return {model::ErrorKind::kCheckFailed,
          fmt::format("the prepared network is damaged: {}", reason),
          "prepare it again from its source"};
}

/// Reads the header and checks that these are all the bytes it speaks of, unchanged.
model::Result<Header> check(std::string_view bytes, RoutingGraph const& graph) {
  Header header;
  if (bytes.size() < sizeof(Header) + kWord || bytes.size() % kWord != 0) {
    return torn("it is cut short");
  }
  std::memcpy(&header, bytes.data(), sizeof(Header));
  if (header.magic != kMagic) {
    return torn("it does not begin as one");
  }
  if (header.version != kVersion) {
    return model::Error{model::ErrorKind::kRefused,
                        fmt::format("the prepared network is of version {} of its format, not {}",
                                    header.version, kVersion),
                        "prepare it again from its source"};
  }
  std::size_t const most = bytes.size() / sizeof(std::uint32_t);
  if (header.nodes > most || header.supernodes > header.nodes || header.rows > most ||
      size_for(header) != bytes.size()) {
    return torn("it is not as long as it says");
  }
  std::uint64_t written{};
  std::memcpy(&written, bytes.data() + bytes.size() - kWord, kWord);
  if (written != checksum_of(bytes.substr(0, bytes.size() - kWord))) {
    return torn("its checksum is not that of its bytes");
  }
  if (header.fingerprint != graph.fingerprint() || header.nodes != graph.node_count()) {
    return model::Error{model::ErrorKind::kRefused,
                        "the prepared network is that of another source or an earlier state of it",
                        "prepare it again from its source"};
  }
  return header;
}

/// Takes numbers off the front of the bytes. REQUIRES: so many are left.
std::vector<std::uint32_t> take(std::string_view& bytes, std::size_t count) {
  std::vector<std::uint32_t> numbers(count);
  if (count > 0) {
    std::memcpy(numbers.data(), bytes.data(), count * sizeof(std::uint32_t));
  }
  bytes.remove_prefix(count * sizeof(std::uint32_t));
  return numbers;
}

void put(std::string& bytes, std::span<std::uint32_t const> numbers) {
  if (!numbers.empty()) {
    bytes.append(reinterpret_cast<char const*>(numbers.data()), numbers.size_bytes());
  }
}

/// Fills in who is where; false where ranks and nodes do not match one to one.
bool number_nodes(Elimination& tree) {
  auto const count = static_cast<std::uint32_t>(tree.node_at.size());
  tree.rank_of.assign(count, Elimination::kNone);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    std::uint32_t const node = tree.node_at[rank];
    if (node >= count || tree.rank_of[node] != Elimination::kNone) {
      return false;
    }
    tree.rank_of[node] = rank;
  }
  return true;
}

/// Fills in the supernode of every rank; false where they do not follow each other over all ranks.
bool number_supernodes(Elimination& tree) {
  auto const ranks = static_cast<std::uint32_t>(tree.node_at.size());
  tree.first.push_back(ranks);
  tree.supernode_of.resize(ranks);
  if (tree.first[0] != 0) {
    return false;
  }
  for (std::size_t s = 0; s + 1 < tree.first.size(); ++s) {
    if (tree.first[s] >= tree.first[s + 1] || tree.first[s + 1] > ranks) {
      return false;
    }
    std::fill(tree.supernode_of.begin() + tree.first[s],
              tree.supernode_of.begin() + tree.first[s + 1], static_cast<std::uint32_t>(s));
  }
  return true;
}

/// Fills in the parents; false where the rows do not make a tree in which each supernode's parent
/// sees all that it sees, and each subtree is a run of supernodes.
bool link_tree(Elimination& tree) {
  auto const count = static_cast<std::uint32_t>(tree.first.size() - 1);
  auto const ranks = static_cast<std::uint32_t>(tree.node_at.size());
  tree.parent.assign(count, Elimination::kNone);
  std::vector<std::uint32_t> size(count, 1);
  std::vector<std::uint32_t> lowest(count);
  for (std::uint32_t s = 0; s < count; ++s) {
    lowest[s] = s;
  }
  for (std::uint32_t s = 0; s < count; ++s) {
    auto const rows = tree.rows_of(s);
    if (std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>{}) != rows.end() ||
        s - lowest[s] + 1 != size[s]) {
      return false;
    }
    if (rows.empty()) {
      continue;
    }
    if (rows.front() < tree.first[s + 1] || rows.back() >= ranks) {
      return false;
    }
    std::uint32_t const above = tree.supernode_of[rows.front()];
    tree.parent[s] = above;
    size[above] += size[s];
    lowest[above] = std::min(lowest[above], lowest[s]);
    auto const further = std::lower_bound(rows.begin(), rows.end(), tree.first[above + 1]);
    auto const seen = tree.rows_of(above);
    if (!std::includes(seen.begin(), seen.end(), further, rows.end())) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string write_cache(Hierarchy const& hierarchy) {
  Elimination const& tree = hierarchy.elimination();
  Header header;
  header.fingerprint = hierarchy.graph().fingerprint();
  header.nodes = tree.node_at.size();
  header.supernodes = tree.count();
  header.rows = tree.rows.size();
  std::string bytes;
  bytes.reserve(size_for(header));
  bytes.append(reinterpret_cast<char const*>(&header), sizeof(header));
  put(bytes, tree.node_at);
  put(bytes, std::span{tree.first}.first(tree.count()));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t s = 0; s < tree.count(); ++s) {
    rows.push_back(static_cast<std::uint32_t>(tree.rows_of(s).size()));
  }
  put(bytes, rows);
  put(bytes, tree.rows);
  bytes.resize(size_for(header) - kWord, '\0');
  std::uint64_t const sum = checksum_of(bytes);
  bytes.append(reinterpret_cast<char const*>(&sum), kWord);
  return bytes;
}

model::Result<std::shared_ptr<Hierarchy const>> read_cache(
    std::string_view bytes, std::shared_ptr<RoutingGraph const> graph) {
  auto const header = check(bytes, *graph);
  if (!header.ok()) {
    return header.error();
  }
  bytes.remove_prefix(sizeof(Header));
  Elimination tree;
  tree.node_at = take(bytes, header.value().nodes);
  tree.first = take(bytes, header.value().supernodes);
  auto const counts = take(bytes, header.value().supernodes);
  tree.rows = take(bytes, header.value().rows);
  tree.first_row.push_back(0);
  for (std::uint32_t const count : counts) {
    tree.first_row.push_back(tree.first_row.back() + count);
  }
  if (tree.first_row.back() != tree.rows.size() || !number_nodes(tree) ||
      !number_supernodes(tree) || !link_tree(tree)) {
    return torn("what it holds does not fit together");
  }
  return Hierarchy::from(std::move(graph), std::move(tree));
}

}  // namespace guarantor::geo
