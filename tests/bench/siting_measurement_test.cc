#include "bench/siting_measurement.h"

#include <gtest/gtest.h>

namespace guarantor::bench {
namespace {

SitingMeasurement measured(std::string solver, double objective, double seconds) {
  SitingMeasurement made;
  made.set = "scp4";
  made.name = "scp41";
  made.solver = std::move(solver);
  made.known = 429;
  made.objective = objective;
  made.bound = objective;
  made.proven = true;
  made.solving = model::Seconds{seconds};
  made.seconds = model::Seconds{seconds + 1};
  made.processor_seconds = model::Seconds{seconds};
  return made;
}

bool has(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

TEST(SitingMeasurement, SaysWhetherTheKnownOptimumWasProven) {
  EXPECT_EQ(truth_of(measured("Guarantor", 429, 1)), Truth::kReached);
  EXPECT_EQ(truth_of(measured("Guarantor", 429.0004, 1)), Truth::kReached);
  EXPECT_EQ(truth_of(measured("Guarantor", 430, 1)), Truth::kDiffers);
  EXPECT_EQ(truth_of(measured("Guarantor", 428, 1)), Truth::kDiffers);
  auto stopped = measured("Guarantor", 429, 1);
  stopped.proven = false;
  EXPECT_EQ(truth_of(stopped), Truth::kNotProven);
  auto unknown = measured("Guarantor", 429, 1);
  unknown.known.reset();
  EXPECT_EQ(truth_of(unknown), Truth::kUnknown);
  unknown.objective.reset();
  EXPECT_EQ(truth_of(unknown), Truth::kNotProven);
}

TEST(SitingMeasurement, TheTableHasARowASet) {
  std::vector<SitingMeasurement> rows{measured("Guarantor", 429, 0.5), measured("CBC", 429, 2),
                                      measured("HiGHS", 429, 1.5)};
  auto const table = to_markdown(rows, {"a machine", 1, {}}, model::Seconds{60});
  EXPECT_TRUE(has(table, "| scp4 | 1 | 1 | 0.500 | 1 | 2.00 | 1 | 1.50 | 3.0 | 1.50 |")) << table;
  EXPECT_TRUE(has(table, "Guarantor proved every known optimum; no peer claimed another."));
  EXPECT_TRUE(has(table, "a machine; one thread a solver, at most 60 s a case"));
}

TEST(SitingMeasurement, WhatDidNotFinishIsALowerBound) {
  std::vector<SitingMeasurement> rows{measured("Guarantor", 429, 0.5), measured("CBC", 431, 60)};
  rows.back().proven = false;
  auto const table = to_markdown(rows, {"", 1, {"HiGHS: not there"}}, model::Seconds{60});
  EXPECT_TRUE(has(table, "| scp4 | 1 | 1 | 0.500 | 0 | >= 60.00 | >= 120.0 |")) << table;
  EXPECT_TRUE(has(table, "**DID NOT RUN:**\n\n- HiGHS: not there\n"));
  EXPECT_FALSE(has(table, "NOT AS KNOWN")) << "a peer may run into its limit";
}

TEST(SitingMeasurement, WhatIsNotAsKnownIsSaid) {
  std::vector<SitingMeasurement> rows{measured("Guarantor", 429, 0.5), measured("CBC", 428, 2)};
  EXPECT_TRUE(has(to_markdown(rows, {}, model::Seconds{1}),
                  "**NOT AS KNOWN:**\n\n- CBC on scp4 scp41: DIFFERS, 428, known 429\n"));
  rows.front().proven = false;
  EXPECT_TRUE(has(to_markdown(rows, {}, model::Seconds{1}),
                  "- Guarantor on scp4 scp41: not proven, 429, known 429\n"));
  EXPECT_TRUE(has(to_markdown({}, {}, model::Seconds{1}), "Nothing was measured."));
}

TEST(SitingMeasurement, TheRawFiguresAreNotRounded) {
  auto row = measured("CBC", 429.125, 0.123456);
  row.ending = "Optimal solution found";
  EXPECT_EQ(to_csv({row}),
            "set,case,solver,truth,known,objective,bound,proven,solving_seconds,seconds,"
            "processor_seconds,processes,ended\n"
            "scp4,scp41,CBC,DIFFERS,429,429.125,429.125,1,0.123456,1.123456,0.123456,1,"
            "\"Optimal solution found\"\n");
}

}  // namespace
}  // namespace guarantor::bench
