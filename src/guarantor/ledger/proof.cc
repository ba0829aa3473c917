#include "guarantor/ledger/proof.h"

#include <algorithm>
#include <bit>
#include <string>

#include "guarantor/ledger/sized_tree.h"

namespace guarantor::ledger {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

Error no_such(std::string const& what, std::uint64_t size) {
  return {ErrorKind::kBadInput, "a log of " + std::to_string(size) + " entries has no " + what, ""};
}

Error failed(std::string message) {
  return {ErrorKind::kCheckFailed, std::move(message), ""};
}

/// A proof of inclusion worked out upwards to the root it leads to.
struct Climb {
  std::uint64_t node;  ///< where on its level the subtree proven so far stands
  std::uint64_t last;  ///< the level's last node

  /// Whether the next hash stands to the left; goes up a level, over those without a sibling.
  /// REQUIRES: last > 0.
  bool step() {
    bool const sibling_left = (node & 1U) != 0 || node == last;
    if (sibling_left) {
      auto const alone = std::countr_zero(node);  // not 0, as `last` is not
      node >>= alone;
      last >>= alone;
    }
    node >>= 1U;
    last >>= 1U;
    return sibling_left;
  }
};

}  // namespace

Result<Digest> tree_root(HashSource const& source, std::uint64_t size) {
  if (size > kMostEntries) {
    return no_such("root", size);
  }
  return size == 0 ? Result<Digest>{empty_root()} : SizedTree{source, size}.root_of(0, size);
}

Result<Proof> inclusion_proof(HashSource const& source, std::uint64_t index, std::uint64_t size) {
  if (index >= size || size > kMostEntries) {
    return no_such("entry " + std::to_string(index), size);
  }
  SizedTree tree{source, size};
  Proof proof;
  std::uint64_t from = 0;
  std::uint64_t to = size;
  while (to - from > 1) {
    std::uint64_t const middle = from + SizedTree::left_leaves(to - from);
    bool const left = index < middle;
    auto sibling = left ? tree.root_of(middle, to) : tree.root_of(from, middle);
    if (!sibling) {
      return sibling.error();
    }
    proof.push_back(sibling.value());
    (left ? to : from) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<Proof> consistency_proof(HashSource const& source, std::uint64_t old_size,
                                std::uint64_t size) {
  if (old_size > size || size > kMostEntries) {
    return no_such("beginning of " + std::to_string(old_size), size);
  }
  Proof proof;
  if (old_size == 0 || old_size == size) {
    return proof;
  }
  SizedTree tree{source, size};
  std::uint64_t from = 0;
  std::uint64_t to = size;
  while (old_size != to) {
    std::uint64_t const middle = from + SizedTree::left_leaves(to - from);
    bool const left = old_size <= middle;
    auto sibling = left ? tree.root_of(middle, to) : tree.root_of(from, middle);
    if (!sibling) {
      return sibling.error();
    }
    proof.push_back(sibling.value());
    (left ? to : from) = middle;
  }
  if (from != 0) {  // else it is the old root itself, which the verifier has
    auto shared = tree.root_of(from, to);
    if (!shared) {
      return shared.error();
    }
    proof.push_back(shared.value());
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<Done> verify_inclusion(std::uint64_t index, Digest const& leaf, TreeHead const& head,
                              std::span<Digest const> proof) {
  if (index >= head.size || head.size > kMostEntries) {
    return failed("entry " + std::to_string(index) + " is beyond the checkpoint's " +
                  std::to_string(head.size));
  }
  Climb climb{.node = index, .last = head.size - 1};
  Digest root = leaf;
  for (Digest const& sibling : proof) {
    if (climb.last == 0) {
      return failed("the proof is longer than a log of that size asks for");
    }
    root = climb.step() ? node_hash(sibling, root) : node_hash(root, sibling);
  }
  if (climb.last != 0) {
    return failed("the proof is shorter than a log of that size asks for");
  }
  if (root != head.root) {
    return failed("the proof does not lead from the entry to the checkpoint's root");
  }
  return Done{};
}

Result<Done> verify_consistency(TreeHead const& old_head, TreeHead const& head,
                                std::span<Digest const> proof) {
  if (old_head.size > head.size || head.size > kMostEntries) {
    return failed("the later log is the shorter one");
  }
  if (old_head.size == 0 || old_head.size == head.size) {
    bool const same = old_head.root == (old_head.size == 0 ? empty_root() : head.root);
    if (!same) {
      return failed(old_head.size == 0 ? "the empty log has another root"
                                       : "two logs of one size have different roots");
    }
    return proof.empty() ? Result<Done>{Done{}} : failed("there is a proof where none is needed");
  }
  if (proof.empty()) {
    return failed("the proof is shorter than logs of these sizes ask for");
  }
  // RFC 9162 starts from the largest subtree that both trees have at the old one's right edge.
  auto const shared = std::countr_zero(old_head.size);
  Climb climb{.node = (old_head.size - 1) >> shared, .last = (head.size - 1) >> shared};
  bool const whole = std::has_single_bit(old_head.size);
  Digest old_root = whole ? old_head.root : proof.front();
  Digest root = old_root;
  for (Digest const& sibling : proof.subspan(whole ? 0 : 1)) {
    if (climb.last == 0) {
      return failed("the proof is longer than logs of these sizes ask for");
    }
    if (climb.step()) {
      old_root = node_hash(sibling, old_root);
      root = node_hash(sibling, root);
    } else {
      root = node_hash(root, sibling);
    }
  }
  if (climb.last != 0) {
    return failed("the proof is shorter than logs of these sizes ask for");
  }
  if (old_root != old_head.root || root != head.root) {
    return failed("the later log does not begin with the earlier one");
  }
  return Done{};
}

}  // namespace guarantor::ledger
