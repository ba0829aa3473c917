#include "bench/delaunay_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "bench/delaunay.h"
#include "bench/draw.h"
#include "guarantor/model/ground_length.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::bench {
namespace {

constexpr double kWest = 27.6;
constexpr double kSouth = 45.6;
constexpr double kStep = 1e-7;  ///< degrees between two lines of the grid

model::Position position(GridPoint point) {
  return {model::Degrees{kWest + kStep * point.x}, model::Degrees{kSouth + kStep * point.y}};
}

/// Points that all differ, in the order drawn.
std::vector<GridPoint> draw_points(DelaunayCase const& wanted) {
  Draw draw{wanted.seed, "points"};
  auto const coordinate = [&] { return draw.between(0, kGridSide - 1); };
  std::vector<GridPoint> points(wanted.points);
  for (GridPoint& point : points) {
    std::int32_t const x = coordinate();
    point = {x, coordinate()};
  }
  std::vector<GridPoint> sorted = points;
  std::sort(sorted.begin(), sorted.end());
  auto const twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice == sorted.end()) {
    return points;
  }
  // A few at most; each keeps its first place and the others move until they are alone.
  for (GridPoint& point : points) {
    while (std::count(points.begin(), points.end(), point) > 1) {
      point = {coordinate(), point.y};
    }
  }
  return points;
}

/// Some of the points, none twice.
std::vector<std::uint32_t> draw_nodes(DelaunayCase const& wanted, std::uint32_t count,
                                      std::string_view purpose) {
  Draw draw{wanted.seed, purpose};
  std::vector<std::uint32_t> all(wanted.points);
  std::iota(all.begin(), all.end(), 0U);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::swap(all[i], all[i + draw.place_in(all.size() - i)]);
  }
  all.resize(count);
  return all;
}

std::string nodes_table(std::vector<GridPoint> const& points) {
  std::string table = "id,lon,lat\n";
  for (std::size_t n = 0; n < points.size(); ++n) {
    model::Position const at = position(points[n]);
    fmt::format_to(std::back_inserter(table), "{},{:.7f},{:.7f}\n", n, at.longitude.count(),
                   at.latitude.count());
  }
  return table;
}

std::string edges_table(std::vector<GridPoint> const& points, std::uint64_t seed) {
  constexpr int kSlowest = 20;
  constexpr int kFastest = 120;
  Draw draw{seed, "speeds"};
  std::array<int, 3> speeds{};
  for (int& kmh : speeds) {
    kmh = draw.between(kSlowest, kFastest);
  }
  std::string table = "from,to,length_m,speed_kmh\n";
  for (auto const& [from, to] : delaunay_edges(points)) {
    double const metres =
        model::ground_length(position(points[from]), position(points[to])).count();
    fmt::format_to(std::back_inserter(table), "{},{},{:.1f},{}\n", from, to, metres,
                   speeds[draw.place_in(speeds.size())]);
  }
  return table;
}

std::string queries_table(DelaunayCase const& wanted) {
  std::string table = "from,to\n";
  auto const targets = draw_nodes(wanted, wanted.targets, "targets");
  for (std::uint32_t const source : draw_nodes(wanted, wanted.sources, "sources")) {
    for (std::uint32_t const target : targets) {
      fmt::format_to(std::back_inserter(table), "{},{}\n", source, target);
    }
  }
  return table;
}

}  // namespace

model::Result<model::Done> write_delaunay_case(DelaunayCase const& wanted,
                                               std::filesystem::path const& folder) {
  if (wanted.points < 2 || wanted.sources > wanted.points || wanted.targets > wanted.points) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} points do not do for {} sources and {} targets",
                                    wanted.points, wanted.sources, wanted.targets),
                        "ask for two points or more, and as many as sources and targets"};
  }
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{} cannot be made: {}", folder.string(), failure.message()),
                        ""};
  }
  auto const points = draw_points(wanted);
  for (auto const& [name, table] : {std::pair{"nodes.csv", nodes_table(points)},
                                    std::pair{"edges.csv", edges_table(points, wanted.seed)},
                                    std::pair{"queries.csv", queries_table(wanted)}}) {
    if (auto const written = tables::write_file(folder / name, table); !written.ok()) {
      return written.error();
    }
  }
  return model::Done{};
}

}  // namespace guarantor::bench
