#include "guarantor/ledger/log_verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/ledger/entry_check.h"
#include "guarantor/ledger/head.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/ledger/trusted_tiles.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

using Finding = std::optional<LogFinding>;

LogFinding found(Flaw flaw, std::string file, std::string explanation,
                 std::optional<std::uint64_t> entry = {}) {
  return {.flaw = flaw,
          .file = std::move(file),
          .entry = entry,
          .belongs_at = {},
          .explanation = std::move(explanation)};
}

/// A signature of a note that is of none of the keys.
std::optional<NoteSignature> unknown_signature(std::string_view note,
                                               std::vector<VerifierKey> const& known) {
  auto const parsed = parse_note(note);
  if (!parsed) {
    return std::nullopt;
  }
  for (NoteSignature const& line : parsed.value().signatures) {
    bool const is_known = std::ranges::any_of(known, [&line](VerifierKey const& key) {
      return key.name() == line.key_name && key.id() == line.key_id;
    });
    if (!is_known) {
      return line;
    }
  }
  return std::nullopt;
}

/// One run of `verify_log`.
class Verification {
 public:
  Verification(TileFolder const& folder, LogQuestion const& question,
               model::RunControl const& control)
      : folder_{folder}, question_{question}, control_{control} {}

  Result<LogReport> run() {
    report_.finding = check_keys();
    if (!report_.finding) {
      report_.finding = check_checkpoint();
    }
    if (!report_.finding) {
      report_.finding = check_head();
    }
    if (report_.finding) {
      return report_;
    }
    TrustedTiles tiles{folder_.path(), head()};
    auto finding = tiles.anchor(question_.stored);
    if (finding && finding.value() && finding.value()->flaw == Flaw::kFork) {
      finding = locate_by_store(tiles, *finding.value());
    }
    if (finding && !finding.value()) {
      finding = check_tiles(tiles);
    }
    if (finding && !finding.value()) {
      finding = check_handovers();
    }
    if (finding && !finding.value()) {
      finding = check_acknowledged(tiles.frontier());
    }
    if (!finding) {
      return finding.error();
    }
    report_.finding = std::move(finding).value();
    return report_;
  }

 private:
  [[nodiscard]] TreeHead const& head() const { return report_.checkpoint->checkpoint.head; }

  Finding check_keys() {
    auto const text = read_key_chain_file(folder_.path());
    auto chain =
        text ? verify_key_chain(text.value(), question_.first_key) : Result<KeyChain>{text.error()};
    if (!chain) {
      return found(Flaw::kKeyChain, "keys", chain.error().message);
    }
    chain_ = std::move(chain).value();
    return std::nullopt;
  }

  /// A checkpoint's content, once a key whose term it falls into has signed it.
  [[nodiscard]] Result<VerifiedCheckpoint> checked(std::string_view note) const {
    std::vector<VerifierKey> known = question_.witnesses;
    for (KeyTerm const& term : chain_) {
      known.push_back(term.key);
    }
    auto verified = verify_checkpoint(note, known);
    if (!verified) {
      return verified;
    }
    auto const failed = [](std::string message) {
      return Error{ErrorKind::kCheckFailed, std::move(message), ""};
    };
    std::uint64_t const size = verified.value().checkpoint.head.size;
    auto const& signers = verified.value().signers;
    auto const may_sign = keys_at(chain_, size);
    if (std::ranges::find_first_of(may_sign, signers) == may_sign.end()) {
      return failed(fmt::format("the key that signed is not the log's at {} entries", size));
    }
    auto const unknown =
        question_.allow_unknown_signatures ? std::nullopt : unknown_signature(note, known);
    if (unknown) {
      return failed(fmt::format("the signature of {} ({:08x}) is of no key that is known",
                                unknown->key_name, unknown->key_id));
    }
    return verified;
  }

  Finding check_checkpoint() {
    constexpr std::string_view kFile = "checkpoint";
    auto const note = folder_.read_checkpoint();
    if (!note && note.error().kind == ErrorKind::kNotFound) {
      return found(Flaw::kMissing, std::string{kFile}, "there is no checkpoint");
    }
    auto verified = note ? checked(note.value()) : Result<VerifiedCheckpoint>{note.error()};
    if (!verified) {
      return found(Flaw::kCheckpointSignature, std::string{kFile}, verified.error().message);
    }
    report_.checkpoint = std::move(verified).value();
    TreeHead const& handed_over = chain_.back().from;
    if (handed_over.size > head().size) {
      return found(Flaw::kMissing, std::string{kFile},
                   fmt::format("the log had {} entries when its key was changed, and now has {}",
                               handed_over.size, head().size),
                   head().size);
    }
    if (head().size == 0 && head().root != empty_root()) {
      return found(Flaw::kFork, std::string{kFile}, "the root is not that of an empty log");
    }
    return std::nullopt;
  }

  Finding check_head() {
    if (!question_.head_file) {
      return std::nullopt;
    }
    std::string const file = question_.head_file->filename().string();
    auto const reading = HeadFile::read(*question_.head_file);
    if (!reading) {
      bool const missing = reading.error().kind == ErrorKind::kNotFound;
      return found(missing ? Flaw::kMissing : Flaw::kHead, file, reading.error().message);
    }
    if (reading.value().damaged()) {
      int const slot = reading.value().slots[0] == SlotState::kDamaged ? 0 : 1;
      return found(Flaw::kHead, file,
                   fmt::format("slot {} is neither empty nor as it was written", slot));
    }
    if (!reading.value().note) {
      return head().size == 0
                 ? Finding{}
                 : found(Flaw::kHead, file, "it says nothing, yet entries were published");
    }
    auto verified = checked(*reading.value().note);
    if (!verified) {
      return found(Flaw::kHead, file, verified.error().message);
    }
    acknowledged_ = verified.value().checkpoint.head;
    if (acknowledged_->size < head().size) {
      return found(Flaw::kHead, file,
                   fmt::format("{} entries were published, but it knows of {}", head().size,
                               acknowledged_->size));
    }
    if (acknowledged_->size == head().size && acknowledged_->root != head().root) {
      return found(Flaw::kFork, file,
                   "two different logs of this size were signed: here and in the checkpoint");
    }
    return std::nullopt;
  }

