#include <filesystem>
#include <memory>
#include <string>

#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  Viewpoint viewpoint;
  std::string scenario;
  std::string output;
  bool replace{false};
};

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  std::filesystem::path const output{options.output};
  if (output.extension() == ".xlsx") {
    return tables::save_workbook(scenario.value(), output);
  }
  return tables::save_folder(scenario.value(), output, options.replace);
}

}  // namespace

void add_export(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "export",
                         .does = "Write a scenario as a workbook, or as a folder of its own",
                         .examples = "  guarantor export scenarios/ukraine -o ukraine.xlsx\n"
                                     "  guarantor export scenarios/ukraine -o copies/ukraine\n"
                                     "  guarantor export scenarios/tutorial --as delegate:XAB "
                                     "-o released.xlsx"},
                        [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option(
          "-o,--output", options->output,
          "A file that ends in .xlsx, or a folder; what a variant extends is written with it")
      ->type_name("FILE")
      ->required();
  add_viewpoint(verb, options->viewpoint);
  verb.add_flag("--replace", options->replace, "Replace a folder that has something in it");
}

}  // namespace guarantor::app
