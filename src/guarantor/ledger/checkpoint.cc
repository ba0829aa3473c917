#include "guarantor/ledger/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "guarantor/ledger/cosigned_message.h"
#include "guarantor/ledger/log_number.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

Error bad(std::string message) {
  return {ErrorKind::kBadInput, std::move(message), ""};
}

/// The next line, which ends in a line feed; nothing where there is none, or an empty one.
std::optional<std::string_view> take_line(std::string_view& text) {
  auto const end = text.find('\n');
  if (end == std::string_view::npos || end == 0) {
    return std::nullopt;
  }
  std::string_view const line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool same_key(NoteSignature const& line, VerifierKey const& key) {
  return line.key_name == key.name() && line.key_id == key.id();
}

}  // namespace

std::string checkpoint_body(Checkpoint const& checkpoint) {
  std::string body = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.head.size,
                                 base64(checkpoint.head.root));
  for (std::string const& line : checkpoint.extensions) {
    body += line + "\n";
  }
  return body;
}

Result<Checkpoint> parse_checkpoint_body(std::string_view body) {
  Checkpoint checkpoint;
  auto const origin = take_line(body);
  if (!origin) {
    return bad("line 1: a checkpoint begins with the log's origin");
  }
  checkpoint.origin = *origin;
  auto const size = take_line(body);
  auto const number = size ? log_number(*size) : std::nullopt;
  if (!number) {
    return bad("line 2: the number of entries, from 0 to 2^63 - 1, without leading zeros");
  }
  checkpoint.head.size = *number;
  auto const line = take_line(body);
  auto const root = line ? digest_from_base64(*line) : Result<Digest>{bad("")};
  if (!root) {
    return bad("line 3: the root, 32 bytes in base 64");
  }
  checkpoint.head.root = root.value();
  while (!body.empty()) {
    auto const extension = take_line(body);
    if (!extension) {
      return bad(fmt::format("line {}: an extension of a checkpoint is not empty",
                             4 + checkpoint.extensions.size()));
    }
    checkpoint.extensions.emplace_back(*extension);
  }
  return checkpoint;
}

Result<Checkpoint> parse_unverified_checkpoint(std::string_view note) {
  auto const parsed = parse_note(note);
  return parsed ? parse_checkpoint_body(parsed.value().text) : Result<Checkpoint>{parsed.error()};
}

Result<std::string> sign_checkpoint(Checkpoint const& checkpoint,
                                    std::span<SigningKey const> keys) {
  SignedNote note{.text = checkpoint_body(checkpoint), .signatures = {}};
  auto const read = parse_checkpoint_body(note.text);
  if (!read || read.value() != checkpoint) {
    return bad("the origin or an extension of the checkpoint is empty or more than a line");
  }
  if (keys.empty()) {
    return bad("a checkpoint is signed by at least one key");
  }
  for (SigningKey const& key : keys) {
    if (key.name() != checkpoint.origin) {
      return bad(
          fmt::format("the key {} cannot sign for the log {}", key.name(), checkpoint.origin));
    }
    auto signature = sign_note(note.text, key);
    if (!signature) {
      return signature.error();
    }
    note.signatures.push_back(std::move(signature).value());
  }
  return note_text(note);
}

Result<VerifiedCheckpoint> verify_checkpoint(std::string_view note,
                                             std::span<VerifierKey const> known) {
  auto const parsed = parse_note(note);
  if (!parsed) {
    return parsed.error();
  }
  auto checkpoint = parse_checkpoint_body(parsed.value().text);
  if (!checkpoint) {
    return checkpoint.error();
  }
  auto const signers = verify_note(parsed.value(), known);
  if (!signers) {
    return signers.error();
  }
  VerifiedCheckpoint verified{std::move(checkpoint).value(), {}, {}};
  for (VerifierKey const& key : signers.value()) {
    if (key.type() == SignatureType::kEd25519 && key.name() == verified.checkpoint.origin) {
      verified.signers.push_back(key);
    }
    for (NoteSignature const& line : parsed.value().signatures) {
      auto const timed = key.type() == SignatureType::kCosignature && same_key(line, key)
                             ? parse_timed_signature(line.signature)
                             : std::nullopt;
      if (timed) {
        std::chrono::seconds const since_1970{timed->time};
        verified.witnesses.push_back({key, std::chrono::sys_seconds{since_1970}});
      }
    }
  }
  if (verified.signers.empty()) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("no trusted key of the log {} has signed the checkpoint",
                             verified.checkpoint.origin),
                 ""};
  }
  return verified;
}

Result<NoteSignature> cosign_checkpoint(std::string_view note, SigningKey const& witness,
                                        std::chrono::sys_seconds at) {
  auto const parsed = parse_note(note);
  if (!parsed) {
    return parsed.error();
  }
  auto const checkpoint = parse_checkpoint_body(parsed.value().text);
  if (!checkpoint) {
    return checkpoint.error();
  }
  auto const since_1970 = at.time_since_epoch().count();
  if (since_1970 < 0 || witness.verifier().type() != SignatureType::kCosignature) {
    return bad(since_1970 < 0 ? std::string{"a cosignature's time lies after 1970"}
                              : fmt::format("the key {} is not a witness's", witness.name()));
  }
  auto const time = static_cast<std::uint64_t>(since_1970);
  Signature const signature = witness.sign(cosigned_message(time, parsed.value().text));
  return NoteSignature{.key_name = witness.name(),
                       .key_id = witness.verifier().id(),
                       .signature = timed_signature_bytes({time, signature})};
}

Result<std::string> add_cosignatures(std::string_view note, std::string_view lines,
                                     std::span<VerifierKey const> witnesses) {
  auto parsed = parse_note(note);
  if (!parsed) {
    return parsed.error();
  }
  SignedNote& whole = parsed.value();
  auto const added = parse_note(whole.text + "\n" + std::string{lines});
  if (!added) {
    return added.error();
  }
  for (NoteSignature const& line : added.value().signatures) {
    auto const witness = std::ranges::find_if(witnesses, [&line](VerifierKey const& key) {
      return key.type() == SignatureType::kCosignature && same_key(line, key);
    });
    if (witness == witnesses.end()) {
      return Error{ErrorKind::kCheckFailed,
                   fmt::format("{} is none of the witnesses that are trusted", line.key_name), ""};
    }
    SignedNote const alone{.text = whole.text, .signatures = {line}};
    if (auto const checked = verify_note(alone, std::span{&*witness, 1}); !checked) {
      return checked.error();
    }
    std::erase_if(whole.signatures,
                  [&](NoteSignature const& old) { return same_key(old, *witness); });
    whole.signatures.push_back(line);
  }
  return note_text(whole);
}

}  // namespace guarantor::ledger
