#include "guarantor/serve/scenario_endpoints.h"

#include <gtest/gtest.h>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

class ScenarioEndpoints : public ::testing::Test {
 protected:
  ServeCase serve_{scenario_at("scenarios/exercise")};
};

TEST_F(ScenarioEndpoints, EveryoneMayKnowWhatThereIs) {
  auto const list = serve_.json("public", "/api/scenarios");
  ASSERT_EQ(list["items"].size(), 1U);
  EXPECT_EQ(list["items"][0]["scenario"], "exercise");
  EXPECT_EQ(list["items"][0]["exercise"], true);
  EXPECT_FALSE(list["items"][0].contains("at"));
  EXPECT_TRUE(list["next"].is_null());
}

TEST_F(ScenarioEndpoints, TellsOfTheScenarioAsItIsSeen) {
  auto const all = serve_.json("planner", "/api/scenarios/exercise");
  auto const one = serve_.json("delegate:XAL", "/api/scenarios/exercise");
  EXPECT_EQ(all["tables"]["pledges"], 223);
  EXPECT_LT(one["tables"]["pledges"], 223);
  EXPECT_EQ(all["months"].size(), 24U);
  EXPECT_EQ(all["months"][0], "2026-06-01");
  EXPECT_EQ(all["months"][1], "2026-07-01");
  EXPECT_NE(all["version"], one["version"]);
  EXPECT_TRUE(all.contains("by"));
  EXPECT_FALSE(one.contains("by"));
  // Each knows the version by its own name of it.
  auto const again = serve_.json(
      "delegate:XAL", "/api/scenarios/exercise?version=" + one["version"].get<std::string>());
  EXPECT_EQ(again, one);
  EXPECT_EQ(serve_
                .get("delegate:XAL",
                     "/api/scenarios/exercise?version=" + all["version"].get<std::string>())
                .status,
            404);
}

TEST_F(ScenarioEndpoints, UndoesByVersion) {
  auto changed = scenario_at("scenarios/exercise");
  changed.header.title = "Another title";
  serve_.put(changed);
  auto const versions = serve_.json("planner", "/api/scenarios/exercise/versions?limit=1");
  ASSERT_EQ(versions["items"].size(), 1U);
  EXPECT_EQ(versions["items"][0]["title"], "Another title");
  EXPECT_EQ(versions["items"][0]["current"], true);
  auto const older = serve_.json(
      "planner", "/api/scenarios/exercise/versions?after=" + versions["next"].get<std::string>());
  ASSERT_EQ(older["items"].size(), 1U);
  auto const body = nlohmann::json{{"version", older["items"][0]["version"]}}.dump();
  EXPECT_EQ(serve_.ask("delegate:XAL", "POST", "/api/scenarios/exercise/current", body).status,
            403);
  EXPECT_EQ(serve_.ask("planner", "POST", "/api/scenarios/exercise/current", body).status, 200);
  EXPECT_NE(serve_.json("planner", "/api/scenarios/exercise")["title"], "Another title");
  EXPECT_EQ(serve_.ask("planner", "POST", "/api/scenarios/exercise/current", "{}").status, 400);
  EXPECT_EQ(serve_.get("delegate:XAL", "/api/scenarios/exercise/versions").status, 403);
}

TEST_F(ScenarioEndpoints, DescribesEveryTable) {
  auto const schema = serve_.json("public", "/api/schema");
  ASSERT_EQ(schema["tables"].size(), model::kWords<model::Table>.size());
  for (auto const& table : schema["tables"]) {
    EXPECT_FALSE(table["columns"].empty()) << table["table"];
  }
}

}  // namespace
}  // namespace guarantor::serve
