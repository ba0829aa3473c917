#include "guarantor/geo/routing_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "guarantor/geo/checksum.h"

namespace guarantor::geo {
namespace {

constexpr std::size_t kMost = std::size_t{1} << 31;

model::Result<model::Done> check(std::vector<model::Position> const& positions,
                                 std::vector<RoutingArc> const& arcs) {
  if (positions.size() > kMost || arcs.size() > kMost) {
    return model::Error{model::ErrorKind::kLimit,
                        fmt::format("a routing graph holds at most {} nodes and arcs each", kMost)};
  }
  for (std::size_t n = 0; n < positions.size(); ++n) {
    if (!std::isfinite(positions[n].longitude.count()) ||
        !std::isfinite(positions[n].latitude.count())) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("node {} has a position that is not a number", n)};
    }
  }
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    for (NodeIndex const end : {arcs[a].tail, arcs[a].head}) {
      if (end.place >= positions.size()) {
        return model::Error{model::ErrorKind::kBadInput,
                            fmt::format("arc {} names node {}, but there are only {} nodes", a,
                                        end.place, positions.size())};
      }
    }
  }
  return model::Done{};
}

std::uint64_t fingerprint_of(std::vector<model::Position> const& positions,
                             std::vector<RoutingArc> const& arcs) {
  Checksum sum;
  sum.add(positions.size());
  for (model::Position const position : positions) {
    sum.add(std::bit_cast<std::uint64_t>(position.longitude.count()));
    sum.add(std::bit_cast<std::uint64_t>(position.latitude.count()));
  }
  sum.add(arcs.size());
  for (RoutingArc const arc : arcs) {
    sum.add(std::uint64_t{arc.tail.place} << 32 | arc.head.place);
  }
  return sum.value();
}

}  // namespace

model::Result<RoutingGraph> RoutingGraph::build(std::vector<model::Position> positions,
                                                std::vector<RoutingArc> arcs) {
  if (auto checked = check(positions, arcs); !checked.ok()) {
    return checked.error();
  }
  RoutingGraph graph;
  graph.fingerprint_ = fingerprint_of(positions, arcs);
  graph.first_.assign(positions.size() + 1, 0);
  for (RoutingArc const arc : arcs) {
    ++graph.first_[arc.tail.place + 1];
  }
  for (std::size_t n = 0; n < positions.size(); ++n) {
    graph.first_[n + 1] += graph.first_[n];
  }
  graph.leaving_.resize(arcs.size());
  std::vector<std::uint32_t> next(graph.first_.begin(), graph.first_.end() - 1);
  for (std::uint32_t a = 0; a < arcs.size(); ++a) {
    graph.leaving_[next[arcs[a].tail.place]++] = {arcs[a].head, ArcIndex{a}};
  }
  for (std::size_t n = 0; n < positions.size(); ++n) {
    std::sort(graph.leaving_.begin() + graph.first_[n],
              graph.leaving_.begin() + graph.first_[n + 1],
              [](LeavingArc const& a, LeavingArc const& b) {
                return std::pair{a.head, a.arc} < std::pair{b.head, b.arc};
              });
  }
  graph.positions_ = std::move(positions);
  graph.arcs_ = std::move(arcs);
  return graph;
}

std::span<LeavingArc const> RoutingGraph::between(NodeIndex tail, NodeIndex head) const {
  auto const all = leaving(tail);
  auto const found = std::ranges::equal_range(all, head, {}, &LeavingArc::head);
  return {found.begin(), found.end()};
}

}  // namespace guarantor::geo
