#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "bench/delaunay_case.h"
#include "bench/machine.h"
#include "bench/reach_measurement.h"
#include "bench/reach_network.h"
#include "bench/stopwatch.h"
#include "bench/verbs.h"
#include "guarantor/geo/customised_hierarchy.h"
#include "guarantor/geo/shortest_paths.h"

namespace guarantor::bench {
namespace {

using geo::TravelTime;
using model::Done;
using model::Result;

struct Options {
  NetworkSource source;
  std::uint32_t delaunay{0};
  std::string output;
  std::size_t peer_sources{0};
  std::size_t closures{0};
  bool without_pairs{false};
  int threads{0};
};

void tell(nlohmann::ordered_json& line, std::string const& what, Lap lap) {
  line[what.empty() ? "seconds" : what + "_seconds"] = lap.seconds;
  line[what.empty() ? "processor_seconds" : what + "_processor_seconds"] = lap.processor_seconds;
}

/// Metres along a way, where costs are times.
nlohmann::json length_of(geo::CustomisedHierarchy const& customised, ReachNetwork const& network,
                         tables::NodePair pair) {
  auto const path = geo::shortest_path(customised, {pair.from}, {pair.to});
  if (!path) {
    return {};
  }
  double metres = 0;
  for (geo::ArcIndex const arc : path->arcs) {
    metres += network.lengths_m[arc.place];
  }
  return metres;
}

void tell_pairs(nlohmann::ordered_json& line, ReachNetwork const& network,
                std::vector<TravelTime> const& costs,
                geo::CustomisedHierarchy const* with_lengths) {
  auto& answers = line["pairs"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < costs.size(); ++i) {
    auto& answer = answers.emplace_back(nlohmann::ordered_json{
        {"from", network.label(network.pairs[i].from)},
        {"to", network.label(network.pairs[i].to)},
        {"cost", costs[i].reached() ? nlohmann::json(costs[i].count()) : nlohmann::json()}});
    if (with_lengths != nullptr) {
      answer["length_m"] = length_of(*with_lengths, network, network.pairs[i]);
    }
  }
}

/// Makes the case asked for, and says where it is to be read from.
Result<Done> make_delaunay(Options& options, nlohmann::ordered_json& line) {
  std::filesystem::path const folder{options.output};
  Stopwatch watch;
  auto written = write_delaunay_case({.points = options.delaunay,
                                      .seed = options.source.seed,
                                      .sources = options.source.sources,
                                      .targets = options.source.targets},
                                     folder);
  options.source.nodes = folder / "nodes.csv";
  options.source.edges = folder / "edges.csv";
  options.source.queries = folder / "queries.csv";
  line["seed"] = options.source.seed;
  tell(line, "making", watch.lap());
  return written;
}

/// Closes edges and compares with Boost, before and after, as far as that is asked for. Check
/// failed: a cell differs.
Result<Done> look_closer(Options const& options, ReachSides const& sides, int threads,
                         ReachNetwork& network, geo::CustomisedHierarchy& customised,
                         nlohmann::ordered_json& line) {
  bool equal = true;
  if (options.peer_sources > 0) {
    equal =
        compare_with_boost(options.peer_sources, sides, network, customised, threads, line["peer"]);
  }
  if (options.closures > 0) {
    close_edges(options.closures, options.source.seed, threads, network, customised,
                line["closures"]);
    if (options.peer_sources > 0) {
      equal = compare_with_boost(options.peer_sources, sides, network, customised, threads,
                                 line["closures"]["peer"]) &&
              equal;
    }
  }
  line["peak_mib"] = peak_mib();
  if (!equal) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        "the table differs from that of Boost's Dijkstra", ""};
  }
  return Done{};
}

