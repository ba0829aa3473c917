#include "guarantor/serve/row_endpoints.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

class RowEndpoints : public ::testing::Test {
 protected:
  static constexpr char const* kTables = "/api/scenarios/exercise/tables/";
  ServeCase serve_{scenario_at("scenarios/exercise")};
};

TEST_F(RowEndpoints, GivesEachItsOwn) {
  auto const pledges =
      serve_.json("delegate:XAL", std::string{kTables} + "pledges?q=xal-&limit=1000");
  ASSERT_GT(pledges["items"].size(), 5U);
  for (auto const& row : pledges["items"]) {
    EXPECT_EQ(row["cells"]["nation"], "XAL");
  }
  auto const row = serve_.get("delegate:XAL", std::string{kTables} + "pledges/xal-mech");
  EXPECT_EQ(row.status, 200);
  EXPECT_TRUE(row.headers.find("ETag"));
  EXPECT_EQ(serve_.get("public", std::string{kTables} + "pledges/xal-mech").status, 404);
  EXPECT_EQ(serve_.get("public", std::string{kTables} + "requirements").status, 403);
  EXPECT_EQ(serve_.get("planner", std::string{kTables} + "nonsense").status, 404);
}

TEST_F(RowEndpoints, PagesHoldEveryRowOnce) {
  std::vector<std::string> keys;
  std::string next;
  do {
    auto const page = serve_.json("planner", std::string{kTables} + "offers?sort=-date&limit=50" +
                                                 (next.empty() ? "" : "&after=" + next));
    for (auto const& row : page["items"]) {
      keys.push_back(row["key"]);
    }
    next = page["next"].is_null() ? "" : page["next"].get<std::string>();
  } while (!next.empty());
  EXPECT_EQ(keys.size(), 298U);
  std::ranges::sort(keys);
  EXPECT_EQ(std::ranges::unique(keys).size(), 0U);
}

TEST_F(RowEndpoints, SortsNumbersAsNumbers) {
  auto const page =
      serve_.json("planner", std::string{kTables} + "pledges?sort=-quantity&limit=10000");
  double last = 1e300;
  bool empty = false;
  for (auto const& row : page["items"]) {
    if (!row["cells"].contains("quantity")) {
      empty = true;
      continue;
    }
    EXPECT_FALSE(empty) << "rows without a value come last";
    double const quantity = std::stod(row["cells"]["quantity"].get<std::string>());
    EXPECT_LE(quantity, last);
    last = quantity;
  }
  EXPECT_EQ(serve_.get("planner", std::string{kTables} + "pledges?sort=nothing").status, 400);
  EXPECT_EQ(serve_.get("planner", std::string{kTables} + "pledges?limit=0").status, 400);
}

TEST_F(RowEndpoints, FindsRowsWhoseKeyHasParts) {
  auto const row =
      serve_.get("planner", std::string{kTables} + "offers/xal-mech%2F2026-01-20%2Flantern-3");
  EXPECT_EQ(row.status, 200);
}

}  // namespace
}  // namespace guarantor::serve
