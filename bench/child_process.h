#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"

namespace guarantor::bench {

struct Command {
  std::vector<std::string> words;  ///< the program first, looked up on the PATH
  std::filesystem::path out;       ///< what it prints goes here
  std::filesystem::path err;       ///< and what it says, here; may be the same file
  model::Seconds deadline{3600};   ///< then it is killed
};

/// How a child process ended and what it took.
struct Ending {
  int exit_code{-1};  ///< -1: killed, by the deadline or by a signal
  bool timed_out{};
  model::Seconds seconds{};  ///< from start to end, by the wall
  model::Seconds processor_seconds{};
  double peak_mib{};  ///< most memory resident at once (its own, not its children's)
};

/// Runs a command to its end. Errors: kNotFound where the program cannot be started, kUnwritable
/// where its output has no place. The peak counts from what this process holds itself, since a
/// child starts as its copy: so hold little.
[[nodiscard]] model::Result<Ending> run(Command const& command);

/// Whether a command is on the PATH, or is a file that may be executed.
[[nodiscard]] bool is_runnable(std::string const& program);

}  // namespace guarantor::bench
