#include "guarantor/serve/plan_endpoints.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "guarantor/tables/scenario_folder.h"
#include "planned_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

std::string const kPlans = "/api/scenarios/tutorial/plans";
std::string const kPlan = kPlans + "/tutorial";
Json const kQuick{{"time_limit", 20}, {"explain", false}};

std::string text(Response const& response) {
  return std::string{response.text()};
}

/// The scenario with who belongs to what said: a line's pledges of two nations, one of them hidden.
class PlanEndpoints : public ::testing::Test {
 protected:
  void release(std::string const& to) {
    auto const answer =
        serve_.ask("planner", "POST", kPlan + "/release", Json{{"releasable_to", {to}}}.dump());
    ASSERT_EQ(answer.status, 200) << answer.text();
  }
  [[nodiscard]] std::string a_nation() const { return scenario_.nations.front().id.text(); }

  model::Scenario scenario_{scenario_at("scenarios/tutorial")};
  ServeCase serve_{scenario_};
};

TEST_F(PlanEndpoints, MakesAPlanAndKeepsIt) {
  auto const job = plan(serve_, kQuick);
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_EQ(job["result"]["plan"], "tutorial");
  auto const listed = serve_.json("planner", kPlans)["items"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["version"], job["result"]["version"]);
  EXPECT_EQ(listed[0]["scenario_version"], tables::content_hash(scenario_));
  auto const kept = serve_.json("planner", kPlan);
  EXPECT_EQ(kept["scenario_hash"], tables::content_hash(scenario_));
  EXPECT_EQ(kept["program_version"], "test");
  EXPECT_EQ(kept["withheld"], Json::array());
  EXPECT_FALSE(kept["assignments"].empty());
  EXPECT_TRUE(kept.contains("objective"));
  EXPECT_EQ(kept["plan_hash"].get<std::string>().size(), 64U);
}

TEST_F(PlanEndpoints, SaysWhatAnOrderMustBe) {
  auto const status = [&](std::string const& body) {
    return serve_.ask("planner", "POST", kPlans, body).status;
  };
  EXPECT_EQ(status("[]"), 400);
  EXPECT_EQ(status(R"({"time_limt":3})"), 400);
  EXPECT_EQ(status(R"({"time_limit":0})"), 400);
  EXPECT_EQ(status(R"({"time_limit":1e999})"), 400);
  EXPECT_EQ(status(R"({"world":"best"})"), 400);
  EXPECT_EQ(status(R"({"world":"assured","assume":{"vote":true}})"), 400);
  EXPECT_EQ(status(R"({"changes":[{"table":"pledge","key":"x"}]})"), 400);
  EXPECT_EQ(status(R"({"changes":[{"table":"pledges","key":"none","cells":null}]})"), 404);
  EXPECT_EQ(status(R"({"version":"0123456789"})"), 404);
  EXPECT_EQ(serve_.ask("planner", "POST", "/api/scenarios/none/plans", "{}").status, 404);
  auto const unsound = serve_.ask(
      "planner", "POST", kPlans,
      R"({"changes":[{"table":"pledges","key":"new","cells":{"pledge":"new","nation":"XZZ",
          "capability":"none","quantity":"many"}}]})");
  EXPECT_EQ(unsound.status, 422);
  auto const errors = Json::parse(unsound.text())["errors"];
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0]["table"], "pledges");
  EXPECT_EQ(errors[0]["key"], "new");
  EXPECT_FALSE(errors[0]["column"].get<std::string>().empty());
  EXPECT_TRUE(serve_.json("planner", "/api/jobs")["items"].empty());
}

TEST_F(PlanEndpoints, PlansWhatMightBeAndKeepsNoRow) {
  auto const before = serve_.json("planner", "/api/scenarios/tutorial");
  auto const& pledge = scenario_.pledges.front().id.text();
  Json order = kQuick;
  order["title"] = "without one";
  order["changes"] = {{{"table", "pledges"}, {"key", pledge}, {"cells", nullptr}}};
  auto const job = plan(serve_, order);
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_EQ(job["result"]["plan"], "tutorial~what-if");
  EXPECT_EQ(serve_.json("planner", "/api/scenarios/tutorial"), before);
  auto const kept = serve_.json("planner", kPlans + "/tutorial~what-if");
  EXPECT_EQ(kept["title"], "without one");
  EXPECT_NE(kept["scenario_hash"], tables::content_hash(scenario_));
  for (Json const& row : kept["assignments"]) {
    EXPECT_NE(row["pledge"], pledge);
  }
  // The scenario's own plan is still that of its rows, and the two can be compared.
  ASSERT_EQ(plan(serve_, kQuick)["result"]["plan"], "tutorial");
  auto const sides = serve_.get("planner", "/api/scenarios/tutorial/compare?a=tutorial&b=" +
                                               encode_percent("tutorial~what-if"));
  ASSERT_EQ(sides.status, 200) << sides.text();
  EXPECT_NE(text(sides).find(pledge), std::string::npos);
  for (std::string const format : {"html", "xlsx", "csv"}) {
    EXPECT_EQ(serve_
                  .get("planner",
                       "/api/scenarios/tutorial/compare?a=tutorial&b=tutorial&format=" + format)
                  .status,
              200)
        << format;
  }
  EXPECT_EQ(serve_.get("planner", "/api/scenarios/tutorial/compare?a=tutorial").status, 400);
}

