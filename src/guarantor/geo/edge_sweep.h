#pragma once

#include <s2/s2point.h>

#include <cstddef>
#include <optional>
#include <vector>

/// The search for two edges that cross. Private to the part: no public header includes it.
namespace guarantor::geo {

/// A shortest line on the sphere and the ring it belongs to.
struct SweepEdge {
  S2Point from;
  S2Point to;
  std::size_t ring{};
};

/// Two edges, by index, that meet where they must not.
struct EdgeMeeting {
  std::size_t first{};
  std::size_t second{};
  S2Point place;
  bool touch{};  ///< an end of one lies on the other, within 20 nanometres
};

/// Whether all edges lie on one open half of the earth with a degree to spare. O(n), or about 1,000
/// times that for edges crowded to one side of a large area.
[[nodiscard]] std::optional<S2Point> half_earth_centre(std::vector<SweepEdge> const& edges);

/// The first meeting of two edges other than in a position that both end in, going round an axis
/// that lies 90 degrees from `centre`; nothing where there is none. Exact on the points given
/// (three points exactly on one great circle are told apart by a fixed rule), and never misses a
/// crossing. A sweep in O(n log n) whatever the shape (M. I. Shamos, D. Hoey, "Geometric
/// intersection problems", FOCS 1976).
/// REQUIRES: `centre` from half_earth_centre(); no two edges with the same two ends; no edge of no
/// length.
[[nodiscard]] std::optional<EdgeMeeting> find_meeting(std::vector<SweepEdge> const& edges,
                                                      S2Point const& centre);

}  // namespace guarantor::geo
