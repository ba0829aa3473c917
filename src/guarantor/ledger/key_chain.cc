#include "guarantor/ledger/key_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/log_number.h"
#include "guarantor/ledger/signed_note.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kTitle = "guarantor/key-rotation/v1";
constexpr std::string_view kFileName = "keys";
constexpr std::size_t kMostBytes = 1'000'000;

std::string rotation_body(KeyTerm const& term) {
  return fmt::format("{}\n{}\nfrom {} {}\nkey {}\n", kTitle, term.key.name(), term.from.size,
                     base64(term.from.root), term.key.text());
}

/// What a body says; nothing unless it is `rotation_body` of it.
std::optional<KeyTerm> parse_body(std::string_view body) {
  constexpr std::string_view kFrom = "\nfrom ";
  constexpr std::string_view kKey = "\nkey ";
  auto const from = body.find(kFrom);
  auto const key = body.find(kKey);
  if (from == std::string_view::npos || key == std::string_view::npos || key < from ||
      !body.ends_with('\n')) {
    return std::nullopt;
  }
  std::string_view const head = body.substr(from + kFrom.size(), key - from - kFrom.size());
  auto const blank = std::min(head.find(' '), head.size());
  auto const size = log_number(head.substr(0, blank));
  auto const root = digest_from_base64(head.substr(std::min(blank + 1, head.size())));
  std::string_view vkey = body.substr(key + kKey.size());
  vkey.remove_suffix(1);
  auto const next = VerifierKey::parse(vkey);
  if (!size || !root || !next) {
    return std::nullopt;
  }
  KeyTerm term{next.value(), {*size, root.value()}};
  return rotation_body(term) == body ? std::optional{term} : std::nullopt;
}

/// Takes the first note off a text of notes: up to the last of the signature lines behind its first
/// empty line.
std::string_view take_note(std::string_view& text) {
  constexpr std::string_view kDash = "\u2014 ";
  std::size_t end = text.find("\n\n");
  end = end == std::string_view::npos ? text.size() : end + 2;
  while (text.substr(end).starts_with(kDash)) {
    auto const line_end = text.find('\n', end);
    end = line_end == std::string_view::npos ? text.size() : line_end + 1;
  }
  std::string_view const note = text.substr(0, end);
  text.remove_prefix(end);
  return note;
}

/// The term a note adds to the chain.
Result<KeyTerm> next_term(std::string_view note, KeyChain const& chain) {
  auto const failed = [](std::string message) {
    return Error{ErrorKind::kCheckFailed, std::move(message), ""};
  };
  auto const parsed = parse_note(note);
  if (!parsed) {
    return parsed.error();
  }
  auto const term = parse_body(parsed.value().text);
  if (!term) {
    return Error{ErrorKind::kBadInput, "this is no change of keys", ""};
  }
  KeyTerm const& before = chain.back();
  if (term->key.name() != before.key.name() || term->key.type() != SignatureType::kEd25519) {
    return failed(
        fmt::format("{} cannot sign for the log {}", term->key.text(), before.key.name()));
  }
  if (std::ranges::any_of(chain, [&](KeyTerm const& old) { return old.key == term->key; })) {
    return failed("the new key was the log's before");
  }
  if (term->from.size < before.from.size ||
      (term->from.size == before.from.size && term->from.root != before.from.root)) {
    return failed("the log that is handed over is not the one that was taken over before");
  }
  std::array<VerifierKey, 2> const both{before.key, term->key};
  auto const signers = verify_note(parsed.value(), both);
  if (!signers) {
    return signers.error();
  }
  if (signers.value().size() != both.size() || parsed.value().signatures.size() != both.size()) {
    return failed("a change of keys is signed by the old and the new key, and nobody else");
  }
  return *term;
}

}  // namespace

Result<std::string> sign_rotation(TreeHead const& from, SigningKey const& old_key,
                                  SigningKey const& new_key) {
  if (old_key.name() != new_key.name() || old_key.verifier() == new_key.verifier()) {
    return Error{ErrorKind::kBadInput, "a log's next key has the log's name and is another key",
                 ""};
  }
  SignedNote note{.text = rotation_body({new_key.verifier(), from}), .signatures = {}};
  for (SigningKey const* key : {&old_key, &new_key}) {
    auto signature = sign_note(note.text, *key);
    if (!signature) {
      return signature.error();
    }
    note.signatures.push_back(std::move(signature).value());
  }
  return note_text(note);
}

Result<KeyChain> verify_key_chain(std::string_view text, VerifierKey const& first) {
  KeyChain chain{{first, {0, empty_root()}}};
  std::string_view rest = text;
  while (!rest.empty()) {
    auto const line = 1 + std::ranges::count(text.substr(0, text.size() - rest.size()), '\n');
    auto term = next_term(take_note(rest), chain);
    if (!term) {
      return Error{term.error().kind,
                   fmt::format("the change of keys at line {}: {}", line, term.error().message),
                   term.error().hint};
    }
    chain.push_back(std::move(term).value());
  }
  return chain;
}

std::vector<VerifierKey> keys_at(KeyChain const& chain, std::uint64_t size) {
  std::vector<VerifierKey> keys;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    bool const begun = chain[i].from.size <= size;
    bool const ended = i + 1 < chain.size() && chain[i + 1].from.size < size;
    if (begun && !ended) {
      keys.push_back(chain[i].key);
    }
  }
  return keys;
}

Result<std::string> read_key_chain_file(fs::path const& log_folder) {
  auto text = read_whole_file(log_folder / kFileName, kMostBytes);
  if (!text && text.error().kind == ErrorKind::kNotFound) {
    return std::string{};
  }
  return text;
}

Result<Done> append_key_chain_file(fs::path const& log_folder, std::string_view rotation) {
  auto const text = read_key_chain_file(log_folder);
  if (!text) {
    return text.error();
  }
  return replace_file(log_folder / kFileName, text.value() + std::string{rotation}, kReadableByAll);
}

}  // namespace guarantor::ledger
