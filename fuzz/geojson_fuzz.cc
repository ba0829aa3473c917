#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/tables/geojson.h"

/// Areas that read without an error, written and read again, are the same.
namespace {

std::vector<guarantor::model::Area> areas_of(guarantor::tables::ReadAreas const& read) {
  std::vector<guarantor::model::Area> areas;
  for (auto const& area : read.areas) {
    areas.push_back(area.area);
  }
  return areas;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::tables;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  Limits const limits;
  Diagnostics log{limits.diagnostics};
  auto const areas = areas_of(read_geojson(text, "fuzz.geojson", limits, log));
  bool const good = !log.has_errors();
  (void)log.take("fuzz.geojson");
  if (good &&
      (areas_of(read_geojson(write_geojson(areas), "again.geojson", limits, log)) != areas ||
       log.has_errors())) {
    std::abort();
  }
  return 0;
}
