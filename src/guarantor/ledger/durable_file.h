#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  /// Hands it over: from now on it is for another to close.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

inline constexpr mode_t kReadableByAll = 0644;
inline constexpr mode_t kOwnersAlone = 0600;

/// "FILE cannot be written: " and what the system says of its last error.
[[nodiscard]] model::Error unwritable(std::filesystem::path const& file);

/// A file's bytes. Errors: not found; bad input where it is no ordinary file or cannot be read; a
/// limit where it is longer.
[[nodiscard]] model::Result<std::string> read_whole_file(std::filesystem::path const& file,
                                                         std::size_t most_bytes);

/// Writes all bytes. Errors: unwritable, naming the file.
[[nodiscard]] model::Result<model::Done> write_all(int descriptor, std::string_view bytes,
                                                   std::filesystem::path const& file);

/// A new file with these bytes in the place of whatever has that name; not yet durable.
[[nodiscard]] model::Result<model::Done> write_new_file(std::filesystem::path const& file,
                                                        std::string_view bytes, mode_t mode);

/// Makes a file's, or a folder's, content durable.
[[nodiscard]] model::Result<model::Done> sync_path(std::filesystem::path const& path);

/// Makes everything on the folder's file system durable.
[[nodiscard]] model::Result<model::Done> sync_file_system(std::filesystem::path const& folder);

/// The name a file is written under before it gets its own.
[[nodiscard]] std::filesystem::path temporary_name(std::filesystem::path const& file);

/// Puts these bytes in a file's place, whole or not at all, durable: a temporary beside it, synced,
/// renamed, and the folder synced.
[[nodiscard]] model::Result<model::Done> replace_file(std::filesystem::path const& file,
                                                      std::string_view bytes, mode_t mode);

/// The same where no file may be there yet. Errors: refused where one is; unwritable.
[[nodiscard]] model::Result<model::Done> create_file(std::filesystem::path const& file,
                                                     std::string_view bytes, mode_t mode);

}  // namespace guarantor::ledger
