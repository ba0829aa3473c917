#include "guarantor/serve/row_writing.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

class RowWriting : public ::testing::Test {
 protected:
  static std::string path(std::string const& rest) {
    return "/api/scenarios/exercise/tables/" + rest;
  }
  Json row(std::string const& viewer, std::string const& rest) {
    return serve_.json(viewer, path(rest));
  }
  Response put(std::string const& viewer, std::string const& rest, Json const& cells,
               std::string const& tag) {
    ServeCase::Headers const headers = tag.empty() ? ServeCase::Headers{{"If-None-Match", "*"}}
                                                   : ServeCase::Headers{{"If-Match", tag}};
    return serve_.ask(viewer, "PUT", path(rest), Json{{"cells", cells}}.dump(), headers);
  }
  /// Changes one cell of a row as the viewer sees it.
  Response set(std::string const& viewer, std::string const& rest, std::string const& column,
               std::string const& text) {
    auto now = row(viewer, rest);
    now["cells"][column] = text;
    return put(viewer, rest, now["cells"], now["etag"]);
  }
  static Json new_pledge() {
    return {{"nation", "XAL"},      {"capability", "land.inf.mech"},
            {"quantity", "2"},      {"status", "announced"},
            {"source", "a speech"}, {"confidence", "illustrative"}};
  }

  ServeCase serve_{scenario_at("scenarios/exercise")};
};

TEST_F(RowWriting, ADelegateAddsAnOfferAndChangesIt) {
  auto const made = put("delegate:XAL", "pledges/xal-more", new_pledge(), "");
  ASSERT_EQ(made.status, 201) << made.text();
  EXPECT_EQ(Json::parse(made.text())["cells"]["pledge"], "xal-more");
  auto const changed = set("delegate:XAL", "pledges/xal-more", "quantity", "5");
  ASSERT_EQ(changed.status, 200) << changed.text();
  EXPECT_EQ(row("planner", "pledges/xal-more")["cells"]["quantity"], "5");
  EXPECT_EQ(serve_.get("delegate:XBE", path("pledges/xal-more")).status, 404);
  // What was said that day stands once in the dated history.
  auto const said = row("delegate:XAL", "offers/xal-more%2F2026-11-29%2F");
  EXPECT_EQ(said["cells"]["quantity"], "5");
  EXPECT_EQ(said["cells"]["confidence"], "illustrative");
  auto const other = set("delegate:XAL", "pledges/xal-more", "note", "=HYPERLINK(\"x\")'; DROP");
  ASSERT_EQ(other.status, 200);
  EXPECT_EQ(row("delegate:XAL", "pledges/xal-more")["cells"]["note"], "=HYPERLINK(\"x\")'; DROP");
}

TEST_F(RowWriting, NeedsTheTagOfWhatIsChanged) {
  auto const now = row("delegate:XAL", "pledges/xal-mech");
  auto cells = now["cells"];
  cells["quantity"] = "22";
  auto const none =
      serve_.ask("delegate:XAL", "PUT", path("pledges/xal-mech"), Json{{"cells", cells}}.dump());
  EXPECT_EQ(none.status, 428);
  auto const wrong = put("delegate:XAL", "pledges/xal-mech", cells, "\"0123456789abcdef\"");
  EXPECT_EQ(wrong.status, 412);
  EXPECT_EQ(Json::parse(wrong.text())["current"]["etag"], now["etag"]);
  EXPECT_EQ(put("delegate:XAL", "pledges/xal-mech", cells, "").status, 412);
  EXPECT_EQ(put("delegate:XAL", "pledges/xal-mech", cells, now["etag"]).status, 200);
  // Once more the same, as after an answer that was lost: it is so already.
  EXPECT_EQ(put("delegate:XAL", "pledges/xal-mech", cells, now["etag"]).status, 200);
  auto const versions = serve_.json("planner", "/api/scenarios/exercise/versions");
  EXPECT_EQ(versions["items"].size(), 2U);
}

