#include "guarantor/geo/reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "guarantor/interruption.h"
#include "guarantor/network_input.h"
#include "guarantor/reach_input.h"
#include "guarantor/report/reach_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr int kMostThreads = 1024;

struct Options {
  Viewpoint viewpoint;
  std::string scenario;
  ReachWords words;
  NetworkWords network;
  bool legs{false};
  bool json{false};
  bool csv{false};
  bool geojson{false};
  std::string output;
  int threads{0};
};

std::string render(Options const& options, model::Scenario const& scenario,
                   model::ReachAnswer const& answer) {
  if (options.json) {
    return report::to_json(scenario, answer);
  }
  if (options.geojson) {
    return report::to_geojson(scenario, answer);
  }
  if (options.csv) {
    return report::to_csv_table(scenario, answer);
  }
  auto const out = options.output.empty() ? standard_output() : Terminal{};
  return report::to_table(scenario, answer, {.colour = out.colour, .width = out.width});
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  Interruption const interruption;
  model::RunControl control;
  control.cancel = interruption.token();
  control.elapsed = [&session] { return session.elapsed(); };
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const cores = static_cast<int>(std::thread::hardware_concurrency());
  int const threads = options.threads > 0 ? options.threads : std::max(1, cores);
  auto const prepared = prepare_network(options.network, scenario.value(), threads, control);
  if (!prepared.ok()) {
    return prepared.error();
  }
  auto request =
      read_reach_request(options.words, scenario.value(), prepared.value().network->network());
  if (!request.ok()) {
    return request.error();
  }
  request.value().threads = threads;
  bool const one_pair = request.value().from.size() == 1 && request.value().to.size() == 1;
  request.value().legs = options.legs || (one_pair && !options.csv);
  auto answer = geo::reach(prepared.value(), request.value(), control);
  if (!answer.ok()) {
    return answer.error();
  }
  answer.value().program_version = GUARANTOR_VERSION;
  answer.value().scenario_hash = tables::content_hash(scenario.value());
  for (std::string const& file : options.network.tables) {
    answer.value().network += (answer.value().network.empty() ? "" : " and ") + file;
  }
  std::string const text = render(options, scenario.value(), answer.value());
  return options.output.empty() ? print(text) : tables::write_file(options.output, text);
}

/// An option that takes words separated by commas.
void add_words(CLI::App& verb, std::string const& name, std::vector<std::string>& words,
               std::string const& type, std::string const& about) {
  verb.add_option(name, words, about)->type_name(type)->delimiter(',')->allow_extra_args(false);
}

void add_question(CLI::App& verb, Options& options) {
  ReachWords& words = options.words;
  verb.add_option("scenario", options.scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option("--from", words.from,
                  "Where it starts: locations, or positions in degrees, as many as are asked about")
      ->type_name("PLACE|LAT,LON")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->required();
  verb.add_option("--class", words.movement, "What moves; tracked vehicles go by transporter")
      ->type_name("light-wheeled|heavy-wheeled|transporter|train|ship|rotary|fixed-wing")
      ->required();
  add_viewpoint(verb, options.viewpoint);
  add_words(verb, "--to", words.to, "PLACE|LAT,LON",
            "Where to; without it, every place of the network");
  add_words(verb, "--within", words.within, "HOURS",
            "Only what is reached within these limits, and its outline: 24h,72h or 3d");
  verb.add_flag("--legs", options.legs,
                "The ways leg by leg (of a single pair they are shown anyway, but in CSV)");
}

void add_what_if(CLI::App& verb, Options& options) {
  ReachWords& words = options.words;
  add_words(verb, "--close", words.close, "LINK", "What if these links were closed, e.g. bridges");
  add_words(verb, "--slow", words.slow, "LINK=FACTOR",
            "What if these links had this share of their speed left, e.g. 0.5");
  add_words(verb, "--open", words.open, "LINK", "What if these closed links were open and whole");
  add_words(verb, "--by", words.by, "MODE",
            "By what vehicles may go or be carried: road, rail, sea, air (default: all but air)");
  auto const above_zero = CLI::Range(0.0, 1e6);
  verb.add_option("--weight", words.weight, "Tonnes of the heaviest vehicle (default: by class)")
      ->type_name("TONNES")
      ->check(above_zero);
  verb.add_option("--runway", words.runway, "Metres of runway needed (default: 2000)")
      ->type_name("METRES")
      ->check(above_zero);
  verb.add_option("--draught", words.draught, "Metres the ship needs (default: 8)")
      ->type_name("METRES")
      ->check(above_zero);
  verb.add_option("--off-network", words.off_network,
                  "How far a point may lie from the network (default: 60)")
      ->type_name("KM")
      ->check(CLI::Range(0.0, 500.0));
  add_words(verb, "--network", options.network.tables, "FILE",
            "Instead of the scenario's network an OSM PBF file, or two tables with a comma "
            "between: nodes "
            "id, lon, lat and edges from, to, "
            "length_m, speed_kmh, oneway");
  verb.add_option("--speed", options.network.speed, "km/h of edges that state none")
      ->type_name("KMH")
      ->check(CLI::Range(0.001, 1e5));
}

void add_answer(CLI::App& verb, Options& options) {
  auto* const json = verb.add_flag("--json", options.json, "Answer in JSON");
  auto* const csv = verb.add_flag("--csv", options.csv, "Answer as one CSV table");
  auto* const geojson = verb.add_flag("--geojson", options.geojson, "Answer as GeoJSON, for a map");
  json->excludes(csv)->excludes(geojson);
  csv->excludes(geojson);
  verb.add_option("-o,--output", options.output, "Where to write (default: standard output)")
      ->type_name("FILE");
  verb.add_option(
          "--threads", options.threads,
          "Threads to work with (default: one a core); the answer is the same on any number")
      ->type_name("N")
      ->check(CLI::Range(1, kMostThreads));
}

}  // namespace

void add_reach(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "reach",
       .does = "How long it takes to get from where to where, by road, rail, sea and air",
       .examples =
           "  guarantor reach scenarios/ukraine --from rzeszow --to kyiv --class heavy-wheeled\n"
           "  guarantor reach scenarios/ukraine --from rzeszow,constanta --class transporter "
           "--within 24h,72h --geojson -o reach.geojson\n"
           "  guarantor reach scenarios/ukraine --from rzeszow --to kyiv,odesa,50.0,36.2 --class "
           "light-wheeled --close road-rivne-lviv"},
      [options](Session const& session) { return run(*options, session); });
  add_question(verb, *options);
  add_what_if(verb, *options);
  add_answer(verb, *options);
}

}  // namespace guarantor::app
