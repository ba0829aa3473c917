#include "guarantor/shell_scripts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace guarantor::app {
namespace {

std::vector<CLI::App const*> verbs_of(CLI::App const& root) {
  return root.get_subcommands([](CLI::App const*) { return true; });
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

std::string zsh_verb(CLI::App const& verb) {
  auto text = fmt::format("    {})\n      _arguments \\\n", verb.get_name());
  for (auto const* option : options_of(verb)) {
    for (auto const& name : spellings(*option)) {
      text += fmt::format("        '{}[{}]{}' \\\n", name,
                          zsh_description(option->get_description()), zsh_value(*option));
    }
  }
  auto const words = positional_choices(verb);
  text += words.empty() ? "        '*:file:_files'\n"
                        : fmt::format("        '1:word:({})'\n", fmt::join(words, " "));
  return text + "      ;;\n";
}

std::string fish_option(CLI::App const& verb, CLI::Option const& option) {
  auto text =
      fmt::format("complete -c guarantor -n '__fish_seen_subcommand_from {}'", verb.get_name());
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
  std::vector<std::string> names;
  std::string cases;
  std::string values;
  for (auto const* verb : verbs_of(root)) {
    names.push_back(verb->get_name());
    cases += fmt::format("    {}) words=\"{}\" ;;\n", verb->get_name(), bash_words(*verb));
    for (auto const* option : options_of(*verb)) {
      if (auto const words = choices(*option); !words.empty()) {
        values += fmt::format("    {}:{}) words=\"{}\" ;;\n", verb->get_name(),
                              fmt::join(spellings(*option), "|" + verb->get_name() + ":"),
                              fmt::join(words, " "));
      }
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
      "  case \"$verb:$before\" in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "}}\n"
      "complete -o default -F _guarantor guarantor\n",
      fmt::join(names, " "), cases, values);
}

std::string zsh_completion(CLI::App const& root) {
  std::string verbs;
  std::string cases;
  for (auto const* verb : verbs_of(root)) {
    verbs +=
        fmt::format("    '{}:{}'\n", verb->get_name(), zsh_description(verb->get_description()));
    cases += zsh_verb(*verb);
  }
  return fmt::format(
      "#compdef guarantor\n"
      "# zsh completion for guarantor: put this file as _guarantor into a folder of $fpath\n"
      "_guarantor() {{\n"
      "  local -a verbs=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe 'command' verbs\n"
      "    return\n"
      "  fi\n"
      "  local verb=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $verb in\n{}  esac\n"
      "}}\n"
      "compdef _guarantor guarantor\n",
      verbs, cases);
}

std::string fish_completion(CLI::App const& root) {
  std::string text = "# fish completion for guarantor: guarantor completion fish | source\n";
  for (auto const* verb : verbs_of(root)) {
    text += fmt::format("complete -c guarantor -n __fish_use_subcommand -f -a {} -d {}\n",
                        verb->get_name(), quoted(verb->get_description()));
  }
  for (auto const* verb : verbs_of(root)) {
    for (auto const* option : options_of(*verb)) {
      text += fish_option(*verb, *option);
    }
    if (auto const words = positional_choices(*verb); !words.empty()) {
      text += fmt::format("complete -c guarantor -n '__fish_seen_subcommand_from {}' -f -a '{}'\n",
                          verb->get_name(), fmt::join(words, " "));
    }
  }
  return text;
}

}  // namespace guarantor::app
