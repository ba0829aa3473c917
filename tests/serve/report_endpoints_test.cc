#include <gtest/gtest.h>

#include <map>
#include <string>

#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

/// Somebody watches the first sector for two hours of the day.
model::Observation watch(std::string const& sector) {
  model::Observation record;
  record.id = model::ObservationId{"patrol:watch-" + sector};
  record.source = "patrol-7";
  record.kind = model::EventKind::kWatch;
  record.from = monitor::kNoon;
  record.to = monitor::kNoon + std::chrono::hours{2};
  record.sector = model::SectorId{sector};
  return record;
}

json cell(json const& calendar, std::string const& sector, std::string const& day) {
  for (json const& one : calendar.at("cells")) {
    if (one.at("sector") == sector && one.at("day") == day) {
      return one;
    }
  }
  return nullptr;
}

class Reports : public testing::Test {
 protected:
  Reports() {
    take(serve_,
         {watch("front-03"), monitor::report("a1", 0, 100, 10), monitor::report("a2", 0, 100, 12)});
  }

  ServeCase serve_{watched_front()};
};

TEST_F(Reports, TheCalendarSaysNotWatchedAndNever0) {
  auto const calendar = serve_.json("monitor", "/api/watch/calendar?from=2026-06-02&to=2026-06-05");
  EXPECT_EQ(calendar.at("days"), json::array({"2026-06-02", "2026-06-03", "2026-06-04"}));
  ASSERT_EQ(calendar.at("sectors").size(), 5U);
  EXPECT_EQ(calendar.at("cells").size(), 15U);
  auto const busy = cell(calendar, "front-03", "2026-06-03");
  EXPECT_EQ(busy.at("incidents"), 1);
  EXPECT_EQ(busy.at("alleged"), 1);
  EXPECT_EQ(busy.at("munitions"), 2);
  EXPECT_EQ(busy.at("watched_hours"), 2.0);
  EXPECT_EQ(busy.at("of_hours"), 24.0);
  auto const blind = cell(calendar, "front-01", "2026-06-03");
  EXPECT_TRUE(blind.at("incidents").is_null());
  EXPECT_TRUE(blind.at("munitions").is_null());
  EXPECT_EQ(blind.at("not_watched").at("nobody"), 24.0);
}