  /// Where entries and tiles were altered together, the store may still have what was signed: then
  /// it vouches for the leaves.
  Result<Finding> locate_by_store(TrustedTiles const& tiles, LogFinding const& fork) const {
    EntryCheck const entries{folder_, question_.stored, head()};
    auto const tree = question_.stored ? entries.stored_tree() : Result<Frontier>{Frontier{}};
    if (!tree) {
      return tree.error();
    }
    for (std::uint64_t index = 0;
         tree.value().root() == head().root && index * kTileWidth < head().size; ++index) {
      auto const leaves = entries.stored_leaves(index);
      auto finding =
          leaves ? entries.check(index, leaves.value(), tiles) : Result<Finding>{leaves.error()};
      if (!finding || finding.value()) {
        return finding;
      }
    }
    return Finding{fork};
  }

  Result<Finding> check_tiles(TrustedTiles& tiles) {
    EntryCheck const entries{folder_, question_.stored, head()};
    for (std::uint64_t index = 0; index * kTileWidth < head().size; ++index) {
      if (control_.must_stop()) {
        return Error{ErrorKind::kLimit,
                     fmt::format("stopped after {} entries, which are as they were signed",
                                 report_.entries_checked),
                     ""};
      }
      auto const leaves = tiles.tile(0, index);
      if (auto const* const finding = std::get_if<LogFinding>(&leaves)) {
        return Finding{*finding};
      }
      auto const& hashes = *std::get<0>(leaves);
      auto finding = entries.check(index, hashes, tiles);
      if (!finding || finding.value()) {
        return finding;
      }
      report_.entries_checked += hashes.size();
      control_.report({.stage = "verifying",
                       .share_done = static_cast<double>(report_.entries_checked) /
                                     static_cast<double>(head().size)});
    }
    return check_narrower_edges(tiles);
  }

  /// Earlier partial tiles of the levels above the entries.
  [[nodiscard]] Finding check_narrower_edges(TrustedTiles& tiles) const {
    RightEdge const edge{head().size};
    for (int level = 0; level < RightEdge::kLevels; ++level) {
      if (edge.width(level) == 0) {
        continue;
      }
      auto const hashes = tiles.tile(level, edge.index(level));
      TileName const name{.level = level, .index = edge.index(level), .width = edge.width(level)};
      if (auto finding = tiles.narrower(name, encode_tile(*std::get<0>(hashes)))) {
        return finding;
      }
    }
    return std::nullopt;
  }

  Result<Finding> check_handovers() const {
    for (KeyTerm const& term : chain_) {
      auto const root = tree_root(folder_, term.from.size);
      if (!root) {
        return root.error();
      }
      if (root.value() != term.from.root) {
        return Finding{found(Flaw::kFork, "keys",
                             fmt::format("the {} entries that {} was handed are not this log's",
                                         term.from.size, term.key.text()))};
      }
    }
    return Finding{};
  }

  /// What was acknowledged and is not published yet, as far as the store can say.
  Result<Finding> check_acknowledged(Frontier tree) const {
    if (!acknowledged_ || !question_.stored) {
      return Finding{};
    }
    while (tree.size() < acknowledged_->size) {
      std::uint64_t const from = tree.size();
      std::uint64_t const to = std::min(acknowledged_->size, from + kTileWidth);
      auto const entries = question_.stored(from, to);
      if (!entries) {
        return entries.error();
      }
      for (std::uint64_t i = from; i < to; ++i) {
        bool const there = i - from < entries.value().size() && entries.value()[i - from];
        if (!there) {
          return Finding{found(Flaw::kMissing, "store",
                               fmt::format("entry {} was acknowledged and is lost", i), i)};
        }
        tree.append(leaf_hash(*entries.value()[i - from]));
      }
    }
    if (tree.root() != acknowledged_->root) {
      return Finding{found(
          Flaw::kAltered, "store",
          fmt::format("the entries from {} on are not those that were acknowledged", head().size),
          head().size)};
    }
    return Finding{};
  }

  TileFolder const& folder_;
  LogQuestion const& question_;
  model::RunControl const& control_;
  KeyChain chain_;
  std::optional<TreeHead> acknowledged_;
  LogReport report_;
};

}  // namespace

std::string_view text(Flaw flaw) {
  switch (flaw) {
    case Flaw::kAltered:
      return "altered";
    case Flaw::kMissing:
      return "missing";
    case Flaw::kReordered:
      return "reordered";
    case Flaw::kCheckpointSignature:
      return "checkpoint signature";
    case Flaw::kKeyChain:
      return "key chain";
    case Flaw::kHead:
      return "head";
    case Flaw::kFork:
      return "fork";
  }
  return "";
}

Result<LogReport> verify_log(TileFolder const& folder, LogQuestion const& question,
                             model::RunControl const& control) {
  return Verification{folder, question, control}.run();
}

}  // namespace guarantor::ledger
