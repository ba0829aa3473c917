#include "bench/gzip_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace guarantor::bench {

using model::Error;
using model::ErrorKind;

model::Result<std::string> read_maybe_gzip(std::filesystem::path const& path) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30U;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> const file{::gzopen(path.c_str(), "rb"), &::gzclose};
  if (file == nullptr || std::filesystem::is_directory(path)) {
    return Error{ErrorKind::kNotFound, fmt::format("{}: cannot be read", path.string()), ""};
  }
  std::string content;
  std::array<char, 1U << 16U> chunk{};
  int read = 0;
  while ((read = ::gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()))) > 0) {
    content.append(chunk.data(), static_cast<std::size_t>(read));
    if (content.size() > kMostBytes) {
      return Error{ErrorKind::kLimit, fmt::format("{}: more than 1 GiB", path.string()), ""};
    }
  }
  int status = Z_OK;
  ::gzerror(file.get(), &status);
  if (read < 0 || (status != Z_OK && status != Z_STREAM_END)) {
    return Error{ErrorKind::kBadInput, fmt::format("{}: damaged or cut short", path.string()), ""};
  }
  return content;
}

}  // namespace guarantor::bench
