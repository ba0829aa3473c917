#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "guarantor/intake/adapter.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::intake {

/// The formats that are read; the last one by a mapping alone.
enum class Format {
  kFirmsCsv,
  kUcdpGedCsv,
  kGeoJson,
  kCursorOnTarget,
  kObservationLines,
  kMappedCsv
};

/// Which format a stream is in, by its first bytes (some hundreds are enough, inflated, the whole
/// header line of a table) and, where these leave it open, by its name, with or without `.gz` and
/// `.zst`. Nothing where neither tells. A table whose columns are no known ones is `mapped-csv`.
/// O(bytes given).
[[nodiscard]] std::optional<Format> detect(std::string_view name, std::string_view first_bytes);

/// The adapter of a format with its default options; none for `mapped-csv`, which needs a mapping.
[[nodiscard]] std::unique_ptr<Adapter> make_adapter(Format format, Limits const& limits = {});

}  // namespace guarantor::intake

template <>
inline constexpr guarantor::model::Words<6> guarantor::model::kWords<guarantor::intake::Format>{
    "firms", "ucdp-ged", "geojson", "cot", "observations", "csv"};
