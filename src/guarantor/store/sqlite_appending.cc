#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger/random_bytes.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/store/envelope.h"
#include "guarantor/store/sqlite_store.h"

/// How a SQLite store keeps something: lock, transaction, head.
namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// The error with the draft it is about.
Error about(std::size_t index, Draft const& draft, Error error) {
  error.message =
      fmt::format("{} {} ({}): {}", model::text(draft.kind), draft.key, index + 1, error.message);
  return error;
}

/// What stays known of a record once it is erased, and why it was.
std::string erasure_body(Record const& record, std::string_view why) {
  return nlohmann::json{{"at", model::print(record.at)},
                        {"key", record.key},
                        {"kind", model::text(record.kind)},
                        {"position", record.position},
                        {"why", why}}
      .dump();
}

}  // namespace

Result<Receipt> SqliteStore::append(std::span<Draft const> drafts, Author const& author,
                                    std::span<Secret const> secrets) {
  return in_one_step(
      [&](ledger::Frontier& frontier) { return keep(drafts, secrets, author, frontier); });
}

Result<Receipt> SqliteStore::append_built(Builder const& build, Author const& author) {
  return in_one_step([&](ledger::Frontier& frontier) -> Result<Done> {
    auto const step = build(frontier.size());
    return step.ok() ? keep(step.value().drafts, step.value().secrets, author, frontier)
                     : step.error();
  });
}

Result<Done> SqliteStore::keep(std::span<Draft const> drafts, std::span<Secret const> secrets,
                               Author const& author, ledger::Frontier& frontier) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (auto const kept = insert(drafts[i], author, frontier); !kept.ok()) {
      return about(i, drafts[i], kept.error());
    }
  }
  for (Secret const& secret : secrets) {
    if (auto const kept = set(secret); !kept.ok()) {
      return kept;
    }
  }
  return Done{};
}

Result<Done> SqliteStore::set(Secret const& secret) {
  auto statement = connection_.prepare(
      secret.value.empty() ? "DELETE FROM secret WHERE name = ?1"
                           : "INSERT INTO secret (name, value) VALUES (?1, ?2) "
                             "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value().bind(1, secret.name);
  if (!secret.value.empty()) {
    statement.value().bind(2, secret.value);
  }
  return statement.value().run();
}

Result<Done> SqliteStore::insert(Draft const& draft, Author const& author,
                                 ledger::Frontier& frontier) {
  auto const body = ledger::canonical_json(draft.body);
  if (!body.ok()) {
    return body.error();
  }
  auto const payload = write_envelope(draft, body.value(), author);
  if (!payload.ok()) {
    return payload.error();
  }
  ledger::Salt const salt = ledger::draw_random_bytes();
  ledger::Digest const commitment = ledger::commitment(salt, payload.value());
  auto const position = frontier.size();
  Result<Done> kept = insert_entry_->bind(1, static_cast<std::int64_t>(position))
                          .bind(2, static_cast<std::int64_t>(draft.kind))
                          .bind(3, draft.key)
                          .bind(4, author.at.time_since_epoch().count())
                          .bind_bytes(5, commitment.bytes)
                          .bind_bytes(6, salt)
                          .bind_bytes(7, as_bytes(payload.value()))
                          .run();
  for (std::uint64_t const mark : draft.marks) {
    if (kept.ok()) {
      kept = insert_mark_->bind(1, static_cast<std::int64_t>(draft.kind))
                 .bind(2, static_cast<std::int64_t>(mark))
                 .bind(3, draft.key)
                 .run();
    }
  }
  frontier.append(ledger::leaf_hash(commitment),
                  [&](int level, std::uint64_t number, ledger::Digest const& hash) {
                    if (kept.ok()) {
                      kept = insert_node_->bind(1, level)
                                 .bind(2, static_cast<std::int64_t>(number))
                                 .bind_bytes(3, hash.bytes)
                                 .run();
                    }
                  });
  return kept;
}

Result<Receipt> SqliteStore::in_one_step(Work const& work) {
  if (!key_) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{}: opened for reading alone", files_.database.string()),
                 "writing needs the log's key"};
  }
  auto const lock = StoreLock::take(files_, kPatience);
  if (!lock.ok()) {
    return lock.error();
  }
  if (auto const ours = check_key(); !ours.ok()) {
    return ours.error();
  }
  if (auto const begun = connection_.run("BEGIN IMMEDIATE"); !begun.ok()) {
    return begun.error();
  }
  auto head = ledger::HeadFile::open(files_.head());
  auto now = frontier();
  Result<Done> done{Done{}};
  if (!head.ok() || !now.ok()) {
    done = head.ok() ? now.error() : head.error();
  } else if (auto const checked = check_head(head.value().reading(), now.value()); !checked.ok()) {
    done = checked.error();
  }
  Receipt const before{done.ok() ? now.value().size() : 0, 0};
  if (done.ok()) {
    done = commit(work, now.value());
  }
  if (!done.ok()) {
    // What went wrong first is what is told; rolling back cannot fail in a way that matters.
    static_cast<void>(connection_.run("ROLLBACK"));
    return done.error();
  }
  if (auto const told = acknowledge(now.value().head(), head.value()); !told.ok()) {
    auto error = told.error();
    error.hint = "the records are kept, and not acknowledged: the next writer signs for them";
    return error;
  }
  return Receipt{before.first, now.value().size()};
}

