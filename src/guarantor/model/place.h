#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// A WGS 84 position.
struct Position {
  Degrees longitude;
  Degrees latitude;

  friend bool operator==(Position, Position) = default;
};

struct Location {
  LocationId id;
  std::string name;
  std::string kind;
  std::string country;
  std::optional<Degrees> latitude;
  std::optional<Degrees> longitude;
  AreaId area;
  std::string controlled_by;
  std::optional<Metres> runway;  ///< the longest
  std::string icao;
  std::optional<std::int64_t> berths;
  std::optional<Metres> draught;     ///< of the deepest ship that can come in
  std::optional<Tonnes> throughput;  ///< a day
  std::vector<Millimetres> gauges;   ///< of its tracks; with two or more, trains change over here
  Row row;

  friend bool operator==(Location const&, Location const&) = default;
};

struct Point {
  Position position;
  friend bool operator==(Point const&, Point const&) = default;
};
struct Line {
  std::vector<Position> positions;
  friend bool operator==(Line const&, Line const&) = default;
};
/// Closed: the last position repeats the first.
using Ring = std::vector<Position>;
/// The outer ring, then its holes.
struct Polygon {
  std::vector<Ring> rings;
  friend bool operator==(Polygon const&, Polygon const&) = default;
};
using Part = std::variant<Point, Line, Polygon>;

/// A named area or line of the map; a line may be watched and reached sector by sector. `many`
/// tells a GeoJSON Multi geometry from a single one.
struct Area {
  AreaId id;
  std::string title;
  std::vector<Part> parts;
  bool many{};
  std::optional<AreaKind> kind;
  std::optional<Kilometres> sector_length;  ///< at most so long; absent: it is not cut
  Row row;  ///< extras hold the feature's other properties, each value as JSON text

  friend bool operator==(Area const&, Area const&) = default;
};

/// Two edges of a ring, by the index of their first position, that meet where they must not.
struct Crossing {
  std::size_t first_edge{};
  std::size_t second_edge{};
  Position near;
};

/// The first place where a closed ring crosses or touches itself, on the plane of its degrees, or
/// nothing. Exact on positions rounded to 1e-9 degrees (0.1 mm). O(n log n) for the rings of maps,
/// O(n^2) at worst.
/// REQUIRES: at least four positions, the last equal to the first.
[[nodiscard]] std::optional<Crossing> find_self_crossing(Ring const& ring);

}  // namespace guarantor::model
