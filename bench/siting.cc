#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/published_siting.h"
#include "bench/verbs.h"

namespace guarantor::bench {
namespace {

struct Options {
  PublishedCase source;
  double time_limit{0};
};

/// What is wrong with a number that should be above zero; empty where nothing is.
std::string check_positive(std::string const& text) {
  double value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && std::isfinite(value) && value > 0
             ? std::string{}
             : fmt::format("a number above 0 is expected, not `{}`", text);
}

std::string check_not_negative(std::string const& text) {
  return text == "0" ? std::string{} : check_positive(text);
}

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
  auto const problem = read_published(options.source);
  if (!problem.ok()) {
    return problem.error();
  }
  model::Seconds const reading = elapsed();
  auto const answer = solve_published(problem.value(), control);
  if (!answer.ok()) {
    return answer.error();
  }
  model::Seconds const all = elapsed();
  posture::SitingAnswer const& found = answer.value();
  nlohmann::ordered_json line;
  line["format"] = options.source.format;
  line["feasible"] = found.feasible;
  line["proven"] = found.proven;
  line["objective"] = found.feasible ? number(found.objective) : nlohmann::json();
  line["bound"] = number(found.bound);
  line["gap"] = found.feasible ? number(std::abs(found.bound - found.objective) /
                                        std::max(1.0, std::abs(found.objective)))
                               : nlohmann::json();
  line["seconds"] = all.count();
  line["solving_seconds"] = (all - reading).count();
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
      "Prints a line of JSON: objective, bound, gap, seconds (reading included) and\n"
      "solving_seconds, and the open sites by number from 0.\n"
      "Examples:\n"
      "  guarantor-bench siting --format pmed pmed1.txt\n"
      "  guarantor-bench siting --format mclp --radius 800 --p 5 SJC324.txt\n"
      "  guarantor-bench siting --format cap --capacity 8000 capa.txt\n");
  verb.add_option("--format", options->source.format,
                  "pmed (p-median), pcenter (p-center on the same files), pmedcap (capacitated "
                  "p-median), scp (set covering), cap (capacitated location), mclp (maximal "
                  "covering)")
      ->required()
      ->check(CLI::IsMember({"pmed", "pcenter", "pmedcap", "scp", "cap", "mclp"}));
  verb.add_option("--p", options->source.count,
                  "Sites to open (default: what the file says; mclp needs it)")
      ->check(check_positive);
  verb.add_option("--radius", options->source.radius, "How far a site serves, for mclp")
      ->check(check_not_negative);
  verb.add_option("--capacity", options->source.capacity,
                  "Stands for the word `capacity` in a file of format cap")
      ->check(check_positive);
  verb.add_option("--time-limit", options->time_limit, "Seconds (default: until proven)")
      ->check(check_positive);
  verb.add_option("FILE", options->source.file, "The problem")->required();
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
