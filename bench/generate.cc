#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "bench/child_process.h"
#include "bench/gap_chart.h"
#include "bench/machine.h"
#include "bench/measurement_table.h"
#include "bench/solver_run.h"
#include "bench/verbs.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

struct Options {
  std::vector<std::string> presets;
  std::string seeds{"1-5"};
  std::string rows{"plain"};
  std::vector<std::string> folders;
  std::vector<double> limits{2, 5, 30};
  std::vector<std::string> peers{"cbc", "highs"};
  std::string program;
  std::string highs_python;
  int threads{0};
  std::string output;
};

void say(std::string const& line) {
  fmt::print(stderr, "{}\n", line);
}

/// `1-5` or `1,3,8-9`.
Result<std::vector<int>> read_seeds(std::string const& text) {
  static std::regex const kPart{R"((\d{1,6})(?:-(\d{1,6}))?(,|$))"};
  std::vector<int> seeds;
  std::size_t read = 0;
  for (std::sregex_iterator part{text.begin(), text.end(), kPart}, end; part != end; ++part) {
    if (static_cast<std::size_t>(part->position()) != read) {
      break;
    }
    read += static_cast<std::size_t>(part->length());
    int const first = std::stoi((*part)[1]);
    int const last = (*part)[2].matched ? std::stoi((*part)[2]) : first;
    for (int seed = first; seed <= last; ++seed) {
      seeds.push_back(seed);
    }
  }
  if (seeds.empty() || read != text.size()) {
    return Error{ErrorKind::kBadInput, fmt::format("--seeds takes 1-5 or 1,3,8, not `{}`", text),
                 ""};
  }
  return seeds;
}

/// The cases asked for: those of presets are written below the output, in a process of their own so
/// that this one stays small; folders are taken as they are.
class Cases {
 public:
  Cases(Options const& options, fs::path folder) : options_{options}, folder_{std::move(folder)} {}

  Result<std::vector<Case>> run() {
    auto const seeds = read_seeds(options_.seeds);
    if (!seeds.ok()) {
      return seeds.error();
    }
    for (auto const& preset : options_.presets) {
      for (int const seed : seeds.value()) {
        if (auto const written = write(preset, seed); !written.ok()) {
          return written.error();
        }
      }
    }
    for (auto const& folder : options_.folders) {
      add_folder(folder);
    }
    if (cases_.empty()) {
      return Error{ErrorKind::kBadInput, "no cases: name a --preset or --cases", ""};
    }
    std::set<std::string> names;
    for (Case const& each : cases_) {
      if (!names.insert(each.name).second) {
        return Error{ErrorKind::kBadInput, fmt::format("two cases are called {}", each.name), ""};
      }
    }
    return std::move(cases_);
  }

 private:
  Result<Done> write(std::string const& preset, int seed) {
    auto const group = fmt::format("{}-{}", preset, options_.rows);
    auto const name = fmt::format("{}-{}", group, seed);
    auto const place = folder_ / name;
    fs::remove_all(place);
    auto const log = folder_ / (name + ".log");
    auto const ending = bench::run(
        {.words = {(own_folder() / "guarantor-bench").string(), "case", "--preset", preset,
                   "--seed", std::to_string(seed), "--rows", options_.rows, "-o", place.string()},
         .out = log,
         .err = log});
    if (!ending.ok()) {
      return ending.error();
    }
    if (ending.value().exit_code != 0) {
      return Error{ErrorKind::kDefect, fmt::format("cannot write {}", name), log.string()};
    }
    cases_.push_back({group, name, place});
    return Done{};
  }

  /// Cases called mid1, mid-2 and so on are of one group, mid.
  void add_folder(fs::path const& folder) {
    auto place = folder.lexically_normal();
    place = place.has_filename() ? place : place.parent_path();
    auto const name = place.filename().string();
    auto const group = std::regex_replace(name, std::regex{R"([-_.]?\d+$)"}, "");
    cases_.push_back({group.empty() ? name : group, name, place});
  }

  Options const& options_;
  fs::path folder_;
  std::vector<Case> cases_;
};

/// Runs everything, one process at a time, and writes what came out.
class Bench {
 public:
  explicit Bench(Options const& options) : options_{options}, output_{options.output} {
    fs::path const source{GUARANTOR_SOURCE_DIR};
    tools_.guarantor =
        options.program.empty() ? (own_folder() / "guarantor").string() : options.program;
    tools_.evaluator = (source / "tools" / "evaluate_plan.py").string();
    tools_.python = "python3";
    tools_.cbc = "cbc";
    tools_.highs_python = options.highs_python.empty()
                              ? (source / "build" / "peers" / "bin" / "python").string()
                              : options.highs_python;
    tools_.highs_script = (source / "bench" / "solve_with_highs.py").string();
    tools_.threads = options.threads > 0
                         ? options.threads
                         : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    circumstances_ = {describe_machine(), tools_.threads, {}};
  }

  Result<Done> run() {
    look_for_peers();
    for (auto const* folder : {"cases", "models", "records"}) {
      fs::create_directories(output_ / folder);
    }
    auto const cases = Cases{options_, output_ / "cases"}.run();
    if (!cases.ok()) {
      return cases.error();
    }
    for (Case const& each : cases.value()) {
      if (auto const measured = measure(each); !measured.ok()) {
        return measured.error();
      }
    }
    return write();
  }

