#include "guarantor/solver/mip.h"

#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CglClique.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglPreProcess.hpp>
#include <CglProbing.hpp>
#include <CglTwomir.hpp>
#include <ClpEventHandler.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

namespace guarantor::solver {
namespace {

/// A handler that keeps the library from printing.
class Silence : public CoinMessageHandler {
 public:
  Silence() { setLogLevel(0); }
  Silence(Silence const& other) = default;
  int print() override { return 0; }
  [[nodiscard]] CoinMessageHandler* clone() const override { return new Silence{*this}; }
};

/// Lets a person or a limit stop the simplex method between iterations.
class SimplexWatch : public ClpEventHandler {
 public:
  explicit SimplexWatch(model::RunControl const& control) : control_{&control} {}
  SimplexWatch(SimplexWatch const& other) = default;

  int event(Event which) override {
    constexpr int kStop = 5;
    constexpr int kGoOn = -1;
    bool const often = which == endOfIteration && ++iterations_ % kEvery != 0;
    return !often && control_->must_stop() ? kStop : kGoOn;
  }
  [[nodiscard]] ClpEventHandler* clone() const override { return new SimplexWatch{*this}; }

 private:
  static constexpr int kEvery = 64;
  model::RunControl const* control_;
  int iterations_{0};
};

/// The same for branch and bound; also reports progress.
class SearchWatch : public CbcEventHandler {
 public:
  SearchWatch(model::RunControl const& control, double known_objective)
      : control_{&control}, known_objective_{known_objective} {}
  SearchWatch(SearchWatch const& other) = default;

  CbcAction event(CbcEvent which) override {
    if (which == node || which == solution || which == heuristicSolution) {
      model::Progress step{"branch and cut", known_objective_, std::nullopt, 0};
      if (model_ != nullptr && std::abs(model_->getObjValue()) < kNone) {
        step.objective = std::max(known_objective_, -model_->getObjValue());
      }
      if (model_ != nullptr && std::abs(model_->getBestPossibleObjValue()) < kNone) {
        step.bound = -model_->getBestPossibleObjValue();
      }
      control_->report(step);
    }
    return control_->must_stop() ? stop : noAction;
  }
  [[nodiscard]] CbcEventHandler* clone() const override { return new SearchWatch{*this}; }

