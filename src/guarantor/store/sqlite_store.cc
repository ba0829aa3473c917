#include "guarantor/store/sqlite_store.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/store/sqlite_layout.h"

namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// What every connection is told. FULL syncs each commit; deleted payloads are overwritten.
constexpr char const* kManners =
    "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536;"
    "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;";

Result<Connection> open_as(std::filesystem::path const& file, OpenMode mode) {
  auto connection = Connection::open(file, mode);
  if (!connection.ok()) {
    return connection;
  }
  if (auto const told = connection.value().run(kManners); !told.ok()) {
    return told.error();
  }
  // A file is looked into only when it is first asked.
  auto const readable = connection.value().number("SELECT count(*) FROM sqlite_schema");
  return readable.ok() ? std::move(connection) : readable.error();
}

/// A database whose folder may not be written to can only be read as one that nobody writes to.
Result<Connection> open_connection(std::filesystem::path const& file, bool writing) {
  auto connection = open_as(file, writing ? OpenMode::kReadWrite : OpenMode::kReadOnly);
  std::filesystem::path log = file;
  log += "-wal";
  std::error_code ignored;
  if (connection.ok() || writing || connection.error().kind != ErrorKind::kUnwritable ||
      std::filesystem::exists(log, ignored)) {
    return connection;
  }
  return open_as(file, OpenMode::kImmutable);
}

/// The empty store in a new file, ready for its first record.
Result<Done> make_database(std::filesystem::path const& file, std::string const& origin) {
  auto connection = Connection::open(file, OpenMode::kCreate);
  if (!connection.ok()) {
    return connection.error();
  }
  if (auto const begun = connection.value().run("PRAGMA journal_mode = WAL"); !begun.ok()) {
    return begun;
  }
  if (auto const made = migrate(connection.value(), file.string(), Migrating::kNewFile);
      !made.ok()) {
    return made;
  }
  auto statement = connection.value().prepare(
      "INSERT INTO log (one, origin, size, frontier) VALUES (1, ?1, 0, ?2)");
  if (!statement.ok()) {
    return statement.error();
  }
  std::string const frontier = ledger::Frontier{}.serialise();
  return statement.value().bind(1, origin).bind_bytes(2, as_bytes(frontier)).run();
}

/// The store, whole, under a name that nobody looks for.
Result<Done> build(StoreFiles const& files, ledger::SigningKey const& key, Author const& author) {
  std::error_code failure;
  std::filesystem::create_directories(files.log(), failure);
  if (failure) {
    return Error{ErrorKind::kUnwritable,
                 fmt::format("{}: {}", files.log().string(), failure.message()), ""};
  }
  auto const keyed =
      ledger::create_file(files.first_key(), key.verifier().text() + "\n", ledger::kReadableByAll);
  if (!keyed.ok()) {
    return keyed;
  }
  if (auto const head = ledger::HeadFile::create(files.head()); !head.ok()) {
    return head.error();
  }
  if (auto const made = make_database(files.database, key.name()); !made.ok()) {
    return made;
  }
  auto store = SqliteStore::open(files.database, key);
  if (!store.ok()) {
    return store.error();
  }
  Draft const first{.kind = RecordKind::kStore,
                    .key = "begun",
                    .body = fmt::format(R"({{"key":"{}","layout":{},"origin":"{}"}})",
                                        key.verifier().text(), kLayout, key.name())};
  auto const kept = store.value()->append({&first, 1}, author);
  return kept.ok() ? store.value()->publish({}) : kept.error();
}

}  // namespace

SqliteStore::SqliteStore(StoreFiles files, Connection connection,
                         std::optional<ledger::SigningKey> key)
    : files_{std::move(files)},
      connection_{std::move(connection)},
      key_{std::move(key)},
      hashes_{connection_} {}

