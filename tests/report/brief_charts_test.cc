#include "guarantor/report/brief_charts.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace guarantor::report {
namespace {

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
    ++found;
  }
  return found;
}

/// The rows of each piece that a heat map of so many lines is drawn in.
std::vector<std::size_t> rows_in_pieces(int lines) {
  model::Scenario scenario;
  scenario.header.horizon = model::Months{2};
  for (int i = 0; i < lines; ++i) {
    model::Requirement line;
    line.id = model::RequirementId{"line-" + std::to_string(i)};
    line.quantity = model::Units{1};
    scenario.requirements.push_back(line);
  }
  model::ForcePlan const plan;
  std::string const map = heat_map(PlanReading{scenario, plan});
  std::vector<std::size_t> rows;
  for (auto at = map.find("<figure>"); at != std::string::npos;) {
    auto const next = map.find("<figure>", at + 1);
    rows.push_back(count(std::string_view{map}.substr(at, next - at), R"(class="label")"));
    at = next;
  }
  return rows;
}

TEST(HeatMap, FillsAPageAtATime) {
  EXPECT_EQ(rows_in_pieces(46), std::vector<std::size_t>{46});
  EXPECT_EQ(rows_in_pieces(92), (std::vector<std::size_t>{46, 46}));
  EXPECT_EQ(rows_in_pieces(147), (std::vector<std::size_t>{46, 46, 46, 9}));
}

TEST(HeatMap, LeavesNoRowAloneOnAPage) {
  EXPECT_EQ(rows_in_pieces(47), (std::vector<std::size_t>{39, 8}));
  EXPECT_EQ(rows_in_pieces(54), (std::vector<std::size_t>{46, 8}));
  EXPECT_EQ(rows_in_pieces(93), (std::vector<std::size_t>{46, 39, 8}));
}

}  // namespace
}  // namespace guarantor::report
