#include "bench/solver_run.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <utility>

#include "bench/child_process.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kSlack = 60;  ///< seconds a solver may go past its limit before it is killed
constexpr int kStoppedByLimit = 3;

std::string read(fs::path const& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

fs::path record(Records const& records, Case const& bench_case, std::string_view solver,
                model::Seconds limit, std::string_view extension) {
  return records.folder /
         fmt::format("{}-{}-{:g}s.{}", bench_case.name, solver, limit.count(), extension);
}

Measurement begin(Case const& bench_case, std::string solver, model::Seconds limit,
                  Ending const& ending) {
  Measurement measured;
  measured.group = bench_case.group;
  measured.name = bench_case.name;
  measured.solver = std::move(solver);
  measured.limit = limit;
  measured.seconds = ending.seconds;
  measured.processor_seconds = ending.processor_seconds;
  measured.peak_mib = ending.peak_mib;
  measured.ending = ending.timed_out ? "killed, far past its limit" : "no answer";
  return measured;
}

std::optional<double> number_at(nlohmann::json const& object, char const* key) {
  return object.is_object() && object.contains(key) && object[key].is_number()
             ? std::optional{object[key].get<double>()}
             : std::nullopt;
}

model::Error failed(std::string const& what, fs::path const& log) {
  return {model::ErrorKind::kDefect, what, read(log)};
}

model::Seconds deadline_of(model::Seconds limit) {
  return model::Seconds{2 * limit.count() + kSlack};
}

}  // namespace

model::Result<Measurement> run_guarantor(Toolbox const& tools, Case const& bench_case,
                                         model::Seconds limit, Records const& records) {
  auto const plan = record(records, bench_case, "guarantor", limit, "json");
  auto const log = record(records, bench_case, "guarantor", limit, "log");
  auto const ending =
      run({.words = {tools.guarantor, "generate", bench_case.scenario.string(), "--json",
                     "--no-explain", "--time-limit", fmt::format("{:g}", limit.count()),
                     "--threads", std::to_string(tools.threads)},
           .out = plan,
           .err = log,
           .deadline = deadline_of(limit)});
  if (!ending.ok()) {
    return ending.error();
  }
  int const code = ending.value().exit_code;
  if (code != 0 && code != kStoppedByLimit) {
    return failed(fmt::format("guarantor ended with {} on {}", code, bench_case.name), log);
  }
  auto const json = nlohmann::json::parse(read(plan), nullptr, false);
  auto measured = begin(bench_case, "Guarantor", limit, ending.value());
  measured.objective = number_at(json, "objective");
  measured.bound = number_at(json, "bound");
  if (!measured.objective || !json.contains("status")) {
    return failed(fmt::format("guarantor printed no plan on {}", bench_case.name), log);
  }
  measured.ending = json["status"].get<std::string>();

  auto const verdict = record(records, bench_case, "evaluator", limit, "txt");
  auto const evaluated =
      run({.words = {tools.python, tools.evaluator, bench_case.scenario.string(), plan.string()},
           .out = verdict,
           .err = verdict});
  if (!evaluated.ok()) {
    return evaluated.error();
  }
  if (evaluated.value().exit_code != 0 && evaluated.value().exit_code != 1) {
    return failed("the evaluator cannot read " + plan.string(), verdict);
  }
  measured.evaluated = evaluated.value().exit_code == 0 ? "stands" : "FAULTY";
  return measured;
}

model::Result<Measurement> run_cbc(Toolbox const& tools, Case const& bench_case,
                                   fs::path const& model, model::Seconds limit,
                                   Records const& records, Until until) {
  auto const log = record(records, bench_case, "cbc", limit, "log");
  // One thread is 0: with 1 it would have a thread to lead and one to work.
  std::vector<std::string> words{tools.cbc,   model.string(),
                                 "-timeMode", "elapsed",
                                 "-sec",      fmt::format("{:g}", limit.count()),
                                 "-threads",  std::to_string(tools.threads > 1 ? tools.threads : 0),
                                 "-ratio",    "0",
                                 "-allow",    "0"};
  if (until == Until::kFirst) {
    words.insert(words.end(), {"-maxSolutions", "1"});
  }
  words.insert(words.end(), {"-solve", "-quit"});
  auto const ending =
      run({.words = std::move(words), .out = log, .err = log, .deadline = deadline_of(limit)});
  if (!ending.ok()) {
    return ending.error();
  }
  auto measured = begin(bench_case, "CBC", limit, ending.value());
  auto const answer = read_cbc_log(read(log));
  measured.objective = answer.objective;
  measured.bound = answer.bound;
  measured.solving = answer.solving;
  if (!answer.ending.empty()) {
    measured.ending = answer.ending;
  }
  return measured;
}

