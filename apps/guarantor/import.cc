#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string workbook;
  std::string folder;
  bool replace{false};
};

model::Result<model::Done> run(Options const& options) {
  std::error_code failure;
  if (std::filesystem::is_directory(options.workbook, failure)) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} is a folder, not a workbook", options.workbook),
                        "`guarantor export` copies a folder"};
  }
  auto const scenario = read_scenario(options.workbook, {});
  if (!scenario.ok()) {
    return scenario.error();
  }
  return tables::save_folder(scenario.value(), options.folder, options.replace);
}

}  // namespace

void add_import(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "import",
                .does = "Turn a workbook into a scenario folder, without loss",
                .examples = "  guarantor import offers.xlsx -o scenarios/offers\n"
                            "  guarantor import offers.xlsx -o scenarios/offers --replace"},
               [options](Session const&) { return run(*options); });
  verb.add_option("workbook", options->workbook, "The workbook, a sheet a table")
      ->type_name("WORKBOOK.xlsx")
      ->required();
  verb.add_option("-o,--output", options->folder, "The folder to write")
      ->type_name("FOLDER")
      ->required();
  verb.add_flag("--replace", options->replace, "Replace a folder that has something in it");
}

}  // namespace guarantor::app
