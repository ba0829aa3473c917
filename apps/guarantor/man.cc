#include <fmt/format.h>

#include <string>

#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

/// Text as roff prints it: hyphens that are typed, backslashes and leading dots kept as they are.
std::string roff(std::string const& text) {
  std::string escaped;
  for (char const c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n')) {
      escaped += std::string{"\\&"} + c;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string example_block(CLI::App const& app) {
  return fmt::format(".PP\n.nf\n{}\n.fi\n", roff(app.get_footer()));
}

std::string option_entry(CLI::Option const& option) {
  auto const name = option.nonpositional() ? option.get_name(false, true) : option.get_name(true);
  auto const value = option.get_items_expected_max() > 0 && option.nonpositional()
                         ? " \\fI" + roff(option.get_type_name()) + "\\fR"
                         : std::string{};
  return fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(name), value, roff(option.get_description()));
}

std::string verb_entry(std::string const& name, CLI::App const& verb) {
  auto text = fmt::format(".SS {}\n{}.\n", roff(name), roff(verb.get_description()));
  text += example_block(verb);
  for (auto const* option : verb.get_options()) {
    text += option_entry(*option);
  }
  return text;
}

std::string page(CLI::App const& root) {
  auto text = fmt::format(
      ".TH GUARANTOR 1 \"\" \"guarantor {}\" \"User commands\"\n"
      ".SH NAME\nguarantor \\- plan the force that guarantees a ceasefire\n"
      ".SH SYNOPSIS\n\\fBguarantor\\fR \\fIcommand\\fR [\\fIoptions\\fR]\n"
      ".SH EXAMPLES\n{}.SH DESCRIPTION\n{}\n"
      "Results go to standard output, everything else to standard error.\n"
      ".SH COMMANDS\n",
      GUARANTOR_VERSION, example_block(root), roff(root.get_description()));
  for (auto const& [name, verb] : CommandLine::verbs(root)) {
    text += verb_entry(name, *verb);
  }
  return text +
         ".SH EXIT STATUS\n"
         ".TP\n0\nDone.\n"
         ".TP\n1\nA defect of the program.\n"
         ".TP\n2\nBad input, or a place that cannot be written to.\n"
         ".TP\n3\nA limit or an interruption stopped the work; the best plan so far is written.\n"
         ".TP\n4\nA check failed.\n"
         ".SH ENVIRONMENT\n"
         ".TP\nNO_COLOR\nNo colour, whatever its value.\n"
         ".SH SIGNALS\n"
         "While a plan is made, SIGINT and SIGTERM end the search and the best plan so far is\n"
         "written. A second one ends the program at once.\n";
}

}  // namespace

void add_man(CommandLine& line) {
  line.add({.name = "man",
            .does = "Print the manual page",
            .examples = "  guarantor man | man -l -\n"
                        "  guarantor man > guarantor.1"},
           [&line](Session const&) { return print(page(line.root())); });
}

}  // namespace guarantor::app
