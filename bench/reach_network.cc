#include "bench/reach_network.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "bench/draw.h"
#include "guarantor/model/ground_length.h"
#include "guarantor/model/network.h"
#include "guarantor/tables/osm_network.h"

namespace guarantor::bench {
namespace {

using geo::TravelTime;
using model::Done;
using model::Result;

Result<std::string> read_whole(std::string const& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("cannot read {}", file), ""};
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

/// Whole milliseconds, or whole metres that stand in their place; never where there is no speed.
TravelTime cost_of(double length_m, double kmh, NetworkSource const& source) {
  if (kmh <= 0) {
    return geo::kNever;
  }
  if (source.measure == "length") {
    return TravelTime{static_cast<std::uint64_t>(std::llround(length_m))};
  }
  constexpr double kMillisecondsPerHour = 3'600'000;
  constexpr double kMetresPerKilometre = 1'000;
  return TravelTime{static_cast<std::uint64_t>(
      std::llround(length_m / kMetresPerKilometre / kmh * kMillisecondsPerHour))};
}

/// Collects edges as arcs.
class ArcList {
 public:
  void add(std::uint32_t from, std::uint32_t to, bool one_way, double length_m, TravelTime cost) {
    ReachEdge edge{add_arc(from, to, length_m, cost), std::nullopt};
    if (!one_way) {
      edge.back = add_arc(to, from, length_m, cost);
    }
    network_.edges.push_back(edge);
  }

  Result<ReachNetwork> finish(std::vector<model::Position> positions) {
    auto graph = geo::RoutingGraph::build(std::move(positions), std::move(arcs_));
    if (!graph.ok()) {
      return graph.error();
    }
    network_.graph = std::make_shared<geo::RoutingGraph const>(std::move(graph).value());
    return std::move(network_);
  }

 private:
  geo::ArcIndex add_arc(std::uint32_t tail, std::uint32_t head, double length_m, TravelTime cost) {
    arcs_.push_back({{tail}, {head}});
    network_.times.push_back(cost);
    network_.lengths_m.push_back(static_cast<float>(length_m));
    return {static_cast<std::uint32_t>(arcs_.size() - 1)};
  }

  std::vector<geo::RoutingArc> arcs_;
  ReachNetwork network_;
};

Result<ReachNetwork> read_tables(NetworkSource const& source) {
  auto const nodes_text = read_whole(source.nodes);
  if (!nodes_text.ok()) {
    return nodes_text.error();
  }
  auto nodes = tables::read_nodes(nodes_text.value(), source.nodes);
  if (!nodes.ok()) {
    return nodes.error();
  }
  auto const edges_text = read_whole(source.edges);
  if (!edges_text.ok()) {
    return edges_text.error();
  }
  auto const edges = tables::read_edges(edges_text.value(), source.edges, nodes.value());
  if (!edges.ok()) {
    return edges.error();
  }
  ArcList arcs;
  for (tables::NetworkEdge const& edge : edges.value()) {
    // Metres need no speed; any will do.
    double const kmh = source.measure == "length" ? 1 : edge.speed_kmh.value_or(source.speed);
    if (kmh <= 0) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("the edge from {} to {} has no speed",
                                      nodes.value().ids[edge.from], nodes.value().ids[edge.to]),
                          "give --speed, or ask for --measure length"};
    }
    arcs.add(edge.from, edge.to, edge.one_way, edge.length_m, cost_of(edge.length_m, kmh, source));
  }
  auto network = arcs.finish(nodes.value().positions);
  if (!network.ok()) {
    return network.error();
  }
  auto const queries = read_whole(source.queries);
  if (!queries.ok()) {
    return queries.error();
  }
  auto pairs = tables::read_node_pairs(queries.value(), source.queries, nodes.value());
  if (!pairs.ok()) {
    return pairs.error();
  }
  network.value().pairs = std::move(pairs).value();
  network.value().ids = std::move(nodes).value().ids;
  return network;
}

/// The nodes that the movement class can leave, or come to.
std::vector<std::uint32_t> usable_nodes(ReachNetwork const& network) {
  std::vector<bool> usable(network.graph->node_count());
  for (std::uint32_t a = 0; a < network.times.size(); ++a) {
    if (network.times[a].reached()) {
      geo::RoutingArc const arc = network.graph->arc({a});
      usable[arc.tail.place] = usable[arc.head.place] = true;
    }
  }
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t n = 0; n < usable.size(); ++n) {
    if (usable[n]) {
      nodes.push_back(n);
    }
  }
  return nodes;
}

struct Nearest {
  std::uint32_t node{};
  double metres{std::numeric_limits<double>::infinity()};
};

