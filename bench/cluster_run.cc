#include "bench/cluster_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "bench/child_process.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_for(ClusterTools const& tools, ClusterProgram const& program,
                                   ClusterQuestion const& question, fs::path const& labels) {
  auto const eps = fmt::format("{}", question.eps_m);
  auto const min_points = std::to_string(question.min_points);
  auto const repeat = std::to_string(question.repeat);
  switch (program.kind) {
    case ClusterProgram::Kind::kGuarantor:
      return {tools.guarantor_bench,
              "cluster",
              "--eps-m",
              eps,
              "--min-points",
              min_points,
              "--threads",
              std::to_string(program.threads),
              "--repeat",
              repeat,
              "--labels",
              labels.string(),
              question.points.string()};
    case ClusterProgram::Kind::kScikitLearn:
      return {tools.python,
              tools.scikit_script,
              question.points.string(),
              eps,
              min_points,
              program.algorithm,
              std::to_string(program.threads),
              repeat,
              fmt::format("{:.0f}", question.memory_mib),
              labels.string()};
    case ClusterProgram::Kind::kPostgis:
      return {tools.postgis_script,
              question.points.string(),
              eps,
              min_points,
              repeat,
              fmt::format("{:.0f}", question.limit.count()),
              labels.string()};
  }
  return {};
}

/// The columns named cluster and, where there is one, core.
PeerLabels read_labels(fs::path const& file) {
  PeerLabels labels;
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= line.size();) {
    std::size_t const end = std::min(line.find(',', begin), line.size());
    names.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  while (std::getline(in, line)) {
    char const* at = line.data();
    char const* const stop = at + line.size();
    for (auto const& name : names) {
      char const* const end = std::find(at, stop, ',');
      std::int32_t value = -2;
      std::from_chars(at, end, value);
      if (name == "cluster") {
        labels.cluster.push_back(value);
      } else if (name == "core") {
        labels.core.push_back(static_cast<std::uint8_t>(value));
      }
      at = end == stop ? stop : end + 1;
    }
  }
  return labels;
}

std::string last_line(fs::path const& file) {
  std::ifstream in{file};
  std::string last;
  for (std::string line; std::getline(in, line);) {
    last = line;
  }
  return last;
}

double middle(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// One figure, or the middle of several.
std::optional<double> seconds_at(nlohmann::json const& said, char const* key) {
  if (!said.contains(key)) {
    return std::nullopt;
  }
  auto const& seconds = said[key];
  return seconds.is_array() ? middle(seconds.get<std::vector<double>>()) : seconds.get<double>();
}

/// What a program said of itself, as far as it did.
void take_figures(nlohmann::json const& said, ClusterMeasurement& measured) {
  measured.version = said.value("version", "");
  measured.ending = said.value("ended", "");
  measured.held_before_mib = said.value("held_before_mib", 0.0);
  measured.peak_mib = said.value("peak_mib", 0.0);
  if (measured.ending.empty()) {
    measured.seconds = seconds_at(said, "seconds");
    measured.processor_seconds = seconds_at(said, "processor_seconds");
  }
}

}  // namespace

std::string ClusterProgram::name() const {
  switch (kind) {
    case Kind::kGuarantor:
      return fmt::format("Guarantor, {} thread{}", threads, threads == 1 ? "" : "s");
    case Kind::kScikitLearn:
      return fmt::format("scikit-learn, {}, n_jobs={}", algorithm, threads);
    case Kind::kPostgis:
      return "PostGIS";
  }
  return {};
}

model::Result<ClusterMeasurement> run_clustering(ClusterTools const& tools,
                                                 ClusterProgram const& program,
                                                 ClusterQuestion const& question,
                                                 PeerLabels& labels) {
  ClusterMeasurement measured{
      .program = program.name(), .eps_m = question.eps_m, .min_points = question.min_points};
  std::string stem = fmt::format("{}-{}-{}", question.eps_m, question.min_points, program.name());
  std::erase(stem, ',');
  std::ranges::replace(stem, ' ', '-');
  fs::path const out = question.records / (stem + ".out");
  fs::path const log = question.records / (stem + ".log");
  fs::path const labels_file = question.records / (stem + ".csv");
  auto const ending = run({.words = words_for(tools, program, question, labels_file),
                           .out = out,
                           .err = log,
                           .deadline = model::Seconds{2 * question.limit.count()}});
  if (!ending.ok()) {
    return ending.error();
  }
  if (ending.value().timed_out) {
    measured.ending = fmt::format("not within {:g} s", 2 * question.limit.count());
    return measured;
  }
  auto const said = nlohmann::json::parse(
      last_line(program.kind == ClusterProgram::Kind::kGuarantor ? log : out), nullptr, false);
  if (!said.is_object() || ending.value().exit_code != 0) {
    // The kernel kills whoever takes the last memory.
    measured.ending = fmt::format("failed ({}), see {}", ending.value().exit_code, log.string());
    return measured;
  }
  take_figures(said, measured);
  if (measured.seconds) {
    labels = read_labels(labels_file);
    measured.points = labels.cluster.size();
    measured.clusters = static_cast<std::uint32_t>(
        labels.cluster.empty() ? 0 : std::ranges::max(labels.cluster) + 1);
    fs::remove(labels_file);
  }
  return measured;
}

std::string to_markdown(std::vector<ClusterMeasurement> const& measurements) {
  std::string table =
      "| eps, m | min | program | points | clusters | seconds | points/s | times Guarantor's | "
      "processor seconds | times Guarantor's | MiB | of them to cluster | labels |\n"
      "| --: | --: | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |\n";
  for (auto const& row : measurements) {
    auto const first = std::ranges::find_if(measurements, [&](auto const& other) {
      return other.eps_m == row.eps_m && other.min_points == row.min_points;
    });
    table += fmt::format("| {:g} | {} | {} | ", row.eps_m, row.min_points, row.program);
    if (!row.seconds) {
      table +=
          fmt::format("– | – | {} | – | – | – | – | {:.0f} | – | – |\n", row.ending, row.peak_mib);
      continue;
    }
    table += fmt::format(
        "{} | {} | {:.4f} | {:.0f} | {:.1f} | {:.4f} | {:.1f} | {:.0f} | {:.0f} | {} |\n",
        row.points, row.clusters, *row.seconds, static_cast<double>(row.points) / *row.seconds,
        *row.seconds / first->seconds.value_or(*row.seconds), row.processor_seconds.value_or(0),
        row.processor_seconds.value_or(0) / first->processor_seconds.value_or(1), row.peak_mib,
        row.peak_mib - row.held_before_mib, row.difference.empty() ? "same" : row.difference);
  }
  return table;
}

}  // namespace guarantor::bench
