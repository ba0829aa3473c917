#pragma once

#include <filesystem>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/watch/thermal_background.h"

namespace guarantor::bench {

/// Files of what else is known of a cell on a day; empty where there is none.
struct ContextFiles {
  std::filesystem::path
      weather;  ///< by region and day: OBLAST_ID, ACQ_DATE, temperature, rain, cloud
  std::filesystem::path regions;   ///< by cell: LATITUDE, LONGITUDE, OBLAST_ID; weather needs it
  std::filesystem::path land_use;  ///< by cell: LATITUDE, LONGITUDE, LAND_USE_CLASS_0 and so on
};

/// The covariates and how many they are: warmest temperature, rain, and cloud of the cell's region
/// on the day; shares of land use of the cell. What is not known is NaN. Plain or gzipped CSV.
/// Errors name the file.
struct Context {
  std::size_t covariates{};
  watch::ThermalCovariates covariate;
};

[[nodiscard]] model::Result<Context> read_context(ContextFiles const& files);

}  // namespace guarantor::bench
