#include <s2/s2wedge_relations.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "guarantor/geo/area.h"
#include "guarantor/geo/edge_sweep.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/loop_containment.h"
#include "guarantor/geo/sphere.h"

/// The search for what is wrong with an area, from the cheap to the dear.
namespace guarantor::geo {

using model::Position;
using model::Ring;

namespace {

using Flaws = std::vector<AreaFlaw>;

void check_ring(Ring const& ring, EdgePlace at, Flaws& flaws) {
  constexpr std::size_t kFewest = 4;
  constexpr std::size_t kFewestDifferent = 3;
  constexpr double kOpposite = -0.9998;  // cosine of almost half a turn
  std::size_t const before = flaws.size();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (!is_on_earth(ring[i])) {
      flaws.push_back({AreaFault::kOffTheEarth, ring[i], {at.part, at.ring, i}, std::nullopt});
    }
  }
  if (flaws.size() != before) {
    return;
  }
  if (ring.size() < kFewest) {
    Position const place = ring.empty() ? Position{} : ring.front();
    flaws.push_back({AreaFault::kTooFewPositions, place, at, std::nullopt});
    return;
  }
  if (on_sphere(ring.front()) != on_sphere(ring.back())) {
    flaws.push_back(
        {AreaFault::kOpenRing, ring.back(), {at.part, at.ring, ring.size() - 1}, std::nullopt});
    return;
  }
  std::size_t different = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    S2Point const a = on_sphere(ring[i]);
    S2Point const b = on_sphere(ring[i + 1]);
    if (a != b) {
      ++different;
    }
    if (a.DotProd(b) < kOpposite) {
      flaws.push_back(
          {AreaFault::kOppositeNeighbours, ring[i], {at.part, at.ring, i}, std::nullopt});
    }
  }
  if (different < kFewestDifferent && flaws.size() == before) {
    flaws.push_back({AreaFault::kTooFewPositions, ring.front(), at, std::nullopt});
  }
}

/// All edges of an area that have a length, and where each stands.
struct Edges {
  std::vector<SweepEdge> edges;
  std::vector<EdgePlace> places;

  explicit Edges(std::vector<model::Polygon> const& polygons) {
    std::size_t number = 0;
    for (std::size_t part = 0; part < polygons.size(); ++part) {
      for (std::size_t ring = 0; ring < polygons[part].rings.size(); ++ring, ++number) {
        Ring const& positions = polygons[part].rings[ring];
        for (std::size_t i = 0; i + 1 < positions.size(); ++i) {
          SweepEdge const edge{on_sphere(positions[i]), on_sphere(positions[i + 1]), number};
          if (edge.from != edge.to) {
            edges.push_back(edge);
            places.push_back({part, ring, i});
          }
        }
      }
    }
  }
};

AreaFlaw flaw_between(Edges const& all, AreaFault fault, S2Point const& place, std::size_t a,
                      std::size_t b) {
  auto const [first, second] = std::minmax(a, b);
  return {fault, on_map(place), all.places[first], all.places[second]};
}

/// Edges that run along each other in one polygon are flaws; of those that polygons share one is
/// kept. Returns the edges to sweep, by index.
std::vector<std::size_t> without_repeats(Edges const& all, Flaws& flaws) {
  std::vector<std::size_t> order(all.edges.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  auto const key = [&](std::size_t i) {
    SweepEdge const& edge = all.edges[i];
    return edge.from < edge.to ? std::pair{edge.from, edge.to} : std::pair{edge.to, edge.from};
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    auto const x = key(a);
    auto const y = key(b);
    return x != y ? x < y : a < b;
  });
  std::vector<std::size_t> kept;
  kept.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || key(order[i - 1]) != key(order[i])) {
      kept.push_back(order[i]);
    } else if (all.places[order[i - 1]].part == all.places[order[i]].part) {
      flaws.push_back(flaw_between(all, AreaFault::kEdgeRepeated, all.edges[order[i]].from,
                                   order[i - 1], order[i]));
    }
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

/// The edges that begin in each position, positions that only one edge begins in left out.
std::vector<std::vector<std::size_t>> shared_positions(Edges const& all) {
  std::vector<std::size_t> order(all.edges.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    S2Point const& x = all.edges[a].from;
    S2Point const& y = all.edges[b].from;
    return x != y ? x < y : a < b;
  });
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i + 1;
    while (j < order.size() && all.edges[order[j]].from == all.edges[order[i]].from) {
      ++j;
    }
    if (j - i > 1) {
      groups.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(i),
                          order.begin() + static_cast<std::ptrdiff_t>(j));
    }
    i = j;
  }
  return groups;
}

