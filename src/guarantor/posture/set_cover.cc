#include "guarantor/posture/set_cover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "guarantor/posture/cost_grain.h"
#include "guarantor/posture/set_cover_core.h"
#include "guarantor/posture/set_cover_exchange.h"
#include "guarantor/posture/set_cover_prices.h"
#include "guarantor/posture/site_tree.h"

namespace guarantor::posture {
namespace {

model::Error bad(std::string message) {
  return {model::ErrorKind::kBadInput, std::move(message), ""};
}

/// What is wrong with a problem, if anything; else what is given of each column.
model::Result<std::vector<SiteState>> check(SetCoverProblem const& problem) {
  std::size_t const columns = problem.cost.size();
  if (problem.covers.size() != columns) {
    return bad(fmt::format("{} columns have a cost but {} say what they cover", columns,
                           problem.covers.size()));
  }
  for (std::size_t column = 0; column < columns; ++column) {
    if (!std::isfinite(problem.cost[column]) || problem.cost[column] < 0) {
      return bad(fmt::format("column {} costs {}: a cost is finite and not negative", column,
                             problem.cost[column]));
    }
    for (std::uint32_t const row : problem.covers[column]) {
      if (row >= problem.need.size()) {
        return bad(fmt::format("column {} covers row {}, but there are {} rows", column, row,
                               problem.need.size()));
      }
    }
  }
  return site_states(problem.existing, problem.forbidden, columns);
}

SetCoverCore whole_core(SetCoverProblem const& problem) {
  SetCoverCore core;
  auto columns = problem.covers;
  std::vector<std::uint32_t> place(problem.need.size(), 0);
  for (std::size_t row = 0; row < problem.need.size(); ++row) {
    place[row] = static_cast<std::uint32_t>(core.row.size());
    if (problem.need[row] > 0) {
      core.row.push_back(static_cast<std::uint32_t>(row));
      core.need.push_back(problem.need[row]);
    }
  }
  for (auto& rows : columns) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::erase_if(rows, [&](std::uint32_t row) { return problem.need[row] == 0; });
    for (std::uint32_t& row : rows) {
      row = place[row];
    }
  }
  core.matrix = CoverMatrix{core.row.size(), columns};
  core.cost = problem.cost;
  core.column.resize(problem.cost.size());
  std::iota(core.column.begin(), core.column.end(), 0U);
  return core;
}

/// As many pivots as a bound takes.
constexpr SitePrices::Stride kPivots{.steps = 100000};

constexpr double kRounding = 1e-9;  ///< of a budget

/// One solution from reading to answer.
class SetCoverRun {
 public:
  SetCoverRun(SetCoverProblem const& problem, SitingRequest const& request,
              model::RunControl const& control)
      : problem_{problem}, control_{control} {
    rules_.grain = cost_grain(problem.cost);
    rules_.gap = request.gap;
    rules_.most_work = request.most_work;
    rules_.stage = "set covering";
    if (problem.budget) {
      rules_.gap = 0;
      rules_.enough = *problem.budget + kRounding * std::max(1.0, *problem.budget);
      beyond_budget_ = rules_.grain > 0
                           ? rules_.grain * (std::floor(rules_.enough / rules_.grain) + 1)
                           : rules_.enough + kRounding * std::max(1.0, *problem.budget);
    }
  }

  SitingAnswer run(std::vector<SiteState> states) {
    auto first = reduce(whole_core(problem_), std::move(states), Effort::kQuick);
    if (first.impossible) {
      return impossible(*first.impossible);
    }
    core_ = std::move(first.core);
    bound_ = core_.spent;
    if (core_.row.empty()) {
      take(Placing{core_.spent, {}});
      proven_ = true;
    } else if (!narrow()) {
      branch();
    }
    return answer();
  }

