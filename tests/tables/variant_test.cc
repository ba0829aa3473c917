#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "guarantor/tables/scenario_folder.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

class Variant : public testing::Test {
 protected:
  void SetUp() override { fs::copy("tests/broken/base", folder_.path() / "base"); }

  void write(std::string const& name, std::string const& text) {
    fs::path const file = folder_.path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << text;
  }

  model::Scenario load_whole(std::string const& name) {
    Loaded const loaded = load(folder_.path() / name);
    for (Diagnostic const& diagnostic : loaded.diagnostics) {
      ADD_FAILURE() << print(diagnostic);
    }
    return loaded.scenario.value_or(model::Scenario{});
  }

  TemporaryFolder folder_;
};

std::vector<std::string> pledge_names(model::Scenario const& scenario) {
  std::vector<std::string> names;
  for (model::Pledge const& pledge : scenario.pledges) {
    names.push_back(pledge.id.text());
  }
  return names;
}

TEST_F(Variant, ReplacesInPlaceAddsAtTheEndAndRemoves) {
  write("v/scenario.toml", "id = \"v\"\nextends = \"../base\"\nhorizon_months = 6\n");
  write("v/pledges.csv",
        "status,pledge,nation,capability,quantity\n"
        "announced,p-3,XAB,sea.mcm,1\nmandated,p-1,XAA,land.inf.mech,5\n");
  write("v/remove.csv", "table,key\nconditions,mandate\n");
  model::Scenario const variant = load_whole("v");
  EXPECT_EQ(pledge_names(variant), (std::vector<std::string>{"p-1", "p-2", "p-3"}));
  EXPECT_EQ(variant.pledges[0].quantity, model::Units{5});
  EXPECT_TRUE(variant.pledges[0].conditions.empty()) << "the whole row is replaced";
  EXPECT_EQ(variant.conditions.size(), 1U);
  EXPECT_EQ(variant.header.horizon, model::Months{6});
  EXPECT_EQ(variant.header.title, "A small case without faults");
}

TEST_F(Variant, VariantsOfVariantsLieOverEachOther) {
  write("v/scenario.toml", "id = \"v\"\nextends = \"../base\"\n");
  write("v/remove.csv", "table,key\npledges,p-2\n");
  write("w/scenario.toml", "id = \"w\"\nextends = \"../v/\"\n");
  write("w/pledges.csv", "pledge,nation,capability,status\np-2,XAA,sea.mcm,cabinet\n");
  model::Scenario const variant = load_whole("w");
  EXPECT_EQ(pledge_names(variant), (std::vector<std::string>{"p-1", "p-2"}));
  EXPECT_EQ(variant.pledges[1].nation.text(), "XAA");
  EXPECT_EQ(variant.header.id.text(), "w");
}

TEST_F(Variant, RemovesRowsByKeysOfSeveralColumnsAndAreas) {
  write("base/substitutions.csv",
        "capability,accepts,effectiveness\nland.inf.mech,sea.mcm,0.5\nsea.mcm,land.inf.mech,2\n");
  write("base/areas.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
        R"({"area":"north"},"geometry":{"type":"Point","coordinates":[30,50]}}]})");
  write("v/scenario.toml", "id = \"v\"\nextends = \"../base\"\n");
  write("v/remove.csv", "table,key\nsubstitutions,land.inf.mech sea.mcm\nareas,north\n");
  model::Scenario const variant = load_whole("v");
  ASSERT_EQ(variant.substitutions.size(), 1U);
  EXPECT_EQ(variant.substitutions[0].capability.text(), "sea.mcm");
  EXPECT_TRUE(variant.areas.empty());
}

TEST_F(Variant, AKeyThatStandsTwiceInTheVariantIsStillFound) {
  write("v/scenario.toml", "id = \"v\"\nextends = \"../base\"\n");
  write("v/nations.csv", "nation,name\nXAA,One\nXAA,Two\n");
  Loaded const loaded = load(folder_.path() / "v");
  EXPECT_FALSE(loaded.scenario);
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(loaded.diagnostics[0].line, 3U);
}

TEST_F(Variant, ChainsEndAtTheLimit) {
  std::string base = "base";
  for (int i = 0; i < 5; ++i) {
    std::string const name = "v" + std::to_string(i);
    write(name + "/scenario.toml", "id = \"v\"\nextends = \"../" + base + "\"\n");
    base = name;
  }
  EXPECT_TRUE(load(folder_.path() / "v4", {.nesting = 5}).scenario);
  EXPECT_FALSE(load(folder_.path() / "v4", {.nesting = 4}).scenario);
}

