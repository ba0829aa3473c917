#include "guarantor/report/map_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

namespace guarantor::report {
namespace {

using model::Degrees;
using model::Position;

double median(std::vector<double> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Those of the positions that are not far from where most are.
std::vector<Position> without_far_ones(std::vector<Position> const& positions) {
  constexpr double kFar = 3;
  constexpr double kNarrow = 0.65;  // a degree of longitude beside one of latitude
  constexpr double kLeast = 1;
  std::vector<double> east;
  std::vector<double> north;
  for (Position const position : positions) {
    east.push_back(position.longitude.count());
    north.push_back(position.latitude.count());
  }
  double const middle_east = median(east);
  double const middle_north = median(north);
  std::vector<double> away;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    away.push_back(std::hypot((east[i] - middle_east) * kNarrow, north[i] - middle_north));
  }
  double const most = std::max(kLeast, kFar * median(away));
  std::vector<Position> near;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (away[i] <= most) {
      near.push_back(positions[i]);
    }
  }
  return near;
}

struct Extent {
  double low{std::numeric_limits<double>::infinity()};
  double high{-std::numeric_limits<double>::infinity()};

  void hold(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  [[nodiscard]] double length() const { return high - low; }
  /// As long as `length` at least, about the same middle.
  void widen(double length) {
    double const by = std::max(0.0, length - (high - low)) / 2;
    low -= by;
    high += by;
  }
};

LambertConic projection_for(std::vector<Position> const& positions) {
  constexpr double kLeastHeight = 1;
  constexpr double kMostNorth = 80;
  Extent east;
  Extent north;
  for (Position const position : positions) {
    east.hold(position.longitude.count());
    north.hold(std::clamp(position.latitude.count(), -kMostNorth, kMostNorth));
  }
  north.widen(kLeastHeight);
  return {Degrees{east.low}, Degrees{north.low}, Degrees{east.high}, Degrees{north.high}};
}

}  // namespace

MapFrame MapFrame::around(std::vector<Position> const& positions) {
  constexpr double kMargin = 0.06;
  constexpr double kLeastKilometres = 100;
  constexpr double kLowest = 0.66;
  constexpr double kHighest = 1.02;
  std::vector<Position> const near = without_far_ones(positions);
  MapFrame frame{projection_for(near)};
  Extent x;
  Extent y;
  for (Position const position : near) {
    PaperPoint const point = frame.projection_.at(position);
    x.hold(point.x);
    y.hold(point.y);
  }
  double const margin = 1 + 2 * kMargin;
  x.widen(std::max(kLeastKilometres, x.length() * margin));
  y.widen(y.length() * margin);
  x.widen(y.length() / kHighest);
  y.widen(x.length() * kLowest);
  frame.scale_ = kWidth / x.length();
  frame.left_ = x.low;
  frame.top_ = y.low;
  frame.height_ = std::round(y.length() * frame.scale_);
  return frame;
}

PaperPoint MapFrame::at(Position position) const {
  PaperPoint const point = projection_.at(position);
  return {(point.x - left_) * scale_, (point.y - top_) * scale_};
}

PaperLine MapFrame::line(std::vector<Position> const& positions) const {
  PaperLine line;
  line.reserve(positions.size());
  for (Position const position : positions) {
    line.push_back(at(position));
  }
  return line;
}

double MapFrame::north_at(Position position) const {
  return projection_.north_at(position);
}

namespace {

/// The share of the way from a to b at which it enters the box and at which it leaves it.
std::optional<std::pair<double, double>> within(PaperPoint a, PaperPoint b, PaperBox const& box) {
  double from = 0;
  double to = 1;
  std::array<std::pair<double, double>, 4> const sides{{{a.x - b.x, a.x - box.left},
                                                        {b.x - a.x, box.right - a.x},
                                                        {a.y - b.y, a.y - box.top},
                                                        {b.y - a.y, box.bottom - a.y}}};
  for (auto const& [outwards, room] : sides) {
    if (outwards > 0) {
      to = std::min(to, room / outwards);
    } else if (outwards < 0) {
      from = std::max(from, room / outwards);
    } else if (room < 0) {
      return std::nullopt;
    }
  }
  return from < to ? std::optional{std::pair{from, to}} : std::nullopt;
}

PaperPoint between(PaperPoint a, PaperPoint b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/// How far a point lies within one side of a box; negative outside.
double depth(PaperPoint point, PaperBox const& box, int side) {
  return side == 0   ? point.x - box.left
         : side == 1 ? box.right - point.x
         : side == 2 ? point.y - box.top
                     : box.bottom - point.y;
}

}  // namespace

std::vector<PaperLine> cut_line(PaperLine const& line, PaperBox const& box) {
  std::vector<PaperLine> pieces;
  bool open = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    auto const part = within(line[i], line[i + 1], box);
    if (!part) {
      open = false;
      continue;
    }
    if (!open || part->first > 0) {
      pieces.push_back({between(line[i], line[i + 1], part->first)});
    }
    pieces.back().push_back(between(line[i], line[i + 1], part->second));
    open = part->second >= 1;
  }
  return pieces;
}

PaperLine cut_ring(PaperLine const& ring, PaperBox const& box) {
  PaperLine points = ring;
  if (points.size() > 1 && points.front() == points.back()) {
    points.pop_back();
  }
  for (int side = 0; side < 4 && !points.empty(); ++side) {
    PaperLine next;
    for (std::size_t i = 0; i < points.size(); ++i) {
      PaperPoint const a = points[(i + points.size() - 1) % points.size()];
      PaperPoint const b = points[i];
      double const before = depth(a, box, side);
      double const after = depth(b, box, side);
      if ((before >= 0) != (after >= 0)) {
        next.push_back(between(a, b, before / (before - after)));
      }
      if (after >= 0) {
        next.push_back(b);
      }
    }
    points = std::move(next);
  }
  return points.size() < 3 ? PaperLine{} : points;
}

std::string path_data(PaperLine const& points, bool closed) {
  constexpr double kShortest = 0.6;
  std::string data;
  PaperPoint last;
  int written = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    bool const end = i == 0 || i + 1 == points.size();
    if (!end && std::hypot(points[i].x - last.x, points[i].y - last.y) < kShortest) {
      continue;
    }
    data += fmt::format("{}{:.1f} {:.1f}",
                        written == 0   ? "M"
                        : written == 1 ? "L"
                                       : " ",
                        points[i].x, points[i].y);
    ++written;
    last = points[i];
  }
  return closed ? data + "Z" : data;
}

}  // namespace guarantor::report
