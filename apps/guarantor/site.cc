#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/chain/chain.h"
#include "guarantor/geo/line_sectors.h"
#include "guarantor/interruption.h"
#include "guarantor/model/site_lines.h"
#include "guarantor/network_input.h"
#include "guarantor/plan_folder.h"
#include "guarantor/posture/plan_sites.h"
#include "guarantor/progress_line.h"
#include "guarantor/report/site_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/site_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr int kMostThreads = 1024;
constexpr int kMostLost = 9;

struct Options {
  Viewpoint viewpoint;
  std::string scenario;
  SiteWords words;
  NetworkWords network;
  bool json{false};
  std::string folder;
  std::string save;
  std::optional<double> time_limit;
  int threads{0};
};

model::Result<model::SitePlan> plan(Options const& options, model::Scenario const& scenario,
                                    model::RunControl const& control) {
  auto request = read_site_request(options.words);
  if (!request.ok()) {
    return request.error();
  }
  auto const cores = static_cast<int>(std::thread::hardware_concurrency());
  request.value().threads = options.threads > 0 ? options.threads : std::max(1, cores);
  auto const prepared =
      prepare_network(options.network, scenario, request.value().threads, control);
  if (!prepared.ok()) {
    return prepared.error();
  }
  auto made = posture::plan_sites(scenario, prepared.value(), request.value(), control);
  if (!made.ok()) {
    return made;
  }
  made.value().program_version = GUARANTOR_VERSION;
  made.value().scenario_hash = tables::content_hash(scenario);
  for (std::string const& file : options.network.tables) {
    made.value().network += (made.value().network.empty() ? "" : " and ") + file;
  }
  return made;
}

/// The scenario with the lines of the chosen sites among its own, so that any verb reads them.
model::Result<model::Done> save(Options const& options, model::Scenario const& scenario,
                                model::SitePlan const& plan) {
  auto const chosen = chain::sites_with_lines(scenario, plan);
  model::Scenario with_lines = model::with_lines_of(scenario, chosen);
  for (model::SiteId const& id : chosen) {
    auto const site = std::ranges::find(with_lines.sites, id, &model::Site::id);
    site->capability = {};
    site->task = {};
    site->quantity.reset();
    site->tier.reset();
    site->from.reset();
  }
  return tables::save_folder(with_lines, options.save);
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  Interruption const interruption;
  ProgressLine line{session};
  model::RunControl control;
  control.cancel = interruption.token();
  control.elapsed = [&session] { return session.elapsed(); };
  control.progress = [&line](model::Progress const& step) { line.show(step); };
  if (options.time_limit) {
    control.time_limit = model::Seconds{*options.time_limit};
  }
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const made = plan(options, scenario.value(), control);
  if (!made.ok()) {
    return made.error();
  }
  if (!options.folder.empty()) {
    auto const written = write_site_folder(options.folder, scenario.value(), made.value());
    if (!written.ok()) {
      return written;
    }
  }
  if (!options.save.empty()) {
    if (auto const saved = save(options, scenario.value(), made.value()); !saved.ok()) {
      return saved;
    }
  }
  auto const out = standard_output();
  auto const printed =
      print(options.json ? report::to_json(scenario.value(), made.value())
                         : report::to_table(scenario.value(), made.value(),
                                            {.colour = out.colour, .width = out.width}));
  if (printed.ok() && made.value().stopped_by_limit) {
    return model::Error{model::ErrorKind::kLimit,
                        "stopped before the proof was complete; these are the best sites so far",
                        ""};
  }
  return printed;
}

void add_words(CLI::App& verb, std::string const& name, std::vector<std::string>& words,
               std::string const& type, std::string const& about) {
  verb.add_option(name, words, about)->type_name(type)->delimiter(',')->allow_extra_args(false);
}

void add_rules(CLI::App& verb, SiteWords& words) {
  verb.add_option("--kind", words.kind, "Only the sites of this kind (default: all)")
      ->type_name("reserve|stockpile|medical");
  verb.add_option("--goal", words.goal,
                  "What is sought: every standard kept for the least cost, or with so many sites "
                  "the most weight of kept standards, the soonest last arrival, the shortest mean "
                  "time (default: cheapest)")
      ->type_name("cheapest|most-demand|worst-time|mean-time");
  verb.add_option("--sites", words.sites,
                  "Most sites of each kind, existing ones included (default: as the scenario says)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
  verb.add_option("--minimum-km", words.minimum_km,
                  "What a new site keeps from the line of contact, instead of the scenario's rule")
      ->type_name("KM")
      ->check(CLI::Range(0.0, 20'000.0));
  verb.add_option("--backup", words.backup,
                  "Sites beside the first that reach each point within its first standard")
      ->type_name("N")
      ->check(CLI::Range(0, kMostLost));
  verb.add_option("--loss-of", words.loss_of,
                  "Any so many sites may be lost, and each point's last standard still holds")
      ->type_name("K")
      ->check(CLI::Range(0, kMostLost));
}

void add_ways(CLI::App& verb, Options& options) {
  SiteWords& words = options.words;
  add_words(verb, "--close", words.close, "LINK", "What if these links were closed, e.g. bridges");
  add_words(verb, "--slow", words.slow, "LINK=FACTOR",
            "What if these links had this share of their speed left, e.g. 0.5");
  add_words(verb, "--open", words.open, "LINK", "What if these closed links were open and whole");
  verb.add_option("--off-network", words.off_network,
                  "How far a point may lie from the network (default: 60)")
      ->type_name("KM")
      ->check(CLI::Range(0.0, 500.0));
  add_words(verb, "--network", options.network.tables, "FILE",
            "Instead of the scenario's network an OSM PBF file, or two tables of nodes and edges, "
            "as for reach");
  verb.add_option("--speed", options.network.speed, "km/h of edges that state none")
      ->type_name("KMH")
      ->check(CLI::Range(0.001, 1e5));
}

void add_answer(CLI::App& verb, Options& options) {
  verb.add_flag("--json", options.json, "Answer in JSON instead of a table");
  verb.add_option("-o,--output", options.folder,
                  "Also write sites.json, the CSV tables and GeoJSON layers to this folder")
      ->type_name("DIR");
  verb.add_option("--save", options.save,
                  "Also write the scenario to this new folder with the lines of the chosen sites "
                  "among its requirements")
      ->type_name("DIR");
  verb.add_option("--time-limit", options.time_limit,
                  "Stop after this many seconds with the best sites so far and their bound")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
  verb.add_option("--threads", options.threads,
                  "Threads to work with (default: one a core); the answer is the same on any "
                  "number")
      ->type_name("N")
      ->check(CLI::Range(1, kMostThreads));
}

}  // namespace

void add_site(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "site",
       .does = "Where reserves, stockpiles and medical stations stand so that help comes in time",
       .examples = "  guarantor site scenarios/ukraine\n"
                   "  guarantor site scenarios/ukraine --kind reserve --loss-of 2\n"
                   "  guarantor site scenarios/ukraine --kind medical --goal worst-time --sites 6\n"
                   "  guarantor site scenarios/exercise -o sites --save exercise-with-sites"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  add_viewpoint(verb, options->viewpoint);
  add_rules(verb, options->words);
  add_ways(verb, *options);
  add_answer(verb, *options);
}

}  // namespace guarantor::app
