#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/metres.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// Which side of a line something lies on, looking along it.
enum class Side { kLeft, kOn, kRight };

/// The place of a line that is nearest to a point.
struct Nearest {
  model::Position position;
  Metres distance;  ///< from the point
  Metres along;     ///< from the line's start
  Side side{};      ///< of the point; on the line means within a tenth of a millimetre
};

/// A line of shortest lines between its positions, measured once. Immutable, so safe to read from
/// any number of threads.
class Polyline {
 public:
  /// The line through these positions. A position that repeats the one before it adds nothing and
  /// is left out. Bad input: a coordinate that is not on the earth, fewer than two different
  /// positions, or neighbours half way round the earth from each other, between which many lines
  /// are shortest. O(n).
  [[nodiscard]] static model::Result<Polyline> from(model::Line const& line);

  [[nodiscard]] Metres length() const { return start_.back(); }
  [[nodiscard]] std::vector<model::Position> const& positions() const { return positions_; }

  /// The place at a distance from the start, to a micrometre; before the start it is the start and
  /// after the end the end. O(log n).
  [[nodiscard]] Arrival at(Metres along) const;

  /// The nearest place of the line, to a tenth of a millimetre; of several equally near the first.
  /// Beyond an end of the line the side is that of the end's edge drawn on. O(n) cheap steps, and a
  /// few geodesics.
  /// REQUIRES: a point on the earth; edges shorter than 5,000 km.
  [[nodiscard]] Nearest nearest(model::Position point) const;
  /// How far that is, at half the cost.
  [[nodiscard]] Metres distance(model::Position point) const;

  /// The stretch between two distances from the start, the line's own positions between them
  /// included.
  /// REQUIRES: 0 <= from < to <= length().
  [[nodiscard]] model::Line stretch(Metres from, Metres to) const;

 private:
  Polyline() = default;

  struct Foot;
  [[nodiscard]] Foot foot(std::size_t edge, model::Position point) const;
  [[nodiscard]] Foot nearest_foot(model::Position point) const;
  [[nodiscard]] Side side_of(Foot const& foot, model::Position point) const;
  [[nodiscard]] std::size_t edge_at(Metres along) const;

  std::vector<model::Position> positions_;
  std::vector<Course> edges_;                   ///< one fewer than positions
  std::vector<Metres> start_;                   ///< of each position, from the line's start
  std::vector<std::array<double, 3>> centred_;  ///< of each position, from the earth's middle
};

/// The length of a line.
/// REQUIRES: positions on the earth.
[[nodiscard]] Metres length(model::Line const& line);

}  // namespace guarantor::geo
