#include "guarantor/report/wording.h"

#include <gtest/gtest.h>

#include <limits>

namespace guarantor::report {
namespace {

model::Capability capability(std::string title, std::string unit) {
  model::Capability out;
  out.title = std::move(title);
  out.unit = std::move(unit);
  return out;
}

TEST(Wording, DatesReadAsPeopleWriteThem) {
  auto const c_day = *model::parse_date("2026-06-01");
  EXPECT_EQ(long_date(c_day), "1 June 2026");
  EXPECT_EQ(short_month(c_day), "Jun 2026");
  EXPECT_EQ(long_date(month_start(c_day, model::Months{1})), "1 July 2026");
  EXPECT_EQ(long_date(day_of(c_day, model::Days{-10})), "22 May 2026");
  EXPECT_EQ(long_date(day_of(c_day, model::Days{0.5})), "2 June 2026");
}

TEST(Wording, NumbersAreGrouped) {
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1\u202F234\u202F567");
  EXPECT_EQ(grouped(-1234), "-1\u202F234");
  EXPECT_EQ(decimal(1234.50, 2), "1\u202F234.5");
  EXPECT_EQ(decimal(-0.25, 2), "-0.25");
  EXPECT_EQ(decimal(-0.001, 2), "0");
  EXPECT_EQ(decimal(std::numeric_limits<double>::infinity(), 2), "∞");
}

TEST(Wording, APercentageNeverFlatters) {
  EXPECT_EQ(percent(1), "100\u202F%");
  EXPECT_EQ(percent(0.9999), "99\u202F%");
  EXPECT_EQ(percent(0.004), "under 1\u202F%");
  EXPECT_EQ(percent(0), "0\u202F%");
  EXPECT_EQ(percent(0.29), "29\u202F%");
}

TEST(Wording, WholePercentsAddUp) {
  EXPECT_EQ(whole_percents({0.52, 0.395, 0.085}), (std::vector<int>{52, 40, 8}));
  EXPECT_EQ(whole_percents({1.0 / 3, 1.0 / 3, 1.0 / 3}), (std::vector<int>{34, 33, 33}));
  EXPECT_EQ(whole_percents({0, 0, 0}), (std::vector<int>{0, 0, 0}));
}

TEST(Wording, ListsEndInAnd) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(listed_within({"aaaa", "bbbb", "cccc"}, 12, "line"), "aaaa, bbbb and one more line");
  EXPECT_EQ(listed_within({"aaaa", "bbbb", "cccc"}, 6, "line", "or"), "aaaa or two more lines");
}

TEST(Wording, UnitsInWords) {
  using model::Units;
  EXPECT_EQ(units_of(Units{3}, capability("Mechanised infantry", "company")),
            "three companies of Mechanised infantry");
  EXPECT_EQ(units_of(Units{1}, capability("Minehunter", "minehunter")), "one minehunter");
  EXPECT_EQ(units_of(Units{12}, capability("Division headquarters", "headquarters")),
            "12 Division headquarters");
  EXPECT_EQ(units_of(Units{2}, capability("Field hospital", "hospital")), "two Field hospitals");
  EXPECT_EQ(units_of(Units{6}, capability("Training", "100 trainees a month")),
            "6 × 100 trainees a month (Training)");
  EXPECT_EQ(units_of(Units{2}, capability("QRA fighters", "aircraft")),
            "two aircraft of QRA fighters");
  EXPECT_EQ(units_of(Units{800}, capability("Forces of Midland", "thousand soldiers")),
            "800 thousand soldiers (Forces of Midland)");
  EXPECT_EQ(units_of(Units{2}, capability("Logistics hub abroad", "hub")),
            "2 × Logistics hub abroad");
  EXPECT_EQ(units_of(Units{2}, capability("Brigade set", "brigade set")), "two brigade sets");
  EXPECT_EQ(units_of(Units{3}, capability("Budget support", "")), "3 × Budget support");
}

TEST(Wording, EveryReasonFitsTheTable) {
  for (std::size_t i = 0; i < model::kWords<model::GapReason>.size(); ++i) {
    EXPECT_LE(explain_briefly(static_cast<model::GapReason>(i)).size(), 38U);
    EXPECT_FALSE(explain(static_cast<model::GapReason>(i)).empty());
  }
}

TEST(Wording, TheProofSaysWhatWasProven) {
  model::ForcePlan plan;
  plan.status = model::PlanStatus::kOptimal;
  EXPECT_EQ(explain_proof(plan), "Proven optimal: no plan from these offers can do better.");
  plan.status = model::PlanStatus::kFeasible;
  plan.bound = 110;
  plan.gap = 0.1;
  EXPECT_NE(explain_proof(plan).find("Not proven optimal"), std::string::npos);
  EXPECT_NE(explain_proof(plan).find("10\u202F%"), std::string::npos);
  plan.bound = std::numeric_limits<double>::infinity();
  EXPECT_NE(explain_proof(plan).find("not known"), std::string::npos);
  plan.status = model::PlanStatus::kEmpty;
  plan.reason = "not viable";
  EXPECT_EQ(explain_proof(plan), "There is no plan: not viable.");
}

}  // namespace
}  // namespace guarantor::report