 private:
  SitingAnswer impossible(std::size_t row) const {
    std::size_t usable = 0;
    for (std::size_t column = 0; column < problem_.covers.size(); ++column) {
      auto const& rows = problem_.covers[column];
      bool const forbidden = std::find(problem_.forbidden.begin(), problem_.forbidden.end(),
                                       column) != problem_.forbidden.end();
      usable += !forbidden && std::find(rows.begin(), rows.end(), row) != rows.end() ? 1U : 0U;
    }
    SitingAnswer answer;
    answer.bound = std::numeric_limits<double>::infinity();
    answer.proven = true;
    answer.reason = fmt::format("row {} needs {} and only {} columns can cover it", row,
                                problem_.need[row], usable);
    return answer;
  }

  /// A cover of the core, in columns of the whole problem.
  void take(std::optional<Placing> found) {
    if (!found || found->cost >= known()) {
      return;
    }
    for (std::size_t& column : found->open) {
      column = core_.column[column];
    }
    found->open.insert(found->open.end(), core_.taken.begin(), core_.taken.end());
    std::sort(found->open.begin(), found->open.end());
    best_ = std::move(found);
  }

  [[nodiscard]] double known() const { return best_ ? best_->cost : beyond_budget_; }
  [[nodiscard]] bool must_stop() const {
    return control_.must_stop() || (rules_.most_work > 0 && work_ >= rules_.most_work);
  }

  bool narrow();
  bool bound_by_steps(SetCoverPrices& prices, int round);
  bool bound_exactly(SetCoverPrices& prices);
  bool is_met(double bound);
  [[nodiscard]] bool can_relax() const;
  bool shrink(SetCoverPrices& prices);
  void branch();
  SitingAnswer answer();

