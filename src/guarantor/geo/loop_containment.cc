#include "guarantor/geo/loop_containment.h"

#include <s2/mutable_s2shape_index.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2lax_loop_shape.h>

#include <algorithm>
#include <memory>

namespace guarantor::geo {

std::vector<std::vector<std::size_t>> loops_around(
    std::vector<std::vector<S2Point>> const& loops,
    std::vector<std::optional<S2Point>> const& probes) {
  MutableS2ShapeIndex index;
  for (auto const& loop : loops) {
    index.Add(std::make_unique<S2LaxLoopShape>(loop));
  }
  S2ContainsPointQueryOptions const options{S2VertexModel::OPEN};
  auto query = MakeS2ContainsPointQuery(&index, options);
  std::vector<std::vector<std::size_t>> around(loops.size());
  for (std::size_t i = 0; i < loops.size(); ++i) {
    if (!probes[i]) {
      continue;
    }
    query.VisitContainingShapes(*probes[i], [&](S2Shape* shape) {
      auto const loop = static_cast<std::size_t>(shape->id());
      if (loop != i) {
        around[i].push_back(loop);
      }
      return true;
    });
    std::sort(around[i].begin(), around[i].end());
  }
  return around;
}

}  // namespace guarantor::geo
