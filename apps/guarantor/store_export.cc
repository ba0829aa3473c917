#include <memory>

#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  Viewpoint viewpoint;
  std::string address;
  std::string folder;
  bool replace{false};
};

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.address, options.viewpoint);
  return scenario.ok() ? tables::save_folder(scenario.value(), options.folder, options.replace)
                       : scenario.error();
}

}  // namespace

void add_store_export(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "store export",
       .does = "Write a scenario of a store as a folder, any version of it",
       .examples = "  guarantor store export coalition.db#exercise -o exercise\n"
                   "  guarantor store export coalition.db#exercise@3f9a1c02 -o exercise-before"},
      [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->address,
                  "STORE where it has one alone, else STORE#ID, or STORE#ID@VERSION")
      ->type_name("STORE#ID")
      ->required();
  verb.add_option("-o,--output", options->folder, "The folder to write")
      ->type_name("FOLDER")
      ->required();
  add_viewpoint(verb, options->viewpoint);
  verb.add_flag("--replace", options->replace, "Replace a folder that has something in it");
}

}  // namespace guarantor::app
