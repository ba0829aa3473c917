#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "guarantor/model/spelling.h"
#include "guarantor/shell_scripts.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr std::array<std::string_view, 3> kShells{"bash", "zsh", "fish"};

model::Result<model::Done> run(std::string const& shell, CLI::App const& root) {
  if (shell == "bash") {
    return print(bash_completion(root));
  }
  if (shell == "zsh") {
    return print(zsh_completion(root));
  }
  if (shell == "fish") {
    return print(fish_completion(root));
  }
  auto const near = model::closest(shell, kShells);
  return model::Error{model::ErrorKind::kBadInput, fmt::format("unknown shell `{}`", shell),
                      near ? fmt::format("did you mean `{}`?", *near) : "it is bash, zsh or fish"};
}

}  // namespace

void add_completion(CommandLine& line) {
  auto shell = std::make_shared<std::string>();
  auto& verb = line.add({.name = "completion",
                         .does = "Print the completion script for a shell",
                         .examples = "  source <(guarantor completion bash)\n"
                                     "  guarantor completion fish | source"},
                        [shell, &line](Session const&) { return run(*shell, line.root()); });
  verb.add_option("shell", *shell, "The shell")->type_name("bash|zsh|fish")->required();
}

}  // namespace guarantor::app
