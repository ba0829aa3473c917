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
  double worst_scale_error{};                     ///< of the plane at any of the points
  std::map<std::string, std::uint64_t> rejected;  ///< rows by reason
};

/// Reads CSV with a header, plain or gzip, whose columns, in any case and order, are named
///
///  - x_m and y_m; or latitude or lat and longitude, lon, lng or long; or x and y, in metres;
///  - date, acq_date, event_date, day, days, started_at, acq_datetime, datetime, timestamp, time or
///    t, the first of these that is there.
///
/// Positions are projected on one plane around all of them; longitudes may go from -180 to 180 or
/// from 0 to 360. A date is YYYY-MM-DD or YYYYMMDD, and may go on with a time of day, or is a whole
/// number of days. A row that cannot be used is counted by its reason. Errors: not found; bad input
/// where a file is empty or has none of these columns, or lacks dates that are asked for, where one
/// file has positions and another metres, and where every row is left out.
[[nodiscard]] model::Result<TablePoints> read_points(std::span<std::filesystem::path const> files,
                                                     bool with_dates);

/// How PROJ writes a plane.
[[nodiscard]] std::string proj_text(geo::ConicPlane const& plane);

}  // namespace guarantor::bench
