#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// Where in the files of a scenario something stands; line and column as in `Diagnostic`.
struct Place {
  std::string file;
  std::uint64_t line{};
  std::uint64_t column{};

  friend bool operator==(Place const&, Place const&) = default;
};

/// Collects what is wrong while a scenario is read, up to a number worth reading.
class Diagnostics {
 public:
  explicit Diagnostics(std::size_t most) : most_{most} {}

  void error(Place const& place, std::string message, std::string hint = {});
  void warning(Place const& place, std::string message, std::string hint = {});

  [[nodiscard]] bool has_errors() const { return error_count_ > 0; }

  /// All diagnostics in order of file, line and column; errors first to be kept where there are too
  /// many, and then one more line, about `whole`, counts those left out. Leaves nothing behind.
  [[nodiscard]] std::vector<Diagnostic> take(std::string const& whole);

 private:
  std::size_t most_;
  std::size_t error_count_{};
  std::size_t warning_count_{};
  std::vector<Diagnostic> errors_;
  std::vector<Diagnostic> warnings_;
};

}  // namespace guarantor::tables
