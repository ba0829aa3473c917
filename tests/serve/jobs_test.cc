#include "guarantor/serve/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

#include "planned_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

Caller const kPlanner{.viewer = {policy::Role::kPlanner}, .account = "anna"};

/// Work that goes on until it is called off; then it gives what it has.
Jobs::Work until_called_off(std::latch& begun) {
  return [&begun](model::RunControl const& control) -> model::Result<std::string> {
    begun.count_down();
    while (!control.must_stop()) {
      std::this_thread::yield();
    }
    return std::string{R"({"so":"far"})"};
  };
}

class JobsTest : public ::testing::Test {
 protected:
  ServeCase serve_{scenario_at("scenarios/tutorial")};
};

TEST_F(JobsTest, OneAfterTheOther) {
  std::latch begun{1};
  auto& jobs = serve_.services().jobs;
  auto const first = jobs.start("plan", "first", kPlanner, until_called_off(begun)).value();
  auto const second = jobs.start("plan", "second", kPlanner,
                                 [](auto const&) { return model::Result<std::string>{"{}"}; })
                          .value();
  begun.wait();
  EXPECT_EQ(serve_.json("planner", "/api/jobs/" + first)["state"], "running");
  EXPECT_EQ(serve_.json("auditor", "/api/jobs/" + second)["state"], "waiting");
  EXPECT_EQ(serve_.ask("planner", "DELETE", "/api/jobs/" + first).status, 202);
  EXPECT_EQ(ended(serve_, second)["state"], "done");
  auto const cancelled = serve_.json("planner", "/api/jobs/" + first);
  EXPECT_EQ(cancelled["state"], "cancelled");
  EXPECT_EQ(cancelled["result"]["so"], "far");
  EXPECT_EQ(serve_.ask("planner", "DELETE", "/api/jobs/" + first).status, 409);
  EXPECT_EQ(serve_.ask("planner", "DELETE", "/api/jobs/j-99").status, 404);
  auto const listed = serve_.json("planner", "/api/jobs")["items"];
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0]["id"], second);
}

TEST_F(JobsTest, AWaitingOneThatIsCalledOffNeverBegins) {
  std::latch begun{1};
  std::atomic<bool> ran{false};
  auto& jobs = serve_.services().jobs;
  auto const first = jobs.start("plan", "first", kPlanner, until_called_off(begun)).value();
  auto const second = jobs.start("plan", "second", kPlanner,
                                 [&](auto const&) {
                                   ran = true;
                                   return model::Result<std::string>{"{}"};
                                 })
                          .value();
  begun.wait();
  EXPECT_EQ(serve_.ask("planner", "DELETE", "/api/jobs/" + second).status, 202);
  EXPECT_TRUE(jobs.cancel(first));
  EXPECT_EQ(ended(serve_, first)["state"], "cancelled");
  jobs.stop();
  EXPECT_FALSE(ran);
}

TEST_F(JobsTest, ThoseWhoMayNotSeeAllAreToldOfNone) {
  for (std::string const viewer : {"public", "delegate:XAL", "monitor", "controller"}) {
    EXPECT_EQ(serve_.get(viewer, "/api/jobs").status, 403) << viewer;
    EXPECT_EQ(serve_.get(viewer, "/api/jobs/j-1").status, 403) << viewer;
  }
  EXPECT_EQ(serve_.ask("auditor", "DELETE", "/api/jobs/j-1").status, 403);
}

TEST(PlanJob, StoppedWhileItRunsKeepsTheBestSoFar) {
  ServeCase serve{scenario_at("scenarios/ukraine")};
  auto const begun = serve.ask("planner", "POST", "/api/scenarios/ukraine/plans",
                               R"({"time_limit":300,"with_sites":false,"explain":false})");
  ASSERT_EQ(begun.status, 202);
  auto const job = Json::parse(begun.text())["job"].get<std::string>();
  Listening asked;
  asked.viewer.role = policy::Role::kPlanner;
  asked.types = {"job"};
  auto const told = serve.services().events.listen(asked);
  // Called off once there is something, or it may have ended by itself.
  for (;;) {
    auto const now = serve.json("planner", "/api/jobs/" + job);
    if (!now["ended"].is_null() || now["progress"]["objective"].is_number()) {
      break;
    }
    std::this_thread::yield();
  }
  serve.services().jobs.stop();
  auto const now = serve.json("planner", "/api/jobs/" + job);
  ASSERT_FALSE(now["ended"].is_null());
  auto const kept = serve.json("planner", "/api/scenarios/ukraine/plans/ukraine");
  EXPECT_EQ(kept["version"], now["result"]["version"]);
  EXPECT_FALSE(kept["assignments"].empty());
  told->close();
}

}  // namespace
}  // namespace guarantor::serve
