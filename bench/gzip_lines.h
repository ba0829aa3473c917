#pragma once

#include <zlib.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guarantor::bench {

/// Hands out the lines of a file, plain or gzipped, without their ends. Memory is flat: of a line
/// longer than `kLongest` only its beginning is kept.
class GzipLines {
 public:
  static constexpr std::size_t kLongest = 64U << 10U;

  explicit GzipLines(std::filesystem::path const& file);

  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  /// Whether reading stopped at text that could not be uncompressed or read.
  [[nodiscard]] bool is_broken() const { return broken_; }

  /// False at the end. `too_long` tells that the line was not kept whole.
  bool next(std::string& line, bool& too_long);

 private:
  struct Close {
    void operator()(gzFile file) const { gzclose(file); }
  };

  bool fill();

  std::unique_ptr<gzFile_s, Close> file_;
  std::vector<char> buffer_;
  std::size_t at_{};
  std::size_t end_{};
  bool broken_{};
};

/// The fields of a line of CSV without line breaks in quotes; views into it.
void split_fields(std::string_view line, std::vector<std::string_view>& fields);

}  // namespace guarantor::bench
