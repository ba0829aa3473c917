#include "guarantor/store/store_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/ledger/tree.h"
#include "guarantor/store/account.h"
#include "guarantor/store/sqlite_entry.h"
#include "guarantor/store/sqlite_hashes.h"
#include "guarantor/store/sqlite_layout.h"
#include "guarantor/store/sqlite_store.h"

namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using Finding = std::optional<StoreFinding>;

/// Records between two looks at the clock.
constexpr Position kStride = 4096;
/// How often a log that grows meanwhile is looked at again.
constexpr int kMostAttempts = 5;

StoreFinding in_record(Position position, std::string what) {
  return {fmt::format("record {}", position), position, std::move(what)};
}

StoreFinding in_table(std::string const& table, std::string what) {
  return {"table " + table, std::nullopt, std::move(what)};
}

/// How the canonical body of an erasure begins: of whichever record it is.
std::string said_of(Record const& record) {
  auto const key = ledger::canonical_json_string(record.key);
  return fmt::format(R"({{"at":"{}","key":{},"kind":"{}",)", model::print(record.at),
                     key.ok() ? key.value() : "", model::text(record.kind));
}

/// Walks all records in order and keeps what has to fit at the end.
class RecordWalk {
 public:
  RecordWalk(SqliteStore const& store, StoreReport& report, model::RunControl const& control)
      : store_{store}, report_{report}, control_{control} {}

  /// Error kLimit alone.
  Result<Finding> run() {
    auto const expected = store_.frontier();
    if (!expected.ok()) {
      return Finding{in_table("log", expected.error().message)};
    }
    auto rows = store_.connection().prepare(
        fmt::format("SELECT {} FROM entry ORDER BY position", kEntryColumns));
    auto nodes =
        store_.connection().prepare("SELECT hash FROM node WHERE level = ?1 AND number = ?2");
    if (!rows.ok() || !nodes.ok()) {
      return Finding{in_table("entry", (rows.ok() ? nodes.error() : rows.error()).message)};
    }
    nodes_.emplace(std::move(nodes).value());
    for (auto more = rows.value().step();; more = rows.value().step()) {
      if (!more.ok()) {
        return Finding{in_record(tree_.size(), "it cannot be read: " + more.error().message)};
      }
      if (!more.value()) {
        break;
      }
      if (auto const stop = show_progress(expected.value().size()); !stop.ok()) {
        return stop.error();
      }
      if (auto found = look_at(rows.value())) {
        return found;
      }
    }
    return at_the_end(expected.value());
  }

 private:
  Result<Done> show_progress(Position end) const {
    if (tree_.size() % kStride != 0) {
      return Done{};
    }
    if (control_.must_stop()) {
      return Error{ErrorKind::kLimit, fmt::format("stopped after {} records", tree_.size()), ""};
    }
    control_.report(
        {.stage = "records",
         .share_done =
             end == 0 ? 1.0 : static_cast<double>(tree_.size()) / static_cast<double>(end)});
    return Done{};
  }

  Finding look_at(Statement const& row) {
    auto const position = static_cast<Position>(row.number(0));
    if (position != tree_.size()) {
      return in_record(tree_.size(), "it is missing");
    }
    auto const record = read_entry(row);
    if (!record.ok()) {
      return in_record(position, record.error().message);
    }
    auto const commitment = read_digest(row, kCommitmentColumn, "its commitment");
    if (!commitment.ok()) {
      return in_record(position, commitment.error().message);
    }
    if (record.value().erased) {
      erased_.emplace(std::to_string(position), said_of(record.value()));
    } else if (record.value().kind == RecordKind::kErasure) {
      erasures_.emplace(record.value().key, record.value().body);
    }
    Finding found;
    tree_.append(ledger::leaf_hash(commitment.value()),
                 [&](int level, std::uint64_t number, ledger::Digest const& hash) {
                   found = found ? found : look_at_node(level, number, hash);
                 });
    ++report_.records;
    return found;
  }

  Finding look_at_node(int level, std::uint64_t number, ledger::Digest const& hash) {
    ++node_count_;
    auto const row = nodes_->bind(1, level).bind(2, static_cast<std::int64_t>(number)).step();
    auto const kept = row.ok() && row.value() ? read_digest(*nodes_, 0, "the node")
                                              : Result<ledger::Digest>{Error{}};
    nodes_->reset();
    if (kept.ok() && kept.value() == hash) {
      return std::nullopt;
    }
    Position const last = tree_.size();
    return StoreFinding{
        fmt::format("table node, level {}, number {}", level, number), last,
        fmt::format("it is not the root over the records up to {}: it, or the commitment of one of "
                    "them, was altered",
                    last)};
  }

