#include "guarantor/store/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "guarantor/ledger/durable_file.h"
#include "guarantor/store/store_check.h"

namespace guarantor::store {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr char const* kDatabase = "store.db";
constexpr char const* kManifest = "backup.json";
constexpr char const* kFormat = "guarantor-backup-1";
constexpr int kPagesAtOnce = 4096;
constexpr std::size_t kMostManifestBytes = 1U << 16U;

Error unwritable(fs::path const& path, std::error_code const& failure) {
  return {ErrorKind::kUnwritable, fmt::format("{}: {}", path.string(), failure.message()), ""};
}

/// SHA-256 of a whole file, however large.
Result<ledger::Digest> hash_file(fs::path const& path) {
  ledger::Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  std::error_code failure;
  auto const bytes = fs::file_size(path, failure);
  if (!file.open() || failure) {
    return Error{ErrorKind::kNotFound, fmt::format("{} cannot be read", path.string()), ""};
  }
  if (bytes == 0) {
    return ledger::sha256({});
  }
  void* const mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (mapped == MAP_FAILED) {
    return Error{ErrorKind::kNotFound, fmt::format("{} cannot be read", path.string()), ""};
  }
  auto const digest = ledger::sha256({static_cast<char const*>(mapped), bytes});
  ::munmap(mapped, bytes);
  return digest;
}

/// The database as it is now, page by page, into a new file.
Result<Done> copy_database(Connection const& from, fs::path const& file,
                           model::RunControl const& control) {
  auto to = Connection::open(file, OpenMode::kCreate);
  // As it is at this moment: otherwise the copy would begin anew whenever somebody writes.
  auto const begun = to.ok() ? from.run("BEGIN; SELECT count(*) FROM log") : to.error();
  if (!begun.ok()) {
    return begun;
  }
  std::unique_ptr<sqlite3_backup, decltype(&sqlite3_backup_finish)> copy{
      sqlite3_backup_init(to.value().raw(), "main", from.raw(), "main"), &sqlite3_backup_finish};
  if (copy == nullptr) {
    return to.value().failure("cannot be copied to");
  }
  for (int code = SQLITE_OK; code != SQLITE_DONE;) {
    if (control.must_stop()) {
      return Error{ErrorKind::kLimit, "stopped; there is no backup", ""};
    }
    code = sqlite3_backup_step(copy.get(), kPagesAtOnce);
    if (code != SQLITE_OK && code != SQLITE_DONE) {
      copy.reset();
      return to.value().failure("cannot be copied to");
    }
    double const pages = sqlite3_backup_pagecount(copy.get());
    control.report({.stage = "database",
                    .share_done = 1 - sqlite3_backup_remaining(copy.get()) / std::max(1.0, pages)});
  }
  if (sqlite3_backup_finish(copy.release()) != SQLITE_OK) {
    return to.value().failure("cannot be copied to");
  }
  return ledger::sync_path(file);
}

/// Everything of a log's folder but its lock. Keys after the checkpoint: one that it is signed with
/// must be among them.
Result<Done> copy_log(fs::path const& from, fs::path const& to) {
  std::error_code failure;
  fs::create_directories(to, failure);
  for (char const* name : {"head", "checkpoint", "first-key", "keys"}) {
    if (!failure && fs::exists(from / name)) {
      fs::copy_file(from / name, to / name, failure);
    }
  }
  if (!failure && fs::exists(from / "tile")) {
    fs::copy(from / "tile", to / "tile", fs::copy_options::recursive, failure);
  }
  if (failure) {
    return unwritable(to, failure);
  }
  return ledger::sync_file_system(to);
}

/// The same while nobody publishes. Where the lock cannot be had because nothing may be written
/// there, nobody else here writes either.
Result<Done> copy_log_held(SqliteStore const& store, fs::path const& to) {
  auto const held = store.hold();
  if (!held.ok() && held.error().kind != ErrorKind::kUnwritable) {
    return held.error();
  }
  return copy_log(store.files().log(), to);
}

/// The log as a store that was just written says it is, leaving nothing of SQLite's beside it.
Result<ledger::TreeHead> look_into(StoreFiles const& files) {
  Result<ledger::TreeHead> head{Error{}};
  {
    auto const opened = SqliteStore::open(files.database);
    if (!opened.ok()) {
      return opened.error();
    }
    auto const frontier = opened.value()->frontier();
    head = frontier.ok() ? Result<ledger::TreeHead>{frontier.value().head()} : frontier.error();
  }
  std::error_code ignored;
  for (char const* suffix : {"-wal", "-shm"}) {
    fs::path file = files.database;
    file += suffix;
    fs::remove(file, ignored);
  }
  return head;
}

/// Everything in it, tiles and all, before it gets its name.
Result<Done> check_restored(StoreFiles const& files, model::RunControl const& control) {
  auto const report = check_store(files.database, control);
  if (!report.ok()) {
    return report.error();
  }
  if (!report.value().sound()) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("the backup was altered: {}",
                    report.value().finding
                        ? report.value().finding->place + ": " + report.value().finding->what
                        : report.value().in_log->file + ": " + report.value().in_log->explanation),
        "restore another backup"};
  }
  auto const head = look_into(files);
  return head.ok() ? Result<Done>{Done{}} : head.error();
}

