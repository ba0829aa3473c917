#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/row_tables.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"

/// Scenarios as text, so that one made from another costs what is different in it.
namespace guarantor::tables {

/// A scenario as text. What is the same in two scenarios, their texts may share.
struct ScenarioText {
  model::RowTables rows;  ///< those of `to_rows`
  /// By name, those of its folder but for datapackage.json.
  std::map<std::string, std::shared_ptr<std::string const>> files;
};

[[nodiscard]] ScenarioText text_of(model::Scenario const& scenario);
/// The same; it takes tables that are equal in `other` from the text of that.
[[nodiscard]] ScenarioText text_of(model::Scenario const& scenario, model::Scenario const& other,
                                   ScenarioText const& text_of_other);

/// `content_hash` of the scenario whose text this is.
[[nodiscard]] std::string content_hash(ScenarioText const& text);

/// A scenario and its text.
struct ChangedScenario {
  model::Scenario scenario;
  ScenarioText text;
};

/// The scenario with other rows in some tables: what `from_rows` makes of them all. Nothing where
/// there is an error in it, which `from_rows` tells; nor for other scalars or areas.
/// REQUIRES: `before` is sound, and `text` is its text.
[[nodiscard]] std::optional<ChangedScenario> with_tables(
    model::Scenario const& before, ScenarioText const& text,
    std::map<model::Table, std::vector<model::RowRecord>> const& tables);

}  // namespace guarantor::tables
