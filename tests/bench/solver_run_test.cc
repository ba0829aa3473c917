#include "bench/solver_run.h"

#include <gtest/gtest.h>

namespace guarantor::bench {
namespace {

// The last lines that CBC 2.10 prints, for the minimisation of the negated objective.

TEST(CbcLog, OptimalIsItsOwnBound) {
  auto const answer = read_cbc_log(
      "Cbc0038I Pass\n\nResult - Optimal solution found\n\n"
      "Objective value:                -2513.42926667\n"
      "Enumerated nodes:               85\n");
  EXPECT_EQ(answer.ending, "Optimal solution found");
  EXPECT_EQ(answer.objective, 2513.42926667);
  EXPECT_EQ(answer.bound, 2513.42926667);
}

TEST(CbcLog, AStoppedSearchHasBoth) {
  auto const answer = read_cbc_log(
      "\nResult - Stopped on time limit\n\n"
      "Objective value:                -20958.55180000\n"
      "Lower bound:                    -21157.099\n"
      "Gap:                            0.01\n");
  EXPECT_EQ(answer.ending, "Stopped on time limit");
  EXPECT_EQ(answer.objective, 20958.5518);
  EXPECT_EQ(answer.bound, 21157.099);
}

TEST(CbcLog, ASearchMayEndEmptyHanded) {
  auto const answer = read_cbc_log(
      "\nResult - Stopped on time limit\n\nNo feasible solution found\n"
      "Lower bound:                    -2517.331\n");
  EXPECT_EQ(answer.objective, std::nullopt);
  EXPECT_EQ(answer.bound, 2517.331);
}

TEST(CbcLog, NoResultIsNoAnswer) {
  auto const answer = read_cbc_log("Welcome to the CBC MILP Solver\nObjective value: -5\n");
  EXPECT_EQ(answer.objective, std::nullopt);
  EXPECT_EQ(answer.bound, std::nullopt);
  EXPECT_EQ(answer.ending, "");
  EXPECT_FALSE(answer.solving.has_value());
}

TEST(CbcLog, AModelWithoutAPlanIsInfeasible) {
  auto const answer = read_cbc_log(
      "allowableGap was changed from 1e-10 to 0\nProblem is infeasible - 0.00 seconds\n"
      "Total time (CPU seconds):       0.01   (Wallclock seconds):       0.09\n");
  EXPECT_EQ(answer.ending, "infeasible");
  EXPECT_EQ(answer.objective, std::nullopt);
  EXPECT_EQ(answer.solving, model::Seconds{0.09});
  EXPECT_EQ(
      read_cbc_log("\nResult - Problem proven infeasible\n\nNo feasible solution found\n").ending,
      "infeasible");
}

TEST(CbcLog, SolvingIsTimedWithoutReading) {
  auto const answer = read_cbc_log(
      "\nResult - Stopped on solution limit\n\nObjective value:                10.00000000\n"
      "Time (CPU seconds):             0.01\nTime (Wallclock seconds):       0.35\n\n"
      "Total time (CPU seconds):       0.01   (Wallclock seconds):       0.47\n");
  EXPECT_EQ(answer.objective, -10);
  EXPECT_EQ(answer.solving, model::Seconds{0.35});
}

}  // namespace
}  // namespace guarantor::bench
