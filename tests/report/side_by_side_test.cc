#include "guarantor/report/side_by_side.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "golden_file.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/tables/scenario_difference.h"
#include "guarantor/tables/scenario_folder.h"
#include "html_tags.h"
#include "small_case.h"

namespace guarantor::report {
namespace {

/// A scenario with its plan, to be set beside others.
struct Case {
  model::Scenario scenario;
  model::ForcePlan plan;
};

SideBySide beside(std::vector<Case> const& cases) {
  auto const& first = cases.front().scenario;
  std::vector<PlannedScenario> planned;
  for (auto const& entry : cases) {
    auto const& id = entry.scenario.header.id.text();
    bool const taken = !planned.empty() && id == first.header.id.text();
    planned.push_back({taken ? id + std::to_string(planned.size()) : id, &entry.scenario,
                       &entry.plan, tables::difference(first, entry.scenario)});
  }
  return SideBySide{std::move(planned)};
}

model::ForcePlan kept_plan(std::string const& name) {
  std::ifstream in{"tests/golden/compare/" + name + ".json", std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  return from_json(text).value();
}

/// The tutorial, and what three changes make of it: kept plans, so that no solver decides here.
std::vector<Case> tutorials() {
  return {{tables::load("scenarios/tutorial").scenario.value(), kept_plan("tutorial")},
          {tables::load("tests/golden/compare/more-ships").scenario.value(),
           kept_plan("tutorial-more-ships")}};
}

std::vector<Case> small_cases() {
  auto const scenario = small_case();
  auto other = scenario;
  other.pledges.erase(other.pledges.begin());
  return {{scenario, plan_of(scenario, {tour("alder", "gate", 2), tour("birch", "bridge", 2)})},
          {other, plan_of(other, {tour("birch", "gate", 2)})}};
}

/// Every rendering of it as text.
std::vector<std::string> renderings(SideBySide const& sides) {
  std::vector<std::string> out{to_table(sides, {}), to_json(sides), to_page(sides)};
  for (auto const& [name, text] : to_csv(sides)) {
    out.push_back(text);
  }
  return out;
}

/// The page without its style, which the brief's tests keep.
std::string unstyled(std::string const& page) {
  auto const from = page.find("<style>");
  auto const to = page.find("</style>");
  return page.substr(0, from) + page.substr(to + std::string{"</style>"}.size());
}

TEST(SideBySide, IsAsKept) {
  auto const cases = tutorials();
  auto const sides = beside(cases);
  expect_golden("compare.txt", to_table(sides, {}));
  expect_golden("compare.json", to_json(sides));
  expect_golden("compare.html", unstyled(to_page(sides)));
  for (auto const& [name, text] : to_csv(sides)) {
    expect_golden(name, text);
  }
}

TEST(SideBySide, ACaseBesideItselfShowsNoDifference) {
  auto const one = small_cases().front();
  std::vector<Case> const cases{one, one};
  auto const sides = beside(cases);
  auto const& difference = sides.differences().at(0);
  EXPECT_TRUE(sides.input(difference).empty());
  EXPECT_TRUE(difference.plan.lines.empty());
  EXPECT_TRUE(difference.plan.pledges.empty());
  EXPECT_TRUE(difference.within_gaps());
  EXPECT_NE(to_table(sides, {}).find("The plans are the same."), std::string::npos);
}

TEST(SideBySide, EachChangeOfTheInputKnowsWhereItLeads) {
  auto const cases = small_cases();
  auto const sides = beside(cases);
  auto const& difference = sides.differences().at(0);
  ASSERT_EQ(difference.reached.size(), 1U);
  ASSERT_EQ(difference.reached[0].size(), 1U);
  EXPECT_EQ(difference.plan.lines[difference.reached[0][0]].line, model::RequirementId{"bridge"});
  EXPECT_TRUE(difference.bears[0]);
}

TEST(SideBySide, EveryRenderingIsHeadedAsAnExerciseWhereOneIsOne) {
  auto cases = small_cases();
  cases[0].scenario.header.kind = model::ScenarioKind::kCase;
  cases[0].scenario.header.marking = "internal";
  cases[1].scenario.header.marking = "delegates only";
  auto const mixed = beside(cases);
  for (auto const& text : renderings(mixed)) {
    EXPECT_NE(text.find("EXERCISE · internal · delegates only"), std::string::npos)
        << text.substr(0, 200);
  }
  cases[1].scenario.header.kind = model::ScenarioKind::kCase;
  for (auto const& text : renderings(beside(cases))) {
    EXPECT_EQ(text.find("EXERCISE"), std::string::npos) << text.substr(0, 200);
  }
}

TEST(SideBySide, NoHeadlineWhereTooMuchIsIllustrative) {
  auto cases = small_cases();
  cases[0].plan.provenance = {0.7, 0, 0.3};
  cases[1].plan.provenance = {0.8, 0, 0.2};
  auto const sides = beside(cases);
  EXPECT_FALSE(sides.figures(0).fill);
  EXPECT_TRUE(sides.figures(1).fill);
  EXPECT_TRUE(nlohmann::json::parse(to_json(sides))["scenarios"][0]["fill"].is_null());
}

TEST(SideBySide, WhatLiesWithinTheGapsIsSaid) {
  auto cases = small_cases();
  cases[0].plan.bound += 300;
  auto const far = beside(cases);
  EXPECT_FALSE(far.differences()[0].within_gaps());
  EXPECT_NE(to_table(far, {}).find("more than the two plans' gaps leave open"), std::string::npos);
  cases[1].plan.bound += 100;
  auto const near = beside(cases);
  EXPECT_TRUE(near.differences()[0].within_gaps());
  EXPECT_NE(to_page(near).find("lies within the two plans&#39; gaps"), std::string::npos);
}

TEST(SideBySide, ObjectivesThatAddUpOtherThingsAreNotMeasuredAgainstEachOther) {
  auto cases = small_cases();
  cases[1].scenario.requirements[0].quantity = model::Units{1};
  EXPECT_NE(to_table(beside(cases), {.width = 400}).find("neither figure measures the other"),
            std::string::npos);
}

TEST(SideBySide, WallTimeIsInNoRendering) {
  auto cases = small_cases();
  auto const before = renderings(beside(cases));
  cases[0].plan.seconds = model::Seconds{12};
  EXPECT_EQ(renderings(beside(cases)), before);
}

TEST(SideBySide, TheJsonNamesWhatItWasMadeFrom) {
  auto const cases = tutorials();
  auto const json = nlohmann::json::parse(to_json(beside(cases)));
  EXPECT_EQ(json["scenarios"][1]["scenario_hash"], cases[1].plan.scenario_hash);
  EXPECT_EQ(json["scenarios"][1]["plan_hash"], plan_hash(cases[1].scenario, cases[1].plan));
  EXPECT_EQ(json["compare_hash"], compare_hash(beside(cases)));
  EXPECT_EQ(json["differences"][0]["lines"][0]["why"]["causes"][0]["key"], "river");
}

TEST(SideBySide, ManyScenariosStandInBlocksAndAllAreShown) {
  auto const one = small_cases().front();
  std::vector<Case> const cases(9, one);
  auto const sides = beside(cases);
  auto const table = to_table(sides, {});
  auto const page = to_page(sides);
  for (std::size_t i = 1; i < 9; ++i) {
    EXPECT_NE(table.find("small" + std::to_string(i)), std::string::npos);
    EXPECT_NE(page.find("small" + std::to_string(i)), std::string::npos);
  }
  EXPECT_EQ(tag_fault(page), "");
}

TEST(SideBySide, ThePageIsWholeAndAsksNothingOfAnyNetwork) {
  auto const cases = tutorials();
  auto const page = to_page(beside(cases));
  EXPECT_EQ(tag_fault(page), "");
  for (auto const* word : {"src=", "url(", "@import", "<link", "<script", "<iframe", "<img"}) {
    EXPECT_EQ(page.find(word), std::string::npos) << word;
  }
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

TEST(SideBySide, HostileNamesAreOnlyNames) {
  std::string const evil = "</style><script>alert(1)</script>\x1b[2J";
  auto cases = small_cases();
  for (auto& entry : cases) {
    entry.scenario.header.title = evil;
    entry.scenario.header.marking = evil;
    entry.scenario.nations[0].name = evil;
    entry.scenario.nations[1].name = evil;
    entry.scenario.requirements[1].title = evil;
    entry.plan.program_version = evil;
  }
  cases[1].scenario.pledges[0].lift = evil;
  auto const sides = beside(cases);
  EXPECT_EQ(to_page(sides).find("<script"), std::string::npos);
  EXPECT_EQ(tag_fault(to_page(sides)), "");
  EXPECT_EQ(to_table(sides, {}).find('\x1b'), std::string::npos);
}

TEST(SideBySide, AnEmptyPlanIsShownAsNone) {
  auto cases = small_cases();
  cases[1].plan = model::ForcePlan{};
  cases[1].plan.reason = "not viable";
  auto const sides = beside(cases);
  EXPECT_NE(to_table(sides, {}).find("there is a plan only in small."), std::string::npos);
  EXPECT_EQ(tag_fault(to_page(sides)), "");
}

TEST(SideBySide, TheWorkbookIsTheSameEachTime) {
  auto const cases = small_cases();
  auto const first = to_workbook(beside(cases));
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first.value().starts_with("PK"));
  EXPECT_EQ(to_workbook(beside(cases)).value(), first.value());
}

}  // namespace
}  // namespace guarantor::report
