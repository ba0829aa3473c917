#include "guarantor/serve/pot.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "guarantor/generate/glance.h"
#include "guarantor/policy/release.h"
#include "guarantor/report/plan_reading.h"
#include "serve_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

class PotOf : public ::testing::Test {
 protected:
  model::Scenario const scenario_{scenario_at("scenarios/exercise")};
  ServeCase serve_{scenario_};
};

TEST_F(PotOf, IsThePlanOfTheViewAlone) {
  auto const pot = serve_.json("delegate:XAL", "/api/scenarios/exercise/pot");
  auto const view = policy::released(
      scenario_, {.role = policy::Role::kDelegate, .nation = model::NationId{"XAL"}});
  generate::ComponentCache cache;
  auto const plan = generate::glance(view, {}, cache).value();
  report::PlanReading const reading{view, plan};
  ASSERT_EQ(pot["lines"].size(), view.requirements.size());
  for (auto const& line : pot["lines"]) {
    auto const* expected =
        reading.line(model::RequirementId{line["requirement"].get<std::string>()});
    ASSERT_NE(expected, nullptr);
    EXPECT_EQ(line["fill"].get<double>(), expected->mean);
    for (auto const& pledge : line["pledges"]) {
      EXPECT_NE(reading.pledge(model::PledgeId{pledge["pledge"].get<std::string>()}), nullptr);
    }
  }
}

TEST_F(PotOf, IsTheSameBytesAgainAndPlannedOnce) {
  Pots pots;
  auto const view = serve_.services().views.whole("exercise").value();
  std::vector<SharedPot> made(4);
  {
    std::vector<std::jthread> askers;
    for (auto& pot : made) {
      askers.emplace_back([&] { pot = pots.of(view, model::WorldKind::kNominal).value(); });
    }
  }
  EXPECT_EQ(pots.made(), 1U);
  Pots others;
  auto const again = others.of(view, model::WorldKind::kNominal).value();
  EXPECT_EQ(again->json, made[0]->json);
  auto const known = serve_.get("planner", "/api/scenarios/exercise/pot");
  EXPECT_EQ(known.text(), again->json);
  EXPECT_TRUE(known.headers.find("ETag"));
}

TEST_F(PotOf, IsTheSameBytesWhateverWasPlannedBefore) {
  Pots pots;
  int different = 0;
  std::string last;
  for (int change = 0; change < 4; ++change) {
    auto scenario = scenario_;
    if (change > 0) {
      auto& pledge = scenario.pledges[static_cast<std::size_t>(7 * change)];
      pledge.quantity = pledge.quantity ? *pledge.quantity + model::Units{change} : model::Units{3};
    }
    auto const view =
        std::make_shared<ScenarioView const>(ScenarioView{.version = {.scenario = "exercise"},
                                                          .name = std::to_string(change),
                                                          .scenario = std::move(scenario),
                                                          .text = {}});
    auto const pot = pots.of(view, model::WorldKind::kNominal).value();
    EXPECT_EQ(pot->json, Pots{}.of(view, model::WorldKind::kNominal).value()->json);
    different += pot->json == last ? 0 : 1;
    last = pot->json;
  }
  EXPECT_EQ(different, 4);
}

/// A pledge that others need is planned first: those that are hidden, or fit nowhere, must not
/// tell.
TEST_F(PotOf, DoesNotTellThatAPledgeIsNeededByOneThatFitsNowhere) {
  auto const with_requirer = [&](bool there) {
    auto scenario = scenario_;
    if (there) {
      auto requirer = scenario.pledges.front();
      requirer.id = model::PledgeId{"requires-them-all"};
      requirer.quantity = model::Units{1};
      requirer.not_tasks.clear();
      requirer.not_areas.clear();
      for (auto const& line : scenario.requirements) {
        requirer.not_tasks.push_back(line.task);
      }
      requirer.requires_pledges.clear();
      for (auto const& pledge : scenario_.pledges) {
        requirer.requires_pledges.push_back(pledge.id);
      }
      scenario.pledges.push_back(std::move(requirer));
    }
    return std::make_shared<ScenarioView const>(ScenarioView{.version = {.scenario = "exercise"},
                                                             .name = there ? "with" : "without",
                                                             .scenario = std::move(scenario),
                                                             .text = {}});
  };
  Pots pots;
  ASSERT_TRUE(pots.of(with_requirer(true), model::WorldKind::kNominal).ok());
  auto const after = pots.of(with_requirer(false), model::WorldKind::kNominal).value();
  auto const alone = Pots{}.of(with_requirer(false), model::WorldKind::kNominal).value();
  EXPECT_EQ(after->json, alone->json);
}

