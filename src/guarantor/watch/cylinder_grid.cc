#include "guarantor/watch/cylinder_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>
#include <utility>

namespace guarantor::watch {
namespace {

using model::Error;
using model::ErrorKind;

constexpr double kMostBoxes = 2147483648.0;  // along either axis
constexpr std::int64_t kMostDays = std::int64_t{1} << 30;
/// A box is a trifle smaller than eps / sqrt(2), so that rounding, at most 2^-20 of a box with 2^31
/// of them, lets no two of its points lie farther apart than eps.
constexpr double kTrifle = 1.0 / (1 << 18);
constexpr int kRowBits = 32;

struct Extent {
  double west{std::numeric_limits<double>::infinity()};
  double east{-std::numeric_limits<double>::infinity()};
  double south{std::numeric_limits<double>::infinity()};
  double north{-std::numeric_limits<double>::infinity()};
};

model::Result<Extent> extent_of(std::span<geo::PlanePoint const> points) {
  Extent extent;
  for (geo::PlanePoint const& point : points) {
    if (!std::isfinite(point.east) || !std::isfinite(point.north)) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("point {} lies at {}, {}, which is no place on a plane",
                               &point - points.data(), point.east, point.north),
                   "leave points without a place out"};
    }
    extent.west = std::min(extent.west, point.east);
    extent.east = std::max(extent.east, point.east);
    extent.south = std::min(extent.south, point.north);
    extent.north = std::max(extent.north, point.north);
  }
  return extent;
}

/// Sorts by the upper part of each word, `bits` bits from `shift` on, and keeps the order of
/// equals.
void sort_by_radix(std::vector<std::uint64_t>& words, int shift, int bits) {
  constexpr int kMostDigit = 11;
  int const passes = std::max(1, (bits + kMostDigit - 1) / kMostDigit);
  int const digit = std::max(1, (bits + passes - 1) / passes);
  std::uint64_t const mask = (std::uint64_t{1} << digit) - 1;
  std::vector<std::uint64_t> sorted(words.size());
  std::vector<std::uint32_t> starts;
  for (int pass = 0; pass < passes; ++pass, shift += digit) {
    starts.assign(mask + 1, 0);
    for (std::uint64_t const word : words) {
      ++starts[(word >> shift) & mask];
    }
    std::uint32_t before = 0;
    for (std::uint32_t& start : starts) {
      before += std::exchange(start, before);
    }
    for (std::uint64_t const word : words) {
      sorted[starts[(word >> shift) & mask]++] = word;
    }
    words.swap(sorted);
  }
}

/// Puts the points' numbers in order of box and each box's place where its point stands.
void sort_by_place(std::vector<std::uint64_t>& places, std::uint64_t most,
                   std::vector<std::uint32_t>& number) {
  auto const number_bits = static_cast<int>(std::bit_width(places.size()));
  auto const place_bits = static_cast<int>(std::bit_width(most));
  if (number_bits + place_bits <= std::numeric_limits<std::uint64_t>::digits) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[i] = places[i] << number_bits | i;
    }
    sort_by_radix(places, number_bits, place_bits);
    std::uint64_t const mask = (std::uint64_t{1} << number_bits) - 1;
    for (std::size_t i = 0; i < places.size(); ++i) {
      number[i] = static_cast<std::uint32_t>(places[i] & mask);
      places[i] >>= number_bits;
    }
    return;
  }
  std::vector<std::pair<std::uint64_t, std::uint32_t>> pairs(places.size());
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    pairs[i] = {places[i], i};
  }
  std::ranges::sort(pairs);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::tie(places[i], number[i]) = pairs[i];
  }
}

model::Result<model::Done> check(Nearness nearness, std::size_t points) {
  if (!(nearness.eps.count() > 0) || !std::isfinite(nearness.eps.count())) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("an eps of {} m is no distance", nearness.eps.count()),
                 "give metres above 0"};
  }
  if (nearness.days && (nearness.days->count() < 0 || nearness.days->count() > kMostDays)) {
    return Error{ErrorKind::kBadInput, fmt::format("{} days are no span", nearness.days->count()),
                 fmt::format("give 0 to {} days", kMostDays)};
  }
  if (points >> (std::numeric_limits<std::uint32_t>::digits - BoxNeighbours::kCountBits) != 0) {
    return Error{ErrorKind::kBadInput, fmt::format("{} points are too many", points),
                 "cluster them by regions"};
  }
  return model::Done{};
}

Error too_far(Nearness nearness) {
  return {ErrorKind::kBadInput,
          fmt::format("the points lie too far apart for an eps of {} m", nearness.eps.count()),
          "give a larger eps, or cluster by regions"};
}

}  // namespace

