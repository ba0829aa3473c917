#include "guarantor/ledger/tile_batch.h"

#include <unistd.h>

#include <cstdio>
#include <set>
#include <system_error>
#include <utility>

#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/tile_file.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// From so many files on, one sync of the whole file system is quicker than one of each.
constexpr std::size_t kMany = 16;

}  // namespace

TileBatch::~TileBatch() {
  for (TileName const& tile : tiles_) {
    ::unlink(temporary_name(folder_ / tile_path(tile)).c_str());
  }
}

Result<Done> TileBatch::add(TileName const& tile, std::string_view bytes) {
  fs::path const file = folder_ / tile_path(tile);
  auto const there = read_whole_file(file, kMostTileBytes);
  if (there && there.value() == bytes) {
    return Done{};
  }
  if (there || there.error().kind != ErrorKind::kNotFound) {
    return Error{ErrorKind::kCheckFailed,
                 file.string() + " is there and differs from what is to be published",
                 "the log was altered or forked: verify it"};
  }
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) {
    return Error{ErrorKind::kUnwritable,
                 file.parent_path().string() + " cannot be made: " + error.message(), ""};
  }
  tiles_.push_back(tile);
  return write_new_file(temporary_name(file), bytes, kReadableByAll);
}

Result<Done> TileBatch::sync_all(bool placed) const {
  if (tiles_.size() >= kMany) {
    return sync_file_system(folder_);
  }
  std::set<fs::path> paths;
  for (TileName const& tile : tiles_) {
    fs::path const file = tile_path(tile);
    if (!placed) {
      paths.insert(temporary_name(folder_ / file));
    }
    for (fs::path at = file.parent_path(); placed && !at.empty(); at = at.parent_path()) {
      paths.insert(folder_ / at);
    }
  }
  if (placed && !tiles_.empty()) {
    paths.insert(folder_);
  }
  for (fs::path const& path : paths) {
    auto synced = sync_path(path);
    if (!synced) {
      return synced;
    }
  }
  return Done{};
}

Result<Done> TileBatch::put_in_place() {
  auto done = sync_all(false);
  for (std::size_t i = 0; done && i < tiles_.size(); ++i) {
    fs::path const file = folder_ / tile_path(tiles_[i]);
    if (::rename(temporary_name(file).c_str(), file.c_str()) != 0) {
      done = unwritable(file);
    }
  }
  if (done) {
    done = sync_all(true);
  }
  return done;
}

}  // namespace guarantor::ledger
