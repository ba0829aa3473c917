#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/cluster_comparison.h"
#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"

namespace guarantor::bench {

/// What all are asked.
struct ClusterQuestion {
  std::filesystem::path points;  ///< CSV: row, x_m, y_m
  double eps_m{};
  std::uint32_t min_points{};
  int repeat{};
  model::Seconds limit;           ///< for a process
  double memory_mib{};            ///< of address space, for those that can be held to it
  std::filesystem::path records;  ///< folder for labels and logs
};

/// Who answers, each in a process of its own.
struct ClusterProgram {
  enum class Kind { kGuarantor, kScikitLearn, kPostgis };
  Kind kind{};
  std::string algorithm{};  ///< of scikit-learn
  int threads{1};

  [[nodiscard]] std::string name() const;
};

/// Where the programs are.
struct ClusterTools {
  std::string guarantor_bench;
  std::string python;
  std::string scikit_script;
  std::string postgis_script;
};

struct ClusterMeasurement {
  std::string program;
  double eps_m{};
  std::uint32_t min_points{};
  std::size_t points{};
  std::string version;
  std::string ending;                       ///< empty where it found its clusters
  std::optional<double> seconds;            ///< the middle of its runs, reading not counted
  std::optional<double> processor_seconds;  ///< of a run, over all threads
  double held_before_mib{};
  double peak_mib{};
  std::uint32_t clusters{};
  std::string difference;  ///< from Guarantor's labels; empty: none
};

/// Runs a program on a question and reads its labels. A program that gives up, or is out of time,
/// says so in `ending`. Errors: not found where it cannot be started; a defect where what it
/// printed cannot be read.
[[nodiscard]] model::Result<ClusterMeasurement> run_clustering(ClusterTools const& tools,
                                                               ClusterProgram const& program,
                                                               ClusterQuestion const& question,
                                                               PeerLabels& labels);

/// Markdown, a row a measurement; `ratio` is to the first row with the same question.
[[nodiscard]] std::string to_markdown(std::vector<ClusterMeasurement> const& measurements);

}  // namespace guarantor::bench
