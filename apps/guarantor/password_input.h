#pragma once

#include <string>

#include "guarantor/model/error.h"

namespace guarantor::app {

/// How passwords come in: never as arguments, which every process may read.
struct PasswordWords {
  bool standard_input{false};  ///< a line each, instead of the terminal
};

/// A password, asked for at the terminal without echo, or the next line of standard input. Errors:
/// kBadInput where there is no terminal, or no line.
[[nodiscard]] model::Result<std::string> ask_password(PasswordWords const& words,
                                                      std::string const& question);

/// A new one: at the terminal asked for twice. Error kBadInput also where the two differ.
[[nodiscard]] model::Result<std::string> ask_new_password(PasswordWords const& words);

}  // namespace guarantor::app
