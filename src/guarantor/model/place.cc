#include "guarantor/model/place.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace guarantor::model {
namespace {

/// A position on a whole-number grid of 1e-9 degrees, on which turns are computed without error.
struct GridPoint {
  std::int64_t x;
  std::int64_t y;
  friend bool operator==(GridPoint, GridPoint) = default;
};

__extension__ using Wide = __int128;

GridPoint on_grid(Position position) {
  constexpr double kPerDegree = 1e9;
  return {std::llround(position.longitude.count() * kPerDegree),
          std::llround(position.latitude.count() * kPerDegree)};
}

/// Sign of the turn a, b, c: 1 left, -1 right, 0 straight.
int turn(GridPoint a, GridPoint b, GridPoint c) {
  Wide const cross =
      static_cast<Wide>(b.x - a.x) * (c.y - a.y) - static_cast<Wide>(b.y - a.y) * (c.x - a.x);
  return cross > 0 ? 1 : (cross < 0 ? -1 : 0);
}

/// For c on the line through a and b: whether it lies between them, ends included.
bool within(GridPoint a, GridPoint b, GridPoint c) {
  return std::min(a.x, b.x) <= c.x && c.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= c.y &&
         c.y <= std::max(a.y, b.y);
}

bool meet(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
  int const abc = turn(a, b, c);
  int const abd = turn(a, b, d);
  int const cda = turn(c, d, a);
  int const cdb = turn(c, d, b);
  if (abc != abd && cda != cdb) {
    return true;
  }
  return (abc == 0 && within(a, b, c)) || (abd == 0 && within(a, b, d)) ||
         (cda == 0 && within(c, d, a)) || (cdb == 0 && within(c, d, b));
}

struct Edge {
  std::size_t index;  ///< of its first position
  GridPoint from;
  GridPoint to;
  [[nodiscard]] std::int64_t west() const { return std::min(from.x, to.x); }
  [[nodiscard]] std::int64_t east() const { return std::max(from.x, to.x); }
  [[nodiscard]] std::int64_t south() const { return std::min(from.y, to.y); }
  [[nodiscard]] std::int64_t north() const { return std::max(from.y, to.y); }
};

/// Whether two edges meet other than at the end that neighbours share.
bool cross(Edge const& a, Edge const& b, std::size_t edges) {
  bool const b_follows_a = (a.index + 1) % edges == b.index;
  bool const a_follows_b = (b.index + 1) % edges == a.index;
  if (!b_follows_a && !a_follows_b) {
    return meet(a.from, a.to, b.from, b.to);
  }
  // Neighbours cross only by folding back over each other.
  Edge const& first = b_follows_a ? a : b;
  Edge const& second = b_follows_a ? b : a;
  return turn(first.from, first.to, second.to) == 0 &&
         (within(first.from, first.to, second.to) || within(second.from, second.to, first.from));
}

/// The ring's edges without those of no length, which repeated positions make.
std::vector<Edge> edges_of(Ring const& ring) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    Edge const edge{edges.size(), on_grid(ring[i]), on_grid(ring[i + 1])};
    if (edge.from != edge.to) {
      edges.push_back(edge);
    }
  }
  return edges;
}

}  // namespace

std::optional<Crossing> find_self_crossing(Ring const& ring) {
  std::vector<Edge> edges = edges_of(ring);
  std::size_t const count = edges.size();
  std::sort(edges.begin(), edges.end(), [](Edge const& a, Edge const& b) {
    return a.west() != b.west() ? a.west() < b.west() : a.index < b.index;
  });
  // Sweep from west to east; `open` holds the edges that reach the current longitude.
  std::vector<Edge const*> open;
  for (Edge const& edge : edges) {
    std::erase_if(open, [&](Edge const* other) { return other->east() < edge.west(); });
    for (Edge const* other : open) {
      if (other->south() <= edge.north() && edge.south() <= other->north() &&
          cross(*other, edge, count)) {
        auto const [first, second] = std::minmax(other->index, edge.index);
        constexpr double kDegree = 1e-9;
        return Crossing{first, second,
                        Position{Degrees{static_cast<double>(edge.from.x) * kDegree},
                                 Degrees{static_cast<double>(edge.from.y) * kDegree}}};
      }
    }
    open.push_back(&edge);
  }
  return std::nullopt;
}

}  // namespace guarantor::model
