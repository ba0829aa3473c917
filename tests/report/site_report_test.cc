#include "guarantor/report/site_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/report/site_words.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::json;
using model::Hours;
using model::Kilometres;

model::Position at(double latitude, double longitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

model::Scenario exercise() {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"steady"};
  scenario.header.title = "Steady Lantern";
  scenario.header.kind = model::ScenarioKind::kExercise;
  scenario.header.marking = "FOR PLANNERS";
  model::Demand demand{.id = model::DemandId{"front-help"}, .title = "Help at the front"};
  demand.standard_hours = {Hours{24}, Hours{72}};
  scenario.demands = {demand};
  return scenario;
}

model::PlannedPoint point(char const* sector, std::optional<double> travel, bool first_kept) {
  model::PlannedPoint out{.demand = model::DemandId{"front-help"},
                          .sector = model::SectorId{sector},
                          .position = at(48, 37)};
  if (travel) {
    out.from = model::SiteId{"north"};
    out.travel = Hours{*travel};
    out.after_loss = Hours{*travel + 10};
  }
  out.standards = {{.within = Hours{24}, .wanted = 2, .sites = 1, .kept = first_kept},
                   {.within = Hours{72}, .wanted = 1, .sites = 1, .kept = travel.has_value()}};
  return out;
}

model::SitePlan plan() {
  model::SitePlan plan{.scenario_hash = "0123456789abcdef", .program_version = "1.2.3"};
  plan.terms = {.minimum_from_line = Kilometres{100},
                .backup = 1,
                .loss_of = 1,
                .off_network = Kilometres{60},
                .changed = {"a-b closed"}};
  model::KindSites kind{.feasible = true, .proven = true, .objective = 1, .bound = 1};
  kind.sites = {{.id = model::SiteId{"north"},
                 .location = model::LocationId{"n"},
                 .label = "Northtown",
                 .position = at(50, 30),
                 .open = true,
                 .from_line = Kilometres{123.4},
                 .nearest_of = 3},
                {.id = model::SiteId{"south"},
                 .location = model::LocationId{"s"},
                 .label = "Southtown",
                 .position = at(49, 30),
                 .too_near = true}};
  kind.points = {point("front-01", 10, true), point("front-02", 20, false),
                 point("front-03", std::nullopt, false)};
  for (char const* const sector : {"front-02", "front-03"}) {
    kind.out_of_reach.push_back({.demand = model::DemandId{"front-help"},
                                 .sector = model::SectorId{sector},
                                 .within = Hours{24},
                                 .wanted = 2,
                                 .had = 1,
                                 .first = model::SiteId{"north"},
                                 .first_hours = Hours{20},
                                 .longer = Hours{sector[7] == '2' ? 30.0 : 40.0},
                                 .kept_away = {model::SiteId{"south"}},
                                 .links = {"a-b"}});
  }
  kind.relaxed = true;
  kind.basis = {Kilometres{500}, {0.5, 0.5, 0}, {0, 0.1, 0.9}, {0, 0.1, 0.9}};
  kind.rings = {{Hours{24}, {{{{at(50, 30), at(51, 30), at(50, 31), at(50, 30)}}}}}};
  plan.kinds = {kind};
  return plan;
}

TEST(SiteReport, StandardsAreCountedByDemand) {
  auto const scenario = exercise();
  auto const rows = standards_of(scenario, plan().kinds[0]);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].points, 3U);
  EXPECT_EQ(rows[0].reached, 2U);
  EXPECT_EQ(rows[0].kept, 1U);
  EXPECT_EQ(rows[0].with_margin, 1U) << "20 h and a quarter more are 25 h";
  EXPECT_EQ(rows[0].cut_off, 1U);
  EXPECT_EQ(rows[0].slowest->count(), 20);
  EXPECT_EQ(rows[0].after_loss->count(), 30);
  EXPECT_EQ(rows[1].kept, 2U);
}

