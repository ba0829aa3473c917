#include "bench/gap_chart.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace guarantor::bench {
namespace {

bool holds(std::string const& chart, std::string const& part) {
  return chart.find(part) != std::string::npos;
}

Measurement measured(double limit, std::optional<double> objective, std::string solver = "CBC") {
  return {.solver = std::move(solver),
          .limit = model::Seconds{limit},
          .objective = objective,
          .bound = 100};
}

TEST(GapChart, NamesEachSolverWithItsLastMedian) {
  auto const chart = gap_chart({measured(2, 50), measured(2, 80, "Guarantor"), measured(30, 80),
                                measured(30, 100, "Guarantor")},
                               "Title", "Subtitle");
  EXPECT_TRUE(holds(chart, ">CBC 25 %<"));
  EXPECT_TRUE(holds(chart, ">Guarantor proven<"));
  EXPECT_TRUE(holds(chart, ">2 s<"));
  EXPECT_TRUE(holds(chart, ">30 s<"));
}

TEST(GapChart, ShowsAMissingPlan) {
  EXPECT_TRUE(holds(gap_chart({measured(2, std::nullopt)}, "Title", ""), ">CBC no plan<"));
}

TEST(GapChart, DrawsOnlyNumbers) {
  for (auto const objective : {std::optional<double>{}, std::optional{100.0}, std::optional{1.0}}) {
    auto const chart = gap_chart({measured(2, objective)}, "Title", "Subtitle");
    EXPECT_FALSE(holds(chart, "nan"));
    EXPECT_FALSE(holds(chart, "inf"));
  }
}

TEST(GapChart, EscapesItsWords) {
  EXPECT_TRUE(holds(gap_chart({measured(2, 50)}, "a < b & c", ""), "a &lt; b &amp; c"));
}

}  // namespace
}  // namespace guarantor::bench
