#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/machine.h"
#include "bench/points_csv.h"
#include "bench/stopwatch.h"
#include "bench/verbs.h"
#include "guarantor/watch/density_clusters.h"

namespace guarantor::bench {
namespace {

struct Options {
  double eps_m{};
  std::uint32_t min_points{};
  std::optional<int> days;
  std::vector<std::filesystem::path> files;
  int threads{0};
  int repeat{1};
  std::filesystem::path labels;
};

/// Beyond it the plane's metres are not the earth's.
constexpr double kTolerableScaleError = 0.01;

/// Programs of maps call longitude x and latitude y.
bool could_be_degrees(geo::PlanePoint place) {
  constexpr double kAntimeridian = 180;
  constexpr double kPole = 90;
  return std::abs(place.east) <= kAntimeridian && std::abs(place.north) <= kPole &&
         (place.east != std::floor(place.east) || place.north != std::floor(place.north));
}

void say_what_was_read(TablePoints const& points) {
  if (points.plane) {
    fmt::print(stderr, "Projected with {}\n", proj_text(*points.plane));
    // At a pole that is not the plane's own the scale has no bound.
    std::string const error = points.worst_scale_error > 10
                                  ? "more than 1000 %"
                                  : fmt::format("{:.3g} %", 100 * points.worst_scale_error);
    fmt::print(stderr, "Worst error of its scale at any point: {}\n", error);
    if (points.worst_scale_error > kTolerableScaleError) {
      fmt::print(stderr,
                 "Warning: no one plane fits so wide a region. Metres are off by up to {}, and "
                 "points on either side of the plane's cut are not neighbours: cluster smaller "
                 "regions by themselves\n",
                 error);
    }
  } else if (!points.places.empty() && std::ranges::all_of(points.places, could_be_degrees)) {
    fmt::print(stderr,
               "Warning: x and y are taken for metres, yet could all be degrees: name those "
               "columns lon and lat\n");
  }
  fmt::print(stderr, "Points taken: {}\n", points.places.size());
  for (auto const& [reason, rows] : points.rejected) {
    fmt::print(stderr, "Rows left out: {}: {}\n", rows, reason);
  }
}

/// False where they cannot be written.
bool print_labels(TablePoints const& points, watch::DensityClusters const& clusters,
                  std::FILE* file) {
  fmt::memory_buffer out;
  auto const to = std::back_inserter(out);
  fmt::format_to(to, "row,x_m,y_m,cluster,core\n");
  constexpr std::size_t kMuch = 1 << 16;
  auto const flush = [&] {
    std::fwrite(out.data(), 1, out.size(), file);
    out.clear();
  };
  for (std::size_t i = 0; i < points.rows.size(); ++i) {
    fmt::format_to(to, "{},{},{},{},{}\n", points.rows[i], points.places[i].east,
                   points.places[i].north, clusters.cluster[i], clusters.core[i]);
    if (out.size() > kMuch) {
      flush();
    }
  }
  flush();
  return std::fflush(file) == 0 && std::ferror(file) == 0;
}

model::Result<model::Done> run(Options const& options) {
  auto const read = read_points(options.files, options.days.has_value());
  if (!read.ok()) {
    return read.error();
  }
  TablePoints const& points = read.value();
  say_what_was_read(points);
  watch::Density asked{.nearness = {.eps = model::Metres{options.eps_m}},
                       .min_points = options.min_points};
  if (options.days) {
    asked.nearness.days = std::chrono::days{*options.days};
  }
  int const threads = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  std::vector<double> seconds;
  std::vector<double> processor_seconds;
  forget_peak();
  double const before = resident_mib();
  std::optional<watch::DensityClusters> clusters;
  for (int i = 0; i < std::max(1, options.repeat); ++i) {
    clusters.reset();
    Stopwatch watch;
    auto made = watch::cluster_by_density(points.places, points.dates, asked, threads);
    Lap const lap = watch.lap();
    seconds.push_back(lap.seconds);
    processor_seconds.push_back(lap.processor_seconds);
    if (!made.ok()) {
      return made.error();
    }
    clusters = std::move(made).value();
  }
  double const peak = recent_peak_mib();
  nlohmann::ordered_json const figures{{"points", points.places.size()},
                                       {"clusters", clusters->count},
                                       {"threads", threads},
                                       {"seconds", seconds},
                                       {"processor_seconds", processor_seconds},
                                       {"held_before_mib", before},
                                       {"peak_mib", peak}};
  fmt::print(stderr, "{}\n", figures.dump());
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file{
      options.labels.empty() ? nullptr : std::fopen(options.labels.c_str(), "w"), &std::fclose};
  bool const to_file = !options.labels.empty();
  if ((to_file && file == nullptr) ||
      !print_labels(points, *clusters, to_file ? file.get() : stdout)) {
    return model::Error{model::ErrorKind::kUnwritable, "the labels cannot be written", ""};
  }
  return model::Done{};
}

}  // namespace

void add_cluster(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("cluster", "Cluster the points of tables as DBSCAN does");
  verb.footer(
      "Columns, in any case and order: latitude or lat with longitude, lon, lng or long; or x_m\n"
      "and y_m, or x and y, in metres. For --days also date, acq_date, event_date, day, days,\n"
      "started_at, acq_datetime, datetime, timestamp, time or t: YYYY-MM-DD or YYYYMMDD, a time "
      "of\n"
      "day after it is passed over, or a whole number of days. Positions are projected on one\n"
      "plane, which standard error tells as PROJ writes it, with the worst error of its scale.\n"
      "Labels go to standard output: row (from 1; a second file counts on), x_m, y_m, cluster "
      "(-1:\n"
      "noise), core. The last line of standard error is JSON: seconds of each run, reading not\n"
      "counted, and memory.\n"
      "Examples:\n"
      "  guarantor-bench cluster --eps-m 1000 --min-points 5 fires.csv.gz >labels.csv\n"
      "  guarantor-bench cluster --eps-m 1000 --min-points 5 --days 2 fires.csv\n");
  verb.add_option("--eps-m", options->eps_m, "Metres within which points are neighbours")
      ->required();
  verb.add_option("--min-points", options->min_points,
                  "Neighbours, itself among them, that make a core point")
      ->required();
  verb.add_option("--days", options->days, "Calendar days within which, too (default: any)");
  verb.add_option("FILE", options->files, "Tables, plain or gzip")->required();
  verb.add_option("--threads", options->threads, "Threads (default: all cores)");
  verb.add_option("--repeat", options->repeat, "How often to measure (default: 1)");
  verb.add_option("--labels", options->labels, "File for the labels (default: standard output)");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
