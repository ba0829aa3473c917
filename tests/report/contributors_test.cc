#include "guarantor/report/contributors.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan_fixture.h"

namespace guarantor::report {
namespace {

std::vector<std::string> ids(std::vector<model::NationId> const& nations) {
  std::vector<std::string> out;
  for (auto const& nation : nations) {
    out.push_back(nation.text());
  }
  std::sort(out.begin(), out.end());
  return out;
}

model::Scenario with_line_on_soil_of(char const* line, char const* nation) {
  auto scenario = sample_scenario();
  model::Location place;
  place.id = model::LocationId{"depot"};
  place.country = nation;
  scenario.locations.push_back(place);
  for (auto& row : scenario.requirements) {
    if (row.id.text() == line) {
      row.location = place.id;
    }
  }
  return scenario;
}

TEST(Contributors, TellsPeopleFromMoneyAndMeasures) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  auto const who = contributors(PlanReading{scenario, plan});
  EXPECT_EQ(ids(who.senders),
            (std::vector<std::string>{"QMA", "QMB", "QMC", "QMD", "QME", "QMF", "QMI", "QMJ"}));
  EXPECT_EQ(ids(who.others), (std::vector<std::string>{"QMG", "QMH", "QML"}));
  EXPECT_TRUE(who.hosts.empty());
  EXPECT_EQ(who.people, 3940);
  EXPECT_TRUE(who.all_counted);
}

TEST(Contributors, ANationThatServesAtHomeAloneIsAHost) {
  auto const scenario = with_line_on_soil_of("hospital", "QMC");
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  auto const who = contributors(reading);
  EXPECT_EQ(ids(who.hosts), std::vector<std::string>{"QMC"});
  EXPECT_EQ(who.people, 3940 - 2 * 180);
  EXPECT_EQ(who_would_go(reading),
            "seven nations would put people in place abroad, at most 3\u202F580 at once; three "
            "more bring money, goods, training or measures, and Corvia, on whose soil part of it "
            "would stand, its own part");
}

TEST(Contributors, WhoSendsPeopleElsewhereIsNoHost) {
  auto const scenario = with_line_on_soil_of("plants", "QMA");
  auto const plan = sample_plan();
  auto const who = contributors(PlanReading{scenario, plan});
  EXPECT_TRUE(who.hosts.empty());
  EXPECT_EQ(who.senders.size(), 8U);
  EXPECT_LT(who.people, 3940);
}

TEST(Contributors, PersonnelThatIsNotGivenIsSaid) {
  auto scenario = sample_scenario();
  scenario.capabilities[8].personnel.reset();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  EXPECT_FALSE(contributors(reading).all_counted);
  EXPECT_NE(who_would_go(reading).find("as far as the case counts them"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::report
