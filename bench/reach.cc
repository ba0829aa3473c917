#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "bench/verbs.h"
#include "guarantor/geo/travel_table.h"
#include "guarantor/tables/node_edge_csv.h"

namespace guarantor::bench {
namespace {

using geo::NodeIndex;
using geo::TravelTime;

struct Options {
  std::string nodes;
  std::string edges;
  std::string queries;
  std::string measure{"time"};
  double speed{0};
  int threads{0};
};

model::Result<std::string> read_whole(std::string const& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("cannot read {}", file), ""};
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

struct Network {
  tables::NodeTable nodes;
  std::shared_ptr<geo::RoutingGraph const> graph;
  geo::ArcTimes times;
  std::vector<tables::NodePair> pairs;
};

/// What an edge costs: whole milliseconds, or whole metres that stand in their place.
model::Result<TravelTime> cost_of(tables::NetworkEdge const& edge, Options const& options,
                                  tables::NodeTable const& nodes) {
  if (options.measure == "length") {
    return TravelTime{static_cast<std::uint64_t>(std::llround(edge.length_m))};
  }
  double const speed = edge.speed_kmh.value_or(options.speed);
  if (speed <= 0) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("the edge from {} to {} has no speed", nodes.ids[edge.from],
                                    nodes.ids[edge.to]),
                        "give --speed, or ask for --measure length"};
  }
  constexpr double kMillisecondsPerHour = 3'600'000;
  constexpr double kMetresPerKilometre = 1'000;
  return TravelTime{static_cast<std::uint64_t>(
      std::llround(edge.length_m / kMetresPerKilometre / speed * kMillisecondsPerHour))};
}

model::Result<model::Done> read_edges(Options const& options, Network& network) {
  auto const text = read_whole(options.edges);
  if (!text.ok()) {
    return text.error();
  }
  auto const edges = tables::read_edges(text.value(), options.edges, network.nodes);
  if (!edges.ok()) {
    return edges.error();
  }
  std::vector<geo::RoutingArc> arcs;
  for (tables::NetworkEdge const& edge : edges.value()) {
    auto const cost = cost_of(edge, options, network.nodes);
    if (!cost.ok()) {
      return cost.error();
    }
    arcs.push_back({{edge.from}, {edge.to}});
    network.times.push_back(cost.value());
    if (!edge.one_way) {
      arcs.push_back({{edge.to}, {edge.from}});
      network.times.push_back(cost.value());
    }
  }
  auto graph = geo::RoutingGraph::build(network.nodes.positions, std::move(arcs));
  if (!graph.ok()) {
    return graph.error();
  }
  network.graph = std::make_shared<geo::RoutingGraph const>(std::move(graph).value());
  return model::Done{};
}

model::Result<Network> read_network(Options const& options) {
  Network network;
  auto const text = read_whole(options.nodes);
  if (!text.ok()) {
    return text.error();
  }
  auto nodes = tables::read_nodes(text.value(), options.nodes);
  if (!nodes.ok()) {
    return nodes.error();
  }
  network.nodes = std::move(nodes).value();
  if (auto read = read_edges(options, network); !read.ok()) {
    return read.error();
  }
  auto const queries = read_whole(options.queries);
  if (!queries.ok()) {
    return queries.error();
  }
  auto pairs = tables::read_node_pairs(queries.value(), options.queries, network.nodes);
  if (!pairs.ok()) {
    return pairs.error();
  }
  network.pairs = std::move(pairs).value();
  return network;
}

/// The nodes on one side of the pairs, once each, and which of them each pair has.
struct Side {
  std::vector<NodeIndex> nodes;
  std::vector<std::size_t> place;  ///< by pair
};

Side side(std::vector<tables::NodePair> const& pairs, std::uint32_t tables::NodePair::* member) {
  Side all;
  std::map<std::uint32_t, std::size_t> place_of;
  for (tables::NodePair const& pair : pairs) {
    auto const [found, fresh] = place_of.try_emplace(pair.*member, all.nodes.size());
    if (fresh) {
      all.nodes.push_back({pair.*member});
    }
    all.place.push_back(found->second);
  }
  return all;
}