TEST_F(RowWriting, NobodyChangesWhatIsNotHis) {
  auto cells = row("planner", "pledges/xbe-mech")["cells"];
  auto const tag = row("planner", "pledges/xbe-mech")["etag"].get<std::string>();
  EXPECT_NE(put("delegate:XAL", "pledges/xbe-mech", cells, tag).status, 200);
  auto mine = row("delegate:XAL", "pledges/xal-mech");
  mine["cells"]["nation"] = "XBE";
  EXPECT_EQ(put("delegate:XAL", "pledges/xal-mech", mine["cells"], mine["etag"]).status, 403);
  Json const theirs{{"nation", "XBE"}, {"capability", "land.inf.mech"}, {"status", "announced"}};
  EXPECT_EQ(put("delegate:XAL", "pledges/xbe-more", theirs, "").status, 403);
  Json const said{{"date", "2026-05-01"}, {"meeting", "lantern-4"}, {"quantity", "1"}};
  EXPECT_EQ(put("delegate:XAL", "offers/xbe-mech%2F2026-05-01%2Flantern-4", said, "").status, 403);
  EXPECT_EQ(set("delegate:XAL", "meetings/lantern-1", "title", "Mine").status, 403);
  EXPECT_EQ(put("public", "pledges/xal-more", new_pledge(), "").status, 401);
  for (char const* role : {"auditor", "monitor", "controller", "verifier", "decision-maker:XAL"}) {
    EXPECT_EQ(put(role, "pledges/xal-more", new_pledge(), "").status, 403) << role;
  }
  EXPECT_EQ(put("planner", "nonsense/a", new_pledge(), "").status, 404);
}

TEST_F(RowWriting, ANameTellsNobodyWhatOthersHave) {
  // There is a hidden pledge of the one name and none of the other.
  auto const there = put("delegate:XAL", "pledges/xbe-mech", new_pledge(), "");
  auto const free = put("delegate:XAL", "pledges/xbe-free", new_pledge(), "");
  EXPECT_EQ(there.status, free.status);
  EXPECT_EQ(there.text(), free.text());
}

TEST_F(RowWriting, HiddenRowsAreNotHintedAt) {
  auto cells = new_pledge();
  cells["requires"] = "xbe-mecj";  // a hidden pledge is called nearly so
  auto const response = put("delegate:XAL", "pledges/xal-more", cells, "");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.text().find("xbe-mech"), std::string_view::npos) << response.text();
  auto const errors = Json::parse(response.text())["errors"];
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0]["table"], "pledges");
  EXPECT_EQ(errors[0]["key"], "xal-more");
  EXPECT_EQ(errors[0]["column"], "requires");
}

TEST_F(RowWriting, TellsAllThatIsWrongAtItsCell) {
  auto cells = new_pledge();
  cells["quantity"] = "many";
  cells["status"] = "promised";
  cells["home"] = "atlantis";
  auto const response = put("planner", "pledges/xal-more", cells, "");
  ASSERT_EQ(response.status, 422);
  std::vector<std::string> columns;
  auto const told = Json::parse(response.text());
  for (auto const& error : told["errors"]) {
    EXPECT_EQ(error["key"], "xal-more");
    columns.push_back(error["column"]);
  }
  std::ranges::sort(columns);
  EXPECT_EQ(columns, (std::vector<std::string>{"home", "quantity", "status"}));
  cells = new_pledge();
  cells["quantty"] = "3";
  EXPECT_EQ(put("planner", "pledges/xal-more", cells, "").status, 422);
  cells = new_pledge();
  cells["pledge"] = "xal-another";
  EXPECT_EQ(put("planner", "pledges/xal-more", cells, "").status, 422);
}

