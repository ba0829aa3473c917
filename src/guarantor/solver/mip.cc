#include "guarantor/solver/mip.h"

#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicFPump.hpp>
#include <CbcHeuristicRINS.hpp>
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

/// What the watches below have seen. A simplex method that was stopped looks like an infeasible
/// program to the search above it, so nothing the library claims after a stop is believed.
struct Watched {
  model::RunControl const& control;
  double known_objective;
  double bound;  ///< the last one told before any stop
  bool stopped{false};

  bool must_stop() {
    stopped = stopped || control.must_stop();
    return stopped;
  }
};

/// Lets a person or a limit stop the simplex method between iterations.
class SimplexWatch : public ClpEventHandler {
 public:
  explicit SimplexWatch(Watched& watched) : watched_{&watched} {}
  SimplexWatch(SimplexWatch const& other) = default;

  int event(Event which) override {
    constexpr int kStop = 5;
    constexpr int kGoOn = -1;
    bool const often = which == endOfIteration && ++iterations_ % kEvery != 0;
    return !often && watched_->must_stop() ? kStop : kGoOn;
  }
  [[nodiscard]] ClpEventHandler* clone() const override { return new SimplexWatch{*this}; }

 private:
  static constexpr int kEvery = 64;
  Watched* watched_;
  int iterations_{0};
};

/// The same for branch and bound; also reports progress.
class SearchWatch : public CbcEventHandler {
 public:
  explicit SearchWatch(Watched& watched) : watched_{&watched} {}
  SearchWatch(SearchWatch const& other) = default;

  CbcAction event(CbcEvent which) override {
    if (watched_->must_stop()) {
      return stop;
    }
    if (model_ != nullptr && (which == node || which == solution || which == heuristicSolution)) {
      constexpr double kNone = 1e30;
      model::Progress step{"branch and cut", watched_->known_objective, watched_->bound, 0};
      if (std::abs(model_->getObjValue()) < kNone) {
        step.objective = std::max(watched_->known_objective, -model_->getObjValue());
      }
      if (which == node && std::abs(model_->getBestPossibleObjValue()) < kNone) {
        watched_->bound = std::min(watched_->bound, -model_->getBestPossibleObjValue());
      }
      watched_->control.report(step);
    }
    return noAction;
  }
  [[nodiscard]] CbcEventHandler* clone() const override { return new SearchWatch{*this}; }

