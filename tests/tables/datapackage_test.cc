#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/model/validate.h"
#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/table_schema.h"
#include "random_scenario.h"

namespace guarantor::tables {
namespace {

using Json = nlohmann::json;

Json package_of(model::Scenario const& scenario) {
  return Json::parse(write_datapackage(scenario, write_files(scenario)));
}

Json const* find_named(Json const& list, std::string const& name) {
  auto const found = std::find_if(list.begin(), list.end(),
                                  [&](Json const& item) { return item["name"] == name; });
  return found == list.end() ? nullptr : &*found;
}

TEST(Datapackage, DescribesEveryFileThatIsWritten) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    model::Scenario const scenario = random_scenario(seed);
    auto const files = write_files(scenario);
    Json const package = package_of(scenario);
    EXPECT_EQ(package["resources"].size() + 1, files.size()) << "all but scenario.toml";
    for (Json const& resource : package["resources"]) {
      ASSERT_TRUE(files.contains(resource["path"]));
      if (resource["format"] == "csv") {
        std::string header;
        for (Json const& field : resource["schema"]["fields"]) {
          header += (header.empty() ? "" : ",") + field["name"].get<std::string>();
        }
        std::string const& text = files.at(resource["path"]);
        bool const quoted = text.substr(0, text.find('\n')).find('"') != std::string::npos;
        EXPECT_TRUE(quoted || text.starts_with(header + "\n")) << header;
      }
    }
  }
}

TEST(Datapackage, TellsTypesUnitsConstraintsAndKeys) {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"x"};
  model::Pledge pledge;
  pledge.id = model::PledgeId{"p"};
  pledge.notice = model::Days{3};
  scenario.pledges.push_back(pledge);
  Json const package = package_of(scenario);
  Json const& schema = (*find_named(package["resources"], "pledges"))["schema"];
  EXPECT_EQ(schema["primaryKey"], Json::array({"pledge"}));
  Json const& notice = *find_named(schema["fields"], "notice_days");
  EXPECT_EQ(notice["type"], "number");
  EXPECT_EQ(notice["unit"], "d");
  EXPECT_EQ(notice["constraints"]["minimum"], 0.0);
  EXPECT_EQ((*find_named(schema["fields"], "status"))["constraints"]["enum"].size(), 6U);
  EXPECT_EQ(schema["foreignKeys"][0]["reference"]["resource"], "nations");
}

// A range in a schema only describes; this keeps it from drifting away from the rule.
TEST(Datapackage, LeastAndMostValuesAreThoseThatValidationHolds) {
  for (TableSchema const& schema : table_schemas()) {
    for (ColumnInfo const& column : schema.columns) {
      for (bool const low : {true, false}) {
        auto const bound = low ? column.facts.least : column.facts.most;
        if (!bound) {
          continue;
        }
        RawTable table;
        table.file = "t.csv";
        table.header = {Cell{std::string{column.name}}};
        table.rows = {RawRow{2, {Cell{print_number(*bound + (low ? -1 : 1))}}, false}};
        TableRows rows;
        rows.files.push_back(std::make_unique<RawTable>(table));
        rows.rows.push_back({rows.files.front().get(), &rows.files.front()->rows.front()});
        model::Scenario scenario;
        Diagnostics log{100};
        FaultyCells faulty;
        schema.read(rows, scenario, log, faulty);
        auto const findings = model::validate(scenario);
        EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                                [&](model::Finding const& finding) {
                                  return finding.cell.table == schema.table &&
                                         finding.severity == model::Severity::kError &&
                                         (finding.cell.column == column.name ||
                                          finding.message.find("month 0") != std::string::npos);
                                }))
            << model::text(schema.table) << "." << column.name << (low ? " least" : " most");
      }
    }
  }
}

}  // namespace
}  // namespace guarantor::tables