model::Result<Measurement> run_highs(Toolbox const& tools, Case const& bench_case,
                                     fs::path const& model, model::Seconds limit,
                                     Records const& records, Until until) {
  auto const answer_file = record(records, bench_case, "highs", limit, "json");
  auto const ending =
      run({.words = {tools.highs_python, tools.highs_script, model.string(),
                     fmt::format("{:g}", limit.count()), std::to_string(tools.threads),
                     until == Until::kFirst ? "first" : "proven"},
           .out = answer_file,
           .err = record(records, bench_case, "highs", limit, "log"),
           .deadline = deadline_of(limit)});
  if (!ending.ok()) {
    return ending.error();
  }
  auto measured = begin(bench_case, "HiGHS", limit, ending.value());
  auto const json = nlohmann::json::parse(read(answer_file), nullptr, false);
  measured.objective = number_at(json, "objective");
  measured.bound = number_at(json, "bound");
  if (json.is_object() && json.contains("status")) {
    measured.ending = json["status"].get<std::string>();
  }
  if (auto const solving = number_at(json, "seconds")) {
    measured.solving = model::Seconds{*solving};
  }
  return measured;
}

model::Result<model::Done> export_model(Toolbox const& tools, Case const& bench_case,
                                        fs::path const& model, Records const& records) {
  auto const log = records.folder / (bench_case.name + "-export.log");
  auto const ending = run({.words = {tools.guarantor, "generate", bench_case.scenario.string(),
                                     "--export-mps", model.string(), "--export-only"},
                           .out = log,
                           .err = log});
  if (!ending.ok()) {
    return ending.error();
  }
  if (ending.value().exit_code != 0) {
    return failed("the model of " + bench_case.name + " cannot be exported", log);
  }
  return model::Done{};
}

Answer read_cbc_log(std::string const& log) {
  Answer answer;
  std::smatch took;
  static std::regex const kInAll{R"(\nTotal time .*Wallclock seconds\):\s+([0-9.]+))"};
  if (std::regex_search(log, took, kInAll)) {
    answer.solving = model::Seconds{std::stod(took[1])};
  }
  auto const last = log.rfind("\nResult - ");
  if (last == std::string::npos) {
    answer.ending = log.find("\nProblem is infeasible") != std::string::npos ? "infeasible" : "";
    return answer;
  }
  std::string const end = log.substr(last + 1);
  static std::regex const kEnding{R"(^Result - ([^\n]+))"};
  static std::regex const kObjective{R"(\nObjective value:\s+(-?[0-9][0-9.e+-]*))"};
  static std::regex const kSolving{R"(\nTime \(Wallclock seconds\):\s+([0-9.]+))"};
  static std::regex const kBound{R"(\nLower bound:\s+(-?[0-9][0-9.e+-]*))"};
  std::smatch found;
  if (std::regex_search(end, found, kEnding)) {
    answer.ending = found[1];
  }
  if (std::regex_search(end, found, kSolving)) {
    answer.solving = model::Seconds{std::stod(found[1])};
  }
  if (answer.ending.find("infeasible") != std::string::npos) {
    answer.ending = "infeasible";
  }
  bool const empty_handed = end.find("No feasible solution found") != std::string::npos;
  if (!empty_handed && std::regex_search(end, found, kObjective)) {
    answer.objective = -std::stod(found[1]);
  }
  if (std::regex_search(end, found, kBound)) {
    answer.bound = -std::stod(found[1]);
  } else if (answer.ending == "Optimal solution found") {
    answer.bound = answer.objective;
  }
  return answer;
}

}  // namespace guarantor::bench
