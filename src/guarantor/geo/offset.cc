#include <algorithm>
#include <cmath>
#include <numbers>

#include "guarantor/geo/buffer.h"
#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {

using model::Degrees;
using model::Error;
using model::ErrorKind;
using model::Line;
using model::Position;
using model::Result;
using model::Ring;

namespace {

/// Whether a position of the buffer's outline stands beside the line on this side, and not on the
/// round cap of one of its ends.
class Beside {
 public:
  Beside(Polyline const& line, Side side) : line_{&line}, side_{side} {}

  [[nodiscard]] bool operator()(Position position) const {
    Nearest const foot = line_->nearest(position);
    if (foot.side != side_) {
      return false;
    }
    constexpr double kAtEnd = 0.05;  // metres: more than the outline is rounded by
    bool const at_end =
        foot.along.count() < kAtEnd || (line_->length() - foot.along).count() < kAtEnd;
    if (!at_end) {
      return true;
    }
    // Square to the line's end it stands beside it, any further round it is on the cap.
    Degrees const ahead = line_->at(foot.along).azimuth;
    Degrees const out = course(foot.position, position).departure;
    double const forward = std::cos((out - ahead).count() * std::numbers::pi / 180);
    constexpr double kSquare = 0.01;
    return std::abs(forward) < kSquare;
  }

 private:
  Polyline const* line_;
  Side side_;
};

/// The unbroken runs of a closed ring for which `wanted` holds.
std::vector<Line> runs(Ring const& ring, std::vector<bool> const& wanted) {
  std::size_t const count = wanted.size();
  std::vector<Line> found;
  auto const gap = std::find(wanted.begin(), wanted.end(), false);
  if (gap == wanted.end()) {
    found.push_back({ring});
    return found;
  }
  auto const start = static_cast<std::size_t>(gap - wanted.begin());
  Line run;
  for (std::size_t k = 1; k <= count; ++k) {
    std::size_t const i = (start + k) % count;
    if (wanted[i]) {
      run.positions.push_back(ring[i]);
    } else if (!run.positions.empty()) {
      if (run.positions.size() > 1) {
        found.push_back(run);
      }
      run.positions.clear();
    }
  }
  return found;
}

}  // namespace

Result<std::vector<Line>> offset(Polyline const& line, Side side, Metres distance) {
  if (side == Side::kOn) {
    return Error{ErrorKind::kBadInput, "a line beside a line needs a side, left or right", {}};
  }
  auto const around = buffer(line, distance);
  if (!around) {
    return around.error();
  }
  Beside const beside{line, side};
  std::vector<Line> pieces;
  for (model::Polygon const& polygon : around.value()) {
    for (Ring const& ring : polygon.rings) {
      std::vector<bool> wanted;
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        wanted.push_back(beside(ring[i]));
      }
      for (Line& run : runs(ring, wanted)) {
        // The outline keeps the line on its left, so it runs the line's way on the right of it.
        if (side == Side::kLeft) {
          std::reverse(run.positions.begin(), run.positions.end());
        }
        pieces.push_back(std::move(run));
      }
    }
  }
  auto const begins = [&](Line const& piece) {
    return line.nearest(piece.positions.front()).along;
  };
  std::stable_sort(pieces.begin(), pieces.end(),
                   [&](Line const& a, Line const& b) { return begins(a) < begins(b); });
  return pieces;
}

}  // namespace guarantor::geo