class SharedNetwork : public Variant {
 protected:
  void SetUp() override {
    Variant::SetUp();
    write("net/locations.csv",
          "location,name,lat,lon,runway_m,cranes\n"
          "hub,Hub,50,30,,\nport,Port,46,31,,4\nfield,Field,49,30,2500,\n");
    write("net/links.csv",
          "link,from,to,mode,km,kmh_heavy_wheeled,state,surface\n"
          "hub-field,hub,field,road,120,50,,\nfield-port,field,port,road,380,50,closed,gravel\n");
    write("net/README.md", "no table\n");
    write("s/scenario.toml", "id = \"s\"\nextends = \"../base\"\nnetwork = \"../net\"\n");
  }
};

TEST_F(SharedNetwork, GivesAScenarioItsPlacesAndLinks) {
  write("s/locations.csv", "location,name,lat,lon\nport,Our port,46.1,31\nline,Line,48,37\n");
  write("s/links.csv",
        "link,from,to,mode,km,kmh_heavy_wheeled\nfield-port,field,port,road,390,40\n");
  model::Scenario const scenario = load_whole("s");
  ASSERT_EQ(scenario.locations.size(), 4U);
  EXPECT_EQ(scenario.locations[1].name, "Our port");
  EXPECT_TRUE(scenario.locations[1].row.extras.empty()) << "the whole row is replaced";
  EXPECT_EQ(scenario.locations[2].runway, model::Metres{2500});
  EXPECT_EQ(scenario.locations[3].id, model::LocationId{"line"});
  ASSERT_EQ(scenario.links.size(), 2U);
  EXPECT_EQ(scenario.links[1].state_or_open(), model::LinkState::kOpen);
  EXPECT_EQ(scenario.links[1].length, model::Kilometres{390});
}

TEST_F(SharedNetwork, IsInheritedAndCanBeExchangedByAVariant) {
  write("v/scenario.toml", "id = \"v\"\nextends = \"../s\"\n");
  write("v/remove.csv", "table,key\nlinks,hub-field\n");
  model::Scenario const inherited = load_whole("v");
  EXPECT_EQ(inherited.locations.size(), 3U);
  ASSERT_EQ(inherited.links.size(), 1U);
  EXPECT_EQ(inherited.links[0].row.extras, (std::vector<model::Extra>{{"surface", "gravel"}}));
  write("other/locations.csv", "location,lat,lon\nelsewhere,1,2\n");
  write("other/links.csv", "link,from,to,mode,km\n");
  write("w/scenario.toml", "id = \"w\"\nextends = \"../s\"\nnetwork = \"../other/\"\n");
  model::Scenario const other = load_whole("w");
  ASSERT_EQ(other.locations.size(), 1U);
  EXPECT_EQ(other.locations[0].id, model::LocationId{"elsewhere"});
}

TEST_F(SharedNetwork, LetsAScenarioWithoutABaseRemoveItsRows) {
  fs::copy("tests/broken/base", folder_.path() / "own");
  std::ofstream{folder_.path() / "own/scenario.toml", std::ios::app} << "network = \"../net\"\n";
  write("own/remove.csv", "table,key\nlinks,field-port\n");
  EXPECT_EQ(load_whole("own").links.size(), 1U);
}

TEST_F(SharedNetwork, IsWrittenWithTheScenarioWhichIsThenWhole) {
  model::Scenario const scenario = load_whole("s");
  ASSERT_TRUE(save_folder(scenario, folder_.path() / "copy").ok());
  ASSERT_TRUE(save_workbook(scenario, folder_.path() / "copy.xlsx").ok());
  fs::remove_all(folder_.path() / "net");
  EXPECT_EQ(load_whole("copy"), scenario);
  EXPECT_EQ(load_whole("copy.xlsx"), scenario);
  EXPECT_EQ(content_hash(load_whole("copy")), content_hash(scenario));
  EXPECT_FALSE(load(folder_.path() / "s").scenario);
}

TEST_F(SharedNetwork, IsPartOfWhatTheHashNames) {
  std::string const before = content_hash(load_whole("s"));
  write("net/links.csv", "link,from,to,mode,km\n");
  EXPECT_NE(content_hash(load_whole("s")), before);
}

}  // namespace
}  // namespace guarantor::tables
