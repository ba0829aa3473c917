#include <fmt/format.h>

#include <memory>
#include <optional>

#include "guarantor/ledger/proof_file.h"
#include "guarantor/ledger_input.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::optional<std::uint64_t> record;
  std::optional<std::uint64_t> since;
  bool with_record{false};
  bool bare{false};
  std::string output;
};

struct Published {
  std::string note;
  std::uint64_t size{};
};

model::Result<Published> published(store::SqliteStore const& store) {
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
  return Published{std::move(note).value(), said.value().head.size};
}

model::Result<std::string> prove_inclusion(Options const& options, store::SqliteStore const& store,
                                           Published const& now) {
  if (*options.record >= now.size) {
    return model::Error{model::ErrorKind::kNotFound,
                        fmt::format("record {} is not published", *options.record),
                        fmt::format("the log has {} published entries", now.size)};
  }
  auto proof = ledger::inclusion_proof(store.hashes(), *options.record, now.size);
  auto const opening = store.opening(*options.record);
  auto const entry = store.commitment(*options.record);
  if (!proof.ok() || !opening.ok() || !entry.ok()) {
    return !proof.ok() ? proof.error() : !opening.ok() ? opening.error() : entry.error();
  }
  ledger::InclusionFile file{
      .index = *options.record, .proof = std::move(proof).value(), .checkpoint = now.note};
  if (opening.value() && !options.bare) {
    file.salt = opening.value()->salt;
    if (options.with_record) {
      file.payload = opening.value()->payload;
    }
  }
  // A proof is never handed out that would not convince us.
  auto const chain = store.key_chain();
  if (!chain.ok()) {
    return chain.error();
  }
  auto const checked =
      ledger::verify_inclusion_file(file, entry.value(), ledger::keys_at(chain.value(), now.size));
  if (!checked.ok()) {
    return checked.error();
  }
  return ledger::inclusion_file_text(file);
}

model::Result<std::string> prove_growth(Options const& options, store::SqliteStore const& store,
                                        Published const& now) {
  if (*options.since > now.size) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("the log has {} published entries, fewer than {}", now.size, *options.since),
        ""};
  }
  auto proof = ledger::consistency_proof(store.hashes(), *options.since, now.size);
  if (!proof.ok()) {
    return proof.error();
  }
  return ledger::consistency_file_text(
      {.old_size = *options.since, .proof = std::move(proof).value(), .checkpoint = now.note});
}

model::Result<model::Done> run(Options const& options) {
  if (options.record.has_value() == options.since.has_value()) {
    return model::Error{model::ErrorKind::kBadInput, "what is to be proved?",
                        "name a record, or --since an earlier size of the log"};
  }
  auto const store = open_to_read(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const now = published(*store.value());
  if (!now.ok()) {
    return now.error();
  }
  auto const text = options.record ? prove_inclusion(options, *store.value(), now.value())
                                   : prove_growth(options, *store.value(), now.value());
  return text.ok() ? write_text(options.output, text.value()) : text.error();
}

}  // namespace

void add_ledger_prove(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger prove",
       .does = "A proof for a stranger: that a record is in the log, or that the log only grew",
       .examples = "  guarantor ledger prove coalition.db 1204 --with-record -o 1204.tlog-proof\n"
                   "  guarantor ledger prove coalition.db --since 1000 -o growth.proof"},
      [options](Session const&) { return run(*options); });
  add_store(verb, options->words);
  verb.add_option("record", options->record, "The record's place in the log")->type_name("RECORD");
  verb.add_option("--since", options->since,
                  "An earlier size of the log, to prove that it only grew")
      ->type_name("SIZE");
  verb.add_flag("--with-record", options->with_record, "Put the record itself into the proof too");
  verb.add_flag("--bare", options->bare, "Leave out the salt: the proof is of the entry alone");
  verb.add_option("-o,--output", options->output, "The file to write (default: standard output)")
      ->type_name("FILE");
}

}  // namespace guarantor::app
