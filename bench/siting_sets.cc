#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "bench/child_process.h"
#include "bench/machine.h"
#include "bench/published_sets.h"
#include "bench/siting_measurement.h"
#include "bench/siting_run.h"
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
  std::string data;
  std::vector<std::string> sets;
  std::vector<std::string> cases;
  std::vector<std::string> peers{"cbc", "highs"};
  std::string highs_python;
  double limit{60};
  std::string output;
};

void say(std::string const& line) {
  fmt::print(stderr, "{}\n", line);
}

bool is_among(std::vector<std::string> const& words, std::string const& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Those of the folder that were asked for. Error kNotFound for a set or case that is not there.
Result<std::vector<SetCase>> wanted_cases(Options const& options) {
  fs::path const given{options.data};
  bool const within = !fs::exists(given / "pmedian") && fs::exists(given / "plan");
  auto found = published_sets(within ? given / "plan" : given);
  if (!found.ok()) {
    return found;
  }
  std::vector<SetCase> wanted;
  for (SetCase const& one : found.value()) {
    if ((options.sets.empty() || is_among(options.sets, one.set)) &&
        (options.cases.empty() || is_among(options.cases, one.name))) {
      wanted.push_back(one);
    }
  }
  auto const missing = [&](std::vector<std::string> const& words, std::string SetCase::* member) {
    return std::find_if(words.begin(), words.end(), [&](std::string const& word) {
      return std::none_of(wanted.begin(), wanted.end(),
                          [&](SetCase const& one) { return one.*member == word; });
    });
  };
  auto const set = missing(options.sets, &SetCase::set);
  auto const name = missing(options.cases, &SetCase::name);
  if (set != options.sets.end() || name != options.cases.end()) {
    bool const by_set = set != options.sets.end();
    return Error{ErrorKind::kNotFound,
                 fmt::format("no {} {} among the cases of {}", by_set ? "set" : "case",
                             by_set ? *set : *name, options.data),
                 ""};
  }
  return wanted;
}

/// Runs everything, one process at a time, and writes what came out.
class SetsBench {
 public:
  explicit SetsBench(Options const& options)
      : options_{options}, output_{options.output}, limit_{options.limit} {
    fs::path const source{GUARANTOR_SOURCE_DIR};
    tools_.guarantor = (own_folder() / "guarantor-bench").string();
    tools_.cbc = "cbc";
    tools_.highs_python = options.highs_python.empty()
                              ? (source / "build" / "peers" / "bin" / "python").string()
                              : options.highs_python;
    tools_.highs_script = (source / "bench" / "solve_with_highs.py").string();
    tools_.threads = 1;
    circumstances_ = {describe_machine(), tools_.threads, {}};
  }

  Result<Done> run() {
    auto const cases = wanted_cases(options_);
    if (!cases.ok()) {
      return cases.error();
    }
    look_for_peers();
    for (auto const* folder : {"models", "records"}) {
      fs::create_directories(output_ / folder);
    }
    for (SetCase const& one : cases.value()) {
      if (auto const measured = measure(one); !measured.ok()) {
        return measured;
      }
    }
    std::error_code left;  // something that was there before
    fs::remove(output_ / "models", left);
    return write();
  }

 private:
  void look_for_peers() {
    bool const cbc = is_among(options_.peers, "cbc");
    bool const highs = is_among(options_.peers, "highs");
    if (cbc && is_runnable(tools_.cbc)) {
      peers_.push_back(Peer::kCbc);
    } else if (cbc) {
      circumstances_.missing.emplace_back("CBC: no command `cbc`; bench/install_peers installs it");
    }
    if (highs && is_runnable(tools_.highs_python)) {
      peers_.push_back(Peer::kHighs);
    } else if (highs) {
      circumstances_.missing.emplace_back(
          "HiGHS: no Python with highspy; bench/install_peers makes it");
    }
    if (!cbc && !highs) {
      circumstances_.missing.emplace_back("CBC and HiGHS: not asked for");
    }
    for (auto const& missing : circumstances_.missing) {
      say("DID NOT RUN: " + missing);
    }
  }

  Result<Done> measure(SetCase const& one) {
    Records const records{output_ / "records"};
    auto const problem = read_published(one.source);
    if (!problem.ok()) {
      return problem.error();
    }
    if (auto const kept = keep(run_guarantor_siting(tools_, one, limit_, records)); !kept.ok()) {
      return kept;
    }
    for (Peer const peer : peers_) {
      auto const kept = keep(
          run_peer_siting(tools_, peer, one, problem.value(), limit_, records, output_ / "models"));
      if (!kept.ok()) {
        return kept;
      }
    }
    return Done{};
  }

  Result<Done> keep(Result<SitingMeasurement> const& measured) {
    if (!measured.ok()) {
      return measured.error();
    }
    SitingMeasurement const& row = measured.value();
    say(fmt::format("{} {} {}: {} in {:.3f} s{}", row.set, row.name, row.solver,
                    row.objective ? fmt::format("{}", *row.objective) : "no answer",
                    row.solving.count(), row.proven ? ", proven" : ""));
    measurements_.push_back(row);
    return Done{};
  }

  Result<Done> write() {
    auto const table = to_markdown(measurements_, circumstances_, limit_);
    for (auto const& [name, content] :
         {std::pair{"measurements.csv", to_csv(measurements_)}, std::pair{"table.md", table}}) {
      if (auto const written = tables::write_file(output_ / name, content); !written.ok()) {
        return written;
      }
    }
    fmt::print("{}", table);
    for (SitingMeasurement const& row : measurements_) {
      Truth const truth = truth_of(row);
      bool const missed = row.solver == "Guarantor" && row.known && truth == Truth::kNotProven;
      if (truth == Truth::kDiffers || missed) {
        return Error{ErrorKind::kCheckFailed,
                     fmt::format("{} on {} {} {} the known optimum {}", row.solver, row.set,
                                 row.name, missed ? "did not prove" : "contradicts", *row.known),
                     "see table.md and records/ in the output"};
      }
    }
    return Done{};
  }

  Options const& options_;
  fs::path output_;
  model::Seconds limit_;
  Toolbox tools_;
  Circumstances circumstances_;
  std::vector<Peer> peers_;
  std::vector<SitingMeasurement> measurements_;
};

}  // namespace

