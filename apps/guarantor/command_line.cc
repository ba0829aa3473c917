#include "guarantor/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "guarantor/help.h"
#include "guarantor/model/spelling.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr auto kDescription =
    "Guarantor plans the force that guarantees a ceasefire: who goes, where, when,\n"
    "how sure that is, and what is missing.";

constexpr auto kExamples =
    "  guarantor check scenarios/ukraine\n"
    "  guarantor plan scenarios/ukraine -o plans/ukraine\n"
    "  guarantor generate scenarios/ukraine --world assured --json\n"
    "  guarantor generate --help";

bool looks_like_option(std::string const& word) {
  return word.size() > 1 && word.front() == '-';
}

std::vector<std::string> verb_names(CLI::App const& root) {
  std::vector<std::string> names;
  for (auto const* verb : root.get_subcommands([](CLI::App const*) { return true; })) {
    names.push_back(verb->get_name());
  }
  return names;
}

std::vector<std::string> option_names(CLI::App const& verb) {
  std::vector<std::string> names;
  for (auto const* option : verb.get_options()) {
    for (auto const& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& names) {
  std::vector<std::string_view> const candidates{names.begin(), names.end()};
  auto const near = model::closest(word, candidates);
  return near ? fmt::format("did you mean `{}`?", *near) : std::string{};
}

model::Error unknown_word(CLI::App const& root, CLI::App const* verb, std::string const& word) {
  if (looks_like_option(word)) {
    auto const name = word.substr(0, word.find('='));
    auto hint = did_you_mean(name, option_names(verb != nullptr ? *verb : root));
    if (hint.empty()) {
      hint = fmt::format("see `guarantor {}{}--help`", verb != nullptr ? verb->get_name() : "",
                         verb != nullptr ? " " : "");
    }
    return {model::ErrorKind::kBadInput, fmt::format("unknown option `{}`", name), hint};
  }
  if (verb == nullptr) {
    auto hint = did_you_mean(word, verb_names(root));
    return {model::ErrorKind::kBadInput, fmt::format("unknown command `{}`", word),
            hint.empty() ? "see `guarantor --help`" : hint};
  }
  return {model::ErrorKind::kBadInput, fmt::format("unexpected `{}`", word),
          fmt::format("see `guarantor {} --help`", verb->get_name())};
}

/// What was wrong with the arguments. An unknown word explains more than what it left missing.
model::Error explain(CLI::App const& root, CLI::ParseError const& error) {
  auto const chosen = root.get_subcommands();
  auto const* const verb = chosen.empty() ? nullptr : chosen.front();
  auto const unknown = root.remaining(true);
  auto const option = std::find_if(unknown.begin(), unknown.end(), looks_like_option);
  bool const misplaced = dynamic_cast<CLI::ConversionError const*>(&error) == nullptr &&
                         dynamic_cast<CLI::ValidationError const*>(&error) == nullptr;
  if (!unknown.empty() && misplaced) {
    bool const verb_first = verb == nullptr && !looks_like_option(unknown.front());
    return unknown_word(root, verb,
                        option != unknown.end() && !verb_first ? *option : unknown.front());
  }
  return {model::ErrorKind::kBadInput, error.what(),
          verb != nullptr ? fmt::format("see `guarantor {} --help`", verb->get_name())
                          : "see `guarantor --help`"};
}

std::string help_of(CLI::App const& root) {
  auto const chosen = root.get_subcommands();
  if (chosen.empty()) {
    return root.help();
  }
  return chosen.front()->help("guarantor");
}

}  // namespace

CommandLine::CommandLine() : root_{kDescription, "guarantor"} {
  root_.formatter(std::make_shared<ExamplesFirst>());
  root_.footer(kExamples);
  root_.require_subcommand(1);
  root_.set_help_flag("-h,--help", "Print this and stop");
  root_.set_version_flag("--version", "guarantor " GUARANTOR_VERSION, "Print the version and stop");
}

CLI::App& CommandLine::add(Verb const& verb, Action action) {
  auto* const added = root_.add_subcommand(verb.name, verb.does);
  added->group("Commands");
  added->footer(verb.examples);
  actions_.emplace(verb.name, std::move(action));
  return *added;
}

model::Result<model::Done> CommandLine::act(std::vector<std::string> arguments,
                                            Session const& session) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    root_.parse(std::move(arguments));
  } catch (CLI::CallForHelp const&) {
    return print(help_of(root_));
  } catch (CLI::CallForVersion const&) {
    return print(root_.version() + "\n");
  } catch (CLI::ParseError const& error) {
    return explain(root_, error);
  }
  return actions_.at(root_.get_subcommands().front()->get_name())(session);
}

int CommandLine::run(std::vector<std::string> arguments, Session const& session) {
  model::Error failure;
  try {
    auto const result = act(std::move(arguments), session);
    if (result.ok()) {
      return 0;
    }
    failure = result.error();
  } catch (std::bad_alloc const&) {
    failure = {model::ErrorKind::kDefect, "out of memory", "try a smaller scenario"};
  } catch (std::exception const& error) {
    failure = {model::ErrorKind::kDefect, error.what(), "please report this"};
  }
  say(failure);
  return model::exit_code(failure.kind);
}

}  // namespace guarantor::app
