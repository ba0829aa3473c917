#include <gtest/gtest.h>

#include <string>

#include "guarantor/intake/observation_json.h"
#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

Response post(ServeCase& serve, std::string const& viewer, std::string body,
              std::string const& query = "") {
  return serve.ask(viewer, "POST", "/api/observations" + query, std::move(body),
                   {{"Content-Type", "application/x-ndjson"}});
}

std::string line(model::Observation const& observation) {
  return intake::to_json(observation) + "\n";
}

TEST(Observations, AreTakenInOnceAndMakeIncidents) {
  ServeCase serve{watched_front()};
  auto const body = line(monitor::report("a1", 0, 100, 0)) + line(monitor::report("b1", 0, 100, 5));
  auto const first = post(serve, "monitor", body);
  ASSERT_EQ(first.status, 200) << first.text();
  auto const counts = json::parse(first.text());
  EXPECT_EQ(counts.at("observations"), 2);
  EXPECT_EQ(counts.at("taken"), 2);
  EXPECT_EQ(counts.at("opened"), 1);
  EXPECT_EQ(counts.at("incidents"), json::array({first_incident(serve)}));
  auto const again = json::parse(post(serve, "monitor", body).text());
  EXPECT_EQ(again.at("repeated"), 2);
  EXPECT_EQ(again.at("incidents"), json::array());
  auto const kept = serve.json("monitor", "/api/observations/patrol%3Aa1");
  EXPECT_EQ(kept.at("id"), "patrol:a1");
  EXPECT_EQ(kept.at("kept_by"), "monitor");
}

TEST(Observations, SayWhatCouldNotBeTakenIn) {
  ServeCase serve{watched_front()};
  auto const some = post(serve, "monitor", line(monitor::report("a1", 0, 100, 0)) + "{\"id\":1}\n");
  ASSERT_EQ(some.status, 200) << some.text();
  EXPECT_EQ(json::parse(some.text()).at("rejected").size(), 1U);
  EXPECT_EQ(json::parse(some.text()).at("errors").at(0).at("key"), "line 2");
  auto const none = post(serve, "monitor", "{\"id\":1}\n");
  EXPECT_EQ(none.status, 422);
  EXPECT_EQ(post(serve, "monitor", "{}\n", "?format=nonsense").status, 400);
  EXPECT_EQ(serve.ask("monitor", "POST", "/api/observations", "a;b;c\n1;2;3\n").status, 400);
}

TEST(Observations, AreTakenInFromMonitorsAlone) {
  ServeCase serve{watched_front()};
  for (char const* viewer : {"planner", "verifier", "delegate:XAA", "auditor", "public"}) {
    EXPECT_EQ(post(serve, viewer, line(monitor::report("a1", 0, 100, 0))).status, 403) << viewer;
  }
  EXPECT_EQ(serve.json("planner", "/api/incidents").at("items").size(), 0U);
}

TEST(Observations, OfANationAreForItAndWhomItNames) {
  ServeCase serve{watched_front()};
  auto own = monitor::report("a1", 0, 100, 0);
  own.owner = model::NationId{"XAA"};
  own.releasable_to = {"XBB"};
  auto secret = monitor::report("b1", 0, 100, 1);
  secret.owner = model::NationId{"XAA"};
  take(serve, {own, secret});
  EXPECT_EQ(serve.get("delegate:XBB", "/api/observations/patrol%3Aa1").status, 200);
  EXPECT_EQ(serve.get("delegate:XAA", "/api/observations/patrol%3Ab1").status, 200);
  EXPECT_EQ(serve.get("verifier", "/api/observations/patrol%3Ab1").status, 200);
  auto const hidden = serve.get("delegate:XBB", "/api/observations/patrol%3Ab1");
  auto const none = serve.get("delegate:XBB", "/api/observations/patrol%3Ab2");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(hidden.text().size(), none.text().size());
  EXPECT_EQ(serve.get("public", "/api/observations/patrol%3Aa1").status, 404);
}

}  // namespace
}  // namespace guarantor::serve
