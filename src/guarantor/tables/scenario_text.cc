#include "guarantor/tables/scenario_text.h"

#include <algorithm>
#include <utility>

#include "guarantor/tables/content_digest.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/row_records.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/toml_scalars.h"

namespace guarantor::tables {
namespace {

using Rows = model::RowTables::Rows;

/// What a text is made from, and another to take from.
struct Source {
  model::Scenario const& scenario;
  model::Scenario const* other{};
  ScenarioText const* known{};
};

class Writer {
 public:
  explicit Writer(Source const& source) : source_{source} {}

  ScenarioText run() {
    auto const& scenario = source_.scenario;
    add(model::Table::kScenario, kScalarsFile,
        source_.other && source_.other->header == scenario.header,
        [&] { return std::pair{scalar_rows(scenario), write_toml(scenario.header)}; });
    for (TableSchema const& schema : table_schemas()) {
      if (schema.must_exist || schema.row_count(scenario) > 0) {
        add(schema.table, file_of(schema.table),
            source_.other && schema.same(*source_.other, scenario), [&] {
              auto table = schema.write(scenario);
              auto file = write_csv(table);
              return std::pair{table_rows(schema, std::move(table)), std::move(file)};
            });
      }
    }
    if (!scenario.areas.empty()) {
      add(model::Table::kAreas, kAreasFile, source_.other && source_.other->areas == scenario.areas,
          [&] { return std::pair{area_rows(scenario), write_geojson(scenario.areas)}; });
    }
    text_.rows = model::RowTables{std::move(tables_)};
    return std::move(text_);
  }

 private:
  template <class Write>
  void add(model::Table table, std::string const& name, bool same, Write const& write) {
    if (same) {
      text_.files.emplace(name, source_.known->files.at(name));
      auto const found = std::ranges::find_if(source_.known->rows.tables(), [&](Rows const& rows) {
        return rows->front().table == model::text(table);
      });
      if (found != source_.known->rows.tables().end()) {
        tables_.push_back(*found);
      }
      return;
    }
    auto [rows, file] = write();
    text_.files.emplace(name, std::make_shared<std::string const>(std::move(file)));
    if (!rows.empty()) {
      tables_.push_back(std::make_shared<std::vector<model::RowRecord> const>(std::move(rows)));
    }
  }

  Source const& source_;
  ScenarioText text_;
  std::vector<Rows> tables_;
};

}  // namespace

ScenarioText text_of(model::Scenario const& scenario) {
  return Writer{{scenario}}.run();
}

ScenarioText text_of(model::Scenario const& scenario, model::Scenario const& other,
                     ScenarioText const& text_of_other) {
  return Writer{{scenario, &other, &text_of_other}}.run();
}

std::string content_hash(ScenarioText const& text) {
  ContentDigest digest;
  for (auto const& [name, content] : text.files) {
    digest.add(name, *content);
  }
  return digest.text();
}

std::optional<ChangedScenario> with_tables(
    model::Scenario const& before, ScenarioText const& text,
    std::map<model::Table, std::vector<model::RowRecord>> const& tables) {
  Diagnostics log{Limits{}.diagnostics};
  FaultyCells faulty;
  ChangedScenario changed{.scenario = before, .text = {}};
  for (auto const& [table, rows] : tables) {
    auto const* schema = find_schema(table);
    if (schema == nullptr) {
      return std::nullopt;
    }
    schema->take({}, changed.scenario);
    if (!rows.empty()) {
      schema->read(read_table(rows, file_of(table)), changed.scenario, log, faulty);
    }
  }
  if (log.has_errors() ||
      std::ranges::any_of(model::validate(changed.scenario), [](model::Finding const& finding) {
        return finding.severity == model::Severity::kError;
      })) {
    return std::nullopt;
  }
  changed.text = text_of(changed.scenario, before, text);
  return changed;
}

}  // namespace guarantor::tables
