#include <fmt/format.h>

#include <memory>

#include "guarantor/scenario_input.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/store_input.h"
#include "guarantor/tables/row_records.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string scenario;
  std::string variant_of;
};

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.scenario, {});
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const store = open_to_write(options.words);
  if (!store.ok()) {
    return store.error();
  }
  if (!options.variant_of.empty()) {
    auto const base = store::find_version(*store.value(), options.variant_of);
    if (!base.ok()) {
      return base.error();
    }
  }
  auto const kept = store::put_scenario(*store.value(),
                                        {.scenario = scenario.value().header.id.text(),
                                         .title = scenario.value().header.title,
                                         .content_hash = tables::content_hash(scenario.value()),
                                         .variant_of = options.variant_of,
                                         .rows = tables::to_rows(scenario.value())},
                                        author(options.words));
  if (!kept.ok()) {
    return kept.error();
  }
  auto const& version = kept.value().version;
  return say_kept(
      *store.value(),
      kept.value().is_new
          ? fmt::format("{} {}: {} rows, {} changed\n", version.scenario, version.content_hash,
                        version.rows, version.changed)
          : fmt::format("{} {}: kept already\n", version.scenario, version.content_hash));
}

}  // namespace

void add_store_import(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "store import",
                .does = "Keep a scenario as its newest version; only rows that changed are added",
                .examples = "  guarantor store import coalition.db scenarios/exercise\n"
                            "  guarantor store import coalition.db offers.xlsx --by planner:anna"},
               [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option("--variant-of", options->variant_of,
                  "The scenario in the store that this one is a variant of")
      ->type_name("ID");
}

}  // namespace guarantor::app
