#include "bench/measurement_table.h"

#include <gtest/gtest.h>

namespace guarantor::bench {
namespace {

bool holds(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

Measurement measured(std::string solver, std::optional<double> objective,
                     std::optional<double> bound, std::string name = "small-1", double limit = 2) {
  return {.group = "small",
          .name = std::move(name),
          .solver = std::move(solver),
          .limit = model::Seconds{limit},
          .objective = objective,
          .bound = bound,
          .ending = "feasible"};
}

using Sentences = std::vector<std::string>;

TEST(PeersAhead, NamesBetterPlansAndBounds) {
  EXPECT_EQ(peers_ahead({measured("Guarantor", 100, 110), measured("CBC", 101, 109)}),
            (Sentences{"small-1 at 2 s: CBC has the better plan, 101.000000 against 100.000000",
                       "small-1 at 2 s: CBC has the better bound, 109.000000 against 110.000000"}));
  EXPECT_EQ(peers_ahead({measured("Guarantor", 100, std::nullopt), measured("CBC", 90, 109)}),
            (Sentences{"small-1 at 2 s: CBC has the better bound, 109.000000 against none"}));
}

TEST(PeersAhead, IsEmptyWhereOursIsAsGood) {
  EXPECT_EQ(peers_ahead({measured("Guarantor", 100, 110), measured("CBC", 100, 110)}), Sentences{});
  EXPECT_EQ(peers_ahead({measured("Guarantor", 100, 110), measured("CBC", {}, {})}), Sentences{});
}

TEST(PeersAhead, ComparesTheSameCaseAtTheSameLimit) {
  EXPECT_EQ(peers_ahead({measured("Guarantor", 100, 110), measured("CBC", 101, 109, "small-2"),
                         measured("CBC", 101, 109, "small-1", 5)}),
            Sentences{});
}

TEST(Markdown, SaysLoudlyWhatDidNotRun) {
  auto const alone =
      to_markdown({measured("Guarantor", 100, 110)}, {"a machine", 2, {"HiGHS: no"}});
  EXPECT_TRUE(holds(alone, "**DID NOT RUN:**\n\n- HiGHS: no\n"));
  EXPECT_TRUE(holds(alone, "Nothing here compares Guarantor with another solver."));
  auto const beside = to_markdown(
      {measured("Guarantor", 100, 110), measured("CBC", std::nullopt, 110)}, {"a machine", 2, {}});
  EXPECT_FALSE(holds(beside, "DID NOT RUN"));
  EXPECT_TRUE(holds(beside, "No peer had a better plan"));
}

TEST(Markdown, CountsARunWithoutAPlanAsTheWorst) {
  auto const table = to_markdown({measured("CBC", 100, 110), measured("CBC", {}, 110, "small-2"),
                                  measured("CBC", 100, 101, "small-3")},
                                 {"a machine", 2, {}});
  EXPECT_TRUE(holds(table, "| small | 2 s | CBC | 3 | 10 % | – | 1 |"));
}

TEST(Csv, KeepsEveryDigit) {
  EXPECT_TRUE(holds(to_csv({measured("CBC", 1.0 / 3, std::nullopt)}),
                    "small,small-1,2,CBC,0.3333333333333333,,,"));
}

}  // namespace
}  // namespace guarantor::bench
