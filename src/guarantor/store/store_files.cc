#include "guarantor/store/store_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/ledger/durable_file.h"

namespace guarantor::store {
namespace {

constexpr std::chrono::milliseconds kPause{5};

std::string reason(int code) {
  return std::generic_category().message(code);
}

}  // namespace

model::Result<model::Done> check_free(StoreFiles const& files) {
  std::error_code ignored;
  std::vector<std::filesystem::path> paths{files.database, files.log()};
  for (char const* suffix : {"-wal", "-shm", "-journal"}) {
    // A write-ahead log that another store left behind would be replayed into this one.
    paths.push_back(files.database);
    paths.back() += suffix;
  }
  for (auto const& path : paths) {
    if (std::filesystem::exists(path, ignored)) {
      return model::Error{
          model::ErrorKind::kRefused, fmt::format("{}: there already", path.string()),
          "name another file, or remove what an earlier store of this name left behind"};
    }
  }
  return model::Done{};
}

StoreFiles unfinished(StoreFiles const& files) {
  StoreFiles building = files;
  building.database += ".new";
  return building;
}

void remove_store(StoreFiles const& files) {
  std::error_code ignored;
  std::filesystem::remove_all(files.log(), ignored);
  for (char const* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::path file = files.database;
    file += suffix;
    std::filesystem::remove(file, ignored);
  }
}

model::Result<model::Done> put_in_place(StoreFiles const& finished, StoreFiles const& files) {
  std::error_code failure;
  std::filesystem::rename(finished.log(), files.log(), failure);
  if (!failure) {
    std::filesystem::rename(finished.database, files.database, failure);
  }
  if (failure) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{}: {}", files.database.string(), failure.message()), ""};
  }
  return sync_parent(files.database);
}

model::Result<model::Done> sync_parent(std::filesystem::path const& path) {
  return ledger::sync_path(path.has_parent_path() ? path.parent_path() : ".");
}

model::Result<ledger::VerifierKey> read_first_key(StoreFiles const& files) {
  std::ifstream file{files.first_key()};
  std::string text;
  if (!file || !std::getline(file, text)) {
    return model::Error{model::ErrorKind::kNotFound,
                        fmt::format("{} cannot be read", files.first_key().string()),
                        "the log's folder goes with its database"};
  }
  auto key = ledger::VerifierKey::parse(text);
  if (!key.ok()) {
    auto error = key.error();
    error.message = fmt::format("{}: {}", files.first_key().string(), error.message);
    return error;
  }
  return key;
}

model::Result<StoreLock> StoreLock::take(StoreFiles const& files,
                                         std::chrono::milliseconds patience) {
  return take(files.lock(), files.database, patience);
}

model::Result<StoreLock> StoreLock::take_watch(StoreFiles const& files,
                                               std::chrono::milliseconds patience) {
  return take(files.watch_lock(), files.database, patience);
}

model::Result<StoreLock> StoreLock::take(std::filesystem::path const& file,
                                         std::filesystem::path const& store,
                                         std::chrono::milliseconds patience) {
  int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{}: {}", file.string(), reason(errno)),
                        "the store can be read, and not written to"};
  }
  StoreLock lock{descriptor};
  for (std::chrono::milliseconds waited{0}; ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
       waited += kPause) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return model::Error{model::ErrorKind::kUnwritable,
                          fmt::format("{}: {}", file.string(), reason(errno)), ""};
    }
    if (waited >= patience) {
      return model::Error{model::ErrorKind::kRefused,
                          fmt::format("{}: another process keeps writing to it", store.string()),
                          "try again when it has ended"};
    }
    std::this_thread::sleep_for(kPause);
  }
  return lock;
}

StoreLock::StoreLock(StoreLock&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

}  // namespace guarantor::store
