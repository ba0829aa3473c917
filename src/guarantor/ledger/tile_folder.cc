#include "guarantor/ledger/tile_folder.h"

#include <fmt/format.h>

#include <optional>
#include <system_error>
#include <utility>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/ledger/signed_note.h"
#include "guarantor/ledger/tile_batch.h"
#include "guarantor/ledger/tile_file.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMostCheckpointBytes = 1'000'000;
constexpr int kHighestLevel = 7;
constexpr int kTileHeight = 8;

Error failed(std::string message, std::string hint = "") {
  return {ErrorKind::kCheckFailed, std::move(message), std::move(hint)};
}

Result<std::vector<Digest>> read_digests(fs::path const& folder, TileName const& tile) {
  auto const read = read_tile_file(folder, tile);
  if (!read) {
    return read.error();
  }
  auto const& [found, bytes] = read.value();
  auto digests = tile.level == kEntryLevel ? decode_entries(bytes, found.width)
                                           : decode_tile(bytes, found.width);
  if (!digests) {
    return Error{digests.error().kind,
                 fmt::format("{}: {}", tile_path(found), digests.error().message), ""};
  }
  digests.value().resize(static_cast<std::size_t>(tile.width));
  return digests;
}

/// That the hashes are those of the checkpoint to come, and go on from the one that is there.
Result<Done> check_heads(Publication const& publication, HashSource const& hashes,
                         Result<std::string> const& there) {
  auto const next = parse_unverified_checkpoint(publication.checkpoint);
  if (!next) {
    return next.error();
  }
  TreeHead before{0, empty_root()};
  if (there) {
    auto const old = parse_unverified_checkpoint(there.value());
    if (!old) {
      return failed("the checkpoint that is there is none: " + old.error().message,
                    "verify the log before anything is published");
    }
    before = old.value().head;
  } else if (there.error().kind != ErrorKind::kNotFound) {
    return there.error();
  }
  TreeHead const& head = next.value().head;
  if (head.size != publication.to || publication.from > publication.to) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("the entries from {} to {} are to be published with a checkpoint for {}",
                    publication.from, publication.to, head.size),
        ""};
  }
  if (publication.from > before.size || before.size > head.size) {
    return Error{
        ErrorKind::kRefused,
        fmt::format("{} entries are published; those from {} to {} do not go on from there",
                    before.size, publication.from, publication.to),
        ""};
  }
  for (TreeHead const& claimed : {head, before}) {
    auto const root = tree_root(hashes, claimed.size);
    if (!root) {
      return root.error();
    }
    if (root.value() != claimed.root) {
      return failed(fmt::format("the first {} entries do not have the root of the checkpoint{}",
                                claimed.size, claimed == head ? "" : " that is published"),
                    "the log was altered or forked; nothing was published");
    }
  }
  return Done{};
}

/// Writes all tiles of a level that hold something from `from` on.
Result<Done> write_level(int level, Publication const& publication, HashSource const& hashes,
                         model::RunControl const& control, TileBatch& batch) {
  int const shift = level == kEntryLevel ? 0 : kTileHeight * level;
  for (std::uint64_t index = (publication.from >> shift) / kTileWidth;
       tile_width(level, index, publication.to) > 0; ++index) {
    if (control.must_stop()) {
      return Error{ErrorKind::kLimit, "publishing was stopped; nothing was published", ""};
    }
    TileName const tile{
        .level = level, .index = index, .width = tile_width(level, index, publication.to)};
    std::uint64_t const first = index * kTileWidth;
    auto const digests =
        level == kEntryLevel
            ? publication.entries(first, first + static_cast<std::uint64_t>(tile.width))
            : hashes.tile(level, index, tile.width);
    if (!digests) {
      return digests.error();
    }
    if (digests.value().size() != static_cast<std::size_t>(tile.width)) {
      return Error{ErrorKind::kDefect, "a source gave another number than it was asked for", ""};
    }
    auto added = batch.add(tile, level == kEntryLevel ? encode_entries(digests.value())
                                                      : encode_tile(digests.value()));
    if (!added) {
      return added;
    }
    control.report({.stage = "publishing",
                    .share_done = static_cast<double>(first) /
                                  static_cast<double>(1 + (publication.to >> shift))});
  }
  return Done{};
}

/// Partial tiles of a tile that is full now are of no more use.
void remove_partials(fs::path const& folder, Publication const& publication) {
  for (int level = kEntryLevel; level <= kHighestLevel; ++level) {
    int const shift = level == kEntryLevel ? 0 : kTileHeight * level;
    TileName const first{.level = level, .index = (publication.from >> shift) / kTileWidth};
    if (tile_width(level, first.index, publication.to) == kTileWidth) {
      std::error_code ignored;  // they do no harm where they stay
      fs::remove_all(folder / (tile_path(first) + ".p"), ignored);
    }
  }
}

}  // namespace

Result<TileFolder> TileFolder::create(fs::path const& folder) {
  std::error_code error;
  fs::create_directories(folder / "tile", error);
  if (error) {
    return Error{ErrorKind::kUnwritable,
                 fmt::format("{} cannot be written: {}", folder.string(), error.message()), ""};
  }
  auto synced = sync_path(folder);
  return synced ? Result<TileFolder>{TileFolder{folder}} : Result<TileFolder>{synced.error()};
}

Result<TileFolder> TileFolder::open(fs::path const& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Error{ErrorKind::kNotFound, folder.string() + " is no folder of a log", ""};
  }
  return TileFolder{folder};
}

Result<Done> TileFolder::publish(Publication const& publication, HashSource const& hashes,
                                 model::RunControl const& control) const {
  auto done = check_heads(publication, hashes, read_checkpoint());
  TileBatch batch{folder_};
  for (int level = kEntryLevel; done && level <= kHighestLevel; ++level) {
    done = write_level(level, publication, hashes, control, batch);
  }
  if (done) {
    done = batch.put_in_place();
  }
  if (done) {
    done = replace_file(folder_ / "checkpoint", publication.checkpoint, kReadableByAll);
  }
  if (done) {
    remove_partials(folder_, publication);
  }
  return done;
}

Result<std::string> TileFolder::read_checkpoint() const {
  return read_whole_file(folder_ / "checkpoint", kMostCheckpointBytes);
}

Result<Done> TileFolder::replace_checkpoint(std::string_view note) const {
  auto const there = read_checkpoint();
  if (!there) {
    return there.error();
  }
  auto const old = parse_note(there.value());
  auto const next = parse_note(note);
  if (!old || !next) {
    return old ? next.error() : old.error();
  }
  if (old.value().text != next.value().text) {
    return Error{ErrorKind::kRefused, "the checkpoint that is published says something else", ""};
  }
  return replace_file(folder_ / "checkpoint", note, kReadableByAll);
}

Result<std::vector<Digest>> TileFolder::tile(int level, std::uint64_t index, int width) const {
  return read_digests(folder_, {.level = level, .index = index, .width = width});
}

Result<std::vector<Digest>> TileFolder::entries(std::uint64_t index, int width) const {
  return read_digests(folder_, {.level = kEntryLevel, .index = index, .width = width});
}

}  // namespace guarantor::ledger
