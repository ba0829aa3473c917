#include "guarantor/network_input.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "guarantor/geo/hierarchy_cache.h"
#include "guarantor/model/scenario_network.h"
#include "guarantor/tables/network_cache.h"
#include "guarantor/tables/node_edge_csv.h"
#include "guarantor/tables/osm_network.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

namespace fs = std::filesystem;
using model::Error;
using model::ErrorKind;
using model::Result;

/// Files together larger than this are kept in binary beside their source.
constexpr std::uintmax_t kLargeBytes = 16U << 20U;

/// Names the ways files become a network: another way gives another network.
constexpr char const* kTableManner = "nodes and edges, 1";
constexpr char const* kMapManner = "OSM PBF, 1";

Result<std::string> read_whole(fs::path const& path) {
  std::error_code ignored;
  std::ifstream stream{path, std::ios::binary};
  if (!fs::is_regular_file(path, ignored) || !stream) {
    return Error{ErrorKind::kNotFound, fmt::format("{} cannot be read", path.string()), ""};
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

Result<model::Network> read_tables(NetworkWords const& words) {
  auto const node_text = read_whole(words.tables[0]);
  auto const edge_text = read_whole(words.tables[1]);
  if (!node_text.ok() || !edge_text.ok()) {
    return node_text.ok() ? edge_text.error() : node_text.error();
  }
  auto const nodes = tables::read_nodes(node_text.value(), words.tables[0]);
  if (!nodes.ok()) {
    return nodes.error();
  }
  auto const edges = tables::read_edges(edge_text.value(), words.tables[1], nodes.value());
  if (!edges.ok()) {
    return edges.error();
  }
  return tables::road_network(nodes.value(), edges.value(), words.speed);
}

Result<model::Network> read_map(std::string const& file, model::RunControl const& control) {
  auto read = tables::read_osm_network(file, {}, control);
  if (!read.ok()) {
    return read.error();
  }
  for (tables::Diagnostic const& trouble : read.value().examples) {
    say(tables::print(trouble));
  }
  return std::move(read).value().network;
}

/// What makes a network of files, and the name of the way it does.
struct Recipe {
  std::string manner;
  std::function<Result<model::Network>()> read;
};

Result<geo::PreparedNetwork> prepare_large(std::vector<std::string> const& files,
                                           Recipe const& recipe, int threads,
                                           model::RunControl const& control) {
  std::vector<fs::path> const sources{files.begin(), files.end()};
  auto read = tables::read_through_cache(sources, recipe.manner, recipe.read);
  if (!read.ok()) {
    return read.error();
  }
  if (!read.value().warning.empty()) {
    say(fmt::format("warning: {}; the next run reads the source again", read.value().warning));
  }
  auto network = geo::TravelNetwork::build(std::move(read.value().network));
  if (!network.ok()) {
    return network.error();
  }
  fs::path const file = files[0] + ".hierarchy";
  if (auto const kept = read_whole(file); kept.ok()) {
    auto hierarchy = geo::read_cache(kept.value(), network.value()->graph());
    if (hierarchy.ok()) {
      return geo::PreparedNetwork{network.value(), hierarchy.value()};
    }
    if (hierarchy.error().kind != ErrorKind::kRefused) {
      Error error = hierarchy.error();
      error.message = fmt::format("{}: {}", file.string(), error.message);
      error.hint = "delete it; it is made again from its source";
      return error;
    }
  }
  auto hierarchy = geo::Hierarchy::prepare(network.value()->graph(), threads, control);
  if (!hierarchy.ok()) {
    return hierarchy.error();
  }
  auto const written = tables::write_file(file, geo::write_cache(*hierarchy.value()));
  if (!written.ok()) {
    say(fmt::format("warning: {}; the next run prepares it again", written.error().message));
  }
  return geo::PreparedNetwork{network.value(), hierarchy.value()};
}

}  // namespace

Result<geo::PreparedNetwork> prepare_network(NetworkWords const& words,
                                             model::Scenario const& scenario, int threads,
                                             model::RunControl const& control) {
  if (words.tables.empty()) {
    if (scenario.links.empty()) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("{} has no network to move on", scenario.header.id.text()),
                   "give it a links.csv, or name a shared network in scenario.toml: network = "
                   "\"../../networks/corridors\""};
    }
    auto network = model::network_of(scenario);
    return network.ok() ? geo::prepare(std::move(network).value(), threads, control)
                        : Result<geo::PreparedNetwork>{network.error()};
  }
  bool const map = words.tables.size() == 1 && words.tables[0].ends_with(".pbf");
  if (!map && words.tables.size() != 2) {
    return Error{ErrorKind::kBadInput, "--network takes two tables, or an OSM file",
                 "--network nodes.csv,edges.csv or --network country.osm.pbf"};
  }
  Recipe const recipe = map ? Recipe{kMapManner, [&] { return read_map(words.tables[0], control); }}
                            : Recipe{fmt::format("{}, {}", kTableManner, words.speed.value_or(0)),
                                     [&] { return read_tables(words); }};
  std::uintmax_t bytes = 0;
  for (std::string const& file : words.tables) {
    std::error_code unknown;
    auto const size = fs::file_size(file, unknown);
    bytes += unknown ? 0 : size;
  }
  if (bytes > kLargeBytes) {
    return prepare_large(words.tables, recipe, threads, control);
  }
  auto network = recipe.read();
  return network.ok() ? geo::prepare(std::move(network).value(), threads, control)
                      : Result<geo::PreparedNetwork>{network.error()};
}

}  // namespace guarantor::app
