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

}  // namespace
}  // namespace guarantor::tables
