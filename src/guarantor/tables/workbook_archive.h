#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guarantor::tables {

struct ArchiveProblem {
  std::string message;
  std::string hint;
};

/// What keeps the bytes of a file from being an XLSX workbook that is safe to unpack: no ZIP
/// archive, cut off, without a workbook inside, or unpacking to more than `most_bytes`. O(length).
[[nodiscard]] std::optional<ArchiveProblem> find_archive_problem(std::string_view bytes,
                                                                 std::uint64_t most_bytes);

/// The same archive with a short list of content types that names a worksheet: the library
/// that reads sheets looks for one in the first 2 KiB only, and LibreOffice names them later.
/// REQUIRES: no archive problem.
[[nodiscard]] std::string with_short_content_types(std::string_view bytes);

}  // namespace guarantor::tables
