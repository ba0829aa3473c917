#include "guarantor/ledger/signed_note.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/big_endian.h"
#include "guarantor/ledger/cosigned_message.h"
#include "guarantor/ledger/utf8.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kIdBytes = 4;

Error bad(std::string message) {
  return {ErrorKind::kBadInput, std::move(message), ""};
}

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// Why a text cannot be in a note, or nothing: an empty message.
std::string why_no_note(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\n') {
      return fmt::format("line {}: a note holds no control characters",
                         1 + lines_in(text.substr(0, i)));
    }
  }
  return is_utf8(text) ? "" : "a note is UTF-8";
}

bool is_name(std::string_view name) {
  while (!name.empty()) {
    auto const character = take_character(name);
    if (!character || is_space(*character) || *character == '+') {
      return false;
    }
  }
  return true;
}

/// Whether a signature that bears the key's name and id is the key's.
bool holds(NoteSignature const& line, std::string_view text, VerifierKey const& key) {
  if (key.type() == SignatureType::kCosignature) {
    auto const timed = parse_timed_signature(line.signature);
    return timed && key.verifies(cosigned_message(timed->time, text), timed->signature);
  }
  Signature signature{};
  if (line.signature.size() != signature.size()) {
    return false;
  }
  std::ranges::copy(line.signature, signature.begin());
  return key.verifies(text, signature);
}

}  // namespace

Result<NoteSignature> parse_signature_line(std::string_view line) {
  Error const wrong = bad("a signature line is written \"\u2014 NAME BASE64\"");
  if (!line.starts_with(kDash)) {
    return wrong;
  }
  line.remove_prefix(kDash.size());
  auto const blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0 || !is_name(line.substr(0, blank))) {
    return wrong;
  }
  auto const bytes = bytes_from_base64(line.substr(blank + 1));
  if (!bytes || bytes.value().size() <= kIdBytes) {
    return wrong;
  }
  std::string_view const all = bytes.value();
  return NoteSignature{
      .key_name = std::string{line.substr(0, blank)},
      .key_id = static_cast<std::uint32_t>(read_big_endian(all.substr(0, kIdBytes))),
      .signature = std::string{all.substr(kIdBytes)}};
}

Result<SignedNote> parse_note(std::string_view note, NoteLimits limits) {
  if (note.size() > limits.most_bytes) {
    return Error{ErrorKind::kLimit,
                 fmt::format("the note has {} bytes, more than {}", note.size(), limits.most_bytes),
                 ""};
  }
  if (std::string const why = why_no_note(note); !why.empty()) {
    return bad(why);
  }
  auto const gap = note.rfind("\n\n");
  if (gap == std::string_view::npos || !note.ends_with('\n')) {
    return bad("a note is a text, an empty line and signatures, each line ending in a line feed");
  }
  SignedNote parsed{.text = std::string{note.substr(0, gap + 1)}, .signatures = {}};
  std::string_view rest = note.substr(gap + 2);
  std::size_t line = lines_in(parsed.text) + 1;
  while (!rest.empty()) {
    ++line;
    auto const end = rest.find('\n');
    auto signature = parse_signature_line(rest.substr(0, end));
    if (!signature) {
      return bad(fmt::format("line {}: {}", line, signature.error().message));
    }
    if (parsed.signatures.size() == limits.most_signatures) {
      return Error{ErrorKind::kLimit,
                   fmt::format("line {}: the note has more than {} signatures", line,
                               limits.most_signatures),
                   ""};
    }
    parsed.signatures.push_back(std::move(signature).value());
    rest.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty()) {
    return bad("the note has no signature");
  }
  return parsed;
}

std::string signature_line(NoteSignature const& signature) {
  std::string bytes;
  append_big_endian(bytes, signature.key_id, kIdBytes);
  bytes += signature.signature;
  return fmt::format("{}{} {}\n", kDash, signature.key_name, base64(bytes));
}

std::string note_text(SignedNote const& note) {
  std::string text = note.text + "\n";
  for (NoteSignature const& signature : note.signatures) {
    text += signature_line(signature);
  }
  return text;
}

Result<NoteSignature> sign_note(std::string_view text, SigningKey const& key) {
  if (std::string const why = why_no_note(text); !why.empty()) {
    return bad(why);
  }
  if (!text.ends_with('\n')) {
    return bad("the text of a note ends in a line feed");
  }
  if (key.verifier().type() != SignatureType::kEd25519) {
    return bad(fmt::format("the key {} is a witness's, which signs no notes", key.name()));
  }
  Signature const signature = key.sign(text);
  return NoteSignature{.key_name = key.name(),
                       .key_id = key.verifier().id(),
                       .signature = {signature.begin(), signature.end()}};
}

Result<std::vector<VerifierKey>> verify_note(SignedNote const& note,
                                             std::span<VerifierKey const> known) {
  std::vector<VerifierKey> signers;
  for (VerifierKey const& key : known) {
    auto const is_keys = [&key](NoteSignature const& line) {
      return line.key_name == key.name() && line.key_id == key.id();
    };
    bool signed_by_key = false;
    for (NoteSignature const& line : note.signatures) {
      if (!is_keys(line)) {
        continue;
      }
      if (!holds(line, note.text, key)) {
        return Error{ErrorKind::kCheckFailed,
                     fmt::format("the signature of {} ({:08x}) is false", key.name(), key.id()),
                     "the text or the signature was altered"};
      }
      signed_by_key = true;
    }
    if (signed_by_key) {
      signers.push_back(key);
    }
  }
  if (signers.empty()) {
    return Error{ErrorKind::kCheckFailed, "no key that is trusted has signed", ""};
  }
  return signers;
}

}  // namespace guarantor::ledger