TEST_F(RowWriting, OnlyTheOwnerReleases) {
  EXPECT_EQ(set("planner", "pledges/xal-mech", "releasable_to", "all").status, 403);
  EXPECT_EQ(set("delegate:XAL", "pledges/xal-mech", "releasable_to", "XBE").status, 200);
  EXPECT_EQ(serve_.get("delegate:XBE", path("pledges/xal-mech")).status, 200);
  EXPECT_EQ(serve_.get("delegate:XCO", path("pledges/xal-mech")).status, 404);
  // A planner who does not send it leaves it as it is.
  auto now = row("planner", "pledges/xal-mech");
  now["cells"].erase("releasable_to");
  now["cells"]["quantity"] = "20";
  EXPECT_EQ(put("planner", "pledges/xal-mech", now["cells"], now["etag"]).status, 200);
  EXPECT_EQ(row("planner", "pledges/xal-mech")["cells"]["releasable_to"], "XBE");
}

TEST_F(RowWriting, HiddenMentionsStay) {
  auto const before = row("planner", "pledges/xal-mech")["cells"];
  ASSERT_EQ(set("planner", "pledges/xal-mech", "requires", "xbe-mech").status, 200);
  EXPECT_FALSE(row("delegate:XAL", "pledges/xal-mech")["cells"].contains("requires"));
  ASSERT_EQ(set("delegate:XAL", "pledges/xal-mech", "quantity", "19").status, 200);
  EXPECT_EQ(row("planner", "pledges/xal-mech")["cells"]["requires"], "xbe-mech");
}

TEST_F(RowWriting, APledgeGoesWithItsHistory) {
  auto const now = row("delegate:XAL", "pledges/xal-light");
  auto const gone = serve_.ask("delegate:XAL", "DELETE", path("pledges/xal-light"), {},
                               {{"If-Match", now["etag"]}});
  EXPECT_EQ(gone.status, 204) << gone.text();
  EXPECT_EQ(serve_.get("planner", path("pledges/xal-light")).status, 404);
  EXPECT_EQ(serve_.json("planner", path("offers?q=xal-light"))["items"].size(), 0U);
  EXPECT_EQ(
      serve_
          .ask("delegate:XAL", "DELETE", path("pledges/xal-light"), {}, {{"If-Match", now["etag"]}})
          .status,
      404);
}

TEST_F(RowWriting, TheScenarioKeepsItsId) {
  EXPECT_EQ(set("planner", "scenario/scenario", "id", "other").status, 403);
  EXPECT_EQ(set("planner", "scenario/scenario", "title", "Another").status, 200);
  EXPECT_EQ(serve_.json("public", "/api/scenarios/exercise")["title"], "Another");
}

TEST_F(RowWriting, OfTwoWithTheSameTagOneWins) {
  auto const now = row("delegate:XAL", "pledges/xal-mech");
  std::vector<int> statuses(6);
  {
    std::vector<std::jthread> writers;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      writers.emplace_back([&, i] {
        auto cells = now["cells"];
        cells["quantity"] = std::to_string(30 + i);
        statuses[i] = put("delegate:XAL", "pledges/xal-mech", cells, now["etag"]).status;
      });
    }
  }
  EXPECT_EQ(std::ranges::count(statuses, 200), 1);
  EXPECT_EQ(std::ranges::count(statuses, 412), 5);
}

TEST_F(RowWriting, WritersOfDifferentRowsAllCome) {
  std::vector<std::string> const rows{"xal-mech", "xal-light", "xal-tanks"};
  std::vector<int> statuses(rows.size());
  {
    std::vector<std::jthread> writers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      writers.emplace_back(
          [&, i] { statuses[i] = set("delegate:XAL", "pledges/" + rows[i], "note", "x").status; });
    }
  }
  EXPECT_EQ(statuses, (std::vector<int>{200, 200, 200}));
  for (auto const& key : rows) {
    EXPECT_EQ(row("planner", "pledges/" + key)["cells"]["note"], "x");
  }
}

}  // namespace
}  // namespace guarantor::serve
