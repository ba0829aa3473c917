#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

/// Areas on the globe. An edge is the shortest line on a round earth between its two positions
/// (a great circle), so rings may cross the antimeridian or hold a pole, and the way round of a
/// ring does not matter: its inside is its smaller side. Between positions 100 km apart such an
/// edge runs up to 0.4 km from the straight line of a map in degrees, 10 km apart 4 m: draw long
/// parallels with positions between.
namespace guarantor::geo {

enum class AreaFault {
  kNoRing,                ///< nothing is drawn
  kOffTheEarth,           ///< a coordinate is not a number or out of range
  kTooFewPositions,       ///< fewer than three different positions, or fewer than four in all
  kOpenRing,              ///< the last position does not repeat the first
  kOppositeNeighbours,    ///< two neighbours almost half way round the earth from each other
  kTooLarge,              ///< more than half of the earth, less a degree
  kPositionRepeated,      ///< a ring comes back to a position it has been at
  kEdgeRepeated,          ///< an edge runs along another of the same ring or polygon
  kCrossing,              ///< two edges of one ring cross
  kTouching,              ///< a position lies on an edge that does not end in it
  kRingsCross,            ///< two edges of different rings cross
  kRingsCrossAtPosition,  ///< two rings cross in a position that both have
  kHoleOutside,           ///< a hole lies outside its outer ring
  kHolesOverlap,          ///< a hole lies in another
  kPartsOverlap,          ///< a polygon lies in another
};

/// An edge by part, ring of the part (0 is the outer one) and index of its first position.
struct EdgePlace {
  std::size_t part{};
  std::size_t ring{};
  std::size_t edge{};

  friend bool operator==(EdgePlace, EdgePlace) = default;
  friend auto operator<=>(EdgePlace, EdgePlace) = default;
};

/// What is wrong with an area, and where.
struct AreaFlaw {
  AreaFault fault{};
  model::Position place;
  EdgePlace first;
  std::optional<EdgePlace> second;
};

/// The flaw in words, parts, rings and edges counted from 1, places to 1e-6 degrees.
[[nodiscard]] std::string text(AreaFlaw const& flaw);

/// What is wrong with the polygons of one area, nothing where they are sound. Flaws of single rings
/// and positions come all at once; only without them are crossings looked for, and the first is
/// told; only without one is it asked which ring lies in which. Immediate repetitions of a position
/// are no flaw. Holes may touch rings, and parts each other, in positions that both have; parts may
/// also share edges (areas cut along the antimeridian do). Not checked: holes that touch in so many
/// positions that they cut their polygon in two. O(n log n) whatever the shape.
[[nodiscard]] std::vector<AreaFlaw> find_flaws(std::vector<model::Polygon> const& polygons);

/// An area without a flaw. Immutable.
class ValidArea {
 public:
  /// Bad input: a part that is not a polygon, or a flaw; the message names the area and the place.
  /// Nothing is ever repaired.
  [[nodiscard]] static model::Result<ValidArea> from(model::Area const& area);
  [[nodiscard]] static model::Result<ValidArea> from(model::AreaId id,
                                                     std::vector<model::Polygon> polygons);

  [[nodiscard]] model::AreaId const& id() const { return id_; }
  [[nodiscard]] std::vector<model::Polygon> const& polygons() const { return polygons_; }

  /// What it covers of the ellipsoid, holes taken off; edges here are shortest lines of the
  /// ellipsoid. Good to 0.1 m2 an edge. O(n).
  [[nodiscard]] SquareMetres size() const;

 private:
  ValidArea(model::AreaId id, std::vector<model::Polygon> polygons)
      : id_{std::move(id)}, polygons_{std::move(polygons)} {}

  model::AreaId id_;
  std::vector<model::Polygon> polygons_;
};

}  // namespace guarantor::geo
