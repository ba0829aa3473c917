#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
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

void say_what_was_read(TablePoints const& points) {
  if (points.plane) {
    fmt::print(stderr, "Projected with {}\n", proj_text(*points.plane));
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
      "Columns, in any case and order: latitude or lat with longitude, lon or lng, and date or\n"
      "acq_date; or x_m, y_m and day. Positions are projected on one plane, which standard error\n"
      "tells as PROJ writes it. Labels go to standard output: row (from 1; a second file counts\n"
      "on), x_m, y_m, cluster (-1: noise), core. The last line of standard error is JSON: seconds\n"
      "of each run, reading not counted, and memory.\n"
      "Examples:\n"
      "  guarantor-bench cluster --eps-m 1000 --min-points 5 fires.csv.gz >labels.csv\n"
      "  guarantor-bench cluster --eps-m 1000 --min-points 5 --days 2 fires.csv\n");
  verb.add_option("--eps-m", options->eps_m, "Metres within which points are neighbours")
      ->required();
  verb.add_option("--min-points", options->min_points,
                  "Neighbours, itself among them, that make a core point")
      ->required();
  verb.add_option("--days", options->days, "Days within which, too (default: any)");
  verb.add_option("FILE", options->files, "Tables, plain or gzip")->required();
  verb.add_option("--threads", options->threads, "Threads (default: all cores)");
  verb.add_option("--repeat", options->repeat, "How often to measure (default: 1)");
  verb.add_option("--labels", options->labels, "File for the labels (default: standard output)");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
