#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/covering_format.h"
#include "bench/siting_format.h"
#include "bench/verbs.h"
#include "guarantor/posture/capacitated_p_median.h"
#include "guarantor/posture/p_center.h"
#include "guarantor/posture/p_median.h"

namespace guarantor::bench {
namespace {

using posture::SitingAnswer;

struct Options {
  std::string format;
  std::string file;
  std::size_t count{0};
  double radius{-1};
  double capacity{0};
  double time_limit{0};
};

/// Fails with `hint` where an option that a format needs was not given.
model::Error lacks(Options const& options, std::string option) {
  return {model::ErrorKind::kBadInput,
          fmt::format("the format {} needs {}", options.format, option), ""};
}

/// The number of sites: that of the command line, or the file's own.
std::size_t count_of(Options const& options, std::size_t in_file) {
  return options.count > 0 ? options.count : in_file;
}

model::Result<SitingAnswer> median(Options const& options, model::RunControl const& control) {
  auto const read = read_median_case(options.file);
  if (!read.ok()) {
    return read.error();
  }
  MedianCase const& given = read.value();
  auto costs = posture::SiteCosts::from_table(given.vertices, given.vertices, given.distances);
  if (!costs.ok()) {
    return costs.error();
  }
  posture::SiteChoice const choice{count_of(options, given.count), {}, {}};
  if (options.format == "pmed") {
    return posture::p_median({std::move(costs).value(), {}, choice}, {}, control);
  }
  return posture::p_center({std::move(costs).value(), {}, choice}, {}, control);
}

model::Result<SitingAnswer> capacitated_median(Options const& options,
                                               model::RunControl const& control) {
  auto const read = read_capacitated_median_case(options.file);
  if (!read.ok()) {
    return read.error();
  }
  CapacitatedMedianCase const& given = read.value();
  auto costs = posture::SiteCosts::from_table(given.points, given.points, given.distances);
  if (!costs.ok()) {
    return costs.error();
  }
  return posture::capacitated_p_median({std::move(costs).value(),
                                        {},
                                        given.quantities,
                                        std::vector<double>(given.points, given.capacity),
                                        {count_of(options, given.count), {}, {}}},
                                       {}, control);
}

model::Result<SitingAnswer> set_cover(Options const& options, model::RunControl const& control) {
  auto const read = read_scp(options.file);
  return read.ok() ? posture::cover(read.value(), {}, control) : read.error();
}

model::Result<SitingAnswer> maximal_cover(Options const& options,
                                          model::RunControl const& control) {
  if (options.radius < 0 || options.count == 0) {
    return lacks(options, "--radius and --p");
  }
  auto const read = read_mclp(options.file, options.radius, options.count);
  return read.ok() ? posture::cover_most(read.value(), {}, control) : read.error();
}

model::Result<SitingAnswer> location(Options const& options, model::RunControl const& control) {
  auto const read = read_cap(options.file, options.capacity);
  if (!read.ok()) {
    return read.error();
  }
  auto answer = posture::locate(read.value(), {}, control);
  if (!answer.ok()) {
    return answer.error();
  }
  return std::move(answer).value().siting;
}

using Solve = model::Result<SitingAnswer> (*)(Options const&, model::RunControl const&);

std::map<std::string, Solve> const kFormats{
    {"pmed", median},   {"pcenter", median},     {"pmedcap", capacitated_median},
    {"scp", set_cover}, {"mclp", maximal_cover}, {"cap", location}};

/// JSON has no infinity: null stands for what is not known.
nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

model::Result<model::Done> run(Options const& options) {
  auto const begun = std::chrono::steady_clock::now();
  auto const elapsed = [begun] {
    return model::Seconds{
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
  };
  model::RunControl control;
  control.elapsed = elapsed;
  if (options.time_limit > 0) {
    control.time_limit = model::Seconds{options.time_limit};
  }
  auto const answer = kFormats.at(options.format)(options, control);
  if (!answer.ok()) {
    return answer.error();
  }
  SitingAnswer const& found = answer.value();
  nlohmann::ordered_json line;
  line["format"] = options.format;
  line["feasible"] = found.feasible;
  line["proven"] = found.proven;
  line["objective"] = found.feasible ? number(found.objective) : nlohmann::json();
  line["bound"] = number(found.bound);
  line["gap"] = found.feasible ? number(std::abs(found.bound - found.objective) /
                                        std::max(1.0, std::abs(found.objective)))
                               : nlohmann::json();
  line["seconds"] = elapsed().count();
  line["open"] = found.open;
  if (!found.reason.empty()) {
    line["reason"] = found.reason;
  }
  fmt::print("{}\n", line.dump());
  return model::Done{};
}

}  // namespace

void add_siting(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("siting", "Solve a published siting problem to proof");
  verb.footer(
      "Examples:\n"
      "  guarantor-bench siting --format pmed pmed1.txt\n"
      "  guarantor-bench siting --format mclp --radius 800 --p 5 SJC324.txt\n"
      "  guarantor-bench siting --format cap --capacity 8000 capa.txt\n");
  verb.add_option("--format", options->format,
                  "pmed (p-median), pcenter (p-center on the same files), pmedcap (capacitated "
                  "p-median), scp (set covering), cap (capacitated location), mclp (maximal "
                  "covering)")
      ->required()
      ->check(CLI::IsMember({"pmed", "pcenter", "pmedcap", "scp", "cap", "mclp"}));
  verb.add_option("--p", options->count, "Sites to open (default: what the file says)");
  verb.add_option("--radius", options->radius, "How far a site serves, for mclp");
  verb.add_option("--capacity", options->capacity,
                  "Stands for the word `capacity` in a file of format cap");
  verb.add_option("--time-limit", options->time_limit, "Seconds (default: until proven)");
  verb.add_option("FILE", options->file, "The problem")->required();
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
