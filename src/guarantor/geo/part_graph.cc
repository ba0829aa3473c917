#include "guarantor/geo/part_graph.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace guarantor::geo {
namespace {

struct Plane {
  std::vector<float> x;
  std::vector<float> y;
};

Plane on_plane(RoutingGraph const& graph) {
  std::size_t const count = graph.node_count();
  double low = 0;
  double high = 0;
  for (std::uint32_t n = 0; n < count; ++n) {
    double const latitude = graph.position(NodeIndex{n}).latitude.count();
    low = n == 0 ? latitude : std::min(low, latitude);
    high = n == 0 ? latitude : std::max(high, latitude);
  }
  double const shrink = std::cos((low + high) / 2 * std::numbers::pi / 180);
  Plane plane{std::vector<float>(count), std::vector<float>(count)};
  for (std::uint32_t n = 0; n < count; ++n) {
    model::Position const position = graph.position(NodeIndex{n});
    plane.x[n] = static_cast<float>(position.longitude.count() * shrink);
    plane.y[n] = static_cast<float>(position.latitude.count());
  }
  return plane;
}

/// The bits of a 16-bit number, with a gap after each.
std::uint64_t spread(std::uint64_t bits) {
  bits = (bits | bits << 8) & 0x00ff00ff;
  bits = (bits | bits << 4) & 0x0f0f0f0f;
  bits = (bits | bits << 2) & 0x33333333;
  return (bits | bits << 1) & 0x55555555;
}

/// Every coordinate as one of 65,536 steps over its range.
std::vector<std::uint64_t> steps(std::vector<float> const& values) {
  std::vector<std::uint64_t> result(values.size());
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  for (std::size_t n = 0; n < values.size(); ++n) {
    constexpr double kSteps = 65'535;
    double const range = double{*high} - double{*low};
    double const share = range > 0 ? (double{values[n]} - double{*low}) / range : 0;
    result[n] = static_cast<std::uint64_t>(share * kSteps);
  }
  return result;
}

/// The nodes along Morton's curve; ties by number.
std::vector<std::uint32_t> along_curve(Plane const& plane) {
  auto const column = steps(plane.x);
  auto const row = steps(plane.y);
  std::vector<std::uint64_t> keys(column.size());
  for (std::size_t n = 0; n < keys.size(); ++n) {
    keys[n] = (spread(row[n]) << 1 | spread(column[n])) << 32 | n;
  }
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> order(keys.size());
  std::transform(keys.begin(), keys.end(), order.begin(),
                 [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
  return order;
}

}  // namespace

PartGraph whole_part(RoutingGraph const& graph) {
  auto const count = static_cast<std::uint32_t>(graph.node_count());
  PartGraph part;
  if (count == 0) {
    part.first.assign(1, 0);
    return part;
  }
  Plane const plane = on_plane(graph);
  part.original = along_curve(plane);
  std::vector<std::uint32_t> number(count);
  std::vector<std::uint32_t> degree(count + 1, 0);
  for (std::uint32_t n = 0; n < count; ++n) {
    number[part.original[n]] = n;
    part.x.push_back(plane.x[part.original[n]]);
    part.y.push_back(plane.y[part.original[n]]);
  }
  // Both ways round, then without doubles.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
    RoutingArc const arc = graph.arc(ArcIndex{a});
    if (arc.tail != arc.head) {
      ++degree[number[arc.tail.place]];
      ++degree[number[arc.head.place]];
    }
  }
  std::vector<std::size_t> start(count + 1, 0);
  for (std::uint32_t n = 0; n < count; ++n) {
    start[n + 1] = start[n] + degree[n];
  }
  std::vector<std::uint32_t> all(start[count]);
  std::vector<std::size_t> next(start.begin(), start.end() - 1);
  for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
    RoutingArc const arc = graph.arc(ArcIndex{a});
    if (arc.tail != arc.head) {
      std::uint32_t const tail = number[arc.tail.place];
      std::uint32_t const head = number[arc.head.place];
      all[next[tail]++] = head;
      all[next[head]++] = tail;
    }
  }
  part.first.reserve(count + 1);
  part.first.push_back(0);
  for (std::uint32_t n = 0; n < count; ++n) {
    auto const begin = all.begin() + static_cast<std::ptrdiff_t>(start[n]);
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(start[n + 1]);
    std::sort(begin, end);
    part.neighbours.insert(part.neighbours.end(), begin, std::unique(begin, end));
    part.first.push_back(static_cast<std::uint32_t>(part.neighbours.size()));
  }
  return part;
}

PartGraph piece_of(PartGraph const& part, std::span<std::uint8_t const> side, std::uint8_t wanted) {
  constexpr std::uint32_t kOutside = 0xffffffff;
  std::vector<std::uint32_t> number(part.size(), kOutside);
  PartGraph piece;
  for (std::uint32_t n = 0; n < part.size(); ++n) {
    if (side[n] == wanted) {
      number[n] = piece.size();
      piece.original.push_back(part.original[n]);
      piece.x.push_back(part.x[n]);
      piece.y.push_back(part.y[n]);
    }
  }
  piece.first.reserve(piece.original.size() + 1);
  piece.first.push_back(0);
  for (std::uint32_t n = 0; n < part.size(); ++n) {
    if (side[n] != wanted) {
      continue;
    }
    for (std::uint32_t const other : part.around(n)) {
      if (number[other] != kOutside) {
        piece.neighbours.push_back(number[other]);
      }
    }
    piece.first.push_back(static_cast<std::uint32_t>(piece.neighbours.size()));
  }
  return piece;
}

}  // namespace guarantor::geo
