#include "guarantor/tables/bound_table.h"

/// The table of several sources for one cell: one entry a column.
namespace guarantor::tables {

std::vector<TableSchema> source_schemas() {
  using Row = model::SourceNote;
  return {bind_table<Row>(
      {.table = model::Table::kSources,
       .title = "What each source says of a cell",
       .key = {"table", "key", "column", "source"}},
      &model::Scenario::sources,
      {
          bind_column<Row>("table", &Row::table, {.about = "a table", .required = true}),
          bind_column<Row>("key", &Row::key, {.about = "the row's key", .required = true}),
          bind_column<Row>("column", &Row::column, {.about = "a column", .required = true}),
          bind_column<Row>("value", &Row::value, {.about = "what the source says"}),
          bind_column<Row>("source", &Row::source, {.about = "the source", .required = true}),
          bind_column<Row>("date", &Row::date, {.about = "date of the source"}),
          bind_column<Row>("quote", &Row::quote, {.about = "its words"}),
          bind_column<Row>("confidence", &Row::confidence, {.about = "what it rests on"}),
      })};
}

}  // namespace guarantor::tables