 private:
  Watched* watched_;
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

/// `careful` leaves out the cuts that were part of every wrong answer seen.
void add_cuts(CbcModel& search, bool careful) {
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
  search.addCutGenerator(&two_step, kWhenUseful, "two-step rounding");
  if (!careful) {
    search.addCutGenerator(&gomory, kWhenUseful, "gomory");
  }
  search.addCutGenerator(&knapsack, kWhenUseful, "knapsack");
  search.addCutGenerator(&clique, kWhenUseful, "clique");
  search.addCutGenerator(&flow, kWhenUseful, "flow cover");
  search.addCutGenerator(&rounding, kWhenUseful, "rounding");
}

/// For good solutions early: a search that only proves what is known does without.
void add_heuristics(CbcModel& search) {
  CbcRounding rounding{search};
  search.addHeuristic(&rounding, "rounding");
  constexpr int kPumpPasses = 20;
  CbcHeuristicFPump pump{search};
  pump.setMaximumPasses(kPumpPasses);
  search.addHeuristic(&pump, "feasibility pump");
  CbcHeuristicRINS neighbourhood{search};
  search.addHeuristic(&neighbourhood, "relaxation induced neighbourhood");
}

void configure(CbcModel& search, MipRequest const& request, Watched& watched, bool careful) {
  search.setLogLevel(0);
  add_cuts(search, careful);
  SearchWatch watch{watched};
  search.passInEventHandler(&watch);
  // Anything at all better than what the caller has.
  constexpr double kLeast = 1e-9;
  double const scale = std::max(1.0, std::abs(request.known_objective));
  search.setDblParam(CbcModel::CbcCutoffIncrement, kLeast * scale);
  search.setCutoff(-request.known_objective + kLeast * scale);
  search.setAllowableFractionGap(request.gap);
  search.setAllowableGap(0);
  search.setUseElapsedTime(true);
  if (auto const left = watched.control.remaining()) {
    search.setMaximumSeconds(std::max(left->count(), 0.01));
  }
  if (request.most_nodes > 0) {
    search.setMaximumNodes(request.most_nodes);
  }
  if (!careful) {
    add_heuristics(search);
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

/// What the finished search proves.
void read_bound(CbcModel const& search, MipRequest const& request, Watched const& watched,
                MipResult& result) {
  result.bound = std::min(result.bound, watched.bound);
  if (watched.stopped) {
    return;
  }
  result.proven = search.isProvenOptimal() || search.isProvenInfeasible();
  if (result.proven && search.bestSolution() == nullptr) {
    result.bound = std::min(result.bound, request.known_objective);
  } else if (constexpr double kNone = 1e30; std::abs(search.getBestPossibleObjValue()) < kNone) {
    result.bound = std::min(result.bound, -search.getBestPossibleObjValue());
  }
}

/// Branch and cut after preprocessing; `careful` does with less of both.
model::Result<model::Done> branch_and_cut(LinearProgram const& program, MipRequest const& request,
                                          Watched& watched, bool careful, MipResult& result) {
  Silence silence;
  OsiClpSolverInterface original;
  original.passInMessageHandler(&silence);
  original.setHintParam(OsiDoReducePrint, true, OsiHintDo);
  load(original, program);
  SimplexWatch watch{watched};
  original.getModelPtr()->passInEventHandler(&watch);
  CglPreProcess preprocess;
  preprocess.passInMessageHandler(&silence);
  if (auto const left = watched.control.remaining()) {
    preprocess.setTimeLimit(std::max(left->count(), 0.01), true);
  }
  constexpr int kPasses = 5;
  OsiSolverInterface* reduced = preprocess.preProcess(original, false, careful ? 1 : kPasses);
  if (watched.must_stop()) {
    return model::Done{};
  }
  if (reduced == nullptr) {
    return model::Error{model::ErrorKind::kDefect,
                        "the solver calls a program infeasible that has a solution"};
  }
  CbcModel search{*reduced};
  search.passInMessageHandler(&silence);
  configure(search, request, watched, careful);
  search.branchAndBound();
  result.iterations += search.getIterationCount();
  read_bound(search, request, watched, result);
  if (search.bestSolution() != nullptr) {
    preprocess.postProcess(*search.solver());
    double const* values = original.getColSolution();
    result.values.assign(values, values + original.getNumCols());
  }
  return model::Done{};
}

/// Looks once more, another way, for anything better than a result that claims to be the best: the
/// library's preprocessing and cuts together have been seen to cut off an optimum.
model::Result<model::Done> look_again(LinearProgram const& program, MipRequest request,
                                      Watched& watched, MipResult& result) {
  constexpr int kMostLooks = 4;
  // A search with less to help it needs more nodes; having come so far, it should have them.
  constexpr int kMoreNodes = 8;
  request.most_nodes *= kMoreNodes;
  constexpr double kTolerance = 1e-7;
  for (int look = 0; look < kMostLooks && result.proven && !watched.must_stop(); ++look) {
    double const claimed = result.bound;
    request.known_objective = claimed + kTolerance * std::max(1.0, std::abs(claimed));
    watched.bound = request.known_bound;
    MipResult again{false, request.known_bound, {}, 0};
    if (auto looked = branch_and_cut(program, request, watched, true, again); !looked.ok()) {
      return looked;
    }
    result.iterations += again.iterations;
    result.proven = again.proven;
    if (again.values.empty()) {
      result.bound = again.proven ? claimed : request.known_bound;
      break;
    }
    result.bound = again.bound;
    result.values = std::move(again.values);
  }
  return model::Done{};
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
  Watched watched{control, request.known_objective, request.known_bound};
  SimplexWatch watch{watched};
  original.getModelPtr()->passInEventHandler(&watch);
  if (relaxation_suffices(original, request, result) || watched.must_stop()) {
    return result;
  }
  watched.bound = result.bound;

  if (auto searched = branch_and_cut(program, request, watched, false, result); !searched.ok()) {
    return searched.error();
  }
  if (auto looked = look_again(program, request, watched, result); !looked.ok()) {
    return looked.error();
  }
  return result;
}

}  // namespace guarantor::solver