  Finding at_the_end(ledger::Frontier const& expected) {
    if (tree_.size() != expected.size()) {
      return in_record(
          std::min(tree_.size(), expected.size()),
          tree_.size() < expected.size() ? "it and all after it are missing" : "it was never kept");
    }
    if (tree_.root() != expected.root()) {
      return in_table("log", "its peaks are not those over the records");
    }
    auto const nodes = store_.connection().number("SELECT count(*) FROM node");
    if (!nodes.ok() || nodes.value() != node_count_) {
      return in_table("node", "it has rows that belong to no records");
    }
    for (auto const& [position, said] : erased_) {
      auto const erasure = erasures_.find(position);
      if (erasure == erasures_.end()) {
        return StoreFinding{"record " + position, std::stoull(position),
                            "its payload is gone, and no record says that it was erased"};
      }
      if (!erasure->second.starts_with(said)) {
        return StoreFinding{"record " + position, std::stoull(position),
                            "its kind, key or time is not that of the record that was erased"};
      }
      ++report_.erased;
    }
    return std::nullopt;
  }

  SqliteStore const& store_;
  StoreReport& report_;
  model::RunControl const& control_;
  std::optional<Statement> nodes_;
  ledger::Frontier tree_;
  std::int64_t node_count_{};
  std::map<std::string, std::string> erased_;    ///< by position: what their erasure must say
  std::map<std::string, std::string> erasures_;  ///< by position: what it says
};

/// Tables and indices as this layout has them, no more and no less.
Finding look_at_layout(Connection const& connection) {
  auto const expected = expected_objects();
  auto rows = connection.prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema");
  if (!expected.ok() || !rows.ok()) {
    return in_table("sqlite_schema", (rows.ok() ? expected.error() : rows.error()).message);
  }
  std::map<std::string, std::string> missing;
  for (LayoutObject const& object : expected.value()) {
    missing.emplace(object.name, object.sql);
  }
  for (auto more = rows.value().step(); more.ok() && more.value(); more = rows.value().step()) {
    auto const found = missing.find(rows.value().text(0));
    if (found == missing.end() || found->second != rows.value().text(1)) {
      return in_table("sqlite_schema",
                      fmt::format("`{}` is not of this layout", rows.value().text(0)));
    }
    missing.erase(found);
  }
  if (!missing.empty()) {
    return in_table("sqlite_schema", fmt::format("`{}` is missing", missing.begin()->first));
  }
  return std::nullopt;
}

/// What SQLite finds: pages that are torn, indices that do not agree with their tables.
Finding look_at_pages(Connection const& connection) {
  auto const said = connection.text("PRAGMA integrity_check(1)");
  if (!said.ok()) {
    return StoreFinding{"the file's pages", std::nullopt, said.error().message};
  }
  if (said.value() != "ok") {
    return StoreFinding{"the file's pages", std::nullopt, said.value()};
  }
  return std::nullopt;
}

/// An account's last record names its secret by its hash, so none can be exchanged, left over or
/// taken away.
Finding look_at_secrets(SqliteStore const& store) {
  Finding found;
  std::int64_t named = 0;
  auto const visited = store.each_latest(RecordKind::kAccount, "", {}, [&](Record&& record) {
    auto const account = account_from_body(record.body);
    auto const secret = store.secret(record.key);
    if (!account.ok() || !secret.ok()) {
      found = in_record(record.position, (account.ok() ? secret.error() : account.error()).message);
    } else if (account.value().removed ? secret.value().has_value()
                                       : !secret.value() || ledger::sha256(*secret.value()) !=
                                                                account.value().verifier) {
      found = in_table("secret", fmt::format("`{}` is not what its last record says", record.key));
    }
    named += account.ok() && !account.value().removed ? 1 : 0;
    return !found;
  });
  if (!visited.ok()) {
    return in_table("secret", visited.error().message);
  }
  auto const kept = store.connection().number("SELECT count(*) FROM secret");
  if (!found && (!kept.ok() || kept.value() != named)) {
    return in_table("secret", "it has rows that belong to no account");
  }
  return found;
}

