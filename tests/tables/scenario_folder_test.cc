#include "guarantor/tables/scenario_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "random_scenario.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

void write(fs::path const& file, std::string const& text) {
  std::ofstream{file, std::ios::binary} << text;
}

std::string read(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::size_t entries_in(fs::path const& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

class Folder : public testing::Test {
 protected:
  [[nodiscard]] fs::path in(std::string const& name) const { return folder_.path() / name; }
  model::Scenario const scenario_ = random_scenario(7);
  TemporaryFolder folder_;
};

TEST_F(Folder, IsNotReplacedUnlessAskedFor) {
  ASSERT_TRUE(save_folder(scenario_, in("case")).ok());
  auto const again = save_folder(scenario_, in("case"));
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, model::ErrorKind::kRefused);
  fs::create_directory(in("empty"));
  EXPECT_TRUE(save_folder(scenario_, in("empty/")).ok());
}

TEST_F(Folder, ReplacedLosesOldTablesAndKeepsAPersonsOwnFiles) {
  ASSERT_TRUE(save_folder(scenario_, in("case")).ok());
  write(in("case") / "README.md", "mine");
  write(in("case") / "contingencies.csv", "contingency\nold\n");
  model::Scenario other;
  other.header = scenario_.header;
  other.header.viable_if = {};
  ASSERT_TRUE(save_folder(other, in("case"), true).ok());
  EXPECT_EQ(read(in("case") / "README.md"), "mine");
  EXPECT_FALSE(fs::exists(in("case") / "contingencies.csv"));
  EXPECT_EQ(load(in("case")).scenario, other);
  EXPECT_EQ(entries_in(folder_.path()), 1U) << "nothing is left beside it";
}

TEST_F(Folder, WhatCannotBeWrittenLeavesNothingBehind) {
  model::Scenario bad = scenario_;
  bad.nations[0].name = std::string{"bell\x07"};
  auto const saved = save_folder(bad, in("case"));
  ASSERT_FALSE(saved.ok());
  EXPECT_EQ(saved.error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(saved.error().message, "name of row 1 of nations holds a control character");
  bad = scenario_;
  bad.areas = {{model::AreaId{"a"}, "\xFF", {}, false, {}}};
  EXPECT_EQ(save_folder(bad, in("case")).error().message, "a text of area a is not UTF-8");
  EXPECT_EQ(content_hash(bad).size(), 64U);
  bad.areas = {{.id = model::AreaId{"a"}, .row = {{}, {{"rank", "{"}}}}};
  EXPECT_EQ(save_folder(bad, in("case")).error().message, "rank of area a is not JSON");
  write(in("file"), "");
  EXPECT_EQ(save_folder(scenario_, in("file") / "case").error().kind,
            model::ErrorKind::kUnwritable);
  EXPECT_EQ(entries_in(folder_.path()), 1U);
}

TEST_F(Folder, HashesDependOnTheScenarioAlone) {
  std::string const plain =
      "format = 1\nid = \"x\"\ntitle = \"x\"\nkind = \"exercise\"\nas_of = 2026-01-06\n"
      "c_day = 2026-06-01\nhorizon_months = 12\ncurrency = \"EUR\"\n";
  for (char const* const name : {"a", "b"}) {
    fs::create_directory(in(name));
    write(in(name) / "capabilities.csv", "capability,kind\nx,presence\n");
    write(in(name) / "pledges.csv", "pledge,nation,capability,status\n");
    write(in(name) / "requirements.csv", "requirement,capability,quantity\n");
  }
  write(in("a") / "scenario.toml", plain);
  write(in("a") / "nations.csv", "nation,name,nato\nXAA,Aland,yes\n");
  write(in("b") / "scenario.toml", "# with a remark\n" + plain + "nation_penalty = 0.50\n");
  write(in("b") / "nations.csv", "\xEF\xBB\xBFnato,eu,name,nation\r\ntrue,,\"Aland\",XAA\r\n");
  auto const a = load(in("a")).scenario;
  auto const b = load(in("b")).scenario;
  ASSERT_TRUE(a && b);
  EXPECT_EQ(*a, *b);
  EXPECT_EQ(content_hash(*a), content_hash(*b));
  model::Scenario changed = *a;
  changed.nations[0].nato = false;
  EXPECT_NE(content_hash(changed), content_hash(*a));
  EXPECT_EQ(content_hash(*a).size(), 64U);
}

TEST_F(Folder, FilesBeyondTheLimitAreNotRead) {
  fs::copy("tests/broken/base", in("case"));
  Loaded const loaded = load(in("case"), {.file_bytes = 100});
  EXPECT_FALSE(loaded.scenario);
  EXPECT_NE(print(loaded.diagnostics.front()).find("more than 100"), std::string::npos);
}

TEST_F(Folder, DiagnosticsBeyondTheLimitAreCounted) {
  fs::copy("tests/broken/base", in("case"));
  std::string table = "contingency,warning_days\n";
  for (int i = 0; i < 30; ++i) {
    table += "c" + std::to_string(i) + ",soon\n";
  }
  write(in("case") / "contingencies.csv", table);
  Loaded const loaded = load(in("case"), {.diagnostics = 10});
  ASSERT_EQ(loaded.diagnostics.size(), 11U);
  EXPECT_EQ(loaded.diagnostics.back().message, "20 more problems are not listed");
}

TEST_F(Folder, NamesThatAreNoScenario) {
  EXPECT_EQ(load(in("nowhere")).diagnostics.front().message, "there is no such scenario");
  write(in("plan.ods"), "x");
  EXPECT_EQ(load(in("plan.ods")).diagnostics.front().message,
            "this is neither a folder nor a workbook");
}

TEST_F(Folder, AFileIsReplacedWhole) {
  ASSERT_TRUE(write_file(in("plan.json"), "old").ok());
  ASSERT_TRUE(write_file(in("plan.json"), "new").ok());
  EXPECT_EQ(read(in("plan.json")), "new");
  EXPECT_EQ(write_file(in("none") / "plan.json", "x").error().kind, model::ErrorKind::kUnwritable);
  EXPECT_EQ(entries_in(folder_.path()), 1U);
}

TEST_F(Folder, APipeStaysAPipe) {
  ASSERT_EQ(::mkfifo(in("pipe").c_str(), 0600), 0);
  int const reader = ::open(in("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(write_file(in("pipe"), "plan").ok());
  std::array<char, 8> bytes{};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 4);
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(in("pipe")));
}

}  // namespace
}  // namespace guarantor::tables