model::Result<CylinderGrid> CylinderGrid::sort(std::span<geo::PlanePoint const> points,
                                               std::span<model::Date const> dates,
                                               Nearness nearness) {
  if (auto const checked = check(nearness, points.size()); !checked.ok()) {
    return checked.error();
  }
  auto const found = extent_of(points);
  if (!found.ok()) {
    return found.error();
  }
  CylinderGrid grid;
  if (points.empty()) {
    grid.boxes_.emplace_back();
    grid.lines_.emplace_back();
    return grid;
  }
  Extent const extent = found.value();
  double const boxes_a_metre = std::numbers::sqrt2 / nearness.eps.count() * (1 + kTrifle);
  double const across = (extent.east - extent.west) * boxes_a_metre;
  double const along = (extent.north - extent.south) * boxes_a_metre;
  if (!(across < kMostBoxes - 1) || !(along < kMostBoxes - 1)) {
    return too_far(nearness);
  }
  auto const columns = static_cast<std::uint64_t>(across) + 1;
  auto const rows = static_cast<std::uint64_t>(along) + 1;
  model::Date first;
  std::int64_t span = 1;
  std::uint64_t slabs = 1;
  if (nearness.days) {
    auto const [least, most] = std::ranges::minmax(dates.first(points.size()));
    first = least;
    span = nearness.days->count() + 1;
    std::int64_t const apart = std::int64_t{most.time_since_epoch().count()} -
                               std::int64_t{least.time_since_epoch().count()};
    slabs = static_cast<std::uint64_t>(apart / span) + 1;
    if (apart > kMostDays || slabs > std::numeric_limits<std::uint64_t>::max() / rows / columns) {
      return too_far(nearness);
    }
  }
  std::vector<std::uint64_t> places(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::uint64_t const slab =
        nearness.days ? static_cast<std::uint64_t>((dates[i] - first).count() / span) : 0;
    auto const row = static_cast<std::int64_t>((points[i].north - extent.south) * boxes_a_metre);
    auto const column = static_cast<std::int64_t>((points[i].east - extent.west) * boxes_a_metre);
    places[i] = (slab * rows + static_cast<std::uint64_t>(row)) * columns +
                static_cast<std::uint64_t>(column);
  }
  grid.number.resize(points.size());
  sort_by_place(places, slabs * rows * columns - 1, grid.number);
  grid.place(places, columns, rows);
  grid.east.resize(points.size());
  grid.north.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    grid.east[i] = points[grid.number[i]].east;
    grid.north[i] = points[grid.number[i]].north;
  }
  if (nearness.days) {
    grid.day.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      grid.day[i] = static_cast<std::int32_t>((dates[grid.number[i]] - first).count());
    }
  }
  return grid;
}

void CylinderGrid::place(std::span<std::uint64_t const> places, std::uint64_t columns,
                         std::uint64_t rows) {
  std::size_t boxes = 1;
  for (std::size_t i = 1; i < places.size(); ++i) {
    boxes += places[i] != places[i - 1] ? 1U : 0U;
  }
  boxes_.reserve(boxes + 1);
  std::uint64_t line_begin = 0;  // the places of the line that is being filled
  std::uint64_t line_end = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0 && places[i] == places[i - 1]) {
      continue;
    }
    if (places[i] >= line_end) {
      std::uint64_t const line = places[i] / columns;
      line_begin = line * columns;
      line_end = line_begin + columns;
      // No neighbour of the first slab or of the first rows wraps round.
      lines_.push_back({.place = (line / rows + 1) << kRowBits | (line % rows + 2),
                        .first_box = static_cast<std::uint32_t>(boxes_.size())});
    }
    boxes_.push_back({.begin = static_cast<std::uint32_t>(i),
                      .column = static_cast<std::uint32_t>(places[i] - line_begin)});
  }
  lines_.push_back({.place = std::numeric_limits<std::uint64_t>::max(),
                    .first_box = static_cast<std::uint32_t>(boxes_.size())});
  boxes_.push_back({.begin = static_cast<std::uint32_t>(places.size()), .column = 0});
}

BoxNeighbours::BoxNeighbours(CylinderGrid const& grid)
    : grid_{grid},
      lines_{grid.day.empty() ? kLinesOfPlane : kMostWindows},
      windows_(grid.box_count() * lines_) {}

void BoxNeighbours::find(std::uint32_t begin, std::uint32_t end) {
  constexpr std::uint32_t kColumns = 2;  // to either side
  auto const& lines = grid_.lines();
  auto const& boxes = grid_.boxes();
  auto const line_of = [&](std::uint32_t box) {
    auto const next = std::ranges::upper_bound(lines, box, {}, &CylinderGrid::Line::first_box);
    return static_cast<std::size_t>(next - lines.begin()) - 1;
  };
  for (std::size_t line = line_of(begin); begin < end; ++line) {
    std::uint32_t const line_end = std::min(end, lines[line + 1].first_box);
    for (std::size_t which = 0; which < lines_; ++which) {
      std::uint64_t const wanted = lines[line].place + static_cast<std::uint64_t>(offset(which));
      auto const other = std::ranges::lower_bound(lines, wanted, {}, &CylinderGrid::Line::place);
      if (other->place != wanted) {
        continue;
      }
      std::uint32_t const other_end = (other + 1)->first_box;
      std::uint32_t const column = boxes[begin].column;
      auto const first = std::lower_bound(
          boxes.begin() + other->first_box, boxes.begin() + other_end, column,
          [](auto const& box, std::uint32_t at) { return box.column + kColumns < at; });
      auto from = static_cast<std::uint32_t>(first - boxes.begin());
      std::uint32_t to = from;
      for (std::uint32_t box = begin; box < line_end; ++box) {
        std::uint32_t const here = boxes[box].column;
        while (from < other_end && boxes[from].column + kColumns < here) {
          ++from;
        }
        to = std::max(from, to);
        while (to < other_end && boxes[to].column <= here + kColumns) {
          ++to;
        }
        windows_[box * lines_ + which] = from << kCountBits | (to - from);
      }
    }
    begin = line_end;
  }
}

}  // namespace guarantor::watch
