#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/network.h"
#include "guarantor/model/run_control.h"
#include "guarantor/tables/osm_counts.h"
#include "guarantor/tables/osm_way_rules.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

struct OsmOptions {
  OsmChoice take;
  bool names{true};          ///< whether links get names
  std::size_t examples{10};  ///< of each trouble, how many are told with their object
  /// Most memory that reading may take, roughly; no file may take more than a thousand times its
  /// own size and 64 MiB either.
  std::uint64_t most_bytes{16ULL << 30};
};

struct OsmNetwork {
  model::Network network;
  OsmCounts counts;
  std::vector<Diagnostic> examples;  ///< of troubles: warnings that name file and object
};

/// Reads the network that the roads, railways and vehicle ferries of an OSM PBF file form. Ways are
/// cut at the nodes they share, and where a node is missing; lengths are those along all nodes of a
/// way. Trains and vehicles do not meet at level crossings. Nodes stand in order of OpenStreetMap's
/// ids, vehicles' first; links in the file's order of ways, likewise. docs/osm.md tells the rules.
///
/// Reads the file twice. Bad input: no such file, one that is torn or no OSM PBF at all, a way of
/// more than 100,000 nodes, nothing in it to move on. Limit: it would take too much memory, or the
/// run was stopped. The message names the file, and the block and object within. O(file + n log n)
/// for n references.
[[nodiscard]] model::Result<OsmNetwork> read_osm_network(std::filesystem::path const& file,
                                                         OsmOptions const& options,
                                                         model::RunControl const& control);

/// The same from a stream that can be sought in, with `name` for the file.
[[nodiscard]] model::Result<OsmNetwork> read_osm_network(std::istream& in, std::string const& name,
                                                         OsmOptions const& options,
                                                         model::RunControl const& control);

}  // namespace guarantor::tables