/// A ring with its inside on the left.
struct Loop {
  EdgePlace place;
  std::vector<S2Point> points;
  std::map<S2Point, std::size_t> shared;  ///< index of each position that other rings have too

  [[nodiscard]] bool is_hole() const { return place.ring > 0; }
  [[nodiscard]] S2Point const& before(std::size_t i) const {
    return points[(i + points.size() - 1) % points.size()];
  }
  [[nodiscard]] S2Point const& after(std::size_t i) const {
    return points[(i + 1) % points.size()];
  }
};

/// How the insides of two loops lie around a position that both have.
class Corner {
 public:
  Corner(Loop const& a, Loop const& b, S2Point const& at)
      : a_{&a}, b_{&b}, at_{at}, i_{a.shared.at(at)}, j_{b.shared.at(at)} {}

  [[nodiscard]] bool first_holds_second() const {
    return S2::WedgeContains(a_->before(i_), at_, a_->after(i_), b_->before(j_), b_->after(j_));
  }
  [[nodiscard]] bool overlap() const {
    return S2::WedgeIntersects(a_->before(i_), at_, a_->after(i_), b_->before(j_), b_->after(j_));
  }

 private:
  Loop const* a_;
  Loop const* b_;
  S2Point at_;
  std::size_t i_;
  std::size_t j_;
};

class Nesting {
 public:
  Nesting(std::vector<model::Polygon> const& polygons, Edges const& all,
          std::vector<std::vector<std::size_t>> const& shared) {
    for (std::size_t part = 0; part < polygons.size(); ++part) {
      for (std::size_t ring = 0; ring < polygons[part].rings.size(); ++ring) {
        loops_.push_back({{part, ring, 0}, loop_of(polygons[part].rings[ring]), {}});
      }
    }
    std::set<S2Point> points;
    for (auto const& group : shared) {
      S2Point const& at = all.edges[group.front()].from;
      points.insert(at);
      rings_at_.emplace_back(at, std::vector<std::size_t>{});
      for (std::size_t const edge : group) {
        rings_at_.back().second.push_back(all.edges[edge].ring);
      }
    }
    for (Loop& loop : loops_) {
      for (std::size_t i = 0; i < loop.points.size() && !points.empty(); ++i) {
        if (points.contains(loop.points[i])) {
          loop.shared.emplace(loop.points[i], i);
        }
      }
    }
  }

  /// Rings that cross in positions both have.
  void check_corners(Flaws& flaws) const {
    for (auto const& [at, rings] : rings_at_) {
      for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t j = i + 1; j < rings.size(); ++j) {
          if (!may_meet(loops_[rings[i]], loops_[rings[j]], at, rings)) {
            flaws.push_back({AreaFault::kRingsCrossAtPosition, on_map(at), loops_[rings[i]].place,
                             loops_[rings[j]].place});
            return;
          }
        }
      }
    }
  }

  /// Rings that lie where they must not; none cross.
  void check_places(Flaws& flaws) const {
    if (loops_.size() < 2) {
      return;
    }
    std::vector<std::vector<S2Point>> points;
    std::vector<std::optional<S2Point>> probes;
    for (Loop const& loop : loops_) {
      points.push_back(loop.points);
      probes.push_back(probe_of(loop));
    }
    auto const around = loops_around(points, probes);
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      if (probes[i]) {
        check_place(loops_[i], *probes[i], around[i], flaws);
      }
    }
  }

 private:
  /// Whether two rings may have this position, where the rings `here` meet, as they do.
  [[nodiscard]] bool may_meet(Loop const& a, Loop const& b, S2Point const& at,
                              std::vector<std::size_t> const& here) const {
    if (a.place.part == b.place.part) {
      return a.is_hole() ? !Corner{a, b, at}.overlap() : Corner{a, b, at}.first_holds_second();
    }
    if (a.is_hole() && b.is_hole()) {
      return true;
    }
    if (a.is_hole()) {
      return may_meet(b, a, at, here);
    }
    if (b.is_hole()) {  // b's polygon surrounds the position unless its outer ring is here too
      bool const outer_here = std::any_of(here.begin(), here.end(), [&](std::size_t ring) {
        return loops_[ring].place.part == b.place.part && !loops_[ring].is_hole();
      });
      return outer_here || Corner{b, a, at}.first_holds_second();
    }
    return !Corner{a, b, at}.overlap() || in_hole(a, b.place.part, at, here) ||
           in_hole(b, a.place.part, at, here);
  }

  [[nodiscard]] bool in_hole(Loop const& loop, std::size_t part, S2Point const& at,
                             std::vector<std::size_t> const& here) const {
    return std::any_of(here.begin(), here.end(), [&](std::size_t ring) {
      Loop const& hole = loops_[ring];
      return hole.is_hole() && hole.place.part == part &&
             Corner{hole, loop, at}.first_holds_second();
    });
  }

  /// A position of the ring that no other ring has; where there is none its corners have told all.
  [[nodiscard]] static std::optional<S2Point> probe_of(Loop const& loop) {
    for (S2Point const& point : loop.points) {
      if (!loop.shared.contains(point)) {
        return point;
      }
    }
    return std::nullopt;
  }

  void check_place(Loop const& loop, S2Point const& probe, std::vector<std::size_t> const& around,
                   Flaws& flaws) const {
    auto const add = [&](AreaFault fault, EdgePlace other) {
      flaws.push_back({fault, on_map(probe), loop.place, other});
    };
    auto const has = [&](std::size_t part, bool hole) {
      return std::find_if(around.begin(), around.end(), [&](std::size_t ring) {
        return loops_[ring].place.part == part && loops_[ring].is_hole() == hole;
      });
    };
    if (loop.is_hole()) {
      if (has(loop.place.part, false) == around.end()) {
        add(AreaFault::kHoleOutside, {loop.place.part, 0, 0});
      }
      if (auto const other = has(loop.place.part, true); other != around.end()) {
        add(AreaFault::kHolesOverlap, loops_[*other].place);
      }
      return;
    }
    for (std::size_t const ring : around) {
      Loop const& outer = loops_[ring];
      if (!outer.is_hole() && has(outer.place.part, true) == around.end()) {
        add(AreaFault::kPartsOverlap, outer.place);
      }
    }
  }

  std::vector<Loop> loops_;
  std::vector<std::pair<S2Point, std::vector<std::size_t>>> rings_at_;
};

