#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "guarantor/ledger/log_verification.h"
#include "guarantor/ledger/proof_file.h"
#include "guarantor/ledger_input.h"
#include "guarantor/store/store_check.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string what;
  std::string key;
  std::vector<std::string> witnesses;
  std::string keys;
  std::string record;
  std::string since;
};

std::string witnessed(ledger::VerifiedCheckpoint const& checkpoint) {
  std::string text;
  for (ledger::Cosigned const& cosigned : checkpoint.witnesses) {
    text += fmt::format("witnessed by {} at {}\n", cosigned.witness.name(),
                        model::print(model::Instant{cosigned.at}));
  }
  return text;
}

/// That so many entries hold, and who saw them.
model::Result<model::Done> say_entries(
    std::uint64_t entries, std::optional<ledger::VerifiedCheckpoint> const& checkpoint) {
  auto text = fmt::format("{} entries hold\n", entries);
  if (checkpoint) {
    text += witnessed(*checkpoint);
  }
  return print(text);
}

/// Whom the options, or the folder itself, say to trust.
model::Result<store::StoreTrust> read_trust(Options const& options, std::string const& folder) {
  auto first = first_key(options.key, folder);
  auto witnesses = read_verifier_keys(options.witnesses);
  if (!first.ok() || !witnesses.ok()) {
    return first.ok() ? witnesses.error() : first.error();
  }
  return store::StoreTrust{std::move(first).value(), std::move(witnesses).value()};
}

model::Result<model::Done> verify_folder(Options const& options, model::RunControl const& control) {
  auto const folder = ledger::TileFolder::open(options.what);
  auto const trust = folder.ok() ? read_trust(options, options.what) : folder.error();
  if (!trust.ok()) {
    return trust.error();
  }
  ledger::LogQuestion question{.first_key = *trust.value().first_key,
                               .witnesses = trust.value().witnesses};
  question.allow_unknown_signatures = trust.value().witnesses.empty();
  std::error_code ignored;
  if (auto const head = folder.value().path() / "head"; std::filesystem::exists(head, ignored)) {
    question.head_file = head;
  }
  auto const report = ledger::verify_log(folder.value(), question, control);
  if (!report.ok()) {
    return report.error();
  }
  if (auto const& found = report.value().finding) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        fmt::format("{}/{}", options.what, describe(*found)), ""};
  }
  return say_entries(report.value().entries_checked, report.value().checkpoint);
}

/// A store: every record, and its folder.
model::Result<model::Done> verify_store(Options const& options, model::RunControl const& control) {
  std::string const folder = log_folder(options.what);
  auto const trust = read_trust(options, folder);
  auto const report =
      trust.ok() ? store::check_store(options.what, control, trust.value()) : trust.error();
  if (!report.ok()) {
    return report.error();
  }
  if (auto const& found = report.value().finding) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        fmt::format("{}: {}: {}", options.what, found->place, found->what), ""};
  }
  if (auto const& found = report.value().in_log) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        fmt::format("{}/{}", folder, describe(*found)), ""};
  }
  return say_entries(report.value().published, report.value().checkpoint);
}

/// Whose signatures of this checkpoint count.
model::Result<std::vector<ledger::VerifierKey>> known_keys(Options const& options,
                                                           std::string_view checkpoint) {
  if (options.key.empty()) {
    return model::Error{model::ErrorKind::kBadInput, "a proof needs the log's key",
                        "--key names it, as text or in a file"};
  }
  auto const first = read_verifier_key(options.key);
  auto const witnesses = read_verifier_keys(options.witnesses);
  if (!first.ok() || !witnesses.ok()) {
    return first.ok() ? witnesses.error() : first.error();
  }
  auto keys = keys_of_checkpoint(first.value(), options.keys, checkpoint);
  if (keys.ok()) {
    keys.value().insert(keys.value().end(), witnesses.value().begin(), witnesses.value().end());
  }
  return keys;
}

