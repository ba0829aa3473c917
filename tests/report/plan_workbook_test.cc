#include <gtest/gtest.h>

#include "guarantor/report/plan_report.h"
#include "guarantor/report/plan_sheets.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(PlanWorkbook, TheSamePlanGivesTheSameBytes) {
  auto const first = to_workbook(sample_scenario(), sample_plan());
  auto const second = to_workbook(sample_scenario(), sample_plan());
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(first.value().starts_with("PK"));
  EXPECT_EQ(first.value(), second.value());
  auto plan = sample_plan();
  plan.seconds = model::Seconds{77};
  EXPECT_EQ(to_workbook(sample_scenario(), plan).value(), first.value());
}

TEST(PlanWorkbook, HasASheetATable) {
  auto const text = to_workbook(sample_scenario(), sample_plan()).value();
  for (auto const* part : {"sheet1.xml", "sheet7.xml"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(text.find("sheet8.xml"), std::string::npos);
}

TEST(PlanWorkbook, AnEmptyPlanIsWrittenToo) {
  EXPECT_TRUE(to_workbook(unstated_scenario(), empty_plan()).ok());
}

TEST(PlanSheets, EveryRowIsAsWideAsItsHead) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  for (auto const& sheet : sheets(reading)) {
    EXPECT_FALSE(sheet.rows.empty()) << sheet.name;
    for (auto const& row : sheet.rows) {
      EXPECT_EQ(row.size(), sheet.columns.size()) << sheet.name;
    }
  }
}

}  // namespace
}  // namespace guarantor::report
