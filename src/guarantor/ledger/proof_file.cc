#include "guarantor/ledger/proof_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/log_number.h"
#include "guarantor/ledger/proof_extra.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kTitle = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::string_view kOld = "old ";
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostHashes = 63;

Error bad(std::size_t line, std::string_view message) {
  return {ErrorKind::kBadInput, fmt::format("line {}: {}", line, message), ""};
}

/// Reads a text line by line.
struct Lines {
  std::string_view rest;
  std::size_t line = 0;  ///< that was taken last

  /// The next line; nothing where none is left that ends in a line feed.
  std::optional<std::string_view> take() {
    ++line;
    auto const end = rest.find('\n');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    std::string_view const taken = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return taken;
  }
  /// What stands behind `key` on the next line; nothing, and the line is left, where it begins
  /// otherwise.
  std::optional<std::string_view> take_value(std::string_view key) {
    if (!rest.starts_with(key)) {
      return std::nullopt;
    }
    auto const taken = take();
    return taken ? std::optional{taken->substr(key.size())} : std::nullopt;
  }
};

/// Hashes up to an empty line, then a checkpoint to the end.
Result<std::pair<Proof, std::string>> take_proof(Lines& lines) {
  Proof proof;
  while (true) {
    auto const line = lines.take();
    if (!line) {
      return bad(lines.line, "behind the hashes an empty line and a checkpoint are expected");
    }
    if (line->empty()) {
      break;
    }
    auto const hash = digest_from_base64(*line);
    if (!hash) {
      return bad(lines.line, "a hash of the proof is 32 bytes in base 64");
    }
    if (proof.size() == kMostHashes) {
      return bad(lines.line, "a proof has at most 63 hashes");
    }
    proof.push_back(hash.value());
  }
  auto const checkpoint = parse_unverified_checkpoint(lines.rest);
  if (!checkpoint) {
    return bad(lines.line + 1, "the checkpoint that begins here: " + checkpoint.error().message);
  }
  return std::pair{std::move(proof), std::string{lines.rest}};
}

std::string proof_text(Proof const& proof, std::string_view checkpoint) {
  std::string text;
  for (Digest const& hash : proof) {
    text += base64(hash) + "\n";
  }
  return text + "\n" + std::string{checkpoint};
}

Error too_long() {
  return {ErrorKind::kLimit, fmt::format("a proof has at most {} bytes", kMostBytes), ""};
}

}  // namespace

std::string inclusion_file_text(InclusionFile const& file) {
  std::string text = fmt::format("{}\n", kTitle);
  if (file.salt) {
    text += fmt::format("{}{}\n", kExtra, base64(proof_extra({*file.salt, file.payload})));
  }
  return text + fmt::format("{}{}\n", kIndex, file.index) + proof_text(file.proof, file.checkpoint);
}

Result<InclusionFile> parse_inclusion_file(std::string_view text) {
  if (text.size() > kMostBytes) {
    return too_long();
  }
  Lines lines{text};
  if (lines.take() != kTitle) {
    return bad(1, fmt::format("a proof begins with \"{}\"", kTitle));
  }
  InclusionFile file;
  if (auto const extra = lines.take_value(kExtra)) {
    auto const bytes = bytes_from_base64(*extra);
    auto read = bytes ? parse_proof_extra(bytes.value()) : std::nullopt;
    if (!read) {
      return bad(lines.line,
                 R"(behind "extra" base 64 of {"payload":"...","salt":"hex"} is expected)");
    }
    file.salt = read->salt;
    file.payload = std::move(read->payload);
  }
  auto const index = lines.take_value(kIndex);
  auto const number = index ? log_number(*index) : std::nullopt;
  if (!number) {
    return bad(file.salt ? 3 : 2, "\"index\" and the entry's number are expected");
  }
  file.index = *number;
  auto proof = take_proof(lines);
  if (!proof) {
    return proof.error();
  }
  std::tie(file.proof, file.checkpoint) = std::move(proof).value();
  return file;
}

Result<VerifiedCheckpoint> verify_inclusion_file(InclusionFile const& file, Digest const& entry,
                                                 std::span<VerifierKey const> known) {
  auto checkpoint = verify_checkpoint(file.checkpoint, known);
  if (!checkpoint) {
    return checkpoint;
  }
  auto const included = verify_inclusion(file.index, leaf_hash(entry),
                                         checkpoint.value().checkpoint.head, file.proof);
  return included ? checkpoint : Result<VerifiedCheckpoint>{included.error()};
}

Result<VerifiedCheckpoint> verify_record(InclusionFile const& file,
                                         std::optional<std::string_view> payload,
                                         std::span<VerifierKey const> known) {
  if (!payload && file.payload) {
    payload = *file.payload;
  }
  if (!payload || !file.salt) {
    return Error{ErrorKind::kBadInput,
                 payload ? "the proof holds no salt, so the record cannot be held against it"
                         : "neither the proof nor anything else says what the record is",
                 ""};
  }
  auto const canonical = canonical_json(*payload);
  if (!canonical) {
    return Error{canonical.error().kind, "the record: " + canonical.error().message, ""};
  }
  return verify_inclusion_file(file, commitment(*file.salt, canonical.value()), known);
}

std::string consistency_file_text(ConsistencyFile const& file) {
  return fmt::format("{}{}\n", kOld, file.old_size) + proof_text(file.proof, file.checkpoint);
}

Result<ConsistencyFile> parse_consistency_file(std::string_view text) {
  if (text.size() > kMostBytes) {
    return too_long();
  }
  Lines lines{text};
  auto const old = lines.take_value(kOld);
  auto const number = old ? log_number(*old) : std::nullopt;
  if (!number) {
    return bad(1, "\"old\" and the earlier number of entries are expected");
  }
  auto proof = take_proof(lines);
  if (!proof) {
    return proof.error();
  }
  ConsistencyFile file{.old_size = *number, .proof = {}, .checkpoint = {}};
  std::tie(file.proof, file.checkpoint) = std::move(proof).value();
  return file;
}

Result<VerifiedCheckpoint> verify_consistency_file(ConsistencyFile const& file,
                                                   TreeHead const& old_head,
                                                   std::span<VerifierKey const> known) {
  if (file.old_size != old_head.size) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("the proof goes on from {} entries, not from the {} that were known",
                             file.old_size, old_head.size),
                 ""};
  }
  auto checkpoint = verify_checkpoint(file.checkpoint, known);
  if (!checkpoint) {
    return checkpoint;
  }
  auto const consistent =
      verify_consistency(old_head, checkpoint.value().checkpoint.head, file.proof);
  return consistent ? checkpoint : Result<VerifiedCheckpoint>{consistent.error()};
}

}  // namespace guarantor::ledger
