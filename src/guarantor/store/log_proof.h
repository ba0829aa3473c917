#pragma once

#include <string>

#include "guarantor/model/error.h"
#include "guarantor/store/sqlite_store.h"

/// Proofs about a store's log, as files for strangers.
namespace guarantor::store {

/// The log as it was published last.
struct PublishedLog {
  std::string note;  ///< the signed checkpoint
  Position size{};
};
/// Errors: kNotFound where nothing was published yet; those of reading a checkpoint.
[[nodiscard]] model::Result<PublishedLog> published_log(SqliteStore const& store);

/// What goes into a proof beside the entry's place in the tree.
enum class ProofOf {
  kEntry,   ///< nothing
  kSalt,    ///< what the record can be held against the entry with
  kRecord,  ///< that, and the record
};

/// That a record is in the log; checked before it is given out. Errors: kNotFound for one that is
/// not published; those of the store; kCheckFailed.
[[nodiscard]] model::Result<std::string> inclusion_proof_text(SqliteStore const& store,
                                                              Position position, ProofOf what,
                                                              PublishedLog const& log);

/// That the log only grew from an earlier size. Errors: kBadInput for a size that it never had.
[[nodiscard]] model::Result<std::string> growth_proof_text(SqliteStore const& store, Position since,
                                                           PublishedLog const& log);

}  // namespace guarantor::store