TEST_F(PlanEndpoints, EachFormIsServed) {
  ASSERT_EQ(plan(serve_, kQuick)["state"], "done");
  auto const xlsx = serve_.get("planner", kPlan + "?format=xlsx");
  EXPECT_EQ(text(xlsx).substr(0, 2), "PK");
  EXPECT_NE(xlsx.headers.find("Content-Disposition"), std::nullopt);
  auto const csv = text(serve_.get("planner", kPlan + "?format=csv"));
  EXPECT_NE(csv.find("pledge,nation,"), std::string::npos) << csv.substr(0, 200);
  EXPECT_NE(text(serve_.get("planner", kPlan + "?format=csv&table=gaps")).find("reason"),
            std::string::npos);
  EXPECT_EQ(serve_.get("planner", kPlan + "?format=csv&table=none").status, 400);
  EXPECT_NE(text(serve_.get("planner", kPlan + "?format=html")).find("</html>"), std::string::npos);
  auto const layers = Json::parse(text(serve_.get("planner", kPlan + "?format=geojson")));
  EXPECT_EQ(layers["type"], "FeatureCollection");
  EXPECT_EQ(serve_.get("planner", kPlan + "?format=pdf").status, 400);
}

TEST_F(PlanEndpoints, IsNobodysUntilItIsReleased) {
  ASSERT_EQ(plan(serve_, kQuick)["state"], "done");
  auto const delegate = "delegate:" + a_nation();
  for (std::string const& viewer :
       {delegate, std::string{"public"}, std::string{"decision-maker"}}) {
    EXPECT_TRUE(serve_.json(viewer, kPlans)["items"].empty()) << viewer;
    EXPECT_EQ(serve_.get(viewer, kPlan).status, 404) << viewer;
  }
  release("all");
  EXPECT_EQ(serve_.json(delegate, kPlans)["items"].size(), 1U);
  EXPECT_EQ(serve_.json("decision-maker", kPlans)["items"].size(), 1U);
  EXPECT_TRUE(serve_.json("public", kPlans)["items"].empty());
  EXPECT_TRUE(serve_.json("monitor", kPlans)["items"].empty());
  // The same version, released: still one.
  EXPECT_EQ(serve_.json("planner", kPlans)["items"].size(), 1U);
  EXPECT_EQ(serve_.json("planner", kPlan)["releasable_to"], Json({"all"}));
  auto const taken_back =
      serve_.ask("planner", "POST", kPlan + "/release", R"({"releasable_to":[]})");
  EXPECT_EQ(taken_back.status, 200);
  EXPECT_EQ(serve_.get(delegate, kPlan).status, 404);
}

TEST_F(PlanEndpoints, IsReleasedByPlannersToThoseThereAre) {
  ASSERT_EQ(plan(serve_, kQuick)["state"], "done");
  auto const to = [&](std::string const& viewer, Json const& items) {
    return serve_.ask(viewer, "POST", kPlan + "/release", Json{{"releasable_to", items}}.dump())
        .status;
  };
  EXPECT_EQ(to("auditor", {"all"}), 403);
  EXPECT_EQ(to("delegate:" + a_nation(), {"all"}), 403);
  EXPECT_EQ(to("planner", {"XZZ"}), 400);
  EXPECT_EQ(to("planner", "all"), 400);
  EXPECT_EQ(to("planner", {"all:cost_per_unit_month"}), 400);
  EXPECT_EQ(to("planner", {a_nation()}), 200);
  EXPECT_EQ(serve_.get("delegate:" + a_nation(), kPlan).status, 200);
  EXPECT_EQ(serve_.get("decision-maker", kPlan).status, 404);
}

TEST_F(PlanEndpoints, TellsOthersNothingOfWhatRestsOnEveryOffer) {
  ASSERT_EQ(plan(serve_, {{"time_limit", 3}})["state"], "done");
  release("all");
  auto const whole = serve_.json("planner", kPlan);
  auto const delegate = "delegate:" + a_nation();
  auto const seen = serve_.json(delegate, kPlan);
  for (char const* const part : {"objective", "bound", "gap", "gaps", "asks", "comparisons",
                                 "scenario_hash", "seconds", "by", "scenario_version"}) {
    EXPECT_FALSE(seen.contains(part)) << part;
  }
  EXPECT_NE(seen["version"], whole["version"]);
  EXPECT_FALSE(seen["withheld"].empty());
  // By its own name of it, and by no other.
  auto const version = seen["version"].get<std::string>();
  EXPECT_EQ(serve_.get(delegate, kPlan + "?version=" + version).status, 200);
  EXPECT_EQ(serve_.get(delegate, kPlan + "?version=" + whole["version"].get<std::string>()).status,
            404);
  EXPECT_EQ(serve_.get(delegate, "/api/scenarios/tutorial/compare?a=tutorial&b=tutorial").status,
            403);
  EXPECT_EQ(serve_.get(delegate, "/api/jobs").status, 403);
  auto const brief = text(serve_.get(delegate, kPlan + "?format=html"));
  EXPECT_NE(brief.find("as far as it was released"), std::string::npos);
  EXPECT_EQ(brief.find("Gaps, and what would close them"), std::string::npos);
  EXPECT_EQ(serve_.get(delegate, kPlan + "?format=csv&table=gaps").status, 400);
  EXPECT_EQ(serve_.get(delegate, kPlan + "?format=xlsx").status, 200);
}

TEST_F(PlanEndpoints, AReleaseOfSitesIsOfThoseAlone) {
  EXPECT_EQ(serve_.get("planner", "/api/scenarios/tutorial/sites").status, 404);
  EXPECT_EQ(serve_
                .ask("planner", "POST", "/api/scenarios/tutorial/sites/release",
                     R"({"releasable_to":["all"]})")
                .status,
            404);
}

}  // namespace
}  // namespace guarantor::serve