Result<BackupReceipt> write_backup(SqliteStore const& store, fs::path const& folder,
                                   model::RunControl const& control) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    return unwritable(folder, failure);
  }
  // The log first: a database that is ahead of its head is as after a crash, the other way round
  // records would seem lost.
  StoreFiles const copy{folder / kDatabase};
  if (auto const copied = copy_log_held(store, copy.log()); !copied.ok()) {
    return copied.error();
  }
  auto const copied = copy_database(store.connection(), copy.database, control);
  // A transaction that only read cannot fail to end.
  static_cast<void>(store.connection().run("ROLLBACK"));
  if (!copied.ok()) {
    return copied.error();
  }
  auto const head = look_into(copy);
  auto const hash = hash_file(copy.database);
  if (!head.ok() || !hash.ok()) {
    return head.ok() ? hash.error() : head.error();
  }
  BackupReceipt const receipt{fs::file_size(copy.database, failure), head.value()};
  Json const manifest{{"format", kFormat},
                      {"database", ledger::hex(hash.value())},
                      {"bytes", receipt.bytes},
                      {"records", receipt.head.size},
                      {"root", ledger::base64(receipt.head.root)}};
  auto const written =
      ledger::create_file(folder / kManifest, manifest.dump(2) + "\n", ledger::kReadableByAll);
  return written.ok() ? Result<BackupReceipt>{receipt} : written.error();
}

/// What the backup says it is, once its database was held against that.
Result<BackupReceipt> read_manifest(fs::path const& folder) {
  auto const text = ledger::read_whole_file(folder / kManifest, kMostManifestBytes);
  if (!text.ok()) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: no backup: {}", folder.string(), text.error().message),
                 "`guarantor store backup` writes one"};
  }
  auto const manifest = Json::parse(text.value(), nullptr, false);
  if (!manifest.is_object() || !manifest.contains("format") || manifest["format"] != kFormat) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: not of the form {}", (folder / kManifest).string(), kFormat), ""};
  }
  bool whole = true;
  for (char const* const name : {"root", "database"}) {
    whole = whole && manifest.contains(name) && manifest[name].is_string();
  }
  for (char const* const name : {"bytes", "records"}) {
    whole = whole && manifest.contains(name) && manifest[name].is_number_unsigned();
  }
  if (!whole) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: not as a backup is described", (folder / kManifest).string()),
                 ""};
  }
  auto const root = ledger::digest_from_base64(manifest.value("root", ""));
  auto const hash = hash_file(folder / kDatabase);
  if (!root.ok() || !hash.ok()) {
    return root.ok() ? hash.error() : root.error();
  }
  if (ledger::hex(hash.value()) != manifest.value("database", "")) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("{}: altered since the backup was made", (folder / kDatabase).string()),
        "restore another backup"};
  }
  return BackupReceipt{manifest.value("bytes", std::uintmax_t{0}),
                       {manifest.value("records", std::uint64_t{0}), root.value()}};
}

}  // namespace

Result<BackupReceipt> back_up(SqliteStore const& store, fs::path const& place,
                              model::RunControl const& control) {
  fs::path const folder = place.has_filename() ? place : place.parent_path();
  std::error_code failure;
  if (fs::exists(folder, failure)) {
    return Error{ErrorKind::kRefused, fmt::format("{}: there already", folder.string()),
                 "name another place; nothing is written over"};
  }
  fs::path building = folder;
  building += ".new";
  fs::remove_all(building, failure);
  auto receipt = write_backup(store, building, control);
  if (!receipt.ok()) {
    fs::remove_all(building, failure);
    return receipt;
  }
  fs::rename(building, folder, failure);
  if (failure) {
    return unwritable(folder, failure);
  }
  auto const synced = sync_parent(folder);
  return synced.ok() ? receipt : synced.error();
}

Result<BackupReceipt> restore(fs::path const& folder, fs::path const& file,
                              model::RunControl const& control) {
  StoreFiles const files{file};
  if (auto const free = check_free(files); !free.ok()) {
    return free.error();
  }
  control.report({.stage = "holding the backup against its description"});
  auto const receipt = read_manifest(folder);
  if (!receipt.ok()) {
    return receipt;
  }
  StoreFiles const backup{folder / kDatabase};
  StoreFiles const building = unfinished(files);
  std::error_code failure;
  remove_store(building);
  control.report({.stage = "copying", .share_done = 0.3});
  auto copied = copy_log(backup.log(), building.log());
  if (copied.ok() && !fs::copy_file(backup.database, building.database, failure)) {
    copied = unwritable(building.database, failure);
  }
  if (copied.ok()) {
    copied = ledger::sync_path(building.database);
  }
  if (copied.ok()) {
    copied = check_restored(building, control);
  }
  if (!copied.ok()) {
    remove_store(building);
    return copied.error();
  }
  auto const placed = put_in_place(building, files);
  return placed.ok() ? receipt : placed.error();
}

}  // namespace guarantor::store