Result<Done> SqliteStore::create(std::filesystem::path const& file, ledger::SigningKey const& key,
                                 Author const& author) {
  StoreFiles const files{file};
  if (auto const free = check_free(files); !free.ok()) {
    return free;
  }
  StoreFiles const building = unfinished(files);
  remove_store(building);
  if (auto const built = build(building, key, author); !built.ok()) {
    remove_store(building);
    return built;
  }
  return put_in_place(building, files);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(std::filesystem::path const& file) {
  return open(file, std::optional<ledger::SigningKey>{});
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(std::filesystem::path const& file,
                                                       ledger::SigningKey const& key) {
  return open(file, std::optional{key});
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open_unchecked(
    std::filesystem::path const& file) {
  return open_unchecked(file, std::nullopt);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open_unchecked(
    std::filesystem::path const& file, std::optional<ledger::SigningKey> key) {
  bool const writing = key.has_value();
  auto connection = open_connection(file, writing);
  if (!connection.ok()) {
    return connection.error();
  }
  auto const fit = writing ? migrate(connection.value(), file.string(), Migrating::kStore)
                           : check_layout(connection.value(), file.string());
  if (!fit.ok()) {
    return fit.error();
  }
  // The constructor is private, so make_unique cannot reach it.
  return std::unique_ptr<SqliteStore>{
      new SqliteStore{StoreFiles{file}, std::move(connection).value(), std::move(key)}};
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(std::filesystem::path const& file,
                                                       std::optional<ledger::SigningKey> key) {
  bool const writing = key.has_value();
  auto store = open_unchecked(file, std::move(key));
  if (!store.ok()) {
    return store;
  }
  if (auto const mended = writing ? store.value()->mend_head() : Result<Done>{Done{}};
      !mended.ok()) {
    return mended.error();
  }
  if (auto const state = store.value()->head_state(); !state.ok()) {
    return state.error();
  }
  return store;
}

Result<HeadState> SqliteStore::head_state() const {
  // A writer acknowledges after it has kept: what the head says is in the database by then, so the
  // head is read first.
  auto const reading = ledger::HeadFile::read(files_.head());
  if (!reading.ok()) {
    return reading.error();
  }
  auto const kept = frontier();
  if (!kept.ok()) {
    return kept.error();
  }
  HeadState state{kept.value().head(), {}, reading.value().damaged()};
  auto const checked = check_head(reading.value(), kept.value());
  if (!checked.ok()) {
    return checked.error();
  }
  state.acknowledged = checked.value();
  return state;
}

Result<ledger::TreeHead> SqliteStore::check_head(ledger::HeadReading const& reading,
                                                 ledger::Frontier const& kept) const {
  if (!reading.checkpoint) {
    if (kept.size() == 0 && !reading.damaged()) {
      return kept.head();
    }
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("{}: damaged; nothing says what was acknowledged", files_.head().string()),
        "restore a backup, or the file"};
  }
  auto const chain = key_chain();
  if (!chain.ok()) {
    return chain.error();
  }
  ledger::TreeHead const& head = reading.checkpoint->head;
  auto const signed_by =
      ledger::verify_checkpoint(*reading.note, ledger::keys_at(chain.value(), head.size));
  if (!signed_by.ok()) {
    auto error = signed_by.error();
    error.message = fmt::format("{}: {}", files_.head().string(), error.message);
    return error;
  }
  if (head.size > kept.size()) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("{}: records {} to {} were acknowledged and are gone", files_.database.string(),
                    kept.size(), head.size - 1),
        "the write-ahead log beside the file was lost or damaged; restore a backup or that file"};
  }
  auto const root = head.size == kept.size() ? kept.root() : ledger::tree_root(hashes_, head.size);
  if (!root.ok()) {
    return root.error();
  }
  if (root.value() != head.root) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("{}: its first {} records are not those that were acknowledged",
                             files_.database.string(), head.size),
                 "`guarantor store check` says which was altered"};
  }
  return head;
}

Result<ledger::KeyChain> SqliteStore::key_chain() const {
  auto const first = read_first_key(files_);
  if (!first.ok()) {
    return first.error();
  }
  auto const links = ledger::read_key_chain_file(files_.log());
  if (!links.ok()) {
    return links.error();
  }
  return ledger::verify_key_chain(links.value(), first.value());
}

Result<Done> SqliteStore::mend_head() {
  auto const lock = StoreLock::take(files_, kPatience);
  if (!lock.ok()) {
    return lock.error();
  }
  auto const state = head_state();
  if (!state.ok()) {
    return state.error();
  }
  if (auto const ours = check_key(); !ours.ok()) {
    return ours;
  }
  if (!state.value().damaged_slot && state.value().acknowledged == state.value().kept) {
    return Done{};
  }
  auto file = ledger::HeadFile::open(files_.head());
  if (!file.ok()) {
    return file.error();
  }
  if (auto const repaired = file.value().repair(); !repaired.ok()) {
    return repaired;
  }
  return acknowledge(state.value().kept, file.value());
}

}  // namespace guarantor::store
