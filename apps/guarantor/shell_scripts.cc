#include "guarantor/shell_scripts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "guarantor/command_line.h"

namespace guarantor::app {
namespace {

/// Verbs and groups that stand first, or those of a group.
std::vector<CLI::App const*> children(CLI::App const& app) {
  return app.get_subcommands([](CLI::App const*) { return true; });
}

std::vector<std::string> names_of(std::vector<CLI::App const*> const& apps) {
  std::vector<std::string> names;
  for (auto const* app : apps) {
    names.push_back(app->get_name());
  }
  return names;
}

std::vector<CLI::Option const*> options_of(CLI::App const& app) {
  return app.get_options([](CLI::Option const* option) { return option->nonpositional(); });
}

/// `-o` and `--output`, as typed.
std::vector<std::string> spellings(CLI::Option const& option) {
  std::vector<std::string> all;
  for (auto const& name : option.get_snames()) {
    all.push_back("-" + name);
  }
  for (auto const& name : option.get_lnames()) {
    all.push_back("--" + name);
  }
  return all;
}

bool takes_value(CLI::Option const& option) {
  return option.get_items_expected_max() > 0;
}

/// The words of `a|b|c`; none for any other type name.
std::vector<std::string> choices(CLI::Option const& option) {
  auto const name = option.get_type_name();
  if (name.find('|') == std::string::npos || name.find('=') != std::string::npos) {
    return {};
  }
  return CLI::detail::split(name, '|');
}

/// The positional of a verb that is one of a list of words, such as the shell's name.
std::vector<std::string> positional_choices(CLI::App const& verb) {
  for (auto const* option :
       verb.get_options([](CLI::Option const* o) { return o->get_positional(); })) {
    if (auto words = choices(*option); !words.empty()) {
      return words;
    }
  }
  return {};
}

/// Text inside single quotes of a shell.
std::string quoted(std::string const& text) {
  return "'" + CLI::detail::find_and_replace(text, "'", "'\\''") + "'";
}

/// Text inside a zsh `[...]` inside single quotes.
std::string zsh_description(std::string const& text) {
  auto plain = CLI::detail::find_and_replace(text, "'", "'\\''");
  plain = CLI::detail::find_and_replace(plain, "[", "\\[");
  plain = CLI::detail::find_and_replace(plain, "]", "\\]");
  return CLI::detail::find_and_replace(plain, ":", "\\:");
}

std::string bash_words(CLI::App const& verb) {
  auto words = positional_choices(verb);
  for (auto const* option : options_of(verb)) {
    auto const names = spellings(*option);
    words.insert(words.end(), names.begin(), names.end());
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string zsh_value(CLI::Option const& option) {
  if (!takes_value(option)) {
    return {};
  }
  auto const words = choices(option);
  return words.empty() ? ":value:_files" : fmt::format(":value:({})", fmt::join(words, " "));
}

std::string zsh_verb(CommandLine::Listed const& listed) {
  auto text = fmt::format("    '{}')\n      _arguments \\\n", listed.name);
  for (auto const* option : options_of(*listed.verb)) {
    for (auto const& name : spellings(*option)) {
      text += fmt::format("        '{}[{}]{}' \\\n", name,
                          zsh_description(option->get_description()), zsh_value(*option));
    }
  }
  auto const words = positional_choices(*listed.verb);
  text += words.empty() ? "        '*:file:_files'\n"
                        : fmt::format("        '1:word:({})'\n", fmt::join(words, " "));
  return text + "      ;;\n";
}

/// What fish asks before it offers something of a verb.
std::string fish_condition(std::string const& name) {
  auto const blank = name.find(' ');
  auto const first = "__fish_seen_subcommand_from " + name.substr(0, blank);
  return blank == std::string::npos
             ? first
             : fmt::format("{}; and __fish_seen_subcommand_from {}", first, name.substr(blank + 1));
}

std::string fish_option(std::string const& verb, CLI::Option const& option) {
  auto text = fmt::format("complete -c guarantor -n '{}'", fish_condition(verb));
  for (auto const& name : option.get_snames()) {
    text += " -s " + name;
  }
  for (auto const& name : option.get_lnames()) {
    text += " -l " + name;
  }
  if (auto const words = choices(option); !words.empty()) {
    text += fmt::format(" -x -a {}", quoted(fmt::format("{}", fmt::join(words, " "))));
  } else if (takes_value(option)) {
    text += " -r -F";
  }
  return fmt::format("{} -d {}\n", text, quoted(option.get_description()));
}

}  // namespace

std::string bash_completion(CLI::App const& root) {
  std::string cases;
  std::string values;
  for (auto const& [name, verb] : CommandLine::verbs(root)) {
    cases += fmt::format("    '{}') words=\"{}\" ;;\n", name, bash_words(*verb));
    for (auto const* option : options_of(*verb)) {
      if (auto const words = choices(*option); !words.empty()) {
        for (auto const& spelling : spellings(*option)) {
          values +=
              fmt::format("    '{}:{}') words=\"{}\" ;;\n", name, spelling, fmt::join(words, " "));
        }
      }
    }
  }
  std::string groups;
  for (auto const* group : children(root)) {
    if (auto const inner = names_of(children(*group)); !inner.empty()) {
      groups += fmt::format("    {}) words=\"{}\" ;;\n", group->get_name(), fmt::join(inner, " "));
    }
  }
  return fmt::format(
      "# bash completion for guarantor: source <(guarantor completion bash)\n"
      "_guarantor() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" before=\"${{COMP_WORDS[COMP_CWORD-1]}}\"\n"
      "  local verb=\"${{COMP_WORDS[1]}}\" words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    words=\"{} --help --version\"\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"$verb\" in\n{}  esac\n"
      "  if [ -n \"$words\" ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
      "    verb=\"$verb ${{COMP_WORDS[2]}}\" words=\"\"\n"
      "  fi\n"
      "  case \"$verb\" in\n{}  esac\n"
      "  case \"$verb:$before\" in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "}}\n"
      "complete -o default -F _guarantor guarantor\n",
      fmt::join(names_of(children(root)), " "), groups, cases, values);
}

std::string zsh_completion(CLI::App const& root) {
  std::string verbs;
  std::string groups;
  for (auto const* verb : children(root)) {
    verbs +=
        fmt::format("    '{}:{}'\n", verb->get_name(), zsh_description(verb->get_description()));
    if (auto const inner = children(*verb); !inner.empty()) {
      std::string described;
      for (auto const* below : inner) {
        described +=
            fmt::format(" '{}:{}'", below->get_name(), zsh_description(below->get_description()));
      }
      groups += fmt::format("    {}) inner=({}) ;;\n", verb->get_name(), described);
    }
  }
  std::string cases;
  for (auto const& listed : CommandLine::verbs(root)) {
    cases += zsh_verb(listed);
  }
  return fmt::format(
      "#compdef guarantor\n"
      "# zsh completion for guarantor: put this file as _guarantor into a folder of $fpath\n"
      "_guarantor() {{\n"
      "  local -a verbs=(\n{}  ) inner=()\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe 'command' verbs\n"
      "    return\n"
      "  fi\n"
      "  local verb=$words[2]\n"
      "  case $verb in\n{}  esac\n"
      "  if (( $#inner )); then\n"
      "    if (( CURRENT == 3 )); then\n"
      "      _describe 'command' inner\n"
      "      return\n"
      "    fi\n"
      "    verb=\"$verb $words[3]\"\n"
      "    shift words\n"
      "    (( CURRENT-- ))\n"
      "  fi\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $verb in\n{}  esac\n"
      "}}\n"
      "compdef _guarantor guarantor\n",
      verbs, groups, cases);
}

std::string fish_completion(CLI::App const& root) {
  std::string text = "# fish completion for guarantor: guarantor completion fish | source\n";
  for (auto const* verb : children(root)) {
    text += fmt::format("complete -c guarantor -n __fish_use_subcommand -f -a {} -d {}\n",
                        verb->get_name(), quoted(verb->get_description()));
    auto const inner = names_of(children(*verb));
    for (auto const* below : children(*verb)) {
      text += fmt::format(
          "complete -c guarantor -n '__fish_seen_subcommand_from {}; and not "
          "__fish_seen_subcommand_from {}' -f -a {} -d {}\n",
          verb->get_name(), fmt::join(inner, " "), below->get_name(),
          quoted(below->get_description()));
    }
  }
  for (auto const& [name, verb] : CommandLine::verbs(root)) {
    for (auto const* option : options_of(*verb)) {
      text += fish_option(name, *option);
    }
    if (auto const words = positional_choices(*verb); !words.empty()) {
      text += fmt::format("complete -c guarantor -n '{}' -f -a '{}'\n", fish_condition(name),
                          fmt::join(words, " "));
    }
  }
  return text;
}

}  // namespace guarantor::app
