#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "guarantor/ledger/tree.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/store/sqlite_store.h"

/// A store as a folder: its database as it was at one moment, its log's folder, and `backup.json`
/// with the SHA-256 of the database, the size of the log and its root. The signing key is not in
/// it.
namespace guarantor::store {

struct BackupReceipt {
  std::uintmax_t bytes{};  ///< of the database
  ledger::TreeHead head;   ///< the log as it is in the backup
};

/// Writes a backup while others may go on writing; the folder appears whole or not at all. Errors:
/// kRefused where the folder is there already, kUnwritable, kLimit where `control` stopped it.
[[nodiscard]] model::Result<BackupReceipt> back_up(SqliteStore const& store,
                                                   std::filesystem::path const& place,
                                                   model::RunControl const& control);

/// Makes a new store of a backup, equal to the original as it was: its database byte for byte the
/// backup's, held against `backup.json` first; then everything in it is checked as `check_store`
/// does. Errors: kRefused where something of the store's name is there; kBadInput where the folder
/// is no backup; kCheckFailed where a byte of it was altered; kUnwritable.
[[nodiscard]] model::Result<BackupReceipt> restore(std::filesystem::path const& folder,
                                                   std::filesystem::path const& file,
                                                   model::RunControl const& control);

}  // namespace guarantor::store
