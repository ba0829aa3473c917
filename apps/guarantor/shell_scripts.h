#pragma once

#include <CLI/CLI.hpp>
#include <string>

/// Completion scripts, read off the tree of verbs and options. A value's type name says what
/// completes it: `a|b|c` is a list of words, everything else a file.
namespace guarantor::app {

[[nodiscard]] std::string bash_completion(CLI::App const& root);
[[nodiscard]] std::string zsh_completion(CLI::App const& root);
[[nodiscard]] std::string fish_completion(CLI::App const& root);

}  // namespace guarantor::app
