#include <memory>
#include <optional>

#include "guarantor/ledger_input.h"
#include "guarantor/store/log_proof.h"
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

model::Result<model::Done> run(Options const& options) {
  if (options.record.has_value() == options.since.has_value()) {
    return model::Error{model::ErrorKind::kBadInput, "what is to be proved?",
                        "name a record, or --since an earlier size of the log"};
  }
  auto const store = open_to_read(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const now = store::published_log(*store.value());
  if (!now.ok()) {
    return now.error();
  }
  auto const what = options.bare          ? store::ProofOf::kEntry
                    : options.with_record ? store::ProofOf::kRecord
                                          : store::ProofOf::kSalt;
  auto const text =
      options.record
          ? store::inclusion_proof_text(*store.value(), *options.record, what, now.value())
          : store::growth_proof_text(*store.value(), *options.since, now.value());
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