model::Result<model::Done> say_checkpoint(model::Result<ledger::VerifiedCheckpoint> const& verified,
                                          std::string const& proven) {
  if (!verified.ok()) {
    return verified.error();
  }
  auto const& checkpoint = verified.value().checkpoint;
  auto const text = fmt::format("{} of {}, {} entries, root {}\n", proven, checkpoint.origin,
                                checkpoint.head.size, ledger::base64(checkpoint.head.root));
  return print(text + witnessed(verified.value()));
}

model::Result<model::Done> verify_inclusion(Options const& options, std::string const& text) {
  auto const file = ledger::parse_inclusion_file(text);
  auto const keys = file.ok() ? known_keys(options, file.value().checkpoint) : file.error();
  if (!keys.ok()) {
    return keys.error();
  }
  std::optional<std::string> record;
  if (!options.record.empty()) {
    auto read = read_text(options.record);
    if (!read.ok()) {
      return read.error();
    }
    record = std::move(read).value();
  }
  return say_checkpoint(ledger::verify_record(file.value(), record, keys.value()),
                        fmt::format("the record is entry {}", file.value().index));
}

model::Result<model::Done> verify_growth(Options const& options, std::string const& text) {
  if (options.since.empty()) {
    return model::Error{model::ErrorKind::kBadInput,
                        "this proves that a log only grew; since when?",
                        "--since names the earlier checkpoint's file"};
  }
  auto const file = ledger::parse_consistency_file(text);
  auto const keys = file.ok() ? known_keys(options, file.value().checkpoint) : file.error();
  auto const before = read_text(options.since);
  if (!keys.ok() || !before.ok()) {
    return keys.ok() ? before.error() : keys.error();
  }
  auto const keys_then = known_keys(options, before.value());
  auto const earlier = keys_then.ok() ? ledger::verify_checkpoint(before.value(), keys_then.value())
                                      : keys_then.error();
  if (!earlier.ok()) {
    return earlier.error();
  }
  return say_checkpoint(
      ledger::verify_consistency_file(file.value(), earlier.value().checkpoint.head, keys.value()),
      fmt::format("the log of {} entries is the beginning", earlier.value().checkpoint.head.size));
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  WatchedRun const watched{session};
  std::error_code ignored;
  if (std::filesystem::is_directory(options.what, ignored)) {
    return verify_folder(options, watched.control());
  }
  if (is_store(options.what)) {
    return verify_store(options, watched.control());
  }
  auto const text = read_text(options.what);
  if (!text.ok()) {
    return text.error();
  }
  if (text.value().starts_with("c2sp.org/tlog-proof")) {
    return verify_inclusion(options, text.value());
  }
  if (text.value().starts_with("old ")) {
    return verify_growth(options, text.value());
  }
  auto const keys = known_keys(options, text.value());
  return keys.ok()
             ? say_checkpoint(ledger::verify_checkpoint(text.value(), keys.value()), "checkpoint")
             : keys.error();
}

}  // namespace

void add_ledger_verify(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger verify",
       .does = "Find the first entry that was altered, is missing or out of order; check a proof",
       .examples = "  guarantor ledger verify coalition.db\n"
                   "  guarantor ledger verify mirror/coalition --key KEY\n"
                   "  guarantor ledger verify 1204.tlog-proof --key KEY --record offer.json\n"
                   "  guarantor ledger verify growth.proof --key KEY --since checkpoint-of-may"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("what", options->what, "A store, a log's folder, a proof, or a checkpoint")
      ->type_name("WHAT")
      ->required();
  verb.add_option("--key", options->key, "The log's first verifier key, as text or in a file")
      ->type_name("KEY");
  verb.add_option(
          "--keys", options->keys,
          "The file `keys` of the log's folder, where its keys have changed since the first")
      ->type_name("FILE");
  verb.add_option("--witness", options->witnesses, "A witness's verifier key; may be repeated")
      ->type_name("KEY")
      ->allow_extra_args(false);
  verb.add_option("--record", options->record, "The record, where the proof does not hold it")
      ->type_name("FILE");
  verb.add_option("--since", options->since, "The earlier checkpoint a growth is proved from")
      ->type_name("FILE");
}

}  // namespace guarantor::app
