#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "guarantor/model/validate.h"

namespace guarantor::model {
namespace {

Position at(double longitude, double latitude) {
  return {Degrees{longitude}, Degrees{latitude}};
}

/// A line cut into sectors, a place, a demand of each kind of place, and a site.
Scenario sound() {
  Scenario s;
  s.header.id = ScenarioId{"sound"};
  s.header.siting = {.minimum_from_line = Kilometres{100}, .backup = 1, .maximum_reserve = 4};
  Area front;
  front.id = AreaId{"front"};
  front.parts = {Line{{at(30, 50), at(31, 50)}}};
  front.kind = AreaKind::kLineOfContact;
  front.sector_length = Kilometres{25};
  Area lane;
  lane.id = AreaId{"lane"};
  lane.parts = {Line{{at(30, 45), at(31, 45)}}};
  s.areas = {front, lane};
  s.locations.push_back({.id = LocationId{"plant"}});
  Demand demand;
  demand.standard_hours = {Hours{24}, Hours{72}};
  for (char const* const id : {"all", "one", "place"}) {
    demand.id = DemandId{id};
    s.demands.push_back(demand);
  }
  s.demands[0].line = front.id;
  s.demands[1].sector = SectorId{"front-02"};
  s.demands[2].location = LocationId{"plant"};
  s.sites.push_back({.id = SiteId{"here"}, .location = LocationId{"plant"}});
  return s;
}

using Strings = std::vector<std::string>;

Strings findings(Scenario const& scenario) {
  Strings messages;
  for (Finding const& finding : validate(scenario)) {
    messages.push_back(std::string{text(finding.cell.table)} + "." + finding.cell.column + ": " +
                       finding.message);
  }
  return messages;
}

TEST(ValidateSiting, ASoundOneHasNoFindings) {
  EXPECT_EQ(findings(sound()), Strings{});
}

TEST(ValidateSiting, ADemandIsInOnePlace) {
  Scenario s = sound();
  s.demands[0].location = LocationId{"plant"};
  s.demands[2].location = {};
  EXPECT_EQ(findings(s), (Strings{"demands.demand: the demand is in several places",
                                  "demands.demand: the demand is nowhere"}));
}

TEST(ValidateSiting, ALineMustBeThereAndCut) {
  Scenario s = sound();
  s.demands[0].line = AreaId{"frnot"};
  s.demands[1].sector = SectorId{"fornt-02"};
  s.demands[2].location = {};
  s.demands[2].line = AreaId{"lane"};
  EXPECT_EQ(findings(s),
            (Strings{"demands.line: unknown line `frnot`", "demands.sector: unknown line `fornt`",
                     "demands.line: `lane` is not cut into sectors"}));
}

TEST(ValidateSiting, ASectorIsALineAndANumber) {
  for (char const* const name : {"front", "front-", "front-7", "front-00", "front-x1", "-07"}) {
    Scenario s = sound();
    s.demands[1].sector = SectorId{name};
    EXPECT_EQ(findings(s), Strings{"demands.sector: `" + std::string{name} + "` is no sector"});
  }
}

TEST(ValidateSiting, StandardsRise) {
  Scenario s = sound();
  s.demands[0].standard_hours = {};
  s.demands[1].standard_hours = {Hours{72}, Hours{24}};
  s.demands[2].standard_hours = {Hours{0}};
  EXPECT_EQ(findings(s), (Strings{"demands.standard_hours: a demand without a standard",
                                  "demands.standard_hours: the standards do not rise",
                                  "demands.standard_hours: a standard of no hours"}));
}

TEST(ValidateSiting, ASiteIsSomewhereAndItsNumbersAreNotNegative) {
  Scenario s = sound();
  s.sites[0] = {
      .id = SiteId{"here"}, .capacity = -1, .cost = Money{-2}, .minimum_from_line = Kilometres{-3}};
  EXPECT_EQ(findings(s),
            (Strings{"sites.location: the site is nowhere",
                     "sites.capacity: capacity is negative or no number",
                     "sites.cost: cost is negative or no number",
                     "sites.minimum_km_from_line: minimum_km_from_line is negative or no number"}));
}

TEST(ValidateSiting, RulesAreInTheirRange) {
  Scenario s = sound();
  s.header.siting = {
      .minimum_from_line = Kilometres{-1}, .backup = 10, .loss_of = -1, .maximum_stockpile = -1};
  EXPECT_EQ(findings(s),
            (Strings{"scenario.siting.minimum_km_from_line: siting.minimum_km_from_line is "
                     "negative or no number",
                     "scenario.siting.backup: siting.backup is not between 0 and 9",
                     "scenario.siting.loss_of: siting.loss_of is not between 0 and 9",
                     "scenario.siting.maximum_stockpile: siting.maximum_stockpile is negative"}));
}

TEST(ValidateSiting, OnlyLinesAreLinesOfContactAndOnlyOneIsCut) {
  Scenario s = sound();
  s.areas[1].parts = {Polygon{{{at(0, 0), at(1, 0), at(1, 1), at(0, 0)}}}};
  s.areas[1].kind = AreaKind::kBorder;
  s.areas[1].sector_length = Kilometres{0};
  EXPECT_EQ(findings(s), (Strings{"areas.kind: a border that is no line",
                                  "areas.sector_km: sector_km is not above 0",
                                  "areas.sector_km: only a single line is cut into sectors"}));
}

}  // namespace
}  // namespace guarantor::model