Nearest nearest(ReachNetwork const& network, std::vector<std::uint32_t> const& nodes,
                model::Position position) {
  Nearest best;
  for (std::uint32_t const node : nodes) {
    double const away = model::ground_length(network.graph->position({node}), position).count();
    if (away < best.metres) {
      best = {node, away};
    }
  }
  return best;
}

Result<Done> ask_positions(NetworkSource const& source, std::vector<std::uint32_t> const& nodes,
                           ReachNetwork& network, nlohmann::ordered_json& told) {
  auto const text = read_whole(source.queries);
  if (!text.ok()) {
    return text.error();
  }
  auto const pairs = tables::read_position_pairs(text.value(), source.queries);
  if (!pairs.ok()) {
    return pairs.error();
  }
  double farthest = 0;
  for (tables::PositionPair const& pair : pairs.value()) {
    Nearest const from = nearest(network, nodes, pair.from);
    Nearest const to = nearest(network, nodes, pair.to);
    network.pairs.push_back({from.node, to.node});
    farthest = std::max({farthest, from.metres, to.metres});
  }
  told["farthest_query_from_network_m"] = farthest;
  return Done{};
}

void draw_pairs(NetworkSource const& source, std::vector<std::uint32_t> const& nodes,
                ReachNetwork& network) {
  Draw from{source.seed, "sources"};
  Draw to{source.seed, "targets"};
  std::vector<std::uint32_t> targets(source.targets);
  for (std::uint32_t& target : targets) {
    target = to.of(nodes);
  }
  for (std::uint32_t s = 0; s < source.sources; ++s) {
    std::uint32_t const node = from.of(nodes);
    for (std::uint32_t const target : targets) {
      network.pairs.push_back({node, target});
    }
  }
}

nlohmann::ordered_json counts_of(tables::OsmNetwork const& osm) {
  nlohmann::ordered_json told;
  auto const list = [&](auto const& counts, auto const& words) {
    nlohmann::ordered_json found = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (counts[i] > 0) {
        found[std::string{words[i]}] = counts[i];
      }
    }
    return found;
  };
  told["nodes"] = osm.counts.nodes;
  told["ways"] = osm.counts.ways;
  told["links"] = osm.network.links.size();
  told["taken"] = list(osm.counts.taken, model::kWords<model::LinkMode>);
  told["dropped"] = list(osm.counts.dropped, model::kWords<tables::OsmDrop>);
  told["troubles"] = list(osm.counts.troubles, model::kWords<tables::OsmTrouble>);
  told["island_nodes"] = osm.counts.island_nodes;
  auto& examples = told["examples"] = nlohmann::ordered_json::array();
  for (tables::Diagnostic const& example : osm.examples) {
    examples.push_back(tables::print(example));
  }
  return told;
}

Result<ReachNetwork> read_pbf(NetworkSource const& source, nlohmann::ordered_json& told) {
  auto const movement = model::parse<model::MovementClass>(source.movement);
  auto const least = model::parse<tables::OsmRoad>(source.least);
  if (!movement || !least) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("`{}` is no {}", movement ? source.least : source.movement,
                                    movement ? "kind of road" : "movement class"),
                        ""};
  }
  auto osm = tables::read_osm_network(source.pbf, {.take = {.least = *least}}, {});
  if (!osm.ok()) {
    return osm.error();
  }
  told["osm"] = counts_of(osm.value());
  model::Network& read = osm.value().network;
  ArcList arcs;
  for (model::NetworkLink const& link : read.links) {
    double const kmh = read.speeds[link.speeds][static_cast<std::size_t>(*movement)];
    arcs.add(link.from, link.to, link.one_way, link.length_m,
             cost_of(link.length_m, link.closed ? 0 : kmh, source));
  }
  auto network = arcs.finish(std::move(read.positions));
  if (!network.ok()) {
    return network.error();
  }
  network.value().edge_names = std::move(read.link_names);
  auto const nodes = usable_nodes(network.value());
  if (nodes.empty()) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("{}: nothing in it can be used by {}", source.pbf, source.movement), ""};
  }
  if (source.queries.empty()) {
    draw_pairs(source, nodes, network.value());
  } else if (auto const asked = ask_positions(source, nodes, network.value(), told); !asked.ok()) {
    return asked.error();
  }
  return network;
}

}  // namespace

std::string ReachNetwork::label(std::uint32_t node) const {
  if (!ids.empty()) {
    return ids[node];
  }
  model::Position const at = graph->position({node});
  return fmt::format("{:.7f} {:.7f}", at.longitude.count(), at.latitude.count());
}

Result<ReachNetwork> read_reach_network(NetworkSource const& source, nlohmann::ordered_json& told) {
  return source.pbf.empty() ? read_tables(source) : read_pbf(source, told);
}

}  // namespace guarantor::bench
