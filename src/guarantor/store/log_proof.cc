#include "guarantor/store/log_proof.h"

#include <fmt/format.h>

#include <utility>

#include "guarantor/ledger/proof_file.h"
#include "guarantor/ledger/tile_folder.h"

namespace guarantor::store {

using model::Error;
using model::ErrorKind;
using model::Result;

Result<PublishedLog> published_log(SqliteStore const& store) {
  auto const folder = ledger::TileFolder::open(store.files().log());
  if (!folder.ok()) {
    return folder.error();
  }
  auto note = folder.value().read_checkpoint();
  if (!note.ok()) {
    return note.error();
  }
  auto const said = ledger::parse_unverified_checkpoint(note.value());
  if (!said.ok()) {
    return said.error();
  }
  return PublishedLog{std::move(note).value(), said.value().head.size};
}

Result<std::string> inclusion_proof_text(SqliteStore const& store, Position position, ProofOf what,
                                         PublishedLog const& log) {
  if (position >= log.size) {
    return Error{ErrorKind::kNotFound, fmt::format("record {} is not published", position),
                 fmt::format("the log has {} published entries", log.size)};
  }
  auto proof = ledger::inclusion_proof(store.hashes(), position, log.size);
  auto const opening = store.opening(position);
  auto const entry = store.commitment(position);
  if (!proof.ok() || !opening.ok() || !entry.ok()) {
    return !proof.ok() ? proof.error() : !opening.ok() ? opening.error() : entry.error();
  }
  ledger::InclusionFile file{
      .index = position, .proof = std::move(proof).value(), .checkpoint = log.note};
  if (opening.value() && what != ProofOf::kEntry) {
    file.salt = opening.value()->salt;
    if (what == ProofOf::kRecord) {
      file.payload = opening.value()->payload;
    }
  }
  // A proof is never handed out that would not convince us.
  auto const chain = store.key_chain();
  if (!chain.ok()) {
    return chain.error();
  }
  auto const checked =
      ledger::verify_inclusion_file(file, entry.value(), ledger::keys_at(chain.value(), log.size));
  if (!checked.ok()) {
    return checked.error();
  }
  return ledger::inclusion_file_text(file);
}

Result<std::string> growth_proof_text(SqliteStore const& store, Position since,
                                      PublishedLog const& log) {
  if (since > log.size) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("the log has {} published entries, fewer than {}", log.size, since),
                 ""};
  }
  auto proof = ledger::consistency_proof(store.hashes(), since, log.size);
  if (!proof.ok()) {
    return proof.error();
  }
  return ledger::consistency_file_text(
      {.old_size = since, .proof = std::move(proof).value(), .checkpoint = log.note});
}

}  // namespace guarantor::store