/// The cost of every pair, by one table where the pairs fill a good part of it, else source by
/// source.
std::vector<TravelTime> answer(geo::CustomisedHierarchy const& customised,
                               std::vector<tables::NodePair> const& pairs, int threads) {
  Side const sources = side(pairs, &tables::NodePair::from);
  Side const targets = side(pairs, &tables::NodePair::to);
  std::vector<TravelTime> costs(pairs.size());
  constexpr std::size_t kMostCells = 50'000'000;
  if (sources.nodes.size() * targets.nodes.size() <= kMostCells) {
    auto const table = geo::travel_table(customised, sources.nodes, targets.nodes, threads);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      costs[i] = table.at(sources.place[i], targets.place[i]);
    }
    return costs;
  }
  std::vector<std::vector<std::size_t>> of_source(sources.nodes.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    of_source[sources.place[i]].push_back(i);
  }
  for (std::size_t s = 0; s < sources.nodes.size(); ++s) {
    std::vector<NodeIndex> wanted;
    for (std::size_t const pair : of_source[s]) {
      wanted.push_back(targets.nodes[targets.place[pair]]);
    }
    auto const row = geo::travel_table(customised, {&sources.nodes[s], 1}, wanted, threads);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      costs[of_source[s][k]] = row.at(0, k);
    }
  }
  return costs;
}

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    auto const now = std::chrono::steady_clock::now();
    double const seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_{std::chrono::steady_clock::now()};
};

model::Result<model::Done> run(Options const& options) {
  int const threads = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Stopwatch watch;
  auto const read = read_network(options);
  if (!read.ok()) {
    return read.error();
  }
  Network const& network = read.value();
  nlohmann::ordered_json line;
  line["nodes"] = network.graph->node_count();
  line["arcs"] = network.graph->arc_count();
  line["reading_seconds"] = watch.lap();
  auto const hierarchy = geo::Hierarchy::prepare(network.graph, threads, {});
  if (!hierarchy.ok()) {
    return hierarchy.error();
  }
  line["preparation_seconds"] = watch.lap();
  auto const customised =
      geo::CustomisedHierarchy::customise(hierarchy.value(), network.times, threads);
  if (!customised.ok()) {
    return customised.error();
  }
  line["customisation_seconds"] = watch.lap();
  auto const costs = answer(customised.value(), network.pairs, threads);
  line["seconds"] = watch.lap();
  line["bytes"] = hierarchy.value()->bytes() + customised.value().bytes();
  line["measure"] = options.measure == "time" ? "milliseconds" : "metres";
  auto& answers = line["pairs"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < costs.size(); ++i) {
    answers.push_back(
        {{"from", network.nodes.ids[network.pairs[i].from]},
         {"to", network.nodes.ids[network.pairs[i].to]},
         {"cost", costs[i].reached() ? nlohmann::json(costs[i].count()) : nlohmann::json()}});
  }
  fmt::print("{}\n", line.dump());
  return model::Done{};
}

}  // namespace

void add_reach(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("reach", "Answer shortest times on a network given as tables");
  verb.footer(
      "Columns: nodes id, lon, lat; edges from, to, length_m, and where known speed_kmh and\n"
      "oneway (0 both ways, 1 one); queries from, to. A pair without a way has the cost null.\n"
      "Example:\n"
      "  guarantor-bench reach --nodes nodes.csv --edges edges.csv --queries q.csv\n");
  verb.add_option("--nodes", options->nodes, "Table of nodes")->required();
  verb.add_option("--edges", options->edges, "Table of edges")->required();
  verb.add_option("--queries", options->queries, "Table of pairs of nodes")->required();
  verb.add_option("--measure", options->measure, "time or length (default: time)")
      ->check(CLI::IsMember({"time", "length"}));
  verb.add_option("--speed", options->speed, "km/h where an edge states none");
  verb.add_option("--threads", options->threads, "Threads (default: all cores)");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