/// The commitments the store has for entries [from, to), nothing for those it has not.
Result<std::vector<std::optional<ledger::Digest>>> stored(SqliteStore const& store, Position from,
                                                          Position to) {
  auto rows = store.connection().prepare(
      "SELECT position, commitment FROM entry WHERE position >= ?1 AND position < ?2");
  if (!rows.ok()) {
    return rows.error();
  }
  rows.value().bind(1, static_cast<std::int64_t>(from)).bind(2, static_cast<std::int64_t>(to));
  std::vector<std::optional<ledger::Digest>> found(to - from);
  for (auto more = rows.value().step(); more.ok() && more.value(); more = rows.value().step()) {
    auto const digest = read_digest(rows.value(), 1, "a commitment");
    if (digest.ok()) {
      found[static_cast<Position>(rows.value().number(0)) - from] = digest.value();
    }
  }
  return found;
}

Result<std::optional<ledger::LogFinding>> look_at_log(SqliteStore const& store,
                                                      StoreTrust const& trust, StoreReport& report,
                                                      model::RunControl const& control) {
  auto const folder = ledger::TileFolder::open(store.files().log());
  if (!folder.ok()) {
    return std::optional{ledger::LogFinding{
        ledger::Flaw::kMissing, store.files().log().string(), {}, {}, folder.error().message}};
  }
  auto const key = trust.first_key ? Result<ledger::VerifierKey>{*trust.first_key}
                                   : read_first_key(store.files());
  if (!key.ok()) {
    return std::optional{
        ledger::LogFinding{ledger::Flaw::kKeyChain, "first-key", {}, {}, key.error().message}};
  }
  ledger::LogQuestion question{
      .first_key = key.value(), .witnesses = trust.witnesses, .head_file = store.files().head()};
  question.allow_unknown_signatures = trust.witnesses.empty();
  question.stored = [&store](Position from, Position to) { return stored(store, from, to); };
  for (int attempt = 0;; ++attempt) {
    auto const before = folder.value().read_checkpoint();
    auto const verified = ledger::verify_log(folder.value(), question, control);
    if (!verified.ok()) {
      return verified.error();
    }
    report.published = verified.value().entries_checked;
    report.checkpoint = verified.value().checkpoint;
    // Whoever publishes meanwhile takes partial tiles away: that is no finding.
    auto const after = folder.value().read_checkpoint();
    bool const still = before.ok() && after.ok() && before.value() == after.value();
    if (!verified.value().finding || still || attempt == kMostAttempts) {
      return verified.value().finding;
    }
  }
}

}  // namespace

Result<StoreReport> check_store(std::filesystem::path const& file, model::RunControl const& control,
                                StoreTrust const& trust) {
  StoreReport report;
  auto const store = SqliteStore::open_unchecked(file);
  if (!store.ok()) {
    if (store.error().kind != ErrorKind::kCheckFailed) {
      return store.error();
    }
    report.finding = StoreFinding{"file " + file.string(), std::nullopt, store.error().message};
    return report;
  }
  Connection const& connection = store.value()->connection();
  // The head first: what it says was acknowledged is in whatever is read of the database later. All
  // of that is read as it is at one moment.
  auto const state = store.value()->head_state();
  if (auto const begun = connection.run("BEGIN"); !begun.ok()) {
    return begun.error();
  }
  report.finding = look_at_layout(connection);
  if (!report.finding) {
    auto walked = RecordWalk{*store.value(), report, control}.run();
    if (!walked.ok()) {
      return walked.error();
    }
    report.finding = std::move(walked).value();
  }
  report.finding = report.finding ? report.finding : look_at_pages(connection);
  report.finding = report.finding ? report.finding : look_at_secrets(*store.value());
  if (!report.finding && !state.ok()) {
    report.finding = StoreFinding{"file " + store.value()->files().head().string(), std::nullopt,
                                  state.error().message};
  }
  // The log may grow on; a transaction that ended cannot fail to.
  static_cast<void>(connection.run("COMMIT"));
  auto in_log = look_at_log(*store.value(), trust, report, control);
  if (!in_log.ok()) {
    return in_log.error();
  }
  report.in_log = std::move(in_log).value();
  return report;
}

}  // namespace guarantor::store