TEST(SiteReport, WhatCannotBeKeptIsToldOnceForPlacesAlike) {
  auto const scenario = exercise();
  auto const sentences = out_of_reach_in_words(scenario, plan().kinds[0]);
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_EQ(sentences[0],
            "Help at the front (front-02 and front-03) cannot be reached within 24 h by two "
            "sites: one could. At best it takes 20.0 h, from north. What would make it "
            "possible: a standard of 40.0 h, south nearer to the line or opening a-b.");
}

TEST(SiteReport, TheTableSaysWhoStandsWhereAndTheProof) {
  auto const text = to_table(exercise(), plan(), {.colour = false, .width = 100});
  EXPECT_TRUE(text.find("EXERCISE · FOR PLANNERS") != std::string::npos);
  EXPECT_TRUE(text.find("Reserves\nOne reserve of 2 places: no fewer keep the standards.") !=
              std::string::npos)
      << text;
  EXPECT_TRUE(text.find("Northtown") != std::string::npos);
  EXPECT_TRUE(text.find("Southtown") == std::string::npos) << "it was not chosen";
  EXPECT_TRUE(text.find("What if: a-b closed.") != std::string::npos);
  EXPECT_TRUE(text.find("1/3") != std::string::npos);
  EXPECT_TRUE(text.find("illustrative") != std::string::npos);
}

TEST(SiteReport, JsonHoldsEverything) {
  auto const json = Json::parse(to_json(exercise(), plan()));
  EXPECT_EQ(json["heading"], "EXERCISE · FOR PLANNERS");
  EXPECT_EQ(json["rules"]["minimum_km_from_line"], 100);
  EXPECT_EQ(json["kinds"][0]["objective"], 1);
  EXPECT_EQ(json["kinds"][0]["unit"], "new sites");
  EXPECT_EQ(json["sites"].size(), 2U);
  EXPECT_EQ(json["points"][2]["hours"], nullptr);
  EXPECT_EQ(json["points"][0]["standards"][0]["sites_wanted"], 2);
  EXPECT_EQ(json["out_of_reach"][0]["closed_links"][0], "a-b");
  EXPECT_EQ(json["rings"][0]["geometry"]["type"], "MultiPolygon");
}

TEST(SiteReport, CsvCarriesTheMarkInEveryRow) {
  auto const files = to_csv(exercise(), plan());
  ASSERT_EQ(files.size(), 3U);
  for (auto const& [name, text] : files) {
    EXPECT_TRUE(text.starts_with("EXERCISE · FOR PLANNERS,")) << name << text;
  }
  EXPECT_TRUE(files.at("reached.csv")
                  .find("front-help,front-02,,48,37,heavy-wheeled,1,north,20,30,"
                        "24,2,1,false") != std::string::npos)
      << files.at("reached.csv");
}

TEST(SiteReport, LayersHoldOpenSitesAndWhatTheyReach) {
  model::MapLayers layers;
  add_to(layers, plan());
  ASSERT_EQ(layers.sites.size(), 1U);
  EXPECT_EQ(layers.sites[0].label, "Northtown");
  ASSERT_EQ(layers.reach.size(), 1U);
  ASSERT_EQ(layers.reached.size(), 3U);
  EXPECT_EQ(layers.reached[0].tier()->count(), 24);
  EXPECT_FALSE(layers.reached[2].tier());
}

TEST(SiteReport, WhereNoChoiceKeepsTheRulesItSaysWhy) {
  auto impossible = plan();
  impossible.kinds[0].feasible = false;
  impossible.kinds[0].reason = "3 sites exist, but only 2 may be open";
  auto const text = to_table(exercise(), impossible, {.colour = false, .width = 100});
  EXPECT_TRUE(text.find("No choice of reserves keeps the rules: 3 sites exist, but only 2 may be "
                        "open.") != std::string::npos)
      << text;
}

}  // namespace
}  // namespace guarantor::report
