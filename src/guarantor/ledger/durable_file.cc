#include "guarantor/ledger/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

std::string reason() {
  return std::error_code{errno, std::generic_category()}.message();
}

fs::path folder_of(fs::path const& file) {
  fs::path const parent = file.parent_path();
  return parent.empty() ? fs::path{"."} : parent;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

Error unwritable(fs::path const& file) {
  return {ErrorKind::kUnwritable, fmt::format("{} cannot be written: {}", file.string(), reason()),
          ""};
}

Result<std::string> read_whole_file(fs::path const& file, std::size_t most_bytes) {
  Descriptor const descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat status{};
  if (!descriptor.open() || ::fstat(descriptor.number(), &status) != 0) {
    bool const absent = errno == ENOENT || errno == ENOTDIR;
    return Error{absent ? ErrorKind::kNotFound : ErrorKind::kBadInput,
                 fmt::format("{} cannot be read: {}", file.string(), reason()), ""};
  }
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorKind::kBadInput, file.string() + " is no ordinary file", ""};
  }
  auto const size = static_cast<std::size_t>(status.st_size);
  if (size > most_bytes) {
    return Error{ErrorKind::kLimit,
                 fmt::format("{} has {} bytes, more than {}", file.string(), size, most_bytes), ""};
  }
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    ssize_t const step = ::read(descriptor.number(), bytes.data() + done, size - done);
    if (step < 0 && errno == EINTR) {
      continue;
    }
    if (step < 0) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("{} cannot be read: {}", file.string(), reason()), ""};
    }
    if (step == 0) {
      break;  // it has become shorter meanwhile
    }
    done += static_cast<std::size_t>(step);
  }
  bytes.resize(done);
  return bytes;
}

Result<Done> write_all(int descriptor, std::string_view bytes, fs::path const& file) {
  while (!bytes.empty()) {
    ssize_t const step = ::write(descriptor, bytes.data(), bytes.size());
    if (step < 0 && errno == EINTR) {
      continue;
    }
    if (step <= 0) {
      return unwritable(file);
    }
    bytes.remove_prefix(static_cast<std::size_t>(step));
  }
  return Done{};
}

Result<Done> write_new_file(fs::path const& file, std::string_view bytes, mode_t mode) {
  ::unlink(file.c_str());  // a crash may have left one, with another mode
  Descriptor const descriptor{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  return descriptor.open() ? write_all(descriptor.number(), bytes, file)
                           : Result<Done>{unwritable(file)};
}

Result<Done> sync_path(fs::path const& path) {
  Descriptor const descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!descriptor.open() || ::fsync(descriptor.number()) != 0) {
    return unwritable(path);
  }
  return Done{};
}

Result<Done> sync_file_system(fs::path const& folder) {
  Descriptor const descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptor.open() || ::syncfs(descriptor.number()) != 0) {
    return unwritable(folder);
  }
  return Done{};
}

fs::path temporary_name(fs::path const& file) {
  return folder_of(file) / ("." + file.filename().string() + ".new");
}

Result<Done> replace_file(fs::path const& file, std::string_view bytes, mode_t mode) {
  fs::path const temporary = temporary_name(file);
  auto done = write_new_file(temporary, bytes, mode);
  if (done) {
    done = sync_path(temporary);
  }
  if (done && ::rename(temporary.c_str(), file.c_str()) != 0) {
    done = unwritable(file);
  }
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return sync_path(folder_of(file));
}

Result<Done> create_file(fs::path const& file, std::string_view bytes, mode_t mode) {
  fs::path const temporary = temporary_name(file);
  auto done = write_new_file(temporary, bytes, mode);
  if (done) {
    done = sync_path(temporary);
  }
  // A link, unlike a rename, does not replace what is there.
  if (done && ::link(temporary.c_str(), file.c_str()) != 0) {
    done = errno == EEXIST ? Error{ErrorKind::kRefused, file.string() + " is there already",
                                   "choose another name"}
                           : unwritable(file);
  }
  ::unlink(temporary.c_str());
  return done ? sync_path(folder_of(file)) : done;
}

}  // namespace guarantor::ledger
