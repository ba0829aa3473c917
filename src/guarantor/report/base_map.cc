#include "guarantor/report/base_map.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

#include "guarantor/report/base_map_lines.h"

namespace guarantor::report {
namespace {

/// Thousandths of a degree, each position after the first as what it differs by from the last.
std::optional<std::vector<model::Position>> read_positions(std::string_view text) {
  constexpr double kPerDegree = 1000;
  std::vector<model::Position> positions;
  int east = 0;
  int north = 0;
  char const* at = text.data();
  char const* const end = at + text.size();
  while (at != end) {
    for (int* const sum : {&east, &north}) {
      int step = 0;
      auto const [next, failure] = std::from_chars(at, end, step);
      if (failure != std::errc{} || (next != end && *next != ' ')) {
        return std::nullopt;
      }
      *sum += step;
      at = next == end ? end : next + 1;
    }
    positions.push_back({model::Degrees{east / kPerDegree}, model::Degrees{north / kPerDegree}});
  }
  return positions;
}

/// Adds what one line says; false where it says nothing.
bool read_line(std::string_view line, BaseMap& map) {
  if (line.size() < 3 || line[1] != ' ') {
    return false;
  }
  std::string_view const rest = line.substr(2);
  if (line[0] == 'C') {
    auto const blank = rest.find(' ');
    auto const code = rest.substr(0, blank);
    map.countries.push_back(
        {code == "-" ? "" : std::string{code},
         blank == std::string_view::npos ? "" : std::string{rest.substr(blank + 1)},
         {}});
    return true;
  }
  auto positions = read_positions(rest);
  if (!positions || positions->size() < 2) {
    return false;
  }
  if (line[0] == 'R' && !map.countries.empty()) {
    map.countries.back().rings.push_back(*std::move(positions));
  } else if (line[0] == 'B') {
    map.borders.push_back({*std::move(positions)});
  } else if (line[0] == 'U') {
    map.unsettled.push_back({*std::move(positions)});
  } else {
    return false;
  }
  return true;
}

}  // namespace

model::Result<BaseMap> read_base_map(std::span<std::string_view const> lines) {
  BaseMap map;
  for (std::string_view const line : lines) {
    if (!read_line(line, map)) {
      return model::Error{model::ErrorKind::kDefect,
                          fmt::format("`{}` is no line of a base map", line.substr(0, 40)), ""};
    }
  }
  return map;
}

BaseMap const* base_map() {
  static std::optional<BaseMap> const kMap = [] {
    auto read = read_base_map(base_map_lines());
    bool const there = read.ok() && !read.value().countries.empty();
    return there ? std::optional{std::move(read).value()} : std::nullopt;
  }();
  return kMap ? &*kMap : nullptr;
}

bool holds(BaseCountry const& country, model::Position position) {
  double const x = position.longitude.count();
  double const y = position.latitude.count();
  bool inside = false;
  for (model::Ring const& ring : country.rings) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      double const ax = ring[i].longitude.count();
      double const ay = ring[i].latitude.count();
      double const bx = ring[i + 1].longitude.count();
      double const by = ring[i + 1].latitude.count();
      if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) {
        inside = !inside;
      }
    }
  }
  return inside;
}

}  // namespace guarantor::report
