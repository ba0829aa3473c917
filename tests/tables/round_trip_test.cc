#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "guarantor/model/validate.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/row_records.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/toml_scalars.h"
#include "random_scenario.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

std::string errors_of(Loaded const& loaded) {
  std::string text;
  for (Diagnostic const& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == model::Severity::kError) {
      text += print(diagnostic) + "\n";
    }
  }
  return text;
}

/// The first row that two scenarios do not share.
std::string difference(model::Scenario const& a, model::Scenario const& b) {
  for (TableSchema const& schema : table_schemas()) {
    TextTable const left = schema.write(a);
    TextTable const right = schema.write(b);
    if (left.header != right.header || left.rows.size() != right.rows.size()) {
      return std::string{model::text(schema.table)} + " differ in columns or rows";
    }
    for (std::size_t r = 0; r < left.rows.size(); ++r) {
      if (left.rows[r] != right.rows[r]) {
        return write_csv({left.header, {left.rows[r], right.rows[r]}});
      }
    }
  }
  return "the scenarios differ in " + write_toml(a.header) + write_toml(b.header) +
         write_geojson(a.areas) + write_geojson(b.areas);
}

/// What differs, or nothing: rapidcheck shows it.
std::string compare(model::Scenario const& scenario, Loaded const& loaded) {
  if (!loaded.scenario) {
    return errors_of(loaded);
  }
  return *loaded.scenario == scenario ? "" : difference(scenario, *loaded.scenario);
}

std::string compare(model::Scenario const& scenario, fs::path const& path) {
  return compare(scenario, load(path));
}

/// Any 64 bits, from the first case on.
std::uint64_t any_seed() {
  return *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
}

class RoundTrip : public testing::Test {
 protected:
  // The same 500 scenarios in every run.
  static void SetUpTestSuite() { ::setenv("RC_PARAMS", "seed=20260106 max_success=500", 1); }
};

TEST_F(RoundTrip, RandomScenariosAreValid) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (model::Finding const& finding : model::validate(random_scenario(seed))) {
      EXPECT_NE(finding.severity, model::Severity::kError)
          << seed << ": " << finding.cell.column << ": " << finding.message;
    }
  }
}

TEST_F(RoundTrip, FiveHundredScenariosThroughAFolder) {
  TemporaryFolder const folder;
  fs::path const place = folder.path() / "case";
  EXPECT_TRUE(rc::check([&] {
    model::Scenario const scenario = random_scenario(any_seed());
    RC_ASSERT(save_folder(scenario, place, true).ok());
    RC_ASSERT(compare(scenario, place) == "");
  }));
}

TEST_F(RoundTrip, FiveHundredScenariosThroughAWorkbook) {
  TemporaryFolder const folder;
  fs::path const place = folder.path() / "case.xlsx";
  EXPECT_TRUE(rc::check([&] {
    model::Scenario const scenario = random_scenario(any_seed());
    RC_ASSERT(save_workbook(scenario, place).ok());
    RC_ASSERT(compare(scenario, place) == "");
  }));
}

TEST_F(RoundTrip, FiveHundredScenariosRowByRow) {
  EXPECT_TRUE(rc::check([&] {
    model::Scenario const scenario = random_scenario(any_seed());
    auto const rows = to_rows(scenario);
    std::set<std::pair<std::string, std::string>> keys;
    for (model::RowRecord const& row : rows) {
      RC_ASSERT(keys.emplace(row.table, row.key).second);
    }
    RC_ASSERT(compare(scenario, from_rows(rows, "rows")) == "");
  }));
}

TEST_F(RoundTrip, WorkbooksSavedAgainByLibreOfficeGiveTheSameScenarios) {
  TemporaryFolder const folder;
  constexpr std::uint64_t kBooks = 12;
  for (std::uint64_t seed = 0; seed < kBooks; ++seed) {
    fs::path const book = folder.path() / (std::to_string(seed) + ".xlsx");
    ASSERT_TRUE(save_workbook(random_scenario(seed), book).ok());
  }
  std::optional<model::Scenario> const worked = load("scenarios/ukraine").scenario;
  ASSERT_TRUE(worked);
  ASSERT_TRUE(save_workbook(*worked, folder.path() / "ukraine.xlsx").ok());
  fs::path const again = folder.path() / "again";
  // A profile of its own: two LibreOffices do not share one.
  std::string const command = "soffice -env:UserInstallation=file://" +
                              (folder.path() / "profile").string() +
                              " --headless --convert-to xlsx --outdir " + again.string() + " " +
                              folder.path().string() + "/*.xlsx > /dev/null 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << "LibreOffice (soffice) is needed for this test";
  for (std::uint64_t seed = 0; seed < kBooks; ++seed) {
    EXPECT_EQ(compare(random_scenario(seed), again / (std::to_string(seed) + ".xlsx")), "")
        << "seed " << seed;
  }
  EXPECT_EQ(compare(*worked, again / "ukraine.xlsx"), "");
}

TEST_F(RoundTrip, WorkedCasesReturnTheSameThroughFolderAndWorkbook) {
  TemporaryFolder const folder;
  for (char const* const name : {"tutorial", "ukraine", "exercise", "ukraine-freeze"}) {
    Loaded const worked = load(fs::path{"scenarios"} / name);
    ASSERT_TRUE(worked.scenario) << name << "\n" << errors_of(worked);
    ASSERT_TRUE(save_folder(*worked.scenario, folder.path() / name).ok());
    EXPECT_EQ(compare(*worked.scenario, folder.path() / name), "") << name;
    fs::path const book = folder.path() / (std::string{name} + ".xlsx");
    ASSERT_TRUE(save_workbook(*worked.scenario, book).ok());
    EXPECT_EQ(compare(*worked.scenario, book), "") << name;
    EXPECT_EQ(compare(*worked.scenario, from_rows(to_rows(*worked.scenario), name)), "") << name;
  }
}

}  // namespace
}  // namespace guarantor::tables
