#include "guarantor/geo/cell.h"

#include <s2/mutable_s2shape_index.h>
#include <s2/s2cell.h>
#include <s2/s2cell_id.h>
#include <s2/s2lax_polygon_shape.h>
#include <s2/s2region_coverer.h>
#include <s2/s2shape_index_region.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "guarantor/geo/sphere.h"

namespace guarantor::geo {
namespace {

std::vector<S2CellId> covering(ValidArea const& area, int coarsest, int finest, int most) {
  MutableS2ShapeIndex index;
  index.Add(std::make_unique<S2LaxPolygonShape>(loops_of(area.polygons())));
  S2RegionCoverer::Options options;
  options.set_min_level(coarsest);
  options.set_max_level(finest);
  options.set_max_cells(most);
  S2RegionCoverer coverer{options};
  std::vector<S2CellId> cells;
  coverer.GetCovering(MakeS2ShapeIndexRegion(&index), &cells);
  return cells;
}

int as_count(std::size_t most) {
  constexpr std::size_t kLargest = std::numeric_limits<int>::max();
  return static_cast<int>(std::min(most, kLargest));
}

std::vector<Cell> cells_of(std::vector<S2CellId> const& ids) {
  std::vector<Cell> cells;
  cells.reserve(ids.size());
  for (S2CellId const id : ids) {
    if (auto const cell = Cell::from_number(id.id())) {
      cells.push_back(*cell);
    }
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

}  // namespace

Cell Cell::at(model::Position place, int level) {
  return Cell{S2CellId{on_sphere(place)}.parent(level).id()};
}

std::optional<Cell> Cell::from_token(std::string_view token) {
  return from_number(S2CellId::FromToken({token.data(), token.size()}).id());
}

std::optional<Cell> Cell::from_number(std::uint64_t number) {
  return S2CellId{number}.is_valid() ? std::optional{Cell{number}} : std::nullopt;
}

int Cell::level() const {
  return S2CellId{number_}.level();
}

Cell Cell::parent(int level) const {
  return Cell{S2CellId{number_}.parent(level).id()};
}

bool Cell::holds(Cell other) const {
  return S2CellId{number_}.contains(S2CellId{other.number_});
}

model::Position Cell::centre() const {
  return on_map(S2CellId{number_}.ToPoint());
}

model::Ring Cell::outline() const {
  S2Cell const cell{S2CellId{number_}};
  model::Ring ring;
  constexpr int kCorners = 4;
  for (int corner = 0; corner <= kCorners; ++corner) {
    ring.push_back(on_map(cell.GetVertex(corner % kCorners)));
  }
  return ring;
}

std::string Cell::token() const {
  return S2CellId{number_}.ToToken();
}

std::vector<Cell> cover(ValidArea const& area, int finest, std::size_t most) {
  return cells_of(covering(area, 0, finest, as_count(most)));
}

std::optional<std::vector<Cell>> cells_meeting(ValidArea const& area, int level, std::size_t most) {
  // Cells of one level are of much the same size, the smallest half of the average: so a look at
  // the area's size keeps a cover of too many cells from being listed at all.
  constexpr double kEarth = 5.10066e14;  // square metres
  constexpr double kLargestCell = 1.6;   // times the average
  double const average = kEarth / (6 * std::pow(4.0, level));
  if (area.size().count() > static_cast<double>(most) * average * kLargestCell) {
    return std::nullopt;
  }
  std::vector<S2CellId> const cells = covering(area, level, level, as_count(most));
  return cells.size() > most ? std::nullopt : std::optional{cells_of(cells)};
}

}  // namespace guarantor::geo
