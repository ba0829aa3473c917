#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/watch/thermal_assessment.h"

namespace guarantor::bench {

/// The fires of a file, and how many of its rows were passed over, by reason.
struct FiresRead {
  std::vector<watch::ThermalFire> fires;
  std::map<std::string, std::uint64_t> rejects;
};

/// Reads thermal anomalies as NASA FIRMS publishes them, plain or gzipped: any order of columns,
/// `latitude` (or lat), `longitude` (lon, lng, long) and `acq_date` (acq_datetime, date, datetime,
/// day, timestamp) in any case, others passed over. Dates are YYYY-MM-DD; a time after one is cut
/// off. Blank lines, and blanks around names and values, do not count. A row that cannot be used is
/// counted and never stops the reading; nor does a line of any length, which is not kept. With
/// `dropped_decimals` above 0, rows in which the longer of the two coordinates has exactly so many
/// decimals are passed over (in 2022 those are near-real-time rows that others left out). Adds to
/// `read`. Errors: kNotFound, or kBadInput where the header lacks a column or the compressed text
/// is broken.
[[nodiscard]] model::Result<model::Done> read_fires(std::filesystem::path const& file,
                                                    int dropped_decimals, FiresRead& read);

/// Reads exclusion boxes, plain or gzipped: lng1, lng2, lat1, lat2 (either order), start_date and
/// end_date as day/month/year with four digits of the year, or YYYY-MM-DD with or without a time.
/// Names in any case; blanks around cells do not count. Any wrong row, a box that ends before it
/// starts among them, is an error with its place and what would be right.
[[nodiscard]] model::Result<std::vector<watch::ThermalExclusion>> read_exclusions(
    std::filesystem::path const& file);

/// Reads published counts: `date` and `war_fires_per_day`.
[[nodiscard]] model::Result<std::map<model::Date, double>> read_published_days(
    std::filesystem::path const& file);

}  // namespace guarantor::bench
