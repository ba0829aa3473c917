#include "guarantor/posture/set_cover_relaxation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stop_token>

#include "guarantor/model/random_stream.h"
#include "small_cover.h"

namespace guarantor::posture {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr int kPivots = 10000;

/// Of the costs together: costs are lowered by a millionth at most, so that ties are few.
constexpr double kNudge = 1e-6;

double allowance(SetCoverCore const& core) {
  double sum = 1;
  for (double const cost : core.cost) {
    sum += cost;
  }
  return 2 * kNudge * sum;
}

/// The bound that the prices of the relaxation give, in plain arithmetic.
double bound_of(SetCoverCore const& core, std::vector<SiteState> const& states,
                SetCoverRelaxation const& relaxation) {
  double bound = 0;
  for (std::size_t row = 0; row < core.need.size(); ++row) {
    EXPECT_GE(relaxation.price(row), 0);
    bound += core.need[row] * relaxation.price(row);
  }
  for (std::size_t column = 0; column < core.cost.size(); ++column) {
    double reduced = core.cost[column];
    for (std::uint32_t const row : core.matrix.rows_of(column)) {
      reduced -= relaxation.price(row);
    }
    bound += states[column] == SiteState::kOpen                  ? reduced
             : states[column] == SiteState::kFree && reduced < 0 ? reduced
                                                                 : 0;
  }
  return bound;
}

/// What is taken keeps to the states and covers every row.
void expect_covers(SetCoverCore const& core, std::vector<SiteState> const& states,
                   SetCoverRelaxation const& relaxation) {
  constexpr double kLittle = 1e-6;
  std::vector<double> times(core.need.size(), 0);
  for (std::size_t column = 0; column < core.cost.size(); ++column) {
    double const taken = relaxation.taken(column);
    EXPECT_GE(taken, (states[column] == SiteState::kOpen ? 1 : 0) - kLittle);
    EXPECT_LE(taken, (states[column] == SiteState::kClosed ? 0 : 1) + kLittle);
    for (std::uint32_t const row : core.matrix.rows_of(column)) {
      times[row] += taken;
    }
  }
  for (std::size_t row = 0; row < times.size(); ++row) {
    EXPECT_GE(times[row], core.need[row] - 10 * kLittle);
  }
}

double cost_taken(SetCoverCore const& core, SetCoverRelaxation const& relaxation) {
  double cost = 0;
  for (std::size_t column = 0; column < core.cost.size(); ++column) {
    cost += core.cost[column] * relaxation.taken(column);
  }
  return cost;
}

std::vector<SiteState> all_free(SetCoverCore const& core) {
  return std::vector<SiteState>(core.cost.size(), SiteState::kFree);
}

std::vector<SiteState> draw_states(model::RandomStream& stream, SetCoverCore const& core) {
  auto states = all_free(core);
  for (SiteState& state : states) {
    double const drawn = stream.uniform();
    state = drawn < 0.15 ? SiteState::kOpen : drawn < 0.35 ? SiteState::kClosed : SiteState::kFree;
  }
  return states;
}

/// What holds once solved: prices and what is taken meet at the solver's value.
void expect_solved(SetCoverCore const& core, std::vector<SiteState> const& states,
                   SetCoverRelaxation const& relaxation, double value) {
  EXPECT_NEAR(bound_of(core, states, relaxation), value, allowance(core));
  EXPECT_NEAR(cost_taken(core, relaxation), value, allowance(core));
  expect_covers(core, states, relaxation);
}

TEST(SetCoverRelaxation, ItsValueIsThatOfTheSolver) {
  model::RandomStream stream{11, "relaxation, value"};
  for (int number = 0; number < 300; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 40, 40);
    SetCoverRelaxation relaxation{core};
    relaxation.solve(kNever, kPivots, {});
    expect_solved(core, all_free(core), relaxation, *least_cover_in_part(core, all_free(core)));
  }
}

TEST(SetCoverRelaxation, AnyBasisIsAStartWhateverIsFixed) {
  model::RandomStream stream{12, "relaxation, fixed"};
  int empty = 0;
  for (int number = 0; number < 60; ++number) {
    auto const core = draw_cover(stream, 30, 30);
    SetCoverRelaxation relaxation{core};
    for (int part = 0; part < 10; ++part) {
      SCOPED_TRACE(10 * number + part);
      auto const states = draw_states(stream, core);
      relaxation.enter(states);
      relaxation.solve(kNever, kPivots, {});
      if (auto const value = least_cover_in_part(core, states)) {
        expect_solved(core, states, relaxation, *value);
      } else {
        ++empty;
      }
    }
  }
  EXPECT_GT(empty, 50);
  EXPECT_LT(empty, 500);
}

