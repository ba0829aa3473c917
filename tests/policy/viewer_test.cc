#include "guarantor/policy/viewer.h"

#include <gtest/gtest.h>

namespace guarantor::policy {
namespace {

using model::NationId;

TEST(Viewer, IsReadBackAsItIsPrinted) {
  for (std::size_t r = 0; r < kRoles; ++r) {
    for (char const* const nation : {"", "XAB"}) {
      Viewer const viewer{static_cast<Role>(r), NationId{nation}};
      auto const read = parse_viewer(print(viewer));
      bool const of_nation = viewer.role == Role::kDelegate;
      bool const may_have = of_nation || viewer.role == Role::kDecisionMaker;
      bool const given = *nation != '\0';
      ASSERT_EQ(read.ok(), given ? may_have : !of_nation) << print(viewer);
      if (read.ok()) {
        EXPECT_EQ(read.value(), viewer);
      }
    }
  }
}

struct Wrong {
  char const* text;
  char const* message;
  char const* hint;
};

class WrongViewer : public testing::TestWithParam<Wrong> {};

TEST_P(WrongViewer, SaysWhatWouldBeRight) {
  auto const read = parse_viewer(GetParam().text);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read.error().message, GetParam().message);
  EXPECT_EQ(read.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongViewer,
    testing::Values(
        Wrong{"delegat:XAB", "unknown role `delegat`", "did you mean `delegate`?"},
        Wrong{"XAB", "`XAB` is a nation, not a role", "its delegate is delegate:XAB"},
        Wrong{"delegate", "a delegate of no nation", "name the nation, as in delegate:XAB"},
        Wrong{"delegate:xab", "`xab` is not a nation's code", "three capitals, as in delegate:XAB"},
        Wrong{"delegate:", "`` is not a nation's code", "three capitals, as in delegate:XAB"},
        Wrong{"planner:XAB", "the role `planner` is of no nation", "write planner"},
        Wrong{"xyzzy", "unknown role `xyzzy`",
              "it is one of delegate, planner, monitor, verifier, commission, decision-maker, "
              "auditor, controller, public; of a nation as in delegate:XAB"}));

TEST(Viewer, IsOfANationOfTheScenario) {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"pot"};
  scenario.nations.push_back({.id = NationId{"XAB"}});
  EXPECT_TRUE(known_viewer({Role::kDelegate, NationId{"XAB"}}, scenario).ok());
  EXPECT_TRUE(known_viewer({Role::kPublic}, scenario).ok());
  auto const unknown = known_viewer({Role::kDelegate, NationId{"XBA"}}, scenario);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().message, "`delegate:XBA`: pot has no nation `XBA`");
  EXPECT_EQ(unknown.error().hint, "did you mean `XAB`?");
}

}  // namespace
}  // namespace guarantor::policy
