#include "guarantor/intake/detect.h"

#include <algorithm>
#include <string>
#include <utility>

#include "guarantor/intake/cursor_on_target.h"
#include "guarantor/intake/firms_csv.h"
#include "guarantor/intake/geojson_features.h"
#include "guarantor/intake/observation_lines.h"
#include "guarantor/intake/ucdp_ged_csv.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

std::string lower(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

/// Whether a header line has the column.
bool has_column(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view field = trimmed(header.substr(0, header.find(',')));
    header.remove_prefix(std::min(header.find(','), header.size() - 1) + 1);
    if (field.size() > 1 && field.starts_with('"') && field.ends_with('"')) {
      field = field.substr(1, field.size() - 2);
    }
    if (field == name) {
      return true;
    }
  }
  return false;
}

std::optional<Format> by_content(std::string_view text) {
  if (text.starts_with(kUtf8Mark)) {
    text.remove_prefix(kUtf8Mark.size());
  }
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\x1e"), text.size()));
  if (text.empty()) {
    return std::nullopt;
  }
  if (text.starts_with('<')) {
    return text.find("<event") != std::string_view::npos ? std::optional{Format::kCursorOnTarget}
                                                         : std::nullopt;
  }
  if (text.starts_with('{')) {
    bool const features = text.find("\"Feature\"") != std::string_view::npos ||
                          text.find("\"FeatureCollection\"") != std::string_view::npos;
    bool const ours = text.find("\"source\"") != std::string_view::npos &&
                      text.find("\"kind\"") != std::string_view::npos;
    return features ? std::optional{Format::kGeoJson}
                    : (ours ? std::optional{Format::kObservationLines} : std::nullopt);
  }
  std::string const header = lower(text.substr(0, text.find('\n')));
  if (has_column(header, "latitude") && has_column(header, "longitude") &&
      has_column(header, "acq_date")) {
    return Format::kFirmsCsv;
  }
  if (has_column(header, "type_of_violence") && has_column(header, "date_start")) {
    return Format::kUcdpGedCsv;
  }
  return std::nullopt;
}

std::optional<Format> by_name(std::string_view name) {
  std::string const folded = lower(name);
  std::string_view rest = folded;
  for (std::string_view const packed : {".gz", ".zst"}) {
    if (rest.ends_with(packed)) {
      rest.remove_suffix(packed.size());
    }
  }
  constexpr std::array<std::pair<std::string_view, Format>, 10> kEndings{
      {{".geojson", Format::kGeoJson},
       {".geojsonl", Format::kGeoJson},
       {".geojsons", Format::kGeoJson},
       {".cot", Format::kCursorOnTarget},
       {".xml", Format::kCursorOnTarget},
       {".ndjson", Format::kObservationLines},
       {".jsonl", Format::kObservationLines},
       {".csv", Format::kMappedCsv},
       {".tsv", Format::kMappedCsv},
       {".txt", Format::kMappedCsv}}};
  for (auto const& [ending, format] : kEndings) {
    if (rest.ends_with(ending)) {
      return format;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Format> detect(std::string_view name, std::string_view first_bytes) {
  auto const format = by_content(first_bytes);
  return format ? format : by_name(name);
}

std::unique_ptr<Adapter> make_adapter(Format format, Limits const& limits) {
  switch (format) {
    case Format::kFirmsCsv:
      return firms_csv({.limits = limits});
    case Format::kUcdpGedCsv:
      return ucdp_ged_csv(limits);
    case Format::kGeoJson:
      return geojson_features({.limits = limits});
    case Format::kCursorOnTarget:
      return cursor_on_target({.limits = limits});
    case Format::kObservationLines:
      return observation_lines(limits);
    case Format::kMappedCsv:
      break;
  }
  return nullptr;
}

}  // namespace guarantor::intake
