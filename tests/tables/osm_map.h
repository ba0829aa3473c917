#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/place.h"

namespace guarantor::tables {

/// A small map to write as an OSM PBF file.
struct OsmMap {
  struct Way {
    std::int64_t id{};
    std::vector<std::int64_t> nodes;
    std::map<std::string, std::string> tags;
  };

  std::map<std::int64_t, model::Position> nodes;
  std::vector<Way> ways;

  /// Every letter of a drawing is a node whose id is the letter's code; a column is 0.001 degrees
  /// of longitude, a line 0.001 of latitude, the lower left corner at 9.5 E 47.1 N.
  static OsmMap drawn(std::vector<std::string> const& lines);

  /// Adds the way over some letters, with tags written like `highway=primary name=Old~Bridge`; its
  /// id counts from 1.
  void add(std::string_view letters, std::string_view tags);
};

/// The file that libosmium writes of a map, deflated or as it stands.
[[nodiscard]] std::string osm_file(OsmMap const& map, bool deflated = true);

/// The map that libosmium reads from a file.
[[nodiscard]] OsmMap read_with_libosmium(std::string const& file);

}  // namespace guarantor::tables
