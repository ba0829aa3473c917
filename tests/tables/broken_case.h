#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace guarantor::tables {

/// A scenario with a fault and what must be said of it; tests/broken/README.md tells the form.
struct BrokenCase {
  std::string about;
  std::map<std::string, std::string> files;
  std::set<std::string> absent;
  std::vector<std::string> expected;
};

/// Reads a case; throws std::runtime_error where it is not in the form.
[[nodiscard]] BrokenCase read_case(std::filesystem::path const& file);

/// The printed diagnostics of the case, laid over the files of `base`; a last line `(loaded)` where
/// a scenario came out of it.
[[nodiscard]] std::vector<std::string> diagnose(BrokenCase const& broken,
                                                std::filesystem::path const& base);

}  // namespace guarantor::tables
