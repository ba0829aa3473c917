#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/hash_source.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {

using Proof = std::vector<Digest>;

/// The root of the first `size` entries. Reads one tile a level. Errors are the source's.
[[nodiscard]] model::Result<Digest> tree_root(HashSource const& source, std::uint64_t size);

/// That entry `index` is among the first `size` (RFC 6962, 2.1.1), from the leaf's sibling up.
/// Reads at most two tiles a level: seven of ten million entries. Errors: bad input unless
/// index < size <= kMostEntries; those of the source.
[[nodiscard]] model::Result<Proof> inclusion_proof(HashSource const& source, std::uint64_t index,
                                                   std::uint64_t size);

/// That the first `old_size` entries are the beginning of the first `size` (RFC 6962, 2.1.2); empty
/// where old_size is 0 or `size`. Cost and errors as `inclusion_proof`.
[[nodiscard]] model::Result<Proof> consistency_proof(HashSource const& source,
                                                     std::uint64_t old_size, std::uint64_t size);

/// Whether the proof leads from the leaf hash of entry `index` to the head (RFC 9162, 2.1.3.2).
/// Errors: check failed, saying what does not fit. O(log size) hashes.
[[nodiscard]] model::Result<model::Done> verify_inclusion(std::uint64_t index, Digest const& leaf,
                                                          TreeHead const& head,
                                                          std::span<Digest const> proof);

/// Whether the proof shows that the tree of `head` begins with that of `old_head`
/// (RFC 9162, 2.1.4.2). A tree begins with itself and with the empty tree, by the empty proof.
/// Errors: check failed. O(log size) hashes.
[[nodiscard]] model::Result<model::Done> verify_consistency(TreeHead const& old_head,
                                                            TreeHead const& head,
                                                            std::span<Digest const> proof);

}  // namespace guarantor::ledger