TEST_F(PotOf, ShowsNoSingleFigureForWhatIsIllustrative) {
  auto const pot = serve_.json("planner", "/api/scenarios/exercise/pot");
  EXPECT_FALSE(pot.contains("summary"));
  EXPECT_GE(pot["exactness"]["gap"].get<double>(), 0);
  auto const lines = serve_.json("public", "/api/scenarios/exercise/pot");
  EXPECT_TRUE(lines["lines"].empty()) << "requirements are not the public's";
}

TEST_F(PotOf, TellsWhatAnOfferWouldClose) {
  auto const pot = serve_.json("delegate:XAL", "/api/scenarios/exercise/pot");
  int tried = 0;
  int closed = 0;
  for (auto const& line : pot["lines"]) {
    bool const nobody = line["fill"] == 0.0 && line["why"].size() == 1 &&
                        line["why"][0]["reason"] == "nobody-offered";
    if (!nobody || tried == 3) {
      continue;
    }
    Json const cells{{"nation", "XAL"},       {"capability", line["capability"]},
                     {"quantity", "20"},      {"quantity_is", "sustained"},
                     {"status", "announced"}, {"roe", "defend-mandate"},
                     {"notice_days", "0"},    {"transit_days", "0"}};
    auto const response = serve_.ask("delegate:XAL", "POST", "/api/scenarios/exercise/pot/trial",
                                     Json{{"cells", cells}}.dump());
    ASSERT_EQ(response.status, 200) << response.text();
    auto const answer = Json::parse(response.text());
    ASSERT_TRUE(answer["problems"].empty()) << answer.dump();
    tried += 1;
    for (auto const& change : answer["lines"]) {
      closed += change["requirement"] == line["requirement"] && change["after"] > 0.0 ? 1 : 0;
    }
  }
  ASSERT_GT(tried, 0) << "every line has something";
  EXPECT_GT(closed, 0);
  // Nothing of it was kept.
  EXPECT_EQ(serve_.json("delegate:XAL", "/api/scenarios/exercise/pot"), pot);
}

TEST_F(PotOf, TellsWhatIsWrongWithAnOffer) {
  auto const tried =
      serve_.ask("delegate:XAL", "POST", "/api/scenarios/exercise/pot/trial",
                 R"({"cells":{"nation":"XAL","capability":"land.inf.mehc","status":"announced"}})");
  ASSERT_EQ(tried.status, 200);
  auto const answer = Json::parse(tried.text());
  ASSERT_EQ(answer["problems"].size(), 1U);
  EXPECT_EQ(answer["problems"][0]["column"], "capability");
  EXPECT_TRUE(answer["lines"].empty());
  EXPECT_EQ(serve_.ask("monitor", "POST", "/api/scenarios/exercise/pot/trial", "{}").status, 403);
  EXPECT_EQ(serve_.ask("planner", "POST", "/api/scenarios/exercise/pot/trial", "{}").status, 400);
}

TEST_F(PotOf, RoundsHaveWhoWasThereAndWhatWasSaid) {
  auto const rounds = serve_.json("planner", "/api/scenarios/exercise/rounds");
  ASSERT_EQ(rounds["rounds"].size(), 4U);
  EXPECT_EQ(rounds["rounds"][0]["meeting"], "lantern-1");
  EXPECT_GT(rounds["rounds"][0]["attendance"].size(), 20U);
  EXPECT_GT(rounds["rounds"][0]["counts"]["offered"].get<int>(), 0);
  EXPECT_GT(rounds["rounds"][3]["counts"]["withdrawn"].get<int>(), 0);
  auto const mine = serve_.json("delegate:XAL", "/api/scenarios/exercise/rounds");
  EXPECT_LT(mine["rounds"][0]["events"].size(), rounds["rounds"][0]["events"].size());
  auto const open = serve_.json("public", "/api/scenarios/exercise/rounds");
  EXPECT_TRUE(open["rounds"][0]["attendance"].empty());
}

TEST_F(PotOf, PromisesInEachFormat) {
  auto const promises = serve_.json("planner", "/api/scenarios/exercise/promises?nation=XAL");
  EXPECT_FALSE(promises["events"].empty());
  EXPECT_EQ(serve_.get("planner", "/api/scenarios/exercise/promises?from=gestern").status, 400);
  EXPECT_EQ(serve_.get("planner", "/api/scenarios/exercise/promises?format=pdf").status, 400);
  auto const csv = serve_.get("planner", "/api/scenarios/exercise/promises?format=csv&part=events");
  EXPECT_TRUE(csv.headers.find("Content-Disposition"));
  auto const page = serve_.get("planner", "/api/scenarios/exercise/promises?format=html");
  EXPECT_NE(page.text().find("EXERCISE"), std::string_view::npos);
}

}  // namespace
}  // namespace guarantor::serve
