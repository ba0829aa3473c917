#include "bench/siting_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "bench/child_process.h"
#include "bench/siting_program.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using model::Result;

constexpr double kSlack = 60;  ///< seconds Guarantor may go past its limit before it is killed

std::string read(fs::path const& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

SitingMeasurement begin(SetCase const& one, std::string solver) {
  SitingMeasurement measured;
  measured.set = one.set;
  measured.name = one.name;
  measured.solver = std::move(solver);
  measured.known = one.known;
  return measured;
}

std::optional<double> number_at(nlohmann::json const& object, char const* key) {
  return object.contains(key) && object[key].is_number() ? std::optional{object[key].get<double>()}
                                                         : std::nullopt;
}

std::vector<std::string> words_for(Toolbox const& toolbox, PublishedCase const& source,
                                   model::Seconds limit) {
  std::vector<std::string> words{toolbox.guarantor, "siting",
                                 "--format",        source.format,
                                 "--time-limit",    fmt::format("{:g}", limit.count())};
  if (source.count > 0) {
    words.insert(words.end(), {"--p", std::to_string(source.count)});
  }
  if (source.radius >= 0) {
    words.insert(words.end(), {"--radius", fmt::format("{}", source.radius)});
  }
  if (source.capacity > 0) {
    words.insert(words.end(), {"--capacity", fmt::format("{}", source.capacity)});
  }
  words.push_back(source.file);
  return words;
}

/// A peer on one case: the models it is given and what it made of them.
class PeerRun {
 public:
  PeerRun(Toolbox const& toolbox, Peer peer, SetCase const& one, Records const& records,
          fs::path models)
      : toolbox_{toolbox},
        peer_{peer},
        case_{one},
        records_{records},
        models_{std::move(models)},
        measured_{begin(one, peer == Peer::kCbc ? "CBC" : "HiGHS")} {
    measured_.processes = 0;
  }

  Result<SitingMeasurement> program(ZeroOneProgram const& program, model::Seconds limit) {
    auto const ended = ask(program, "", limit, Until::kProven);
    if (!ended.ok()) {
      return ended.error();
    }
    Measurement const& last = ended.value();
    // The runs report the negated objective of a minimisation; a maximal covering is one itself.
    double const sign = case_.source.format == "mclp" ? 1 : -1;
    if (last.objective) {
      measured_.objective = sign * *last.objective;
    }
    if (last.bound) {
      measured_.bound = sign * *last.bound;
    }
    measured_.proven = last.ending == "Optimal solution found" || last.ending == "Optimal";
    return measured_;
  }

  /// The least distance that p sites can cover all within.
  Result<SitingMeasurement> center(CenterProblem const& problem, model::Seconds limit) {
    auto const distances = center_distances(problem);
    std::size_t low = 0;
    // Where ways lead everywhere one site covers all within the last: no question is due.
    bool const connected =
        std::all_of(problem.given.distances.begin(), problem.given.distances.end(),
                    [](double distance) { return std::isfinite(distance); });
    std::size_t high = distances.size() - (connected ? 1 : 0);
    while (low < high) {
      std::size_t const middle = low + (high - low) / 2;
      model::Seconds const left = limit - measured_.solving;
      auto const ended = ask(center_question(problem, distances[middle]),
                             fmt::format("-within-{}", distances[middle]), left, Until::kFirst);
      if (!ended.ok()) {
        return ended.error();
      }
      bool const none =
          ended.value().ending == "infeasible" || ended.value().ending == "Infeasible";
      if (ended.value().objective) {
        high = middle;
      } else if (none) {
        low = middle + 1;
      } else {
        break;
      }
      if (measured_.solving >= limit) {
        break;
      }
    }
    if (high < distances.size()) {
      measured_.objective = distances[high];
      measured_.bound = distances[low];
    }
    measured_.proven = low == high;
    return measured_;
  }

 private:
  Result<Measurement> ask(ZeroOneProgram const& program, std::string const& question,
                          model::Seconds limit, Until until) {
    Case const bench_case{case_.set, fmt::format("{}-{}{}", case_.set, case_.name, question), {}};
    auto const model = models_ / (bench_case.name + ".mps");
    if (auto const written = tables::write_file(model, program.to_mps(case_.name)); !written.ok()) {
      return written.error();
    }
    auto ended = peer_ == Peer::kCbc
                     ? run_cbc(toolbox_, bench_case, model, limit, records_, until)
                     : run_highs(toolbox_, bench_case, model, limit, records_, until);
    fs::remove(model);
    if (ended.ok()) {
      Measurement const& last = ended.value();
      measured_.solving += last.solving.value_or(last.seconds);
      measured_.seconds += last.seconds;
      measured_.processor_seconds += last.processor_seconds;
      measured_.ending = last.ending;
      ++measured_.processes;
    }
    return ended;
  }

  Toolbox const& toolbox_;
  Peer peer_;
  SetCase const& case_;
  Records const& records_;
  fs::path models_;
  SitingMeasurement measured_;
};

}  // namespace

Result<SitingMeasurement> run_guarantor_siting(Toolbox const& toolbox, SetCase const& one,
                                               model::Seconds limit, Records const& records) {
  auto const name = fmt::format("{}-{}-guarantor", one.set, one.name);
  auto const answer = records.folder / (name + ".json");
  auto const log = records.folder / (name + ".log");
  auto const ending = run({.words = words_for(toolbox, one.source, limit),
                           .out = answer,
                           .err = log,
                           .deadline = limit + model::Seconds{kSlack}});
  if (!ending.ok()) {
    return ending.error();
  }
  int const code = ending.value().exit_code;
  auto const json = nlohmann::json::parse(read(answer), nullptr, false);
  if (code != 0 || !json.is_object()) {
    return model::Error{model::ErrorKind::kDefect,
                        fmt::format("guarantor-bench siting ended with {} on {}", code, one.name),
                        read(log)};
  }
  auto measured = begin(one, "Guarantor");
  measured.objective = number_at(json, "objective");
  measured.bound = number_at(json, "bound");
  measured.proven = json.value("proven", false);
  measured.solving = model::Seconds{number_at(json, "solving_seconds").value_or(0)};
  measured.seconds = ending.value().seconds;
  measured.processor_seconds = ending.value().processor_seconds;
  measured.ending = measured.proven ? "proven" : "stopped";
  return measured;
}

Result<SitingMeasurement> run_peer_siting(Toolbox const& toolbox, Peer peer, SetCase const& one,
                                          PublishedProblem const& problem, model::Seconds limit,
                                          Records const& records, fs::path const& models) {
  PeerRun run{toolbox, peer, one, records, models};
  if (auto const* const center = std::get_if<CenterProblem>(&problem)) {
    return run.center(*center, limit);
  }
  return run.program(*program_of(problem), limit);
}

}  // namespace guarantor::bench
