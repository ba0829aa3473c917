#include "guarantor/geo/sectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace guarantor::geo {

using model::Error;
using model::ErrorKind;
using model::Result;

Result<std::vector<Sector>> cut_into_sectors(Polyline const& line, Metres longest,
                                             std::string_view name) {
  constexpr double kMost = 100'000;
  constexpr double kRounding = 1e-12;  // a line of exactly 4 lengths makes 4 sectors, not 5
  if (!(longest.count() > 0) || std::isinf(longest.count())) {
    return Error{ErrorKind::kBadInput, fmt::format("a sector cannot be {} m long", longest.count()),
                 "above 0"};
  }
  double const exact = line.length().count() / longest.count();
  double const count = std::max(1.0, std::ceil(exact * (1 - kRounding)));
  if (!(count <= kMost)) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("sectors of {} m would cut the line of {:.0f} m into more than {}",
                             longest.count(), line.length().count(), kMost),
                 "choose longer ones"};
  }
  auto const number = static_cast<std::size_t>(count);
  int const digits = std::max(2, static_cast<int>(fmt::formatted_size("{}", number)));
  auto const mark = [&](std::size_t i) {
    return i == number ? line.length() : line.length() * (static_cast<double>(i) / count);
  };
  std::vector<Sector> sectors;
  sectors.reserve(number);
  for (std::size_t i = 0; i < number; ++i) {
    Metres const from = mark(i);
    Metres const to = mark(i + 1);
    model::Line stretch = line.stretch(from, to);
    model::Position const start = stretch.positions.front();
    model::Position const end = stretch.positions.back();
    sectors.push_back({fmt::format("{}-{:0{}}", name, i + 1, digits), from, to, start,
                       line.at((from + to) * 0.5).position, end, std::move(stretch)});
  }
  return sectors;
}

}  // namespace guarantor::geo