/// Positions that one ring comes to twice.
void check_repeats(Edges const& all, std::vector<std::vector<std::size_t>> const& shared,
                   Flaws& flaws) {
  for (auto const& group : shared) {
    for (std::size_t i = 1; i < group.size(); ++i) {  // edges of one ring stand together
      if (all.edges[group[i - 1]].ring == all.edges[group[i]].ring) {
        flaws.push_back(flaw_between(all, AreaFault::kPositionRepeated, all.edges[group[i]].from,
                                     group[i - 1], group[i]));
      }
    }
  }
}

void check_crossings(Edges const& all, std::vector<std::size_t> const& swept, Flaws& flaws) {
  std::vector<SweepEdge> edges;
  edges.reserve(swept.size());
  for (std::size_t const i : swept) {
    edges.push_back(all.edges[i]);
  }
  auto const centre = half_earth_centre(edges);
  if (!centre) {
    flaws.push_back(
        {AreaFault::kTooLarge, on_map(edges.front().from), all.places.front(), std::nullopt});
    return;
  }
  if (auto const found = find_meeting(edges, *centre)) {
    std::size_t const first = swept[found->first];
    std::size_t const second = swept[found->second];
    bool const one_ring = all.edges[first].ring == all.edges[second].ring;
    AreaFault const crossing = one_ring ? AreaFault::kCrossing : AreaFault::kRingsCross;
    flaws.push_back(flaw_between(all, found->touch ? AreaFault::kTouching : crossing, found->place,
                                 first, second));
  }
}

}  // namespace

std::vector<AreaFlaw> find_flaws(std::vector<model::Polygon> const& polygons) {
  Flaws flaws;
  if (polygons.empty()) {
    flaws.push_back({AreaFault::kNoRing, {}, {}, std::nullopt});
  }
  for (std::size_t part = 0; part < polygons.size(); ++part) {
    if (polygons[part].rings.empty()) {
      flaws.push_back({AreaFault::kNoRing, {}, {part, 0, 0}, std::nullopt});
    }
    for (std::size_t ring = 0; ring < polygons[part].rings.size(); ++ring) {
      check_ring(polygons[part].rings[ring], {part, ring, 0}, flaws);
    }
  }
  if (!flaws.empty()) {
    return flaws;
  }
  Edges const all{polygons};
  std::vector<std::size_t> const swept = without_repeats(all, flaws);
  auto const shared = shared_positions(all);
  check_repeats(all, shared, flaws);
  if (flaws.empty()) {
    check_crossings(all, swept, flaws);
  }
  if (flaws.empty()) {
    Nesting const nesting{polygons, all, shared};
    nesting.check_corners(flaws);
    if (flaws.empty()) {
      nesting.check_places(flaws);
    }
  }
  return flaws;
}

}  // namespace guarantor::geo