 private:
  void look_for_peers() {
    auto const asked = [&](char const* peer) {
      return std::find(options_.peers.begin(), options_.peers.end(), peer) != options_.peers.end();
    };
    cbc_ = asked("cbc") && is_runnable(tools_.cbc);
    highs_ = asked("highs") && is_runnable(tools_.highs_python);
    if (asked("cbc") && !cbc_) {
      circumstances_.missing.emplace_back("CBC: no command `cbc`; bench/install_peers installs it");
    }
    if (asked("highs") && !highs_) {
      circumstances_.missing.emplace_back(
          "HiGHS: no Python with highspy; bench/install_peers makes it");
    }
    if (!asked("cbc") && !asked("highs")) {
      circumstances_.missing.emplace_back("CBC and HiGHS: not asked for");
    }
    for (auto const& missing : circumstances_.missing) {
      say("DID NOT RUN: " + missing);
    }
  }

  Result<Done> measure(Case const& each) {
    Records const records{output_ / "records"};
    auto const model = output_ / "models" / (each.name + ".mps");
    if (cbc_ || highs_) {
      if (auto const exported = export_model(tools_, each, model, records); !exported.ok()) {
        return exported;
      }
    }
    for (double const seconds : options_.limits) {
      model::Seconds const limit{seconds};
      if (auto const kept = keep(run_guarantor(tools_, each, limit, records)); !kept.ok()) {
        return kept;
      }
      if (cbc_) {
        if (auto const kept = keep(run_cbc(tools_, each, model, limit, records)); !kept.ok()) {
          return kept;
        }
      }
      if (highs_) {
        if (auto const kept = keep(run_highs(tools_, each, model, limit, records)); !kept.ok()) {
          return kept;
        }
      }
    }
    return Done{};
  }

  Result<Done> keep(Result<Measurement> const& measured) {
    if (!measured.ok()) {
      return measured.error();
    }
    Measurement const& row = measured.value();
    auto const gap = gap_of(row);
    say(fmt::format("{} {} {:g} s: {} {}", row.name, row.solver, row.limit.count(),
                    gap ? fmt::format("gap {:.4f} %", 100 * *gap) : std::string{"no gap"},
                    row.evaluated));
    measurements_.push_back(row);
    return Done{};
  }

  Result<Done> write() {
    auto const table = to_markdown(measurements_, circumstances_);
    std::vector<std::pair<std::string, std::string>> files{
        {"measurements.csv", to_csv(measurements_)}, {"table.md", table}};
    for (auto const& group : distinct(measurements_, &Measurement::group)) {
      files.emplace_back("gap-" + group + ".svg", chart(group));
    }
    for (auto const& [name, content] : files) {
      if (auto const written = tables::write_file(output_ / name, content); !written.ok()) {
        return written;
      }
    }
    fmt::print("{}", table);
    for (Measurement const& row : measurements_) {
      if (row.evaluated == "FAULTY") {
        return Error{ErrorKind::kCheckFailed,
                     fmt::format("the evaluator refuses the plan of {} at {:g} s", row.name,
                                 row.limit.count()),
                     "see records/ in the output"};
      }
    }
    return Done{};
  }

  [[nodiscard]] std::string chart(std::string const& group) const {
    std::vector<Measurement> rows;
    std::copy_if(measurements_.begin(), measurements_.end(), std::back_inserter(rows),
                 [&](Measurement const& row) { return row.group == group; });
    auto const count = distinct(rows, &Measurement::name).size();
    return gap_chart(rows, "Proven gap against time: " + group,
                     fmt::format("{} {}, {} threads a solver; line: median, small marks: each run",
                                 count, count == 1 ? "case" : "cases", tools_.threads));
  }

  Options const& options_;
  fs::path output_;
  Toolbox tools_;
  Circumstances circumstances_;
  bool cbc_{};
  bool highs_{};
  std::vector<Measurement> measurements_;
};

}  // namespace

void add_generate(CLI::App& root, Result<Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand(
      "generate", "Plan cases with Guarantor and its peers, at equal time limits, in one run");
  verb.add_option("--preset", options->presets, "Sizes of cases to make: tiny, small, mid, big")
      ->delimiter(',')
      ->check(CLI::IsMember({"tiny", "small", "mid", "big"}));
  verb.add_option("--seeds", options->seeds, "Seeds of those cases (default: 1-5)");
  verb.add_option("--rows", options->rows, "Their rows: plain or all (default: plain)")
      ->check(CLI::IsMember({"plain", "all"}));
  verb.add_option("--cases", options->folders, "Scenario folders to measure as well");
  verb.add_option("--times", options->limits, "Time limits in seconds (default: 2,5,30)")
      ->delimiter(',')
      ->check(CLI::PositiveNumber);
  verb.add_option("--peers", options->peers, "cbc, highs, or none (default: cbc,highs)")
      ->delimiter(',')
      ->check(CLI::IsMember({"cbc", "highs", "none"}));
  verb.add_option("--program", options->program, "The program measured (default: beside this one)");
  verb.add_option("--highs-python", options->highs_python,
                  "A Python with highspy (default: that of bench/install_peers)");
  verb.add_option("--threads", options->threads, "Threads a solver (default: one a core)")
      ->check(CLI::PositiveNumber);
  verb.add_option("-o,--output", options->output, "The folder to write")->required();
  verb.callback([options, &result] { result = Bench{*options}.run(); });
}

}  // namespace guarantor::bench
