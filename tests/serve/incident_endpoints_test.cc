#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

std::string path_of(std::string const& incident) {
  return "/api/incidents/" + incident;
}

json body_of(Response const& response) {
  return json::parse(response.text());
}

/// A step by somebody who has just looked.
Response step(ServeCase& serve, std::string const& viewer, std::string const& incident,
              json const& body) {
  auto const seen = serve.json(viewer, path_of(incident));
  return serve.ask(viewer, "POST", path_of(incident) + "/steps", body.dump(),
                   {{"If-Match", seen.at("etag").get<std::string>()}});
}

std::vector<std::string> may(ServeCase& serve, std::string const& viewer,
                             std::string const& incident) {
  return serve.json(viewer, path_of(incident)).at("may").get<std::vector<std::string>>();
}

using Words = std::vector<std::string>;

class Incidents : public testing::Test {
 protected:
  Incidents() {
    take(serve_, {monitor::report("a1", 0, 100, 0), monitor::report("b1", 50, 100, 10),
                  monitor::report("a2", 0, 30'000, 120)});
    incident_ = first_incident(serve_);
  }

  ServeCase serve_{watched_front()};
  std::string incident_;
};

TEST_F(Incidents, AreListedTheNewestFirstAPageAtATime) {
  auto const all = serve_.json("monitor", "/api/incidents");
  ASSERT_EQ(all.at("items").size(), 2U);
  EXPECT_EQ(all.at("items").at(1).at("id"), incident_);
  EXPECT_EQ(all.at("items").at(1).at("reports"), 2);
  EXPECT_EQ(all.at("items").at(1).at("state"), "alleged");
  EXPECT_EQ(all.at("items").at(1).at("clauses"), json::array({"no-fire"}));
  auto const first = serve_.json("monitor", "/api/incidents?limit=1");
  ASSERT_TRUE(first.at("next").is_string());
  auto const second =
      serve_.json("monitor", "/api/incidents?limit=1&after=" +
                                 encode_percent(first.at("next").get<std::string>()));
  EXPECT_EQ(second.at("items").at(0).at("id"), incident_);
  EXPECT_TRUE(second.at("next").is_null());
}

TEST_F(Incidents, AreFoundByTimeStateKindClauseAndText) {
  auto const count = [&](std::string const& query) {
    return serve_.json("planner", "/api/incidents?" + query).at("items").size();
  };
  EXPECT_EQ(count("to=2026-06-03T13:00:00Z"), 1U);
  EXPECT_EQ(count("from=2026-06-03T13:00:00Z"), 1U);
  EXPECT_EQ(count("from=2026-06-04"), 0U);
  EXPECT_EQ(count("state=alleged,verified"), 2U);
  EXPECT_EQ(count("state=verified"), 0U);
  EXPECT_EQ(count("kind=fire"), 2U);
  EXPECT_EQ(count("kind=drone"), 0U);
  EXPECT_EQ(count("clause=no-fire"), 2U);
  EXPECT_EQ(count("clause=other"), 0U);
  EXPECT_EQ(count("q=patrol-b"), 1U);
  EXPECT_EQ(serve_.get("planner", "/api/incidents?state=done").status, 400);
  EXPECT_EQ(serve_.get("planner", "/api/incidents?from=now").status, 400);
  EXPECT_EQ(serve_.get("planner", "/api/incidents?after=x").status, 400);
}

TEST_F(Incidents, GoAllTheWayFromAllegedToDecided) {
  EXPECT_EQ(may(serve_, "verifier", incident_), (Words{"verify"}));
  auto const verified = step(serve_, "verifier", incident_,
                             {{"action", "verify"}, {"verdict", "verified"}, {"why", "crater"}});
  ASSERT_EQ(verified.status, 200) << verified.text();
  EXPECT_EQ(body_of(verified).at("state"), "verified");
  EXPECT_EQ(may(serve_, "verifier", incident_), (Words{"verify", "dispute", "close"}));
  EXPECT_EQ(may(serve_, "commission", incident_), (Words{"find"}));
  auto const found = step(serve_, "commission", incident_,
                          {{"action", "find"},
                           {"parties", {"xaa"}},
                           {"certainty", "moderate"},
                           {"reply_by", "2099-01-01T00:00:00Z"},
                           {"why", "from the east"}});
  ASSERT_EQ(found.status, 200) << found.text();
  EXPECT_EQ(body_of(found).at("case").at("finding").at("parties"), json::array({"xaa"}));
  EXPECT_EQ(may(serve_, "commission", incident_), (Words{"find"}));
  EXPECT_EQ(may(serve_, "delegate:XAA", incident_), (Words{"reply"}));
  EXPECT_EQ(may(serve_, "delegate:XBB", incident_), (Words{}));
  auto const early = step(serve_, "decision-maker", incident_,
                          {{"action", "decide"}, {"certainty", "high"}, {"why", "sure"}});
  EXPECT_EQ(early.status, 409) << early.text();
  auto const replied =
      step(serve_, "delegate:XAA", incident_,
           {{"action", "reply"}, {"parties", {"xaa"}}, {"why", "none of ours was there"}});
  ASSERT_EQ(replied.status, 200) << replied.text();
  EXPECT_EQ(may(serve_, "decision-maker", incident_), (Words{"decide"}));
  auto const decided = step(serve_, "decision-maker", incident_,
                            {{"action", "decide"},
                             {"parties", {"xaa"}},
                             {"certainty", "high"},
                             {"dissents", {{{"by", "XBB"}, {"why", "one source"}}}},
                             {"why", "two sensors agree"}});
  ASSERT_EQ(decided.status, 200) << decided.text();
  auto const file = serve_.json("auditor", path_of(incident_)).at("case");
  EXPECT_EQ(file.at("steps").size(), 4U);
  EXPECT_EQ(file.at("decision").at("dissents").at(0).at("by"), "XBB");
  EXPECT_EQ(file.at("attribution_withheld"), false);
}

TEST_F(Incidents, MonitorsAndOtherNationsDoNotReadWhoDidIt) {
  ASSERT_EQ(step(serve_, "verifier", incident_,
                 {{"action", "verify"}, {"verdict", "verified"}, {"why", "crater"}})
                .status,
            200);
  std::string const before{serve_.get("monitor", path_of(incident_)).text()};
  auto const tag = serve_.json("delegate:XBB", path_of(incident_)).at("etag");
  ASSERT_EQ(step(serve_, "commission", incident_,
                 {{"action", "find"},
                  {"parties", {"xaa"}},
                  {"certainty", "moderate"},
                  {"reply_by", "2099-01-01T00:00:00Z"},
                  {"why", "from the east"}})
                .status,
            200);
  EXPECT_EQ(serve_.get("monitor", path_of(incident_)).text(), before);
  EXPECT_EQ(serve_.json("delegate:XBB", path_of(incident_)).at("etag"), tag);
  EXPECT_TRUE(serve_.json("delegate:XBB", path_of(incident_)).at("case").at("finding").is_null());
  EXPECT_FALSE(serve_.json("delegate:XAA", path_of(incident_)).at("case").at("finding").is_null());
}

TEST_F(Incidents, AreNotChangedUnseen) {
  json const verify{{"action", "verify"}, {"verdict", "verified"}, {"why", "crater"}};
  EXPECT_EQ(serve_.ask("verifier", "POST", path_of(incident_) + "/steps", verify.dump()).status,
            428);
  auto const seen = serve_.json("verifier", path_of(incident_)).at("etag").get<std::string>();
  take(serve_, {monitor::report("c1", 0, 100, 5)});
  auto const stale = serve_.ask("verifier", "POST", path_of(incident_) + "/steps", verify.dump(),
                                {{"If-Match", seen}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_NE(stale.text().find("revision 2"), std::string::npos) << stale.text();
  // The tag of the whole response does too.
  auto const whole = serve_.get("verifier", path_of(incident_));
  EXPECT_EQ(serve_
                .ask("verifier", "POST", path_of(incident_) + "/steps", verify.dump(),
                     {{"If-Match", std::string{*whole.headers.find("ETag")}}})
                .status,
            200);
}

TEST_F(Incidents, AreChangedByThoseAloneWhoMay) {
  json const verify{{"action", "verify"}, {"verdict", "verified"}, {"why", "crater"}};
  for (char const* viewer : {"monitor", "planner", "commission", "auditor", "delegate:XAA"}) {
    EXPECT_EQ(step(serve_, viewer, incident_, verify).status, 403) << viewer;
    EXPECT_EQ(may(serve_, viewer, incident_), (Words{})) << viewer;
  }
  EXPECT_EQ(step(serve_, "verifier", incident_,
                 {{"action", "find"},
                  {"parties", {"xaa"}},
                  {"certainty", "low"},
                  {"reply_by", "2099-01-01T00:00:00Z"},
                  {"why", "?"}})
                .status,
            403);
  EXPECT_EQ(serve_.ask("public", "POST", path_of(incident_) + "/steps", verify.dump()).status, 401);
  EXPECT_EQ(serve_.get("public", path_of(incident_)).status, 404);
  EXPECT_EQ(serve_.json("public", "/api/incidents").at("items").size(), 0U);
}

TEST_F(Incidents, AStepThatLacksSomethingSaysWhat) {
  auto const wrong = step(serve_, "verifier", incident_,
                          {{"action", "verify"}, {"verdict", "guilty"}, {"parties", {"nobody"}}});
  ASSERT_EQ(wrong.status, 422) << wrong.text();
  auto const errors = body_of(wrong).at("errors");
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors.at(0).at("column"), "why");
  EXPECT_EQ(errors.at(1).at("column"), "verdict");
  EXPECT_EQ(errors.at(2).at("column"), "parties");
  EXPECT_EQ(step(serve_, "verifier", incident_, {{"action", 4}, {"why", {1}}}).status, 422);
  EXPECT_EQ(step(serve_, "verifier", incident_, {{"action", "verify"}, {"why", "?"}}).status, 400);
}

TEST_F(Incidents, TellEachRevision) {
  take(serve_, {monitor::report("c1", 0, 100, 5)});
  auto const history = serve_.json("verifier", path_of(incident_) + "/history");
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history.at(0).at("cause"), "opened");
  EXPECT_EQ(history.at(1).at("cause"), "grew");
  EXPECT_EQ(history.at(1).at("reports"), 3);
}

}  // namespace
}  // namespace guarantor::serve
