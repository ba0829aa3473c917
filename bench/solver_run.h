#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/measurement.h"
#include "guarantor/model/error.h"

/// One solver, one case, one time limit: the child process and what is read off its output.
namespace guarantor::bench {

/// Where the programs are.
struct Toolbox {
  std::string guarantor;  ///< the program measured
  std::string evaluator;  ///< tools/evaluate_plan.py
  std::string python;     ///< runs the evaluator
  std::string cbc;
  std::string highs_python;  ///< a Python that has highspy
  std::string highs_script;  ///< bench/solve_with_highs.py
  int threads{2};
};

struct Case {
  std::string group;
  std::string name;
  std::filesystem::path scenario;
};

/// What the solvers' output is kept as: a file each, named by case, solver and limit.
struct Records {
  std::filesystem::path folder;
};

/// Plans the case with Guarantor, reading included in the limit, and has the plan evaluated.
/// Error kDefect where the program fails.
[[nodiscard]] model::Result<Measurement> run_guarantor(Toolbox const& tools, Case const& bench_case,
                                                       model::Seconds limit,
                                                       Records const& records);

enum class Until {
  kProven,
  kFirst,  ///< any plan will do: the question is whether there is one
};

/// Solves the exported model. The limit is the peer's own: the time it takes to read the model
/// comes on top, in its favour. A peer that gives no answer is a measurement without a plan.
[[nodiscard]] model::Result<Measurement> run_cbc(Toolbox const& tools, Case const& bench_case,
                                                 std::filesystem::path const& model,
                                                 model::Seconds limit, Records const& records,
                                                 Until until = Until::kProven);
[[nodiscard]] model::Result<Measurement> run_highs(Toolbox const& tools, Case const& bench_case,
                                                   std::filesystem::path const& model,
                                                   model::Seconds limit, Records const& records,
                                                   Until until = Until::kProven);

/// Writes the exact model of a case as MPS. Error kDefect where the program fails.
[[nodiscard]] model::Result<model::Done> export_model(Toolbox const& tools, Case const& bench_case,
                                                      std::filesystem::path const& model,
                                                      Records const& records);

/// What CBC's log says at its end, negated, since the exported model is a minimisation. Where it
/// says "optimal" it names no bound: the objective is the bound. A model without a plan ends as
/// "infeasible".
struct Answer {
  std::optional<double> objective;
  std::optional<double> bound;
  std::string ending;
  std::optional<model::Seconds> solving;
};
[[nodiscard]] Answer read_cbc_log(std::string const& log);

}  // namespace guarantor::bench
