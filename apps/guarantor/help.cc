#include "guarantor/help.h"

#include <fmt/format.h>

namespace guarantor::app {
namespace {

constexpr std::size_t kColumn = 34;
constexpr std::size_t kTextWidth = 66;

/// The text with its blanks turned into line breaks where a line would grow too long.
std::string wrap(std::string text, std::size_t width) {
  std::size_t line_start = 0;
  std::size_t last_blank = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') {
      last_blank = i;
    }
    if (i - line_start >= width && last_blank > line_start) {
      text[last_blank] = '\n';
      line_start = last_blank + 1;
    }
  }
  return text;
}

}  // namespace

ExamplesFirst::ExamplesFirst() {
  column_width(kColumn);
  label("SUBCOMMAND", "COMMAND");
  label("Positionals", "Arguments");
  label("REQUIRED", "(required)");
}

std::string ExamplesFirst::make_help(CLI::App const* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  return fmt::format("Examples:\n{}\n\n{}{}{}{}{}", app->get_footer(), make_description(app),
                     make_usage(app, name), make_positionals(app), make_groups(app, mode),
                     make_subcommands(app, mode));
}

std::string ExamplesFirst::make_option_desc(CLI::Option const* option) const {
  return wrap(option->get_description(), kTextWidth);
}

}  // namespace guarantor::app
