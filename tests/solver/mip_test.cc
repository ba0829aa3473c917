#include "guarantor/solver/mip.h"

#include <gtest/gtest.h>

#include <cmath>

#include "guarantor/model/random_stream.h"

namespace guarantor::solver {
namespace {

/// Knapsack: worth 10, 13, 7, 8 for weights 5, 6, 3, 4, at most 10 in all. Best: 13 + 8 = 21.
LinearProgram knapsack() {
  LinearProgram program;
  LinearRow const weight = program.add_row({"weight", 10});
  double const worth[] = {10, 13, 7, 8};
  double const weights[] = {5, 6, 3, 4};
  for (int i = 0; i < 4; ++i) {
    Column const item = program.add_column({"item" + std::to_string(i), worth[i], 1, true});
    program.add(weight, item, weights[i]);
  }
  return program;
}

double worth(LinearProgram const& program, std::vector<double> const& values) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += program.columns()[i].objective * std::round(values[i]);
  }
  return sum;
}

TEST(Mip, FindsAndProvesTheOptimum) {
  auto const result = solve(knapsack(), {.known_bound = 38}, {}).value();
  EXPECT_TRUE(result.proven);
  EXPECT_DOUBLE_EQ(worth(knapsack(), result.values), 21);
  EXPECT_NEAR(result.bound, 21, 1e-6);
}

TEST(Mip, ProvesThatNothingIsBetterThanWhatIsKnown) {
  auto const result = solve(knapsack(), {.known_bound = 38, .known_objective = 21}, {}).value();
  EXPECT_TRUE(result.proven);
  EXPECT_LE(worth(knapsack(), result.values), 21);
  EXPECT_NEAR(result.bound, 21, 1e-6);
}

TEST(Mip, AStopKeepsAValidBound) {
  std::stop_source source;
  source.request_stop();
  auto const result =
      solve(knapsack(), {.known_bound = 38}, {.cancel = source.get_token()}).value();
  EXPECT_FALSE(result.proven);
  EXPECT_GE(result.bound, 21);
  EXPECT_LE(result.bound, 38);
}

TEST(Mip, AgreesWithTryingEverything) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    model::RandomStream stream{seed, "program"};
    constexpr std::size_t kColumns = 8;
    constexpr std::size_t kRows = 4;
    LinearProgram program;
    double coefficient[kRows][kColumns];
    for (std::size_t c = 0; c < kColumns; ++c) {
      program.add_column({"x" + std::to_string(c), std::floor(stream.uniform() * 20) - 4, 1, true});
    }
    for (std::size_t r = 0; r < kRows; ++r) {
      LinearRow const row =
          program.add_row({"r" + std::to_string(r), std::floor(stream.uniform() * 8)});
      for (std::size_t c = 0; c < kColumns; ++c) {
        coefficient[r][c] = std::floor(stream.uniform() * 7) - 2;
        program.add(row, Column{c}, coefficient[r][c]);
      }
    }
    double best = 0;
    for (unsigned code = 0; code < (1U << kColumns); ++code) {
      bool feasible = true;
      double value = 0;
      for (std::size_t r = 0; r < kRows; ++r) {
        double used = 0;
        for (std::size_t c = 0; c < kColumns; ++c) {
          used += ((code >> c) & 1U) * coefficient[r][c];
        }
        feasible = feasible && used <= program.rows()[r].limit;
      }
      for (std::size_t c = 0; c < kColumns; ++c) {
        value += ((code >> c) & 1U) * program.columns()[c].objective;
      }
      best = feasible ? std::max(best, value) : best;
    }
    auto const result = solve(program, {.known_bound = 1000}, {}).value();
    EXPECT_TRUE(result.proven) << seed;
    EXPECT_NEAR(result.values.empty() ? 0 : worth(program, result.values), best, 1e-9) << seed;
    EXPECT_NEAR(result.bound, best, 1e-6) << seed;
  }
}

TEST(LinearProgram, EntriesForOnePlaceAddUp) {
  LinearProgram program;
  LinearRow const row = program.add_row({"row", 1});
  Column const column = program.add_column({"column", 1, 1, false});
  program.add(row, column, 2);
  program.add(row, column, 0.5);
  auto const entries = program.merged_entries();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_DOUBLE_EQ(entries[0].coefficient, 2.5);
}

TEST(LinearProgram, PrintsFreeMps) {
  LinearProgram program;
  LinearRow const row = program.add_row({"C_r_0", 2});
  Column const y = program.add_column({"y_r_0", 0.1, 4, false});
  Column const x = program.add_column({"x_p_r_0", -0.25, 1, true});
  program.add(row, y, 1);
  program.add(row, x, -0.6);
  EXPECT_EQ(to_mps(program, "case"),
            "NAME case FREE\nROWS\n N OBJ\n L C_r_0\nCOLUMNS\n y_r_0 OBJ -0.1\n y_r_0 C_r_0 1\n"
            " M1 'MARKER' 'INTORG'\n x_p_r_0 OBJ 0.25\n x_p_r_0 C_r_0 -0.6\n"
            " M2 'MARKER' 'INTEND'\nRHS\n RHS C_r_0 2\nBOUNDS\n UP BND y_r_0 4\n UP BND x_p_r_0 1\n"
            "ENDATA\n");
}

}  // namespace
}  // namespace guarantor::solver
