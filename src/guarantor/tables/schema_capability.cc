#include "guarantor/tables/bound_table.h"

/// Tables of kinds of contribution, what may stand for what, and money: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

TableSchema capabilities() {
  using Row = model::Capability;
  return bind_table<Row>(
      {.table = Table::kCapabilities,
       .title = "Kinds of contribution and what one unit is",
       .key = {"capability"},
       .must_exist = true},
      &model::Scenario::capabilities,
      {
          bind_column<Row>("capability", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("kind", &Row::kind,
                           {.about = "presence, flow, stock or measure", .required = true}),
          bind_column<Row>("unit", &Row::unit, {.about = "what one unit is, e.g. company"}),
          bind_column<Row>("domain", &Row::domain, {.about = "e.g. land, sea, air"}),
          bind_column<Row>("movement", &Row::movement, {.about = "how it moves, e.g. wheeled"}),
          bind_column<Row>("personnel", &Row::personnel,
                           {.about = "of one unit", .unit = "people", .least = 0}),
          bind_column<Row>("tonnes", &Row::tonnes,
                           {.about = "of one unit", .unit = "t", .least = 0}),
          bind_column<Row>("lane_metres", &Row::lane_metres,
                           {.about = "of one unit", .unit = "m", .least = 0}),
          bind_column<Row>("seats", &Row::seats,
                           {.about = "needed by one unit", .unit = "seats", .least = 0}),
          bind_column<Row>("sidc", &Row::sidc, {.about = "symbol identification code"}),
      });
}

TableSchema substitutions() {
  using Row = model::Substitution;
  return bind_table<Row>(
      {.table = Table::kSubstitutions,
       .title = "What may stand for what",
       .key = {"capability", "accepts"}},
      &model::Scenario::substitutions,
      {
          bind_column<Row>(
              "capability", &Row::capability,
              {.about = "what is asked for", .required = true, .refers_to = Table::kCapabilities}),
          bind_column<Row>("accepts", &Row::accepts,
                           {.about = "what may come instead",
                            .required = true,
                            .refers_to = Table::kCapabilities}),
          bind_column<Row>("effectiveness", &Row::effectiveness,
                           {.about = "what one unit of it counts for, above 0 and at most 20",
                            .required = true,
                            .least = 0,
                            .most = 20}),
      });
}

TableSchema rates() {
  using Row = model::Rate;
  return bind_table<Row>(
      {.table = Table::kRates, .title = "Exchange rates", .key = {"currency", "date"}},
      &model::Scenario::rates,
      {
          bind_column<Row>("currency", &Row::currency,
                           {.about = "ISO 4217 code", .required = true}),
          bind_column<Row>("per_unit", &Row::per_unit,
                           {.about = "what one unit is worth in the scenario's currency",
                            .required = true,
                            .least = 0}),
          bind_column<Row>("date", &Row::date, {}),
      });
}

}  // namespace

std::vector<TableSchema> capability_schemas() {
  return {capabilities(), substitutions(), rates()};
}

}  // namespace guarantor::tables
