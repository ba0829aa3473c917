#include "bench/thermal_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/gzip_lines.h"

namespace guarantor::bench {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kWeather = 3;  ///< warmest, rain, cloud
constexpr std::size_t kLandUse = 4;  ///< of five shares that add to one, one tells nothing more

using Weather = std::map<std::pair<std::string, model::Date>, std::array<double, kWeather>>;
using Regions = std::map<watch::ThermalCell, std::string>;
using LandUse = std::map<watch::ThermalCell, std::array<double, kLandUse>>;

struct Tables {
  Weather weather;
  Regions regions;
  LandUse land_use;
};

double number(std::string_view text) {
  double value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? value : kUnknown;
}

watch::ThermalCell cell_of(std::string_view latitude, std::string_view longitude) {
  return watch::thermal_cell({.longitude = model::Degrees{number(longitude)},
                              .latitude = model::Degrees{number(latitude)}});
}

/// Calls `take` with the named fields of every row that has them all. A name may be the beginning
/// of a column's.
template <class Take>
model::Result<model::Done> each_row(std::filesystem::path const& file,
                                    std::vector<std::string_view> const& names, Take take) {
  GzipLines lines{file};
  if (!lines.is_open()) {
    return model::Error{model::ErrorKind::kNotFound,
                        fmt::format("{}: cannot be opened", file.string()), ""};
  }
  std::string line;
  bool too_long = false;
  std::vector<std::string_view> fields;
  lines.next(line, too_long);
  split_fields(line, fields);
  std::vector<std::size_t> places;
  for (std::string_view const name : names) {
    auto const found = std::ranges::find_if(
        fields, [name](std::string_view field) { return field.starts_with(name); });
    if (found == fields.end()) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("{}:1: no column `{}`", file.string(), name), ""};
    }
    places.push_back(static_cast<std::size_t>(found - fields.begin()));
  }
  std::vector<std::string_view> row(names.size());
  while (lines.next(line, too_long)) {
    split_fields(line, fields);
    if (too_long || fields.size() <= std::ranges::max(places)) {
      continue;
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      row[k] = fields[places[k]];
    }
    take(row);
  }
  return model::Done{};
}

model::Result<model::Done> read_weather(ContextFiles const& files, Tables& tables) {
  auto const regions = each_row(files.regions, {"LATITUDE", "LONGITUDE", "OBLAST_ID"},
                                [&tables](std::vector<std::string_view> const& row) {
                                  tables.regions[cell_of(row[0], row[1])] = row[2];
                                });
  if (!regions.ok()) {
    return regions.error();
  }
  return each_row(files.weather,
                  {"OBLAST_ID", "ACQ_DATE", "TEMPERATURE_2M_MAX", "RAIN_SUM", "CLOUD_COVER"},
                  [&tables](std::vector<std::string_view> const& row) {
                    if (auto const day = model::parse_date(row[1])) {
                      tables.weather[{std::string{row[0]}, *day}] = {number(row[2]), number(row[3]),
                                                                     number(row[4])};
                    }
                  });
}

model::Result<model::Done> read_land_use(ContextFiles const& files, Tables& tables) {
  return each_row(files.land_use,
                  {"LATITUDE", "LONGITUDE", "LAND_USE_CLASS_0", "LAND_USE_CLASS_1",
                   "LAND_USE_CLASS_2", "LAND_USE_CLASS_3"},
                  [&tables](std::vector<std::string_view> const& row) {
                    auto& shares = tables.land_use[cell_of(row[0], row[1])];
                    for (std::size_t k = 0; k < kLandUse; ++k) {
                      shares[k] = number(row[k + 2]);
                    }
                  });
}

}  // namespace

model::Result<Context> read_context(ContextFiles const& files) {
  auto tables = std::make_shared<Tables>();
  Context context;
  bool const weather = !files.weather.empty();
  bool const land_use = !files.land_use.empty();
  if (weather) {
    if (files.regions.empty()) {
      return model::Error{model::ErrorKind::kBadInput,
                          "weather by region needs the region of each cell", "give --oblasts"};
    }
    if (auto const read = read_weather(files, *tables); !read.ok()) {
      return read.error();
    }
    context.covariates += kWeather;
  }
  if (land_use) {
    if (auto const read = read_land_use(files, *tables); !read.ok()) {
      return read.error();
    }
    context.covariates += kLandUse;
  }
  context.covariate = [tables = std::shared_ptr<Tables const>{tables}, weather, land_use](
                          watch::ThermalCell cell, model::Date day, std::span<double> values) {
    std::ranges::fill(values, kUnknown);
    if (weather) {
      auto const region = tables->regions.find(cell);
      auto const found = region == tables->regions.end()
                             ? tables->weather.end()
                             : tables->weather.find({region->second, day});
      if (found != tables->weather.end()) {
        std::ranges::copy(found->second, values.begin());
      }
    }
    if (auto const found = tables->land_use.find(cell);
        land_use && found != tables->land_use.end()) {
      std::ranges::copy(found->second, values.begin() + (weather ? kWeather : 0));
    }
  };
  return context;
}

}  // namespace guarantor::bench
