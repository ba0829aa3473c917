#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string log;
  std::string key;
  bool json{false};
};

std::string to_json(ledger::Checkpoint const& checkpoint, ledger::KeyChain const& chain,
                    ledger::SignedNote const& note) {
  Json json{{"origin", checkpoint.origin},
            {"size", checkpoint.head.size},
            {"root", ledger::base64(checkpoint.head.root)}};
  for (ledger::KeyTerm const& term : chain) {
    json["keys"].push_back({{"key", term.key.text()}, {"from", term.from.size}});
  }
  for (ledger::NoteSignature const& signature : note.signatures) {
    json["signed_by"].push_back(signature.key_name);
  }
  return json.dump(2) + "\n";
}

std::string to_table(ledger::Checkpoint const& checkpoint, ledger::KeyChain const& chain,
                     ledger::SignedNote const& note) {
  auto text = fmt::format("{}: {} entries, root {}\n", checkpoint.origin, checkpoint.head.size,
                          ledger::base64(checkpoint.head.root));
  for (ledger::KeyTerm const& term : chain) {
    text += fmt::format("  key from entry {:>10}  {}\n", term.from.size, term.key.text());
  }
  for (ledger::NoteSignature const& signature : note.signatures) {
    text += fmt::format("  signed by {}\n", signature.key_name);
  }
  return text;
}

model::Result<model::Done> run(Options const& options) {
  auto const folder = ledger::TileFolder::open(log_folder(options.log));
  if (!folder.ok()) {
    return folder.error();
  }
  auto const text = folder.value().read_checkpoint();
  auto const first = first_key(options.key, folder.value().path().string());
  auto const links = ledger::read_key_chain_file(folder.value().path());
  if (!text.ok() || !first.ok() || !links.ok()) {
    return !text.ok() ? text.error() : !first.ok() ? first.error() : links.error();
  }
  auto const chain = ledger::verify_key_chain(links.value(), first.value());
  auto const note = ledger::parse_note(text.value());
  if (!chain.ok() || !note.ok()) {
    return chain.ok() ? note.error() : chain.error();
  }
  auto const said = ledger::parse_unverified_checkpoint(text.value());
  if (!said.ok()) {
    return said.error();
  }
  auto const verified = ledger::verify_checkpoint(
      text.value(), ledger::keys_at(chain.value(), said.value().head.size));
  if (!verified.ok()) {
    return verified.error();
  }
  auto const& checkpoint = verified.value().checkpoint;
  return print(options.json ? to_json(checkpoint, chain.value(), note.value())
                            : to_table(checkpoint, chain.value(), note.value()));
}

}  // namespace

void add_ledger_status(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "ledger status",
                         .does = "What a log published last: its size, root, keys and signatures",
                         .examples = "  guarantor ledger status coalition.db\n"
                                     "  guarantor ledger status mirror/coalition --key KEY"},
                        [options](Session const&) { return run(*options); });
  verb.add_option("log", options->log, "A store, or a log's folder")->type_name("LOG")->required();
  verb.add_option("--key", options->key, "The log's first verifier key, as text or in a file")
      ->type_name("KEY");
  verb.add_flag("--json", options->json, "Answer in JSON");
}

}  // namespace guarantor::app
