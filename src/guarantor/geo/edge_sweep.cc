#include "guarantor/geo/edge_sweep.h"

#include <s2/s2edge_crossings.h>
#include <s2/s2edge_distances.h>
#include <s2/s2pointutil.h>
#include <s2/s2predicates.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace guarantor::geo {
namespace {

constexpr double kTouch = 3e-15;     // radians: 20 nm, a little above the rounding of a position
constexpr double kToSpare = 0.0175;  // sine of a degree

/// An edge the way the sweep goes along it.
struct Arc {
  S2Point first;
  S2Point last;
};

/// The edges in the order in which the half great circle at the current angle meets them.
class Order {
 public:
  Order(std::vector<Arc> const& arcs, S2Point const& axis) : arcs_{&arcs}, axis_{axis} {}

  [[nodiscard]] static bool before(S2Point const& axis, S2Point const& a, S2Point const& b) {
    return s2pred::Sign(axis, a, b) > 0;
  }
  bool operator()(std::size_t a, std::size_t b) const {
    if (a == b) {
      return false;
    }
    Arc const& one = (*arcs_)[a];
    Arc const& other = (*arcs_)[b];
    int other_above{};
    if (one.first == other.first) {
      other_above = s2pred::Sign(one.first, one.last, other.last);
    } else if (before(axis_, one.first, other.first)) {
      other_above = s2pred::Sign(one.first, one.last, other.first);
    } else {
      other_above = -s2pred::Sign(other.first, other.last, one.first);
    }
    return other_above != 0 ? other_above > 0 : a < b;
  }

 private:
  std::vector<Arc> const* arcs_;
  S2Point axis_;
};

bool shares_end(SweepEdge const& a, SweepEdge const& b) {
  return a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to;
}

bool lies_on(S2Point const& point, SweepEdge const& edge) {
  if (point == edge.from || point == edge.to) {
    return false;
  }
  S2Point const normal = S2::RobustCrossProd(edge.from, edge.to);
  return std::abs(normal.DotProd(point)) <= kTouch * normal.Norm() &&
         S2::GetDistance(point, edge.from, edge.to).radians() <= kTouch;
}

/// How two neighbours of the sweep meet, if they do.
std::optional<EdgeMeeting> meeting(std::vector<SweepEdge> const& edges, std::size_t a,
                                   std::size_t b) {
  auto const [first, second] = std::minmax(a, b);
  SweepEdge const& e = edges[first];
  SweepEdge const& f = edges[second];
  for (S2Point const& point : {f.from, f.to}) {
    if (lies_on(point, e)) {
      return EdgeMeeting{first, second, point, true};
    }
  }
  for (S2Point const& point : {e.from, e.to}) {
    if (lies_on(point, f)) {
      return EdgeMeeting{first, second, point, true};
    }
  }
  if (!shares_end(e, f) && S2::CrossingSign(e.from, e.to, f.from, f.to) > 0) {
    return EdgeMeeting{first, second, S2::GetIntersection(e.from, e.to, f.from, f.to), false};
  }
  return std::nullopt;
}

struct Event {
  S2Point at;
  std::size_t edge{};
  bool begins{};
};

std::vector<Arc> arcs_of(std::vector<SweepEdge> const& edges, S2Point const& axis) {
  std::vector<Arc> arcs;
  arcs.reserve(edges.size());
  for (SweepEdge const& edge : edges) {
    bool const forward = Order::before(axis, edge.from, edge.to);
    arcs.push_back(forward ? Arc{edge.from, edge.to} : Arc{edge.to, edge.from});
  }
  return arcs;
}

std::vector<Event> events_of(std::vector<Arc> const& arcs, S2Point const& axis) {
  std::vector<Event> events;
  events.reserve(2 * arcs.size());
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    events.push_back({arcs[i].first, i, true});
    events.push_back({arcs[i].last, i, false});
  }
  // At one place edges end before others begin.
  std::sort(events.begin(), events.end(), [&](Event const& a, Event const& b) {
    if (a.at != b.at) {
      return Order::before(axis, a.at, b.at);
    }
    return a.begins != b.begins ? b.begins : a.edge < b.edge;
  });
  return events;
}

double least_depth(std::vector<SweepEdge> const& edges, S2Point const& centre, S2Point& worst) {
  double least = 2;
  for (SweepEdge const& edge : edges) {
    double const depth = centre.DotProd(edge.from);
    if (depth < least) {
      least = depth;
      worst = edge.from;
    }
  }
  return least;
}

}  // namespace

std::optional<S2Point> half_earth_centre(std::vector<SweepEdge> const& edges) {
  S2Point sum{0, 0, 0};
  for (SweepEdge const& edge : edges) {
    sum += edge.from;
  }
  constexpr double kNowhere = 1e-9;
  S2Point centre = sum.Norm() > kNowhere ? sum.Normalize() : edges.front().from;
  constexpr int kSteps = 1000;
  for (int step = 1; step <= kSteps; ++step) {
    S2Point worst = centre;
    if (least_depth(edges, centre, worst) > kToSpare) {
      return centre;
    }
    // Towards the farthest, by less each time: this closes in on the middle of the smallest circle
    // around all (M. Badoiu, K. L. Clarkson, "Smaller core-sets for balls", SODA 2003).
    S2Point const moved = centre + (worst - centre) / static_cast<double>(step + 1);
    if (moved.Norm() < kNowhere) {
      return std::nullopt;
    }
    centre = moved.Normalize();
  }
  return std::nullopt;
}

std::optional<EdgeMeeting> find_meeting(std::vector<SweepEdge> const& edges,
                                        S2Point const& centre) {
  S2Point const axis = S2::Ortho(centre);
  std::vector<Arc> const arcs = arcs_of(edges, axis);
  std::vector<Event> const events = events_of(arcs, axis);
  std::set<std::size_t, Order> open{Order{arcs, axis}};
  std::vector<std::set<std::size_t, Order>::iterator> where(edges.size(), open.end());
  for (Event const& event : events) {
    if (event.begins) {
      auto const here = open.insert(event.edge).first;
      where[event.edge] = here;
      auto const above = std::next(here);
      if (here != open.begin()) {
        if (auto found = meeting(edges, *std::prev(here), event.edge)) {
          return found;
        }
      }
      if (above != open.end()) {
        if (auto found = meeting(edges, event.edge, *above)) {
          return found;
        }
      }
    } else {
      auto const above = open.erase(where[event.edge]);
      if (above != open.end() && above != open.begin()) {
        if (auto found = meeting(edges, *std::prev(above), *above)) {
          return found;
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace guarantor::geo
