#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "guarantor/geo/area.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// Which of many areas contain a place. Immutable, and safe to ask from any number of threads.
///
/// Boundary rule: where areas share their borders position by position, every place on a border
/// lies in exactly one of them, always the same one; so counts over neighbouring areas add up.
/// Whether a place exactly on the border of a single area is inside is fixed but not to be relied
/// on. Places are told apart from borders exactly, on the sphere of area.h.
class AreaIndex {
 public:
  /// O(n log n) for n positions in all.
  explicit AreaIndex(std::vector<ValidArea> areas);
  ~AreaIndex();
  AreaIndex(AreaIndex&&) noexcept;
  AreaIndex& operator=(AreaIndex&&) noexcept;

  [[nodiscard]] std::vector<ValidArea> const& areas() const { return areas_; }

  /// The areas that contain a place, by their index in `areas()`, in rising order. About a
  /// microsecond, whatever the size of the areas.
  /// REQUIRES: a position on the earth.
  [[nodiscard]] std::vector<std::size_t> containing(model::Position place) const;

 private:
  struct Shapes;

  std::vector<ValidArea> areas_;
  std::unique_ptr<Shapes> shapes_;
};

}  // namespace guarantor::geo
