#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/conic_plane.h"
#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

namespace guarantor::bench {

/// Points read from tables, and what was left out.
struct TablePoints {
  std::vector<std::uint64_t> rows;  ///< from 1, without the header; a second file counts on
  std::vector<geo::PlanePoint> places;
  std::vector<model::Date> dates;                 ///< empty where they were not asked for
  std::optional<geo::ConicPlane> plane;           ///< nothing where the tables tell metres
  std::map<std::string, std::uint64_t> rejected;  ///< rows by reason
};

/// Reads CSV with a header, plain or gzip, whose columns, in any case and order, are named latitude
/// or lat and longitude, lon or lng, and date or acq_date; or x_m, y_m and, as a whole number of
/// days or a date, day. Positions are projected on one plane around all of them. A date may go on
/// with a time of day. A row that cannot be used is counted by its reason. Errors: not found; bad
/// input where a file has none of these columns, or lacks dates that are asked for, or where one
/// file has positions and another metres.
[[nodiscard]] model::Result<TablePoints> read_points(std::span<std::filesystem::path const> files,
                                                     bool with_dates);

/// How PROJ writes a plane.
[[nodiscard]] std::string proj_text(geo::ConicPlane const& plane);

}  // namespace guarantor::bench