Result<Done> SqliteStore::commit(Work const& work, ledger::Frontier& frontier) {
  if (auto const ready = prepare_inserts(); !ready.ok()) {
    return ready;
  }
  if (auto const worked = work(frontier); !worked.ok()) {
    return worked;
  }
  std::string const peaks = frontier.serialise();
  auto const moved = update_log_->bind(1, static_cast<std::int64_t>(frontier.size()))
                         .bind_bytes(2, as_bytes(peaks))
                         .run();
  return moved.ok() ? connection_.run("COMMIT") : moved;
}

Result<Done> SqliteStore::check_key() const {
  auto const chain = key_chain();
  if (!chain.ok()) {
    return chain.error();
  }
  if (chain.value().back().key != key_->verifier()) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{}: this key does not sign this log", files_.database.string()),
                 fmt::format("its key is {}", chain.value().back().key.text())};
  }
  return Done{};
}

Result<Done> SqliteStore::prepare_inserts() {
  if (update_log_) {
    return Done{};
  }
  auto entry = connection_.prepare(
      "INSERT INTO entry (position, kind, key, at, commitment, salt, payload) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  auto node = connection_.prepare("INSERT INTO node (level, number, hash) VALUES (?1, ?2, ?3)");
  auto log = connection_.prepare("UPDATE log SET size = ?1, frontier = ?2 WHERE one = 1");
  auto mark =
      connection_.prepare("INSERT OR IGNORE INTO mark (kind, mark, key) VALUES (?1, ?2, ?3)");
  for (auto* made : {&entry, &node, &log, &mark}) {
    if (!made->ok()) {
      return made->error();
    }
  }
  insert_entry_.emplace(std::move(entry).value());
  insert_node_.emplace(std::move(node).value());
  insert_mark_.emplace(std::move(mark).value());
  update_log_.emplace(std::move(log).value());
  return Done{};
}

Result<Done> SqliteStore::acknowledge(ledger::TreeHead const& head, ledger::HeadFile& file) {
  auto const note = ledger::sign_checkpoint({key_->name(), head, {}}, {&*key_, 1});
  return note.ok() ? file.write(note.value()) : note.error();
}

Result<Done> SqliteStore::check_erasable(Record const& record) const {
  bool stays = record.kind == RecordKind::kStore || record.kind == RecordKind::kErasure ||
               record.kind == RecordKind::kScenario || record.kind == RecordKind::kCurrent;
  if (record.kind == RecordKind::kAccount) {
    auto const last = latest(RecordKind::kAccount, record.key);
    if (!last.ok()) {
      return last.error();
    }
    stays = last.value() && last.value()->position == record.position;
  }
  if (stays) {
    return Error{ErrorKind::kRefused,
                 fmt::format("record {} ({} {}) stays: others stand on it", record.position,
                             model::text(record.kind), record.key),
                 ""};
  }
  return Done{};
}

Result<Receipt> SqliteStore::erase(Position position, std::string_view why, Author const& author) {
  auto const record = at(position);
  if (!record.ok()) {
    return record.error();
  }
  if (record.value().erased) {
    // Perhaps another process was reading then, and it still stands in the log beside the file.
    auto const before = latest(RecordKind::kErasure, std::to_string(position));
    auto const emptied = empty_write_ahead_log();
    if (!before.ok() || !emptied.ok()) {
      return before.ok() ? emptied.error() : before.error();
    }
    Position const said = before.value() ? before.value()->position : position;
    return Receipt{said, said};
  }
  if (auto const may = check_erasable(record.value()); !may.ok()) {
    return may.error();
  }
  auto const kept = in_one_step([&](ledger::Frontier& frontier) -> Result<Done> {
    auto statement =
        connection_.prepare("UPDATE entry SET salt = NULL, payload = NULL WHERE position = ?1");
    if (!statement.ok()) {
      return statement.error();
    }
    auto const gone = statement.value().bind(1, static_cast<std::int64_t>(position)).run();
    return gone.ok() ? insert({.kind = RecordKind::kErasure,
                               .key = std::to_string(position),
                               .body = erasure_body(record.value(), why)},
                              author, frontier)
                     : gone;
  });
  if (!kept.ok()) {
    return kept;
  }
  auto const emptied = empty_write_ahead_log();
  return emptied.ok() ? kept : emptied.error();
}

Result<Done> SqliteStore::empty_write_ahead_log() const {
  auto const busy = connection_.number("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!busy.ok()) {
    return busy.error();
  }
  if (busy.value() != 0) {
    return Error{ErrorKind::kRefused,
                 "it is recorded that the payload is erased, but another process still reads the "
                 "file as it was before",
                 "erase it once more when that has ended"};
  }
  return Done{};
}

Result<Done> SqliteStore::publish(model::RunControl const& control) {
  if (!key_) {
    return Error{ErrorKind::kRefused, "publishing needs the log's key", ""};
  }
  auto const lock = StoreLock::take(files_, kPatience);
  auto const ours = lock.ok() ? check_key() : lock.error();
  return ours.ok() ? publish_locked({&*key_, 1}, control) : ours;
}

Result<Done> SqliteStore::publish_locked(std::span<ledger::SigningKey const> signers,
                                         model::RunControl const& control) {
  auto const state = head_state();
  auto folder = ledger::TileFolder::create(files_.log());
  if (!state.ok() || !folder.ok()) {
    return state.ok() ? folder.error() : state.error();
  }
  ledger::TreeHead const& head = state.value().kept;
  ledger::Publication publication{.to = head.size};
  if (auto const there = folder.value().read_checkpoint(); there.ok()) {
    auto const read = ledger::parse_unverified_checkpoint(there.value());
    if (!read.ok()) {
      return read.error();
    }
    publication.from = read.value().head.size;
    if (publication.from == publication.to && signers.size() == 1) {
      return Done{};
    }
  } else if (there.error().kind != ErrorKind::kNotFound) {
    return there.error();
  }
  auto note = ledger::sign_checkpoint({key_->name(), head, {}}, signers);
  if (!note.ok()) {
    return note.error();
  }
  publication.checkpoint = std::move(note).value();
  if (publication.from == publication.to) {
    return folder.value().replace_checkpoint(publication.checkpoint);
  }
  publication.entries = [this](std::uint64_t from, std::uint64_t to) {
    return commitments(from, to);
  };
  return folder.value().publish(publication, hashes_, control);
}

Result<std::vector<ledger::Digest>> SqliteStore::commitments(Position from, Position to) const {
  auto rows = connection_.prepare(
      "SELECT commitment FROM entry WHERE position >= ?1 AND position < ?2 ORDER BY position");
  if (!rows.ok()) {
    return rows.error();
  }
  rows.value().bind(1, static_cast<std::int64_t>(from)).bind(2, static_cast<std::int64_t>(to));
  std::vector<ledger::Digest> found;
  for (;;) {
    auto const more = rows.value().step();
    if (!more.ok()) {
      return more.error();
    }
    if (!more.value()) {
      break;
    }
    auto const digest = read_digest(rows.value(), 0, "a commitment");
    if (!digest.ok()) {
      return digest.error();
    }
    found.push_back(digest.value());
  }
  if (found.size() != to - from) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("of records {} to {} some are missing", from, to), "restore a backup"};
  }
  return found;
}