TEST(SetCoverRelaxation, ItsPricesNeverBoundBeyondTheBestCover) {
  model::RandomStream stream{13, "relaxation, bound"};
  int whole = 0;
  for (int number = 0; number < 150; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 14, 11);
    SetCoverRelaxation relaxation{core};
    for (int const pivots : {0, 1, 2, 3, 5, 8, kPivots}) {
      auto const states = pivots == 5 ? draw_states(stream, core) : all_free(core);
      relaxation.enter(states);
      relaxation.solve(kNever, pivots, {});
      double const best = least_cover(core, states).value_or(kNever);
      double const bound = bound_of(core, states, relaxation);
      EXPECT_LE(bound, best + 1e-9 * (1 + std::abs(bound)));
      whole += pivots == kPivots && bound > best - allowance(core) ? 1 : 0;
    }
  }
  EXPECT_GT(whole, 50) << "on small cases it should often be as good as the best cover";
  EXPECT_LT(whole, 150);
}

TEST(SetCoverRelaxation, GoesBackToWhatWasPutBy) {
  model::RandomStream stream{14, "relaxation, put by"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 30, 30);
    SetCoverRelaxation relaxation{core};
    auto states = all_free(core);
    relaxation.enter(states);
    relaxation.solve(kNever, kPivots, {});
    relaxation.put_by();
    double const value = *least_cover_in_part(core, states);
    for (std::size_t column = 0; column < core.cost.size(); ++column) {
      states[column] = column % 2 == 0 ? SiteState::kOpen : SiteState::kClosed;
      relaxation.go_back();
      relaxation.fix(column, states[column]);
      relaxation.solve(kNever, kPivots, {});
      if (auto const fixed = least_cover_in_part(core, states)) {
        EXPECT_NEAR(bound_of(core, states, relaxation), *fixed, allowance(core));
      }
      relaxation.fix(column, SiteState::kFree);
      states[column] = SiteState::kFree;
    }
    relaxation.go_back();
    EXPECT_NEAR(bound_of(core, states, relaxation), value, allowance(core));
    long const before = relaxation.pivots();
    relaxation.solve(kNever, kPivots, {});
    EXPECT_EQ(relaxation.pivots(), before) << "the basis put by was solved";
  }
}

TEST(SetCoverRelaxation, StopsWhereItIsEnough) {
  model::RandomStream stream{15, "relaxation, enough"};
  long few = 0;
  long all = 0;
  for (int number = 0; number < 40; ++number) {
    auto const core = draw_cover(stream, 40, 40);
    SetCoverRelaxation relaxation{core};
    SetCoverRelaxation to_the_end{core};
    double const half = *least_cover_in_part(core, all_free(core)) / 2;
    relaxation.solve(half, kPivots, {});
    to_the_end.solve(kNever, kPivots, {});
    EXPECT_GE(bound_of(core, all_free(core), relaxation), half - allowance(core));
    few += relaxation.pivots();
    all += to_the_end.pivots();
  }
  EXPECT_LT(few, all);
}

TEST(SetCoverRelaxation, ARowThatNeedsAllItsColumnsDoesNotEndTheSearch) {
  // Once it ended with no prices, as the way up was level where the last column stopped it.
  SetCoverCore core{.matrix = CoverMatrix{2, {{0}, {0, 1}, {1}}},
                    .cost = {2, 3, 1},
                    .need = {2, 1},
                    .column = {0, 1, 2},
                    .row = {0, 1}};
  SetCoverRelaxation relaxation{core};
  relaxation.solve(kNever, kPivots, {});
  expect_solved(core, all_free(core), relaxation, 5);
}

TEST(SetCoverRelaxation, AnOddRingIsTakenByHalves) {
  // Rows 0, 1, 2; each column covers two of them: half of each column, 1.5 in all.
  SetCoverCore core{.matrix = CoverMatrix{3, {{0, 1}, {1, 2}, {0, 2}}},
                    .cost = {1, 1, 1},
                    .need = {1, 1, 1},
                    .column = {0, 1, 2},
                    .row = {0, 1, 2}};
  SetCoverRelaxation relaxation{core};
  relaxation.solve(kNever, kPivots, {});
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(relaxation.taken(k), 0.5, 1e-9);
    EXPECT_NEAR(relaxation.price(k), 0.5, 1e-5);
  }
}

}  // namespace
}  // namespace guarantor::posture
