#include "guarantor/report/unstated_offers.h"

#include <gtest/gtest.h>

#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(UnstatedOffers, NamesEachNationTiedToAConditionOnce) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  EXPECT_EQ(tied_without_number(reading, model::ConditionId{"mandate"}),
            std::vector<std::string>{"Kessel"});  // two offers
  EXPECT_TRUE(tied_without_number(reading, model::ConditionId{"vote-qma"}).empty());
}

TEST(UnstatedOffers, SaysSoWhereMoreThanHalfHasNoNumber) {
  auto scenario = sample_scenario();
  auto const plan = sample_plan();  // four of 18 offers
  EXPECT_EQ(most_is_unstated(PlanReading{scenario, plan}), "");
  std::size_t withdrawn = 0;
  for (auto& pledge : scenario.pledges) {
    if (pledge.quantity && withdrawn < 10) {
      pledge.status = model::PledgeStatus::kWithdrawn;
      ++withdrawn;
    }
  }
  EXPECT_EQ(most_is_unstated(PlanReading{scenario, plan}), "");  // exactly half
  for (auto& pledge : scenario.pledges) {
    if (pledge.quantity) {
      pledge.status = model::PledgeStatus::kWithdrawn;
    }
  }
  EXPECT_EQ(most_is_unstated(PlanReading{scenario, plan}),
            "Most of what was offered has no number yet: four offers from three nations.");
}

}  // namespace
}  // namespace guarantor::report