Result<Done> SqliteStore::rotate(ledger::SigningKey const& next, Author const& author) {
  Draft const draft{.kind = RecordKind::kStore,
                    .key = "key",
                    .body = nlohmann::json{{"key", next.verifier().text()}}.dump()};
  if (next.name() != (key_ ? key_->name() : std::string{})) {
    return Error{ErrorKind::kBadInput, fmt::format("the next key is called `{}`", next.name()),
                 key_ ? fmt::format("the log is `{}`, and so is every key of it", key_->name())
                      : "writing needs the log's key"};
  }
  if (auto const kept = append({&draft, 1}, author); !kept.ok()) {
    return kept.error();
  }
  auto const lock = StoreLock::take(files_, kPatience);
  if (!lock.ok()) {
    return lock.error();
  }
  if (auto const ours = check_key(); !ours.ok()) {
    return ours;
  }
  auto const now = frontier();
  auto const published = now.ok() ? publish_locked({&*key_, 1}, {}) : now.error();
  if (!published.ok()) {
    return published;
  }
  auto const link = ledger::sign_rotation(now.value().head(), *key_, next);
  if (!link.ok()) {
    return link.error();
  }
  if (auto const linked = ledger::append_key_chain_file(files_.log(), link.value()); !linked.ok()) {
    return linked;
  }
  // Only now does anyone know the new key.
  std::vector<ledger::SigningKey> const both{*key_, next};
  if (auto const signed_twice = publish_locked(both, {}); !signed_twice.ok()) {
    return signed_twice;
  }
  key_ = next;
  auto head = ledger::HeadFile::open(files_.head());
  return head.ok() ? acknowledge(now.value().head(), head.value()) : head.error();
}

}  // namespace guarantor::store
