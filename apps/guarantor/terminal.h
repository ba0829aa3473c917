#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"

/// Where the command line meets the person: results go to standard output, everything else to
/// standard error.
namespace guarantor::app {

/// What is known about a stream: whether someone watches it, and how to write for them.
struct Terminal {
  bool watched{false};  ///< a terminal, not a file or a pipe
  bool colour{false};   ///< watched, and neither NO_COLOR nor TERM=dumb asks for plain text
  int width{100};       ///< columns; 100 where nobody watches
};

[[nodiscard]] Terminal standard_output();
[[nodiscard]] Terminal standard_error();

/// Writes a result to standard output, all of it. Error kUnwritable, e.g. for a closed pipe or a
/// full disk. REQUIRES: SIGPIPE is ignored.
[[nodiscard]] model::Result<model::Done> print(std::string_view text);

/// Writes a line to standard error.
void say(std::string_view line);

/// Says what went wrong: `guarantor: kind: message; hint`.
void say(model::Error const& error);

}  // namespace guarantor::app
