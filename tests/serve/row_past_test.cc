#include "guarantor/serve/row_past.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

constexpr char const* kTables = "/api/scenarios/exercise/tables/";

model::Pledge& pledge(model::Scenario& scenario, std::string const& id) {
  return *std::ranges::find_if(scenario.pledges,
                               [&](auto const& one) { return one.id.text() == id; });
}

Json history(ServeCase& serve, std::string const& viewer, std::string const& row) {
  return serve.json(viewer, kTables + row + "/history");
}

class RowPast : public ::testing::Test {
 protected:
  model::Scenario scenario_{scenario_at("scenarios/exercise")};
  ServeCase serve_{scenario_};
};

TEST_F(RowPast, HasEveryStateForWhoSeesAll) {
  pledge(scenario_, "xbe-mech").quantity = model::Units{17};
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").row.provenance.note = "not to be told";
  serve_.put(scenario_);
  auto const states = history(serve_, "planner", "pledges/xbe-mech");
  ASSERT_EQ(states.size(), 3U);
  EXPECT_EQ(states[1]["changed"], Json::array({"quantity"}));
  EXPECT_EQ(states[2]["changed"], Json::array({"note"}));
  EXPECT_EQ(states[1]["by"], "planner:anna");
  EXPECT_EQ(history(serve_, "delegate:XBE", "pledges/xbe-mech"), states);
  EXPECT_EQ(serve_.get("delegate:XAL", std::string{kTables} + "pledges/xbe-mech/history").status,
            404);
}

TEST_F(RowPast, WhatChangedUnseenIsNoState) {
  pledge(scenario_, "xbe-mech").quantity = model::Units{17};
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").releasable_to = {"XAL"};
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").row.provenance.note = "not to be told";
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").quantity = model::Units{16};
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").releasable_to = {};
  serve_.put(scenario_);
  pledge(scenario_, "xbe-mech").quantity = model::Units{15};
  serve_.put(scenario_);
  auto const states = history(serve_, "delegate:XAL", "pledges/xbe-mech");
  ASSERT_EQ(states.size(), 3U) << states.dump();
  EXPECT_EQ(states[0]["cells"]["quantity"], "17");
  EXPECT_EQ(states[1]["cells"]["quantity"], "16");
  EXPECT_TRUE(states[2]["cells"].is_null());
  for (auto const& state : states) {
    EXPECT_TRUE(state["by"].is_null());
    EXPECT_EQ(state.dump().find("not to be told"), std::string::npos);
  }
  // What was said of the pledge is seen from when the pledge is.
  auto const said = history(serve_, "delegate:XAL", "offers/xbe-mech%2F2026-01-20%2Flantern-3");
  ASSERT_EQ(said.size(), 2U);
  EXPECT_TRUE(said[1]["cells"].is_null());
}

/// Every answer that a viewer gets of a scenario.
std::vector<std::pair<std::string, std::string>> everything(ServeCase& serve,
                                                            std::string const& viewer) {
  std::vector<std::string> paths{"/api/scenarios",
                                 "/api/scenarios/exercise",
                                 "/api/scenarios/exercise/pot",
                                 "/api/scenarios/exercise/pot?world=assured",
                                 "/api/scenarios/exercise/promises",
                                 "/api/scenarios/exercise/promises?format=csv",
                                 "/api/scenarios/exercise/promises?format=html",
                                 "/api/scenarios/exercise/rounds",
                                 "/api/schema"};
  for (std::string_view const table : model::kWords<model::Table>) {
    std::string const path = kTables + std::string{table};
    for (char const* query : {"", "?format=csv", "?q=xbe&sort=-source"}) {
      paths.push_back(path + query);
    }
  }
  for (char const* query : {"?format=xlsx", "?limit=3&after=2:xbe-mech"}) {
    paths.push_back(std::string{kTables} + "pledges" + query);
  }
  for (char const* row : {"pledges/xbe-mech", "pledges/xbe-secret", "pledges/xal-mech",
                          "offers/xbe-mech%2F2026-01-20%2Flantern-3"}) {
    paths.push_back(kTables + std::string{row});
    paths.push_back(kTables + std::string{row} + "/history");
  }
  std::vector<std::pair<std::string, std::string>> answers;
  for (auto const& path : paths) {
    auto const response = serve.get(viewer, path);
    std::string all = std::to_string(response.status);
    for (auto const& [name, value] : response.headers.all()) {
      all += "\n" + name + ": " + value;
    }
    answers.emplace_back(path, all + "\n" + std::string{response.text()});
  }
  return answers;
}

TEST(Twins, ThatDifferInHiddenRowsAnswerTheSame) {
  auto scenario = scenario_at("scenarios/exercise");
  ServeCase one{scenario};
  ServeCase other{scenario};
  auto& hidden = pledge(scenario, "xbe-mech");
  hidden.quantity = model::Units{99};
  hidden.row.provenance.note = "=secret";
  scenario.pledges.push_back(hidden);
  scenario.pledges.back().id = model::PledgeId{"xbe-secret"};
  other.put(scenario);
  pledge(scenario, "xal-mech").requires_pledges.push_back(model::PledgeId{"xbe-secret"});
  other.put(scenario);
  for (char const* viewer : {"public", "delegate:XAL", "monitor", "decision-maker"}) {
    auto const expected = everything(one, viewer);
    auto const found = everything(other, viewer);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(found[i].second, expected[i].second) << viewer << " " << found[i].first;
    }
  }
  EXPECT_NE(everything(one, "planner"), everything(other, "planner"));
}

TEST(Downloads, ATextIsNoFormula) {
  auto scenario = scenario_at("scenarios/exercise");
  std::vector<std::string> const texts{"=1+1",    "+1",           "-1",
                                       "@SUM(1)", "a,b \"c\"\nd", "'; DROP TABLE record; --"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    scenario.pledges[i].row.provenance.note = texts[i];
  }
  ServeCase serve{scenario};
  auto const csv = serve.get("planner", std::string{kTables} + "pledges?format=csv");
  for (char const* shown : {",'=1+1\n", ",'+1\n", ",'-1\n", ",'@SUM(1)\n",
                            ",\"a,b \"\"c\"\"\nd\"\n", ",'; DROP TABLE record; --\n"}) {
    EXPECT_NE(csv.text().find(shown), std::string_view::npos) << shown;
  }
  EXPECT_TRUE(csv.text().starts_with("EXERCISE,pledge,nation,capability,quantity,"));
  EXPECT_EQ(csv.headers.find("Content-Disposition"),
            "attachment; filename=\"exercise-pledges.csv\"");
  auto const rows = serve.json("planner", std::string{kTables} + "pledges?q=DROP");
  ASSERT_EQ(rows["items"].size(), 1U);
  EXPECT_EQ(rows["items"][0]["cells"]["note"], texts.back());
  EXPECT_EQ(serve.get("planner", std::string{kTables} + "pledges?format=pdf").status, 400);
}

}  // namespace
}  // namespace guarantor::serve
