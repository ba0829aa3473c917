#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

/// A report that the nation XBB keeps to itself.
model::Observation secret(std::string const& id, double north, int minutes) {
  auto seen = monitor::report(id, 50, north, minutes);
  seen.owner = model::NationId{"XBB"};
  seen.count = 40;
  seen.text = "SECRET";
  return seen;
}

/// Two floors that differ in nothing but what one nation keeps to itself.
class HiddenReports : public testing::Test {
 protected:
  HiddenReports() {
    for (ServeCase* serve : {&plain_, &with_}) {
      take(*serve, {monitor::report("a1", 0, 100, 0), monitor::report("a2", 0, 40'000, 60)});
    }
    take(with_, {secret("s1", 100, 3), secret("s2", -30'000, 3)});
    take(with_, {secret("s3", 150, 7)});
    for (ServeCase* serve : {&plain_, &with_}) {
      take(*serve, {monitor::report("a3", 0, 120, 9)});
    }
    incident_ = first_incident(plain_);
  }

  void expect_the_same(std::string const& viewer, std::string const& path) {
    auto const plain = plain_.get(viewer, path);
    auto const with = with_.get(viewer, path);
    EXPECT_EQ(plain.status, with.status) << viewer << ' ' << path;
    EXPECT_EQ(plain.headers.find("ETag"), with.headers.find("ETag")) << viewer << ' ' << path;
    auto const stripped = [](Response const& response) {
      auto body = json::parse(response.text());
      if (body.is_object()) {
        body.erase("record");  // a place in the ledger, which everybody sees grow
      }
      return body;
    };
    EXPECT_EQ(stripped(plain), stripped(with)) << viewer << ' ' << path;
    EXPECT_EQ(with.text().find("SECRET"), std::string_view::npos);
  }

  ServeCase plain_{watched_front()};
  ServeCase with_{watched_front()};
  std::string incident_;
};

TEST_F(HiddenReports, CountNothingForOthers) {
  for (char const* viewer : {"delegate:XAA", "public", "controller"}) {
    expect_the_same(viewer, "/api/incidents");
    expect_the_same(viewer, "/api/incidents?limit=1");
    expect_the_same(viewer, "/api/incidents?q=patrol-s");
    expect_the_same(viewer, "/api/incidents/" + incident_ + "/history");
    expect_the_same(viewer, "/api/watch/calendar?from=2026-06-03&to=2026-06-04");
    expect_the_same(viewer, "/api/observations/patrol%3As1");
  }
}

TEST_F(HiddenReports, AreNotInTheIncidentTheyConfirm) {
  auto plain = plain_.json("delegate:XAA", "/api/incidents/" + incident_);
  auto with = with_.json("delegate:XAA", "/api/incidents/" + incident_);
  EXPECT_TRUE(with.at("record").is_null());
  plain.erase("record");
  with.erase("record");
  EXPECT_EQ(plain, with);
}

TEST_F(HiddenReports, AreSeenByTheirNationAndTheFloor) {
  for (char const* viewer : {"delegate:XBB", "verifier", "planner", "monitor"}) {
    EXPECT_EQ(with_.json(viewer, "/api/incidents").at("items").size(), 3U) << viewer;
    auto const incident = with_.json(viewer, "/api/incidents/" + incident_);
    EXPECT_EQ(incident.at("reports"), 4) << viewer;
    EXPECT_EQ(incident.at("munitions").at("explosions"), 82) << viewer;
  }
  EXPECT_EQ(with_.json("delegate:XAA", "/api/incidents").at("items").size(), 2U);
}

TEST_F(HiddenReports, DoNotKeepPeoplesStepsFromOthers) {
  for (ServeCase* serve : {&plain_, &with_}) {
    auto const seen = serve->json("verifier", "/api/incidents/" + incident_).at("etag");
    ASSERT_EQ(serve
                  ->ask("verifier", "POST", "/api/incidents/" + incident_ + "/steps",
                        R"({"action":"verify","verdict":"verified","why":"crater"})",
                        {{"If-Match", seen.get<std::string>()}})
                  .status,
              200);
  }
  auto plain = plain_.json("delegate:XAA", "/api/incidents/" + incident_);
  auto with = with_.json("delegate:XAA", "/api/incidents/" + incident_);
  EXPECT_EQ(with.at("state"), "verified");
  EXPECT_EQ(plain.at("etag"), with.at("etag"));
}

}  // namespace
}  // namespace guarantor::serve
