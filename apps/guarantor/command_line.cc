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

std::vector<CLI::App const*> children(CLI::App const& app) {
  return app.get_subcommands([](CLI::App const*) { return true; });
}

std::vector<std::string> verb_names(CLI::App const& group) {
  std::vector<std::string> names;
  for (auto const* verb : children(group)) {
    names.push_back(verb->get_name());
  }
  return names;
}

/// What was chosen, as far down as it goes, and the words that lead there.
struct Chosen {
  std::string name;
  CLI::App const* verb{};
};

Chosen chosen_of(CLI::App const& root) {
  Chosen chosen{{}, &root};
  for (auto next = root.get_subcommands(); !next.empty(); next = chosen.verb->get_subcommands()) {
    chosen.verb = next.front();
    chosen.name += (chosen.name.empty() ? "" : " ") + chosen.verb->get_name();
  }
  return chosen;
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

std::string see_help(Chosen const& chosen) {
  return fmt::format("see `guarantor {}{}--help`", chosen.name, chosen.name.empty() ? "" : " ");
}

model::Error unknown_word(Chosen const& chosen, std::string const& word) {
  if (looks_like_option(word)) {
    auto const name = word.substr(0, word.find('='));
    auto const hint = did_you_mean(name, option_names(*chosen.verb));
    return {model::ErrorKind::kBadInput, fmt::format("unknown option `{}`", name),
            hint.empty() ? see_help(chosen) : hint};
  }
  if (auto const verbs = verb_names(*chosen.verb); !verbs.empty()) {
    auto const hint = did_you_mean(word, verbs);
    return {
        model::ErrorKind::kBadInput,
        fmt::format("unknown command `{}{}{}`", chosen.name, chosen.name.empty() ? "" : " ", word),
        hint.empty() ? see_help(chosen) : hint};
  }
  return {model::ErrorKind::kBadInput, fmt::format("unexpected `{}`", word), see_help(chosen)};
}

/// What was wrong with the arguments. An unknown word explains more than what it left missing.
model::Error explain(CLI::App const& root, CLI::ParseError const& error) {
  auto const chosen = chosen_of(root);
  auto const unknown = root.remaining(true);
  auto const option = std::find_if(unknown.begin(), unknown.end(), looks_like_option);
  bool const misplaced = dynamic_cast<CLI::ConversionError const*>(&error) == nullptr &&
                         dynamic_cast<CLI::ValidationError const*>(&error) == nullptr;
  if (!unknown.empty() && misplaced) {
    bool const verb_first = !children(*chosen.verb).empty() && !looks_like_option(unknown.front());
    return unknown_word(chosen, option != unknown.end() && !verb_first ? *option : unknown.front());
  }
  return {model::ErrorKind::kBadInput, error.what(), see_help(chosen)};
}

std::string help_of(CLI::App const& root) {
  auto const chosen = chosen_of(root);
  if (chosen.name.empty()) {
    return root.help();
  }
  auto const before = chosen.name.rfind(' ');
  return chosen.verb->help(
      before == std::string::npos ? "guarantor" : "guarantor " + chosen.name.substr(0, before));
}

}  // namespace

CommandLine::CommandLine() : root_{kDescription, "guarantor"} {
  root_.formatter(std::make_shared<ExamplesFirst>());
  root_.footer(kExamples);
  root_.require_subcommand(1);
  root_.set_help_flag("-h,--help", "Print this and stop");
  root_.set_version_flag("--version", "guarantor " GUARANTOR_VERSION, "Print the version and stop");
}

void CommandLine::add_group(std::string const& name, std::string const& does) {
  auto* const group = root_.add_subcommand(name, does);
  group->group("Commands");
  group->require_subcommand(1);
}

CLI::App& CommandLine::add(Verb const& verb, Action action) {
  auto const blank = verb.name.find(' ');
  auto* const parent =
      blank == std::string::npos ? &root_ : root_.get_subcommand(verb.name.substr(0, blank));
  auto* const added = parent->add_subcommand(
      verb.name.substr(blank == std::string::npos ? 0 : blank + 1), verb.does);
  added->group("Commands");
  added->footer(verb.examples);
  if (parent != &root_) {
    // A group's examples are the first of each of its verbs.
    auto const before = parent->get_footer();
    parent->footer(before + (before.empty() ? "" : "\n") +
                   verb.examples.substr(0, verb.examples.find('\n')));
  }
  actions_.emplace(verb.name, std::move(action));
  return *added;
}

std::vector<CommandLine::Listed> CommandLine::verbs(CLI::App const& root) {
  std::vector<Listed> all;
  for (auto const* verb : children(root)) {
    auto const inner = children(*verb);
    if (inner.empty()) {
      all.push_back({verb->get_name(), verb});
    }
    for (auto const* below : inner) {
      all.push_back({verb->get_name() + " " + below->get_name(), below});
    }
  }
  return all;
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
  return actions_.at(chosen_of(root_).name)(session);
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
