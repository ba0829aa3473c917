#include "guarantor/tables/raw_scenario.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/model/validate.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::tables {
namespace {

using model::Table;

class Builder {
 public:
  Builder(RawScenario const& raw, Diagnostics& log) : raw_{raw}, log_{log} {}

  model::Scenario build() {
    scenario_.header = read_scalars(raw_.scalars, log_, faulty_);
    for (TableSchema const& schema : table_schemas()) {
      if (auto const rows = raw_.tables.find(schema.table); rows != raw_.tables.end()) {
        schema.read(rows->second, scenario_, log_, faulty_);
      }
    }
    for (std::size_t i = 0; i < raw_.areas.areas.size(); ++i) {
      scenario_.areas.push_back(raw_.areas.areas[i].area);
      if (raw_.areas.areas[i].faulty) {
        faulty_.add(Table::kAreas, i, "");
      }
    }
    find_damaged();
    for (model::Finding const& finding : model::validate(scenario_)) {
      tell(finding);
    }
    return std::move(scenario_);
  }

 private:
  /// Tables of which we do not know all keys.
  void find_damaged() {
    for (TableSchema const& schema : table_schemas()) {
      auto const rows = raw_.tables.find(schema.table);
      bool const there = rows != raw_.tables.end();
      bool const keyless =
          std::any_of(schema.key.begin(), schema.key.end(), [&](std::string_view column) {
            ColumnInfo const* const info = schema.find(column);
            return info->facts.required && faulty_.contains_column(schema.table, column);
          });
      if (!raw_.complete || (there && !rows->second.whole()) || (!there && schema.must_exist) ||
          keyless) {
        damaged_.insert(schema.table);
      }
    }
    if (!raw_.complete || !raw_.areas.whole) {
      damaged_.insert(Table::kAreas);
    }
    bool const header_faulty =
        std::any_of(scalar_columns().begin(), scalar_columns().end(), [&](auto const& column) {
          return faulty_.contains(Table::kScenario, 0, column.info.name);
        });
    if (!raw_.scalars.whole || header_faulty) {
      damaged_.insert(Table::kScenario);
    }
  }

  /// The other tables on which a finding about a cell rests.
  [[nodiscard]] static std::set<Table> rests_on(model::Finding const& finding) {
    model::CellRef const& cell = finding.cell;
    TableSchema const* const schema = find_schema(cell.table);
    ColumnInfo const* const column =
        schema == nullptr ? find_scalar(cell.column) : schema->find(cell.column);
    std::set<Table> tables;
    if (column == nullptr) {
      return tables;
    }
    if (column->facts.refers_to) {
      tables.insert(*column->facts.refers_to);
    }
    if (column->type.kind == FieldKind::kExpression || column->type.kind == FieldKind::kGiven) {
      tables.insert({Table::kConditions, Table::kNations, Table::kCapabilities});
    }
    if (cell.column == "tasks" || cell.column == "not_tasks") {
      tables.insert(Table::kRequirements);
    }
    if (cell.table == Table::kCeilings && cell.column == "of") {
      tables.insert({Table::kNations, Table::kAreas, Table::kRequirements});
    }
    if (cell.table == Table::kSources && cell.column == "key") {
      tables.insert({Table::kPledges, Table::kNations, Table::kConditions, Table::kMeetings,
                     Table::kCapabilities, Table::kLocations, Table::kLinks});
    }
    // The horizon, the tiers and the kind of scenario decide these.
    bool const of_header = cell.column == "tier" || cell.column == "from_month" ||
                           finding.severity == model::Severity::kWarning;
    if (of_header) {
      tables.insert(Table::kScenario);
    }
    return tables;
  }

  void tell(model::Finding const& finding) {
    model::CellRef const& cell = finding.cell;
    std::set<Table> const needed = rests_on(finding);
    bool const follows = std::any_of(needed.begin(), needed.end(),
                                     [&](Table table) { return damaged_.contains(table); });
    if (follows || faulty_.contains(cell.table, cell.row, cell.column)) {
      return;
    }
    if (finding.severity == model::Severity::kError) {
      log_.error(place_of(cell), finding.message, finding.hint);
    } else {
      log_.warning(place_of(cell), finding.message, finding.hint);
    }
  }

  [[nodiscard]] Place place_of(model::CellRef const& cell) const {
    if (cell.table == Table::kScenario) {
      auto const scalar = raw_.scalars.values.find(cell.column);
      return scalar == raw_.scalars.values.end()
                 ? Place{raw_.scalars.file, 0, 0}
                 : place_in(scalar->second.file, scalar->second.cell, cell.offset);
    }
    if (cell.table == Table::kAreas) {
      auto const& places = raw_.areas.areas[cell.row].places;
      auto const place = places.find(cell.column);
      return place == places.end() ? places.at("") : place->second;
    }
    auto const& reference = raw_.tables.at(cell.table).rows[cell.row];
    auto const column = find_column(*reference.file, cell.column);
    bool const there = column && *column < reference.row->cells.size();
    return there ? place_in(reference.file->file, reference.row->cells[*column], cell.offset)
                 : Place{reference.file->file, reference.row->line, 0};
  }

  RawScenario const& raw_;
  Diagnostics& log_;
  model::Scenario scenario_;
  FaultyCells faulty_;
  std::set<Table> damaged_;
};

}  // namespace

model::Scenario build_scenario(RawScenario const& raw, Diagnostics& log) {
  return Builder{raw, log}.build();
}

}  // namespace guarantor::tables
