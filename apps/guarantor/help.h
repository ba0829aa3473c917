#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace guarantor::app {

/// Help that begins with examples, which most readers came for. An app's footer holds them.
class ExamplesFirst : public CLI::Formatter {
 public:
  ExamplesFirst();

  [[nodiscard]] std::string make_help(CLI::App const* app, std::string name,
                                      CLI::AppFormatMode mode) const override;
  [[nodiscard]] std::string make_option_desc(CLI::Option const* option) const override;
};

}  // namespace guarantor::app
