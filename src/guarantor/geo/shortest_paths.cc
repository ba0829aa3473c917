#include "guarantor/geo/shortest_paths.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace guarantor::geo {

ShortestPathTree::ShortestPathTree(RoutingGraph const& graph, ArcTimes const& times,
                                   NodeIndex source, TravelTime limit)
    : graph_{graph},
      source_{source},
      times_(graph.node_count(), kNever),
      arrival_(graph.node_count()) {
  using Label = std::pair<TravelTime, NodeIndex>;
  std::priority_queue<Label, std::vector<Label>, std::greater<>> queue;
  std::vector<bool> settled(graph.node_count(), false);
  times_[source.place] = TravelTime{};
  queue.emplace(TravelTime{}, source);
  while (!queue.empty()) {
    NodeIndex const node = queue.top().second;
    queue.pop();
    if (settled[node.place]) {
      continue;
    }
    settled[node.place] = true;
    reached_.push_back(node);
    for (LeavingArc const& leaving : graph.leaving(node)) {
      TravelTime const found = times_[node.place] + times[leaving.arc.place];
      if (found < times_[leaving.head.place] && found <= limit) {
        times_[leaving.head.place] = found;
        arrival_[leaving.head.place] = leaving.arc;
        queue.emplace(found, leaving.head);
      }
    }
  }
}

std::optional<Path> ShortestPathTree::path(NodeIndex target) const {
  if (!times_[target.place].reached()) {
    return std::nullopt;
  }
  Path path{times_[target.place], {}};
  for (NodeIndex node = target; node != source_;) {
    path.arcs.push_back(arrival_[node.place]);
    node = graph_.arc(path.arcs.back()).tail;
  }
  std::reverse(path.arcs.begin(), path.arcs.end());
  return path;
}

}  // namespace guarantor::geo
