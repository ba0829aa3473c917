#include "guarantor/tables/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

std::string reason() {
  return std::error_code{errno, std::generic_category()}.message();
}

Error unwritable(fs::path const& path, std::string const& why) {
  return {ErrorKind::kUnwritable, fmt::format("{} cannot be written: {}", path.string(), why), ""};
}

fs::path parent_of(fs::path const& path) {
  fs::path const parent = path.parent_path();
  return parent.empty() ? fs::path{"."} : parent;
}

/// `folder/` and `folder` name the same; work with the latter.
fs::path without_slash(fs::path const& path) {
  return path.has_filename() ? path : path.parent_path();
}

Result<Done> sync_folder(fs::path const& folder) {
  Descriptor const descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptor.open() || ::fsync(descriptor.number()) != 0) {
    return unwritable(folder, reason());
  }
  return Done{};
}

Result<Done> write_all(int descriptor, fs::path const& file, std::string const& content) {
  std::size_t done = 0;
  while (done < content.size()) {
    ssize_t const step = ::write(descriptor, content.data() + done, content.size() - done);
    if (step < 0 && errno == EINTR) {
      continue;
    }
    if (step <= 0) {
      return unwritable(file, reason());
    }
    done += static_cast<std::size_t>(step);
  }
  // A pipe cannot be synced.
  if (::fsync(descriptor) != 0 && errno != EINVAL) {
    return unwritable(file, reason());
  }
  return Done{};
}

Result<Done> write_new(fs::path const& file, std::string const& content) {
  constexpr mode_t kReadableByAll = 0644;
  Descriptor const descriptor{
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadableByAll)};
  if (!descriptor.open()) {
    return unwritable(file, reason());
  }
  return write_all(descriptor.number(), file, content);
}

/// A name beside `path` that nobody has.
Result<fs::path> make_folder_beside(fs::path const& path) {
  std::string pattern = (parent_of(path) / ("." + path.filename().string() + ".XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return unwritable(path, reason());
  }
  constexpr mode_t kFolderReadableByAll = 0755;
  if (::chmod(pattern.c_str(), kFolderReadableByAll) != 0) {
    return unwritable(path, reason());
  }
  return fs::path{pattern};
}

Result<Done> fill_folder(fs::path const& folder, std::map<std::string, std::string> const& files) {
  for (auto const& [name, content] : files) {
    auto written = write_new(folder / name, content);
    if (!written) {
      return written;
    }
  }
  return sync_folder(folder);
}

/// A file of a scenario goes with the scenario; a person's own files stay.
bool belongs_to_scenario(fs::path const& file) {
  fs::path const end = file.extension();
  return end == ".csv" || end == ".toml" || end == ".geojson" ||
         file.filename() == "datapackage.json";
}

/// Puts `fresh` in the place of `folder`, in one step where both exist.
Result<Done> put_in_place(fs::path const& fresh, fs::path const& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    fs::rename(fresh, folder, error);
    return error ? Result<Done>{unwritable(folder, error.message())}
                 : sync_folder(parent_of(folder));
  }
  for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
       entry.increment(error)) {
    if (!belongs_to_scenario(entry->path())) {
      fs::copy(entry->path(), fresh / entry->path().filename(),
               fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
    }
  }
  if (error) {
    return unwritable(folder, error.message());
  }
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) != 0) {
    return unwritable(folder, reason());
  }
  auto synced = sync_folder(parent_of(folder));
  fs::remove_all(fresh, error);
  return synced;
}

}  // namespace

std::optional<std::string> read_file(fs::path const& file, std::string const& name,
                                     std::uint64_t most_bytes, Diagnostics& log) {
  std::error_code error;
  bool const regular = fs::is_regular_file(file, error);
  if (!regular) {
    log.error({name, 0, 0},
              error ? "the file cannot be read: " + error.message() : "this is no ordinary file");
    return std::nullopt;
  }
  std::uintmax_t const size = fs::file_size(file, error);
  if (error || size > most_bytes) {
    log.error({name, 0, 0},
              error ? "the file cannot be read: " + error.message()
                    : fmt::format("the file has {} bytes, more than {}", size, most_bytes),
              error ? "" : "split the scenario or raise the limit");
    return std::nullopt;
  }
  std::ifstream in{file, std::ios::binary};
  std::string content(static_cast<std::size_t>(size), '\0');
  in.read(content.data(), static_cast<std::streamsize>(size));
  if (!in) {
    log.error({name, 0, 0}, "the file cannot be read");
    return std::nullopt;
  }
  return content;
}

Result<Done> write_file(fs::path const& file, std::string const& content) {
  std::error_code unknown;
  if (fs::is_character_file(file, unknown) || fs::is_fifo(file, unknown)) {
    // /dev/null or a pipe stays what it is: a file put in its place would break other programs.
    Descriptor const device{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
    return device.open() ? write_all(device.number(), file, content) : unwritable(file, reason());
  }
  std::string pattern = (parent_of(file) / ("." + file.filename().string() + ".XXXXXX")).string();
  Descriptor const descriptor{::mkstemp(pattern.data())};
  if (!descriptor.open()) {
    return unwritable(file, reason());
  }
  constexpr mode_t kReadableByAll = 0644;
  auto written = write_all(descriptor.number(), file, content);
  bool const placed = written.ok() && ::fchmod(descriptor.number(), kReadableByAll) == 0 &&
                      ::rename(pattern.c_str(), file.c_str()) == 0;
  if (!placed) {
    Error const error = written.ok() ? unwritable(file, reason()) : written.error();
    ::unlink(pattern.c_str());
    return error;
  }
  return sync_folder(parent_of(file));
}

Result<Done> write_folder(fs::path const& folder, std::map<std::string, std::string> const& files,
                          bool replace) {
  fs::path const place = without_slash(folder);
  std::error_code error;
  bool const there = fs::exists(place, error);
  if (there && !fs::is_directory(place, error)) {
    return Error{ErrorKind::kRefused, place.string() + " is there and is no folder",
                 "choose another name"};
  }
  if (there && !replace && !fs::is_empty(place, error)) {
    return Error{ErrorKind::kRefused, place.string() + " is there and is not empty",
                 "choose another name, or ask for it to be replaced"};
  }
  fs::create_directories(parent_of(place), error);
  if (error) {
    return unwritable(place, error.message());
  }
  auto fresh = make_folder_beside(place);
  if (!fresh) {
    return fresh.error();
  }
  auto done = fill_folder(fresh.value(), files);
  if (done) {
    done = put_in_place(fresh.value(), place);
  }
  if (!done) {
    fs::remove_all(fresh.value(), error);
  }
  return done;
}

}  // namespace guarantor::tables