  SetCoverProblem const& problem_;
  model::RunControl const& control_;
  SiteTree::Rules rules_;
  SetCoverCore core_;
  std::vector<double> row_prices_;
  std::optional<Placing> best_;
  double beyond_budget_{std::numeric_limits<double>::infinity()};  ///< what no cover may cost
  double bound_{};
  bool proven_{false};
  long work_{0};
};

/// Prices, fixes and reduces in turn. True where nothing is left to search.
bool SetCoverRun::narrow() {
  constexpr int kRounds = 8;
  constexpr double kWorthAgain = 0.9;
  row_prices_ = SetCoverPrices{core_}.first_prices();
  for (int round = 0; round < kRounds; ++round) {
    SetCoverPrices prices{core_};
    bool const exact = round > 0 && can_relax();
    if (exact) {
      prices.relax();
    }
    std::vector<SiteState> marks(core_.cost.size(), SiteState::kFree);
    auto const part = prices.enter(marks, row_prices_);
    if (part != SitePrices::Part::kOpen) {
      if (part == SitePrices::Part::kSettled) {
        take(prices.settled());
      }
      proven_ = true;
      return true;
    }
    proven_ = exact ? bound_exactly(prices) : bound_by_steps(prices, round);
    work_ += prices.evaluations();
    control_.report({rules_.stage, known(), bound_, 0});
    if (proven_ || must_stop()) {
      return true;
    }
    std::size_t const before = core_.cost.size();
    if (shrink(prices)) {
      proven_ = true;
      return true;
    }
    if (round > 1 &&
        static_cast<double>(core_.cost.size()) > kWorthAgain * static_cast<double>(before)) {
      break;
    }
  }
  return false;
}

/// True where the bound meets the best cover known.
bool SetCoverRun::bound_by_steps(SetCoverPrices& prices, int round) {
  int const turns = round == 0 ? 4 : 12;
  SitePrices::Stride stride{
      .steps = round == 0 ? 60 : 40, .length = 1, .patience = 30, .shorter = 0.7, .least = 1e-3};
  take(prices.round());
  for (int turn = 0; turn < turns; ++turn) {
    double const enough = SiteTree::cutoff(rules_, known());
    prices.ascend(stride, enough, control_);
    stride.length = std::max(stride.length * 0.7, 0.1);
    take(prices.round());
    if (is_met(prices.bound()) || control_.must_stop()) {
      break;
    }
  }
  return is_met(prices.bound());
}

/// The same by the linear relaxation, and with a search for better covers.
bool SetCoverRun::bound_exactly(SetCoverPrices& prices) {
  constexpr int kAttemptsInVain = 2000;
  prices.ascend(kPivots, SiteTree::cutoff(rules_, known()), control_);
  if (is_met(prices.bound()) || control_.must_stop()) {
    return is_met(prices.bound());
  }
  if (auto const start = prices.round()) {
    SetCoverExchange exchange{core_, prices.prices()};
    take(exchange.improve(*start, kAttemptsInVain, std::max(bound_, rules_.enough), control_));
    work_ += exchange.attempts();
  }
  return is_met(prices.bound());
}

bool SetCoverRun::is_met(double bound) {
  bound_ = std::max(bound_, bound);
  return bound_ >= SiteTree::cutoff(rules_, known()) || known() <= rules_.enough;
}

bool SetCoverRun::can_relax() const {
  constexpr std::size_t kMostRows = 2000;
  constexpr std::size_t kMostColumns = 20000;
  return core_.row.size() <= kMostRows && core_.cost.size() <= kMostColumns;
}

/// Leaves out what no better cover has. True where nothing is left: no better cover exists.
bool SetCoverRun::shrink(SetCoverPrices& prices) {
  double const cutoff = SiteTree::cutoff(rules_, known());
  std::vector<SiteState> states(core_.cost.size(), SiteState::kClosed);
  auto const& free = prices.free_sites();
  for (std::size_t k = 0; k < free.size(); ++k) {
    if (prices.if_open(k) < cutoff) {
      states[free[k]] = prices.if_closed(k) < cutoff ? SiteState::kFree : SiteState::kOpen;
    }
  }
  auto by_row = prices.prices();
  auto reduction = reduce(core_, std::move(states), Effort::kThorough);
  if (reduction.impossible) {
    return true;
  }
  std::vector<double> of_whole(problem_.need.size(), 0);
  for (std::size_t row = 0; row < core_.row.size(); ++row) {
    of_whole[core_.row[row]] = by_row[row];
  }
  core_ = std::move(reduction.core);
  row_prices_.clear();
  for (std::uint32_t const row : core_.row) {
    row_prices_.push_back(of_whole[row]);
  }
  if (core_.row.empty()) {
    take(Placing{core_.spent, {}});
    return true;
  }
  return false;
}

void SetCoverRun::branch() {
  SetCoverPrices prices{core_};
  auto rules = rules_;
  if (can_relax()) {
    prices.relax();
    rules.stride = kPivots;
  }
  rules.most_work = rules.most_work > 0 ? std::max(1L, rules.most_work - work_) : 0;
  SiteTree tree{prices, rules, control_};
  auto found = tree.search(std::vector<SiteState>(core_.cost.size(), SiteState::kFree), row_prices_,
                           bound_, known());
  take(std::move(found.best));
  bound_ = std::max(bound_, found.bound);
  proven_ = found.proven;
  work_ += prices.evaluations();
}

SitingAnswer SetCoverRun::answer() {
  SitingAnswer answer;
  answer.work = work_;
  answer.bound = bound_;
  if (!best_) {
    answer.proven = proven_ && problem_.budget.has_value();
    answer.bound = answer.proven ? std::max(bound_, beyond_budget_) : bound_;
    answer.reason = answer.proven ? fmt::format("every cover costs more than {}", *problem_.budget)
                                  : "stopped before any cover was found";
    return answer;
  }
  answer.feasible = true;
  answer.proven = proven_;
  answer.open = best_->open;
  answer.assigned.assign(problem_.need.size(), kUnassigned);
  for (std::size_t const column : answer.open) {
    answer.objective += problem_.cost[column];
    for (std::uint32_t const row : problem_.covers[column]) {
      answer.assigned[row] = std::min(answer.assigned[row], column);
    }
  }
  bool const exact = proven_ && rules_.gap <= 0 && !problem_.budget;
  answer.bound = exact ? answer.objective : std::min(bound_, answer.objective);
  return answer;
}

}  // namespace

model::Result<SitingAnswer> cover(SetCoverProblem const& problem, SitingRequest const& request,
                                  model::RunControl const& control) {
  auto states = check(problem);
  if (!states.ok()) {
    return states.error();
  }
  return SetCoverRun{problem, request, control}.run(std::move(states).value());
}

}  // namespace guarantor::posture
