#include "guarantor/report/watch_form.h"

#include <memory>
#include <string>
#include <vector>

#include "guarantor/geo/line_sectors.h"
#include "guarantor/ledger_input.h"
#include "guarantor/scenario_input.h"
#include "guarantor/verbs.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string scenario;
  std::string output;
  Viewpoint viewpoint;
};

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  auto const lines = scenario.ok() ? geo::sectors_of(scenario.value()) : scenario.error();
  if (!lines.ok()) {
    return lines.error();
  }
  std::vector<model::SectorId> sectors;
  for (geo::LineSectors const& line : lines.value()) {
    for (geo::Sector const& sector : line.sectors) {
      sectors.emplace_back(sector.id);
    }
  }
  return write_text(options.output, report::watch_form(scenario.value(), sectors));
}

}  // namespace

void add_watch_form(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "watch form",
                .does = "Make a page on which monitors write observations down without a network",
                .examples = "  guarantor watch form scenarios/exercise -o form.html\n"
                            "  guarantor watch ingest --store coalition.db form-patrol-7.ndjson"},
               [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->scenario, "The scenario with the sensors and lines")
      ->type_name("SCENARIO")
      ->required();
  add_viewpoint(verb, options->viewpoint);
  verb.add_option("-o,--output", options->output, "The page to write (default: standard output)")
      ->type_name("FILE");
}

}  // namespace guarantor::app