void add_siting_sets(CLI::App& root, Result<Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand(
      "siting-sets", "Solve whole sets of published siting problems beside other solvers");
  verb.footer(
      "DATA holds pmedian/, scp/, cflp/ and mclp/ with their tables of known optima (or plan/ "
      "does,\n"
      "in it). Sets: pmed, pcenter, pmedcap, scp4, scp5, scpa, scpd, cap, capa, capb, sjc, bds.\n"
      "Ends with 4 where Guarantor misses a known optimum or a solver contradicts one.\n"
      "Examples:\n"
      "  guarantor-bench siting-sets --data DATA -o build/bench/siting\n"
      "  guarantor-bench siting-sets --data DATA --sets pmed,scp4 --peers none -o out\n");
  verb.add_option("--data", options->data, "Folder of the published sets")
      ->required()
      ->envname("GUARANTOR_DATA")
      ->check(CLI::ExistingDirectory);
  verb.add_option("--sets", options->sets, "Sets to run (default: all that are there)")
      ->delimiter(',');
  verb.add_option("--cases", options->cases, "Cases to run, by name (default: all of the sets)")
      ->delimiter(',');
  verb.add_option("--time-limit", options->limit, "Seconds a case and solver (default: 60)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--peers", options->peers, "cbc, highs, or none (default: cbc,highs)")
      ->delimiter(',')
      ->check(CLI::IsMember({"cbc", "highs", "none"}));
  verb.add_option("--highs-python", options->highs_python,
                  "A Python with highspy (default: that of bench/install_peers)");
  verb.add_option("-o,--output", options->output, "The folder to write")->required();
  verb.callback([options, &result] { result = SetsBench{*options}.run(); });
}

}  // namespace guarantor::bench
