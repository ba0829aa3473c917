#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/scenario_input.h"
#include "guarantor/tables/files.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch/replay.h"
#include "guarantor/watch/replay_score.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  watch::ReplayRequest request;
  std::string folder;
};

model::Result<model::Done> write(std::string const& folder, watch::Replay const& replay) {
  std::string lines;
  for (model::Observation const& observation : replay.stream) {
    intake::append_json(observation, lines);
    lines += '\n';
  }
  std::map<std::string, std::string> const files{{"observations.ndjson", std::move(lines)},
                                                 {"truth.csv", watch::truth_csv(replay.incidents)}};
  return tables::write_folder(folder, files, true);
}

/// Holds what a store made of the stream against the truth.
model::Result<model::Done> score(Options const& options, watch::Replay const& replay) {
  auto const store = open_watch(options.words);
  auto const records = store.ok() ? monitor::read_incidents(*store.value(), {}) : store.error();
  if (!records.ok()) {
    return records.error();
  }
  auto const result = watch::score(records.value().incidents, replay.incidents);
  auto const printed = app::print(watch::print(result));
  if (printed.ok() && !result.perfect()) {
    return model::Error{model::ErrorKind::kCheckFailed, "the store does not hold the truth", ""};
  }
  return printed;
}

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.words.scenario, options.words.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const replay = watch::replay(scenario.value(), options.request);
  if (!replay.ok()) {
    return replay.error();
  }
  if (!options.folder.empty()) {
    if (auto const written = write(options.folder, replay.value()); !written.ok()) {
      return written;
    }
    say(fmt::format("{}: {} observations of {} incidents, all synthetic", options.folder,
                    replay.value().stream.size(), replay.value().incidents.size()));
  }
  return options.words.store.store.empty() ? model::Result<model::Done>{model::Done{}}
                                           : score(options, replay.value());
}

}  // namespace

void add_watch_replay(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch replay",
       .does = "Play a synthetic stream of observations with its truth, and score what was found",
       .examples = "  guarantor watch replay scenarios/exercise --days 30 -o replay\n"
                   "  guarantor watch ingest --store coalition.db replay/observations.ndjson\n"
                   "  guarantor watch replay scenarios/exercise --days 30 --store coalition.db"},
      [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->words.scenario, "The scenario it is played on")
      ->type_name("SCENARIO")
      ->required();
  add_viewpoint(verb, options->words.viewpoint);
  verb.add_option("-o,--output", options->folder,
                  "Write observations.ndjson and truth.csv to this folder")
      ->type_name("DIR");
  verb.add_option("--store", options->words.store.store, "Score what this store made of the stream")
      ->type_name("STORE");
  verb.add_option("--days", options->request.days, "How many days (default: 40)")
      ->type_name("N")
      ->check(CLI::Range(1, 400));
  verb.add_option("--incidents", options->request.incidents_a_day,
                  "About how many a day (default: 18)")
      ->type_name("N")
      ->check(CLI::Range(1, 400));
  verb.add_option("--seed", options->request.seed, "Of the draws (default: 1)")->type_name("SEED");
}

}  // namespace guarantor::app
