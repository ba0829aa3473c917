#include "guarantor/report/gap_words.h"

#include <gtest/gtest.h>

#include "plan_fixture.h"

namespace guarantor::report {
namespace {

class GapWords : public testing::Test {
 protected:
  model::Scenario scenario_ = sample_scenario();
  model::ForcePlan plan_ = sample_plan();
  PlanReading reading_{scenario_, plan_};

  [[nodiscard]] std::string why(model::GapReason reason, char const* by) const {
    model::Gap gap;
    gap.reason = reason;
    gap.by = by;
    return why_missing(reading_, gap);
  }
  [[nodiscard]] std::string close(char const* line, std::vector<model::Unlock> unlocks) const {
    model::Gap gap;
    gap.requirement = model::RequirementId{line};
    gap.unlocks = std::move(unlocks);
    return what_would_close(reading_, gap);
  }
};

TEST_F(GapWords, NationsAreNamedOnce) {
  EXPECT_EQ(why(model::GapReason::kNotStated, "qmc-gbad qmk-gbad qmk-eng"),
            "Corvia and Kessel have offered this without a number: Ground-based air defence and "
            "Combat engineers.");
  EXPECT_EQ(why(model::GapReason::kCaveat, "qmj-drone"),
            "Offered, but a caveat excludes this area or task: Йорданія (Surveillance drones).");
  EXPECT_EQ(why(model::GapReason::kCondition, "vote-qma"),
            "Offered, but its condition does not hold: Albia's parliament approves.");
  EXPECT_EQ(why(model::GapReason::kNobodyOffered, ""), "Nobody has offered it.");
}

TEST_F(GapWords, EveryKindOfChangeHasItsWords) {
  for (auto const& [kind, words] : std::vector<std::pair<char const*, char const*>>{
           {"state-quantity", "A stated quantity from Albia, worth 2"},
           {"count-offer", "A firm offer from Albia, worth 2"},
           {"widen-roe", "Wider rules of engagement from Albia, worth 2"},
           {"one-more-unit", "One more unit from Albia, worth 2"},
           {"lift-caveat", "A caveat lifted by Albia, worth 2"},
           {"earlier-and-longer", "Albia in place earlier and for longer, worth 2"}}) {
    EXPECT_EQ(close("hq", {{kind, "qma-inf", 2}}), words);
  }
  EXPECT_EQ(close("hq", {{"condition", "vote-qmb", 2}}),
            "“Borland's diet is informed, and votes” comes true, worth 2");
  EXPECT_EQ(close("hq", {{"raise-ceiling", "in-the-north", 2}}),
            "No ceiling on personnel (in the north), worth 2");
  EXPECT_EQ(close("hq", {{"one-more-nation", "hq", 2}}),
            "One more nation allowed at the line, worth 2");
  EXPECT_EQ(close("hq", {{"drop-min-fill", "hq", 2}}),
            "Cover below the least useful share counted as well, worth 2");
}

TEST_F(GapWords, ChangesOfOneKindAreJoined) {
  EXPECT_EQ(close("gbad", {{"state-quantity", "qmc-gbad", 900},
                           {"state-quantity", "qmk-gbad", 450},
                           {"condition", "mandate", 3}}),
            "A stated quantity from Corvia or Kessel, worth up to 900; “Resolution of the Assembly "
            "of Nations” comes true, worth 3");
}

TEST_F(GapWords, CeilingsAreNamedInWords) {
  EXPECT_EQ(why(model::GapReason::kCeiling, "in-the-north entry-routes"),
            "A ceiling on personnel stands in the way: in the north and entry routes.");
}

model::Gap gap(char const* line, int from, int to, double short_by, model::GapReason reason,
               char const* by, std::vector<model::Unlock> unlocks = {}) {
  return {
      model::RequirementId{line}, {model::Months{from}, model::Months{to}}, short_by, reason, by,
      std::move(unlocks)};
}

TEST(Shortfalls, GapsOfOneLineAndReasonStandTogether) {
  using enum model::GapReason;
  model::ForcePlan plan;
  plan.gaps = {gap("hq", 0, 1, 4, kRotation, "qma-inf", {{"one-more-unit", "qma-inf", 2}}),
               gap("hq", 1, 2, 1, kCeiling, "in-the-north"),
               gap("hq", 5, 8, 2, kRotation, "qma-inf qmb-inf",
                   {{"one-more-unit", "qma-inf", 5}, {"one-more-unit", "qmb-inf", 1}}),
               gap("gbad", 5, 8, 2, kRotation, "qma-inf")};
  auto const rows = shortfalls(plan);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].months, model::Months{4});
  EXPECT_EQ(rows[0].gap, gap("hq", 0, 8, 2.5, kRotation, "qma-inf qmb-inf",
                             {{"one-more-unit", "qma-inf", 5}, {"one-more-unit", "qmb-inf", 1}}));
  EXPECT_EQ(rows[1].gap, plan.gaps[1]);
  EXPECT_EQ(rows[2].gap, plan.gaps[3]);
  EXPECT_EQ(rows[2].months, model::Months{3});
}

TEST_F(GapWords, WithoutAChangeAnAskIsPointedTo) {
  EXPECT_EQ(close("gbad", {}), "An offer: see section 6");
  EXPECT_EQ(close("train", {}), "Nothing single that was tried");
}

}  // namespace
}  // namespace guarantor::report
