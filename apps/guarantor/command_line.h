#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/session.h"

namespace guarantor::app {

/// The tree of verbs and options, and what each verb does. Help, manual page and completions are
/// all read off this one tree.
class CommandLine {
 public:
  using Action = std::function<model::Result<model::Done>(Session const&)>;

  /// How a verb introduces itself.
  struct Verb {
    std::string name;      ///< `plan`, or of a group that was added: `store init`
    std::string does;      ///< one line
    std::string examples;  ///< a command a line, two spaces before it
  };

  CommandLine();

  /// Adds a group of verbs, e.g. `store`, before the verbs in it.
  void add_group(std::string const& name, std::string const& does);

  /// Adds a verb; its options are then added to what is returned.
  CLI::App& add(Verb const& verb, Action action);

  [[nodiscard]] CLI::App const& root() const { return root_; }

  /// A verb as it is typed, and its options.
  struct Listed {
    std::string name;
    CLI::App const* verb{};
  };
  /// All verbs, those of a group after one another, in the order in which they were added.
  [[nodiscard]] static std::vector<Listed> verbs(CLI::App const& root);

  /// Does what the arguments say; the exit code of the program. Never throws.
  [[nodiscard]] int run(std::vector<std::string> arguments, Session const& session);

 private:
  [[nodiscard]] model::Result<model::Done> act(std::vector<std::string> arguments,
                                               Session const& session);

  CLI::App root_;
  std::map<std::string, Action> actions_;
};

}  // namespace guarantor::app