 private:
  static constexpr double kNone = 1e30;
  model::RunControl const* control_;
  double known_objective_;
};

void load(OsiClpSolverInterface& library, LinearProgram const& program) {
  auto const& columns = program.columns();
  auto const& rows = program.rows();
  std::vector<int> row_of;
  std::vector<int> column_of;
  std::vector<double> coefficient;
  for (auto const& entry : program.merged_entries()) {
    row_of.push_back(static_cast<int>(entry.row));
    column_of.push_back(static_cast<int>(entry.column));
    coefficient.push_back(entry.coefficient);
  }
  CoinPackedMatrix matrix{true, row_of.data(), column_of.data(), coefficient.data(),
                          static_cast<CoinBigIndex>(coefficient.size())};
  matrix.setDimensions(static_cast<int>(rows.size()), static_cast<int>(columns.size()));
  std::vector<double> const zero(columns.size(), 0);
  std::vector<double> upper;
  std::vector<double> cost;
  for (auto const& column : columns) {
    upper.push_back(column.upper);
    cost.push_back(-column.objective);
  }
  std::vector<double> const none(rows.size(), -library.getInfinity());
  std::vector<double> limit;
  for (auto const& row : rows) {
    limit.push_back(row.limit);
  }
  library.loadProblem(matrix, zero.data(), upper.data(), cost.data(), none.data(), limit.data());
  for (std::size_t place = 0; place < columns.size(); ++place) {
    if (columns[place].whole) {
      library.setInteger(static_cast<int>(place));
    }
  }
}

void add_cuts(CbcModel& search) {
  constexpr int kWhenUseful = -1;
  CglProbing probing;
  probing.setUsingObjective(1);
  probing.setMaxPass(1);
  probing.setMaxPassRoot(1);
  probing.setMaxProbe(10);
  probing.setMaxLook(50);
  probing.setRowCuts(3);
  CglGomory gomory;
  gomory.setLimit(100);
  CglKnapsackCover knapsack;
  CglFlowCover flow;
  CglMixedIntegerRounding2 rounding;
  CglTwomir two_step;
  CglClique clique;
  clique.setStarCliqueReport(false);
  clique.setRowCliqueReport(false);
  search.addCutGenerator(&probing, kWhenUseful, "probing");
  search.addCutGenerator(&gomory, kWhenUseful, "gomory");
  search.addCutGenerator(&knapsack, kWhenUseful, "knapsack");
  search.addCutGenerator(&clique, kWhenUseful, "clique");
  search.addCutGenerator(&flow, kWhenUseful, "flow cover");
  search.addCutGenerator(&rounding, kWhenUseful, "rounding");
  search.addCutGenerator(&two_step, kWhenUseful, "two-step rounding");
}

void configure(CbcModel& search, MipRequest const& request, model::RunControl const& control) {
  search.setLogLevel(0);
  add_cuts(search);
  SearchWatch watch{control, request.known_objective};
  search.passInEventHandler(&watch);
  // Anything at all better than what the caller has.
  constexpr double kLeast = 1e-9;
  double const scale = std::max(1.0, std::abs(request.known_objective));
  search.setDblParam(CbcModel::CbcCutoffIncrement, kLeast * scale);
  search.setCutoff(-request.known_objective + kLeast * scale);
  search.setAllowableFractionGap(request.gap);
  search.setAllowableGap(0);
  search.setUseElapsedTime(true);
  if (auto const left = control.remaining()) {
    search.setMaximumSeconds(std::max(left->count(), 0.01));
  }
  search.setNumberStrong(10);
  search.setMaximumCutPassesAtRoot(50);
  search.setMaximumCutPasses(2);
}

/// Often the relaxation alone shows that what is known cannot be beaten. Works on a copy: the
/// search goes better from a fresh start.
bool relaxation_suffices(OsiClpSolverInterface const& original, MipRequest const& request,
                         MipResult& result) {
  OsiClpSolverInterface relaxation{original};
  relaxation.initialSolve();
  result.iterations = relaxation.getIterationCount();
  if (relaxation.isProvenOptimal()) {
    constexpr double kTolerance = 1e-7;
    result.bound = std::min(result.bound, -relaxation.getObjValue());
    result.proven =
        result.bound - request.known_objective <=
        std::max(request.gap, kTolerance) * std::max(1.0, std::abs(request.known_objective));
  }
  return result.proven;
}

}  // namespace

model::Result<MipResult> solve(LinearProgram const& program, MipRequest const& request,
                               model::RunControl const& control) {
  MipResult result{false, request.known_bound, {}, 0};
  Silence silence;
  OsiClpSolverInterface original;
  original.passInMessageHandler(&silence);
  original.setHintParam(OsiDoReducePrint, true, OsiHintDo);
  load(original, program);
  SimplexWatch watch{control};
  original.getModelPtr()->passInEventHandler(&watch);

  if (relaxation_suffices(original, request, result) || control.must_stop()) {
    return result;
  }

  CglPreProcess preprocess;
  preprocess.passInMessageHandler(&silence);
  if (auto const left = control.remaining()) {
    preprocess.setTimeLimit(std::max(left->count(), 0.01), true);
  }
  OsiSolverInterface* reduced = preprocess.preProcess(original, false, 5);
  if (control.must_stop()) {
    return result;
  }
  if (reduced == nullptr) {
    return model::Error{model::ErrorKind::kDefect,
                        "the solver calls a program infeasible that zero solves"};
  }
  reduced->resolve();
  if (reduced->isProvenOptimal()) {
    result.bound = std::min(result.bound, -reduced->getObjValue());
  }
  if (control.must_stop()) {
    return result;
  }
  CbcModel search{*reduced};
  search.passInMessageHandler(&silence);
  configure(search, request, control);
  search.branchAndBound();
  result.iterations += search.getIterationCount();

  result.proven = search.isProvenOptimal() || search.isProvenInfeasible();
  double const best_possible = -search.getBestPossibleObjValue();
  if (search.bestSolution() != nullptr) {
    preprocess.postProcess(*search.solver());
    double const* values = original.getColSolution();
    result.values.assign(values, values + original.getNumCols());
    if (std::isfinite(best_possible)) {
      result.bound = std::min(result.bound, best_possible);
    }
  } else if (result.proven) {
    result.bound = std::min(result.bound, request.known_objective);
  } else if (std::abs(best_possible) < 1e30) {
    result.bound = std::min(result.bound, best_possible);
  }
  return result;
}

}  // namespace guarantor::solver
