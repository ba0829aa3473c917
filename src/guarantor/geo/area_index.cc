#include "guarantor/geo/area_index.h"

#include <s2/mutable_s2shape_index.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2lax_polygon_shape.h>

#include <algorithm>
#include <utility>

#include "guarantor/geo/sphere.h"

namespace guarantor::geo {

struct AreaIndex::Shapes {
  MutableS2ShapeIndex index;
};

AreaIndex::AreaIndex(std::vector<ValidArea> areas)
    : areas_{std::move(areas)}, shapes_{std::make_unique<Shapes>()} {
  for (ValidArea const& area : areas_) {
    shapes_->index.Add(std::make_unique<S2LaxPolygonShape>(loops_of(area.polygons())));
  }
  shapes_->index.ForceBuild();  // so that nothing is left to build under the first question
}

AreaIndex::~AreaIndex() = default;
AreaIndex::AreaIndex(AreaIndex&&) noexcept = default;
AreaIndex& AreaIndex::operator=(AreaIndex&&) noexcept = default;

std::vector<std::size_t> AreaIndex::containing(model::Position place) const {
  std::vector<std::size_t> found;
  S2ContainsPointQueryOptions const options{S2VertexModel::SEMI_OPEN};
  auto query = MakeS2ContainsPointQuery(&shapes_->index, options);
  query.VisitContainingShapes(on_sphere(place), [&](S2Shape* shape) {
    found.push_back(static_cast<std::size_t>(shape->id()));
    return true;
  });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace guarantor::geo
