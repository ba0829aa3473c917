#include "guarantor/ledger/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "recursive_tree.h"

namespace guarantor::ledger {
namespace {

/// The eight inputs that the reference implementation of RFC 6962 is tested with, and the root
/// after each.
struct KnownLeaf {
  std::string hex_bytes;
  std::string root;
};
std::vector<KnownLeaf> const kKnown{
    {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"606162636465666768696a6b6c6d6e6f",
     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};

std::string bytes_of(std::string const& digits) {
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

TEST(Tree, HasTheRootsOfTheReferenceImplementation) {
  std::vector<std::string> entries;
  Frontier frontier;
  EXPECT_EQ(hex(frontier.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (KnownLeaf const& known : kKnown) {
    entries.push_back(bytes_of(known.hex_bytes));
    frontier.append(sha256(std::string(1, '\0') + entries.back()));
    EXPECT_EQ(hex(frontier.root()), known.root);
    EXPECT_EQ(hex(recursive::tree_hash(entries)), known.root);
  }
}

TEST(Tree, LeafIsOfTheEntrysBytes) {
  Digest const entry = sha256("entry");
  EXPECT_EQ(leaf_hash(entry), sha256(std::string(1, '\0') + std::string{entry.view()}));
  EXPECT_EQ(node_hash(entry, empty_root()),
            sha256("\1" + std::string{entry.view()} + std::string{empty_root().view()}));
}

TEST(Frontier, AgreesWithTheRecursionAtEverySize) {
  auto const entries = recursive::numbered_entries(600);
  Frontier frontier;
  for (std::size_t size = 0; size < entries.size(); ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(frontier.root(), recursive::tree_hash(std::span{entries}.first(size))) << size;
    ASSERT_EQ(Frontier::parse(frontier.serialise()).value(), frontier);
    frontier.append(leaf_hash(digest_from_bytes(entries[size]).value()));
  }
}

TEST(Frontier, TellsEveryHashOfTheUpperTiles) {
  auto const entries = recursive::numbered_entries(65536 + 700);
  std::map<std::pair<int, std::uint64_t>, Digest> told;
  Frontier frontier;
  for (auto const& entry : entries) {
    frontier.append(leaf_hash(digest_from_bytes(entry).value()),
                    [&](int level, std::uint64_t index, Digest const& root) {
                      EXPECT_TRUE(told.emplace(std::pair{level, index}, root).second);
                    });
  }
  ASSERT_EQ(told.size(), 258U + 1U);
  for (auto const& [where, root] : told) {
    std::size_t const step = where.first == 1 ? 256 : 65536;
    EXPECT_EQ(root, recursive::tree_hash(std::span{entries}.subspan(where.second * step, step)));
  }
}

TEST(Frontier, IsReadFromItsOwnBytesAlone) {
  Frontier frontier;
  for (int i = 0; i < 5; ++i) {
    frontier.append(sha256(std::to_string(i)));
  }
  std::string const bytes = frontier.serialise();
  EXPECT_EQ(bytes.size(), 8U + 2U * 32U);
  EXPECT_FALSE(Frontier::parse(""));
  EXPECT_FALSE(Frontier::parse(bytes.substr(1)));
  EXPECT_FALSE(Frontier::parse(bytes + "x"));
  EXPECT_FALSE(Frontier::parse(bytes.substr(0, bytes.size() - 32)));
  EXPECT_FALSE(Frontier::parse(std::string(8, '\xff') + std::string(std::size_t{64} * 32, 'x')));
  EXPECT_EQ(Frontier::parse(std::string(8, '\0')).value(), Frontier{});
}

}  // namespace
}  // namespace guarantor::ledger