Result<Done> run(Options options) {
  int const threads = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (options.source.nodes.empty() && options.source.pbf.empty() && options.delaunay == 0) {
    return model::Error{model::ErrorKind::kBadInput, "there is no network to measure on",
                        "give --nodes with --edges and --queries, --pbf, or --delaunay"};
  }
  nlohmann::ordered_json line;
  if (options.delaunay > 0) {
    if (auto const made = make_delaunay(options, line); !made.ok()) {
      return made.error();
    }
  }
  Stopwatch watch;
  auto read = read_reach_network(options.source, line);
  if (!read.ok()) {
    return read.error();
  }
  ReachNetwork& network = read.value();
  line["machine"] = describe_machine();
  line["threads"] = threads;
  line["nodes"] = network.graph->node_count();
  line["arcs"] = network.graph->arc_count();
  tell(line, "reading", watch.lap());
  auto const hierarchy = geo::Hierarchy::prepare(network.graph, threads, {});
  if (!hierarchy.ok()) {
    return hierarchy.error();
  }
  tell(line, "preparation", watch.lap());
  auto customised = geo::CustomisedHierarchy::customise(hierarchy.value(), network.times, threads);
  if (!customised.ok()) {
    return customised.error();
  }
  tell(line, "customisation", watch.lap());
  ReachSides const sides = sides_of(network.pairs);
  line["sources"] = sides.sources.nodes.size();
  line["targets"] = sides.targets.nodes.size();
  (void)watch.lap();
  auto const costs = answer_pairs(customised.value(), sides, threads);
  tell(line, "", watch.lap());
  line["bytes"] = hierarchy.value()->bytes() + customised.value().bytes();
  line["hierarchy_bytes"] = hierarchy.value()->bytes();
  line["customised_bytes"] = customised.value().bytes();
  line["measure"] = options.source.measure == "time" ? "milliseconds" : "metres";
  if (!options.without_pairs) {
    tell_pairs(line, network, costs, options.source.pbf.empty() ? nullptr : &customised.value());
  }
  auto const looked = look_closer(options, sides, threads, network, customised.value(), line);
  fmt::print("{}\n", line.dump());
  return looked;
}

/// What of a network may stand beside what.
void add_network_options(CLI::App& verb, Options& options) {
  auto& nodes = *verb.add_option("--nodes", options.source.nodes, "Table of nodes");
  auto& edges = *verb.add_option("--edges", options.source.edges, "Table of edges");
  auto& queries = *verb.add_option("--queries", options.source.queries,
                                   "Table of pairs of nodes; for --pbf of positions");
  auto& pbf = *verb.add_option("--pbf", options.source.pbf, "OSM PBF file");
  auto& delaunay = *verb.add_option("--delaunay", options.delaunay,
                                    "Draw this many points and triangulate them");
  auto& output =
      *verb.add_option("-o,--output", options.output, "Folder for the tables of --delaunay");
  nodes.needs(&edges)->needs(&queries)->excludes(&pbf)->excludes(&delaunay);
  edges.needs(&nodes);
  pbf.excludes(&delaunay);
  delaunay.needs(&output)->excludes(&queries);
  output.needs(&delaunay);
}

}  // namespace

void add_reach(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("reach", "Answer shortest times on a network given as tables");
  verb.footer(
      "Columns: nodes id, lon, lat; edges from, to, length_m, and where known speed_kmh and\n"
      "oneway (0 both ways, 1 one); queries from, to, or for --pbf from_lon, from_lat, to_lon,\n"
      "to_lat. A pair without a way has the cost null.\n"
      "Examples:\n"
      "  guarantor-bench reach --nodes nodes.csv --edges edges.csv --queries q.csv\n"
      "  guarantor-bench reach --pbf country.osm.pbf --movement heavy-wheeled --peer-sources 10\n"
      "  guarantor-bench reach --delaunay 1000000 -o build/bench/delaunay --peer-sources 20 "
      "--close 30\n");
  add_network_options(verb, *options);
  verb.add_option("--measure", options->source.measure, "time or length (default: time)")
      ->check(CLI::IsMember({"time", "length"}));
  verb.add_option("--speed", options->source.speed, "km/h where an edge states none");
  verb.add_option("--movement", options->source.movement,
                  "Movement class for --pbf (default: light-wheeled)");
  verb.add_option("--least", options->source.least,
                  "Least kind of road for --pbf (default: living_street)");
  verb.add_option("--seed", options->source.seed, "Seed of what is drawn (default: 1)");
  auto& sources = *verb.add_option("--sources", options->source.sources,
                                   "How many sources to draw (default: 1000, for --pbf 100)");
  auto& targets = *verb.add_option("--targets", options->source.targets, "Likewise targets");
  verb.add_option("--peer-sources", options->peer_sources,
                  "From how many sources to run Boost's Dijkstra as well (default: 0)");
  verb.add_option("--close", options->closures, "How many edges to close (default: 0)");
  verb.add_flag("--no-pairs", options->without_pairs, "Print no pairs");
  verb.add_option("--threads", options->threads, "Threads (default: all cores)");
  verb.callback([options, &sources, &targets, &result] {
    constexpr std::uint32_t kManyNodes = 1'000;
    if (options->delaunay > 0) {
      options->without_pairs = true;  // a million of them, which are in the tables anyway
      options->source.sources = sources.empty() ? kManyNodes : options->source.sources;
      options->source.targets = targets.empty() ? kManyNodes : options->source.targets;
    }
    result = run(*options);
  });
}

}  // namespace guarantor::bench