TEST_F(Reports, TheCalendarCountsWhatTheReportCounts) {
  take(serve_, {monitor::report("b1", 0, 30'000, 700), monitor::report("b2", 0, 30'000, 735),
                monitor::report("c1", 0, -20'000, 60)});
  auto const report = serve_.json("planner", "/api/watch/report?days=2026-06-02/2026-06-06");
  auto const calendar = serve_.json("planner", "/api/watch/calendar?from=2026-06-02&to=2026-06-06");
  std::size_t rows = 0;
  for (json const& day : report.at("sector_days")) {
    auto const other = cell(calendar, day.at("sector").get<std::string>(), day.at("day"));
    ASSERT_FALSE(other.is_null()) << day.dump();
    EXPECT_EQ(other.at("incidents"), day.at("tally").at("incidents").at("number")) << day.dump();
    EXPECT_EQ(other.at("alleged"), day.at("tally").at("alleged").at("number")) << day.dump();
    std::int64_t munitions = 0;
    for (char const* kind : {"explosions", "bursts", "shots"}) {
      auto const number = day.at("tally").at(kind).at("number");
      munitions += number.is_null() ? 0 : number.get<int>();
    }
    EXPECT_EQ(other.at("munitions").is_null() ? 0 : other.at("munitions").get<int>(), munitions);
    ++rows;
  }
  EXPECT_EQ(rows, 20U);
}

TEST_F(Reports, TheCalendarFollowsWhatComes) {
  std::string const path = "/api/watch/calendar?from=2026-06-03&to=2026-06-04";
  EXPECT_TRUE(
      cell(serve_.json("monitor", path), "front-01", "2026-06-03").at("incidents").is_null());
  take(serve_, {watch("front-01")});
  EXPECT_EQ(cell(serve_.json("monitor", path), "front-01", "2026-06-03").at("incidents"), 0);
}

TEST_F(Reports, AreForThoseWhoReadTheFloor) {
  for (char const* viewer : {"monitor", "verifier", "commission", "planner", "auditor"}) {
    EXPECT_EQ(serve_.get(viewer, "/api/watch/report?days=2026-06-03").status, 200) << viewer;
  }
  EXPECT_EQ(serve_.get("delegate:XAA", "/api/watch/report?days=2026-06-03").status, 403);
  EXPECT_EQ(serve_.get("delegate:XAA", "/api/watch/calendar").status, 200);
  EXPECT_EQ(serve_.get("public", "/api/watch/calendar").status, 403);
  EXPECT_EQ(serve_.get("controller", "/api/watch/report?days=2026-06-03").status, 403);
}

TEST_F(Reports, ComeAsPagesAndTables) {
  auto const page = serve_.get("monitor", "/api/watch/report?days=2026-06-03&format=html");
  EXPECT_EQ(page.headers.find("Content-Type"), kHtml);
  EXPECT_NE(page.text().find("<html"), std::string_view::npos);
  auto const table =
      serve_.get("monitor", "/api/watch/report?days=2026-06-03&format=csv&table=incidents");
  EXPECT_EQ(table.status, 200);
  EXPECT_NE(table.text().find(first_incident(serve_)), std::string_view::npos);
  EXPECT_EQ(serve_.get("monitor", "/api/watch/report?days=2026-06-03&format=csv&table=x").status,
            400);
  EXPECT_EQ(serve_.get("monitor", "/api/watch/report?days=today").status, 400);
}

Response publish(ServeCase& serve, std::string const& viewer, json const& body) {
  return serve.ask(viewer, "POST", "/api/watch/reports", body.dump());
}

TEST_F(Reports, ArePublishedOnceAndReadByThePublic) {
  auto const first = publish(serve_, "monitor", {{"days", "2026-06-03"}});
  ASSERT_EQ(first.status, 201) << first.text();
  EXPECT_EQ(json::parse(first.text()).at("report"), "watch-2026-06-03");
  EXPECT_EQ(publish(serve_, "monitor", {{"days", "2026-06-03"}}).status, 200);
  auto const listed = serve_.json("public", "/api/reports").at("items");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.at(0).at("incidents"), 1);
  EXPECT_FALSE(listed.at(0).contains("version"));
  auto const read = serve_.json("public", "/api/reports/watch-2026-06-03");
  EXPECT_EQ(read.at("incidents").size(), 1U);
  auto const whole = serve_.services().views.whole("front");
  EXPECT_EQ(read.dump().find(whole.value()->name), std::string::npos);
  take(serve_, {monitor::report("b1", 0, 30'000, 60)});
  EXPECT_EQ(publish(serve_, "planner", {{"days", "2026-06-03"}}).status, 201);
  EXPECT_EQ(serve_.json("public", "/api/reports/watch-2026-06-03").at("revision"), 2);
  EXPECT_EQ(serve_.json("public", "/api/reports/watch-2026-06-03?revision=1").at("revision"), 1);
  EXPECT_EQ(serve_.get("public", "/api/reports/watch-2026-06-03?revision=3").status, 404);
}

TEST_F(Reports, AreReleasedByPlannersAlone) {
  EXPECT_EQ(publish(serve_, "delegate:XAA", {{"days", "2026-06-03"}}).status, 403);
  EXPECT_EQ(publish(serve_, "monitor", {{"days", "2026-06-03"}, {"releasable_to", {"XAA"}}}).status,
            403);
  ASSERT_EQ(publish(serve_, "planner", {{"days", "2026-06-03"}, {"releasable_to", {"XAA"}}}).status,
            201);
  EXPECT_EQ(serve_.get("delegate:XAA", "/api/reports/watch-2026-06-03").status, 200);
  EXPECT_EQ(serve_.get("delegate:XBB", "/api/reports/watch-2026-06-03").status, 404);
  EXPECT_EQ(serve_.json("public", "/api/reports").at("items").size(), 0U);
  EXPECT_EQ(publish(serve_, "planner", {{"days", 3}}).status, 400);
}

TEST_F(Reports, CountNothingThatANationKeepsFromThoseWhoGetThem) {
  ServeCase other{watched_front()};
  take(other,
       {watch("front-03"), monitor::report("a1", 0, 100, 10), monitor::report("a2", 0, 100, 12)});
  auto secret = monitor::report("b1", 0, 150, 14);
  secret.owner = model::NationId{"XBB"};
  secret.count = 40;
  auto alone = monitor::report("b2", 0, 40'000, 14);
  alone.owner = model::NationId{"XBB"};
  take(other, {secret, alone});
  ASSERT_EQ(publish(serve_, "planner", {{"days", "2026-06-03"}}).status, 201);
  ASSERT_EQ(publish(other, "planner", {{"days", "2026-06-03"}}).status, 201);
  auto mine = serve_.json("public", "/api/reports/watch-2026-06-03");
  auto theirs = other.json("public", "/api/reports/watch-2026-06-03");
  EXPECT_EQ(mine.at("sector_days"), theirs.at("sector_days"));
  EXPECT_EQ(mine.at("clauses"), theirs.at("clauses"));
  ASSERT_EQ(theirs.at("incidents").size(), 1U);
  EXPECT_EQ(theirs.at("incidents").at(0).at("munitions"),
            mine.at("incidents").at(0).at("munitions"));
  EXPECT_EQ(theirs.dump().find("patrol:b"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::serve
