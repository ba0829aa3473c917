#include "guarantor/ledger/proof.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "recursive_tree.h"

namespace guarantor::ledger {
namespace {

using recursive::numbered_entries;
using recursive::Tiles;

TreeHead head_of(std::vector<std::string> const& entries, std::uint64_t size) {
  return {size, recursive::tree_hash(std::span{entries}.first(size))};
}

Digest leaf_of(std::string const& entry) {
  return leaf_hash(digest_from_bytes(entry).value());
}

TEST(Proof, OfEveryEntryOfEverySmallTreeIsTheRfcs) {
  Tiles const tiles{numbered_entries(40)};
  auto const& entries = tiles.entries();
  for (std::uint64_t size = 1; size <= entries.size(); ++size) {
    TreeHead const head = head_of(entries, size);
    EXPECT_EQ(tree_root(tiles, size).value(), head.root);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto const proof = inclusion_proof(tiles, index, size).value();
      ASSERT_EQ(proof, recursive::audit_path(index, std::span{entries}.first(size)));
      ASSERT_TRUE(verify_inclusion(index, leaf_of(entries[index]), head, proof));
    }
  }
}

TEST(Proof, OfEveryGrowthOfEverySmallTreeIsTheRfcs) {
  Tiles const tiles{numbered_entries(40)};
  auto const& entries = tiles.entries();
  for (std::uint64_t size = 0; size <= entries.size(); ++size) {
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      auto const proof = consistency_proof(tiles, old_size, size).value();
      ASSERT_EQ(proof, recursive::consistency(old_size, std::span{entries}.first(size)));
      ASSERT_TRUE(verify_consistency(head_of(entries, old_size), head_of(entries, size), proof));
    }
  }
}

// Sizes around the edges of tiles, two levels of them.
TEST(Proof, CrossesTiles) {
  Tiles const tiles{numbered_entries(65536 + 300)};
  auto const& entries = tiles.entries();
  for (std::uint64_t const size : {255U, 256U, 257U, 511U, 65535U, 65536U, 65537U, 65836U}) {
    TreeHead const head = head_of(entries, size);
    for (std::uint64_t const index : {0U, 254U, 255U, 256U, 300U, 65535U, 65536U, 65835U}) {
      if (index < size) {
        int const before = tiles.asked();
        auto const proof = inclusion_proof(tiles, index, size).value();
        EXPECT_LE(tiles.asked() - before, 5);
        EXPECT_TRUE(verify_inclusion(index, leaf_of(entries[index]), head, proof));
        auto const growth = consistency_proof(tiles, index, size).value();
        EXPECT_TRUE(verify_consistency(head_of(entries, index), head, growth));
      }
    }
  }
}

TEST(Proof, IsOfNothingBeyondTheLog) {
  Tiles const tiles{numbered_entries(5)};
  EXPECT_EQ(inclusion_proof(tiles, 5, 5).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(inclusion_proof(tiles, 0, 0).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(inclusion_proof(tiles, 0, ~std::uint64_t{0}).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(consistency_proof(tiles, 6, 5).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(inclusion_proof(tiles, 0, 6).error().kind, model::ErrorKind::kNotFound);
}

RC_GTEST_PROP(Proof, OfAnotherEntryIndexSizeOrHashIsRefused, ()) {
  auto const size = *rc::gen::inRange<std::uint64_t>(2, 300);
  auto const index = *rc::gen::inRange<std::uint64_t>(0, size);
  static Tiles const tiles{numbered_entries(300)};
  auto const& entries = tiles.entries();
  TreeHead const head = head_of(entries, size);
  Digest const leaf = leaf_of(entries[index]);
  auto const proof = inclusion_proof(tiles, index, size).value();

  auto const other = (index + *rc::gen::inRange<std::uint64_t>(1, size)) % size;
  RC_ASSERT(!verify_inclusion(other, leaf, head, proof));
  RC_ASSERT(!verify_inclusion(index, leaf_of(entries[other]), head, proof));
  RC_ASSERT(!verify_inclusion(index + size, leaf, head, proof));

  auto changed = proof;
  auto const at = *rc::gen::inRange<std::size_t>(0, proof.size());
  changed[at].bytes.at(*rc::gen::inRange<std::size_t>(0, 32)) ^= 1;
  RC_ASSERT(!verify_inclusion(index, leaf, head, changed));
  changed = proof;
  changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at));
  RC_ASSERT(!verify_inclusion(index, leaf, head, changed));
  changed = proof;
  changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), leaf);
  RC_ASSERT(!verify_inclusion(index, leaf, head, changed));
}

RC_GTEST_PROP(Proof, OfAnotherGrowthIsRefused, ()) {
  auto const size = *rc::gen::inRange<std::uint64_t>(2, 300);
  auto const old_size = *rc::gen::inRange<std::uint64_t>(1, size);
  static Tiles const tiles{numbered_entries(300)};
  TreeHead const head = head_of(tiles.entries(), size);
  TreeHead const old_head = head_of(tiles.entries(), old_size);
  auto const proof = consistency_proof(tiles, old_size, size).value();
  RC_ASSERT(verify_consistency(old_head, head, proof));

  TreeHead wrong = old_head;
  wrong.root.bytes[7] ^= 4;
  RC_ASSERT(!verify_consistency(wrong, head, proof));
  wrong = head;
  wrong.root.bytes[7] ^= 4;
  RC_ASSERT(!verify_consistency(old_head, wrong, proof));
  RC_ASSERT(!verify_consistency(head, old_head, proof));

  auto changed = proof;
  auto const at = *rc::gen::inRange<std::size_t>(0, proof.size());
  changed[at].bytes.at(*rc::gen::inRange<std::size_t>(0, 32)) ^= 1;
  RC_ASSERT(!verify_consistency(old_head, head, changed));
  changed = proof;
  changed.pop_back();
  RC_ASSERT(!verify_consistency(old_head, head, changed));
  changed = proof;
  changed.push_back(head.root);
  RC_ASSERT(!verify_consistency(old_head, head, changed));
}

TEST(Proof, OfTheSameOrTheEmptyTreeIsEmpty) {
  TreeHead const empty{0, empty_root()};
  TreeHead const head{5, sha256("root")};
  std::vector<Digest> const something{head.root};
  EXPECT_TRUE(verify_consistency(empty, empty, {}));
  EXPECT_TRUE(verify_consistency(empty, head, {}));
  EXPECT_TRUE(verify_consistency(head, head, {}));
  EXPECT_FALSE(verify_consistency(empty, head, something));
  EXPECT_FALSE(verify_consistency(head, head, something));
  EXPECT_FALSE(verify_consistency({0, head.root}, head, {}));
  EXPECT_FALSE(verify_consistency({5, empty.root}, head, {}));
}

}  // namespace
}  // namespace guarantor::ledger
