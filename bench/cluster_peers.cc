#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "bench/child_process.h"
#include "bench/cluster_run.h"
#include "bench/machine.h"
#include "bench/points_csv.h"
#include "bench/verbs.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using Kind = ClusterProgram::Kind;

struct Options {
  std::vector<double> eps_m;
  std::vector<std::uint32_t> min_points;
  std::vector<fs::path> files;
  std::vector<std::string> algorithms{"auto", "kd_tree", "ball_tree", "brute"};
  fs::path output;
  std::string python;
  int repeat{5};
  double limit{300};
  double memory_mib{8192};
};

model::Result<model::Done> write_points(TablePoints const& points, fs::path const& file) {
  std::ofstream out{file};
  out << "row,x_m,y_m\n";
  for (std::size_t i = 0; i < points.places.size(); ++i) {
    out << fmt::format("{},{},{}\n", i, points.places[i].east, points.places[i].north);
  }
  if (!out.flush()) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{} cannot be written", file.string()), ""};
  }
  return model::Done{};
}

/// Guarantor first, on all cores: the others are measured by it.
std::vector<ClusterProgram> programs_for(Options const& options, ClusterTools const& tools,
                                         std::vector<std::string>& missing) {
  int const cores = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
  std::vector<ClusterProgram> programs{{.kind = Kind::kGuarantor, .threads = cores},
                                       {.kind = Kind::kGuarantor, .threads = 1}};
  if (is_runnable(tools.python)) {
    for (auto const& algorithm : options.algorithms) {
      programs.push_back({.kind = Kind::kScikitLearn, .algorithm = algorithm, .threads = 1});
      programs.push_back({.kind = Kind::kScikitLearn, .algorithm = algorithm, .threads = cores});
    }
  } else {
    missing.push_back(fmt::format("scikit-learn: {} is not there", tools.python));
  }
  programs.push_back({.kind = Kind::kPostgis});
  return programs;
}

/// Asks every program one question. Check failed: somebody's labels differ.
model::Result<model::Done> ask_all(ClusterTools const& tools,
                                   std::vector<ClusterProgram> const& programs,
                                   ClusterQuestion const& question,
                                   std::vector<geo::PlanePoint> const& places,
                                   std::vector<ClusterMeasurement>& measurements) {
  watch::DensityClusters ours;
  for (ClusterProgram const& program : programs) {
    PeerLabels labels;
    auto measured = run_clustering(tools, program, question, labels);
    if (!measured.ok()) {
      return measured.error();
    }
    ClusterMeasurement& row = measured.value();
    if (row.seconds) {
      if (ours.cluster.empty()) {
        ours = {.cluster = labels.cluster, .core = labels.core, .count = row.clusters};
      }
      row.difference = find_difference(places, question.eps_m, ours, labels).value_or("");
    }
    fmt::print(stderr, "{}: {}\n", row.program,
               row.seconds ? fmt::format("{:.4f} s {}", *row.seconds, row.difference) : row.ending);
    measurements.push_back(std::move(row));
  }
  return model::Done{};
}

model::Result<model::Done> run(Options const& options) {
  if (options.eps_m.size() != options.min_points.size()) {
    return model::Error{model::ErrorKind::kBadInput, "each eps needs its min-points",
                        "give as many of the one as of the other"};
  }
  auto const read = read_points(options.files, false);
  if (!read.ok()) {
    return read.error();
  }
  fs::create_directories(options.output);
  fs::path const points = fs::absolute(options.output) / "points.csv";
  if (auto const written = write_points(read.value(), points); !written.ok()) {
    return written.error();
  }
  fs::path const source{GUARANTOR_SOURCE_DIR};
  ClusterTools const tools{.guarantor_bench = own_folder() / "guarantor-bench",
                           .python = options.python.empty()
                                         ? (source / "build/peers/bin/python").string()
                                         : options.python,
                           .scikit_script = source / "bench/cluster_with_scikit_learn.py",
                           .postgis_script = source / "bench/cluster_with_postgis"};
  std::vector<std::string> missing;
  auto const programs = programs_for(options, tools, missing);
  std::vector<ClusterMeasurement> measurements;
  for (std::size_t i = 0; i < options.eps_m.size(); ++i) {
    ClusterQuestion const question{.points = points,
                                   .eps_m = options.eps_m[i],
                                   .min_points = options.min_points[i],
                                   .repeat = options.repeat,
                                   .limit = model::Seconds{options.limit},
                                   .memory_mib = options.memory_mib,
                                   .records = fs::absolute(options.output)};
    auto const asked = ask_all(tools, programs, question, read.value().places, measurements);
    if (!asked.ok()) {
      return asked.error();
    }
  }
  std::string table = fmt::format("Machine: {}.\n", describe_machine());
  if (read.value().plane) {
    table += fmt::format("Projected with `{}`.\n", proj_text(*read.value().plane));
  }
  for (auto const& row : measurements) {
    if (!row.version.empty() && table.find(row.version) == std::string::npos) {
      table += fmt::format("{}: version {}.\n", row.program, row.version);
    }
  }
  for (auto const& line : missing) {
    table += fmt::format("**DID NOT RUN:** {}\n", line);
  }
  table += "\n" + to_markdown(measurements);
  fmt::print("{}", table);
  std::ofstream{options.output / "table.md"} << table;
  if (std::ranges::any_of(measurements, [](auto const& row) { return !row.difference.empty(); })) {
    return model::Error{model::ErrorKind::kCheckFailed, "labels differ", "see the table"};
  }
  return model::Done{};
}

}  // namespace

void add_cluster_peers(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand(
      "cluster-peers", "Cluster points beside scikit-learn and PostGIS, and compare labels");
  verb.footer(
      "One program after the other on the same metres, each in a process of its own; the middle "
      "of\n"
      "--repeat runs, reading not counted. Ends with 4 where labels differ by more than the order\n"
      "of clusters and which cluster a border point between several belongs to.\n"
      "Example:\n"
      "  guarantor-bench cluster-peers --eps-m 1000,5000 --min-points 5,10 -o build/bench/cluster "
      "fires.csv.gz\n");
  verb.add_option("--eps-m", options->eps_m, "Metres within which points are neighbours")
      ->required()
      ->delimiter(',');
  verb.add_option("--min-points", options->min_points, "As many of the points that make a core")
      ->required()
      ->delimiter(',');
  verb.add_option("-o,--output", options->output, "Folder for points.csv, logs and table.md")
      ->required();
  verb.add_option("FILE", options->files, "Tables, as for cluster")->required();
  verb.add_option("--algorithms", options->algorithms, "Of scikit-learn (default: all)")
      ->delimiter(',');
  verb.add_option("--python", options->python, "Python with scikit-learn (default: build/peers)");
  verb.add_option("--repeat", options->repeat, "How often each is measured (default: 5)");
  verb.add_option("--limit", options->limit, "Seconds for a query of a peer (default: 300)");
  verb.add_option("--memory-mib", options->memory_mib,
                  "What scikit-learn may allocate (default: 8192)");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
