#pragma once

#include <memory>

#include "guarantor/intake/adapter.h"
#include "guarantor/model/quantity.h"

namespace guarantor::intake {

/// How NASA FIRMS files are read.
struct FirmsOptions {
  /// Of rows that do not tell their instrument; those of VIIRS have 375 m, of MODIS 1 km.
  model::Metres unknown_precision{1000};
  Limits limits{};
};

/// Reads NASA FIRMS active fires as CSV: archive and near-real-time columns of MODIS and VIIRS, or
/// no more than latitude, longitude and acq_date. Without acq_time an anomaly lasts the whole day,
/// with it the minute.
///
/// FIRMS gives no ids: an id is the row's source, satellite, coordinates and time as they stand,
/// and
/// `#n` for the n-th such row of the stream, so that two pixels stay two and a file delivered twice
/// (each time through an adapter of its own) is the same observations. Repetitions are known among
/// the 64 days of acquisition looked at last; memory grows with the rows of those, 16 to 32 bytes
/// each.
[[nodiscard]] std::unique_ptr<Adapter> firms_csv(FirmsOptions const& options = {});

}  // namespace guarantor::intake
